// Messages made ready to leave: read, judged, addressed, held against guards and the journal. Nothing leaves here.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { applyTextEdits } from '../../core/document/text-edits';
import type { Format } from '../../core/document/source-document';
import { type Addressed, addressOf } from '../../core/itk3/addressing';
import { attemptOf } from '../../exchange/attempt';
import { departureOf, repeatedSince, wireOf } from '../../exchange/departure';
import { letterOf } from '../../exchange/dry-run';
import { whyForbidden } from '../../exchange/guards';
import type { Attempt } from '../../exchange/journal';
import { errorsIn, LARGEST, type Outgoing, plural, readOutgoing } from '../../exchange/outgoing';
import { type Place, readRecipient } from '../../exchange/place';
import { renewingEdits } from '../../exchange/renew';
import { sentBefore } from '../../exchange/sent-before';
import type { IsRepeated, Journal } from '../../exchange/sent-journal';
import type { Departure } from '../../exchange/summary';
import type { Exchange } from '../../exchange/timeline';
import { CommandError, EXIT } from '../exit';
import { linesOf } from '../judging/lines';
import { readInput, readSidecar, STANDARD_INPUT } from '../read-input';
import { mailboxesOf } from '../sandbox';
import type { Terminal } from '../terminal';
import type { Chosen } from './choose';

export interface Wishes {
  to?: string;
  workflow?: string;
  /** In which it leaves, where it is not to be that of the environment. */
  form?: Format;
  /** With identifiers of its own, made anew; the file stays as it is. */
  fresh: boolean;
  /** Although there are errors; live never does. */
  withErrors: boolean;
  /** It is only told what would leave. */
  dryRun: boolean;
}

export interface Ready {
  /** As the person named it. */
  name: string;
  departure: Departure;
  attempt: Attempt;
  letter: ReturnType<typeof letterOf>;
  earlier?: Exchange;
  isRepeated: IsRepeated;
}

/** Why a message does not go: what follows its name, as the rest of a sentence. */
export interface Stopped {
  name: string;
  why: string;
  /** The exit code that it alone would give. */
  code: number;
  /** It could be made ready, and may not go: for a dry run. */
  departure?: Departure;
}

export async function makeReady(
  file: string,
  { place, policies }: Pick<Chosen, 'place' | 'policies'>,
  wishes: Wishes,
  journal: Journal,
  terminal: Terminal,
): Promise<Ready | Stopped> {
  const read = await readMessage(file, wishes, terminal);
  if ('why' in read) return read;
  const { name, outgoing } = read;
  const stopped = (why: string, code: number = EXIT.findings, departure?: Departure): Stopped => ({
    ...{ name, why, code },
    ...(departure && { departure }),
  });
  const errors = wishes.withErrors ? [] : errorsIn(outgoing.findings);
  if (errors.length > 0 && !wishes.dryRun) return stopped(tellErrors(name, errors, outgoing));
  const knowledge = terminal.knowledge();
  const addressed = addressOf(outgoing.message, knowledge, terminal);
  const route = routeOf(place, addressed, wishes.to);
  if ('whyNot' in route) return stopped(`was not sent. ${route.whyNot}`, EXIT.misuse);
  const workflowId = wishes.workflow ?? addressed.workflowId;
  if (workflowId === undefined)
    return stopped('was not sent: it does not tell under which workflow it travels. Give --workflow ID.', EXIT.misuse);
  const wire = wireOf(outgoing, place, knowledge, wishes.form);
  if ('problem' in wire)
    return stopped(`was not sent. ${wire.problem} --form sends it in the form in which it was written.`);
  const earlier = sentBefore(outgoing.messageId, place, journal.exchanges);
  const means = { ...route, from: place, addressed, workflowId, wire, earlier };
  const departure = departureOf(outgoing, means, knowledge, terminal.now());
  if (errors.length > 0) return stopped(tellErrors(name, errors, outgoing), EXIT.findings, departure);
  const forbidden = whyForbidden(place, [{ outgoing, to: route.to }], policies);
  if (forbidden) return stopped(`was not sent. ${forbidden.sentence}`, EXIT.findings, departure);
  const id = terminal.randomUUID();
  const attempt = attemptOf(departure, { id, document: documentOf(file, terminal) });
  const isRepeated = repeatedSince(outgoing, place, journal, { own: new Set([id]) });
  return { name, departure, attempt, letter: letterOf(departure), earlier, isRepeated };
}

async function readMessage(
  file: string,
  { fresh }: Wishes,
  terminal: Terminal,
): Promise<{ name: string; outgoing: Outgoing } | Stopped> {
  const input = await readInput(file, terminal);
  const name = input.file;
  const stopped = (why: string): Stopped => ({ name, why, code: EXIT.misuse });
  if ('problem' in input) return stopped(input.problem);
  const beside = await readSidecar(file, terminal);
  if (beside && 'problem' in beside) return { name: beside.file, why: beside.problem, code: EXIT.misuse };
  if (input.text.length > LARGEST) return stopped('is larger than 20 million characters: it is not looked at.');
  const knowledge = terminal.knowledge();
  let { text } = input;
  if (fresh) {
    const edits = renewingEdits(text, knowledge, terminal.randomUUID);
    if (!edits)
      return stopped('cannot be given fresh identifiers, so it was not sent: its text is broken. Correct it first.');
    text = applyTextEdits(text, edits);
  }
  const outgoing = readOutgoing(text, knowledge, { now: terminal.now(), exceptions: beside?.text });
  if (!outgoing) return stopped('is no FHIR message: a message is a Bundle, in FHIR JSON or FHIR XML.');
  return { name, outgoing };
}

type Route = Pick<Departure, 'to' | 'byMessage'>;

/** In the sandbox the practice is one of its mailboxes; elsewhere the message says where it goes, unless a person does. */
function routeOf(place: Place, { to, whyNot }: Addressed, given: string | undefined): Route | { whyNot: string } {
  const byMessage = given === undefined ? !place.sandbox : /^\s*GPPROVIDER\s*$/i.test(given);
  if (byMessage)
    return to === undefined
      ? { whyNot: `${whyNot ?? 'The message gives no address.'} Give --to MAILBOX.` }
      : { to, byMessage: true };
  if (given === undefined) {
    const { sender, practice } = mailboxesOf();
    return { to: place.mailbox === practice.mailbox ? sender.mailbox : practice.mailbox };
  }
  const recipient = readRecipient(given);
  // It may be an address with a patient in it: not repeated.
  if (recipient === undefined)
    throw new CommandError(
      '--to takes the id of a mailbox (letters, digits, "_" and "-"), or GPPROVIDER for the practice of the message’s patient.',
    );
  return { to: recipient };
}

/** Of each the line and the rule only: what a finding says may quote the message. */
function tellErrors(name: string, errors: ReturnType<typeof errorsIn>, { text }: Outgoing): string {
  const lines = linesOf(text);
  const told = errors.slice(0, 5).map(({ span, rule }) => `line ${lines.placeOf(span.offset).line} (${rule})`);
  const more = errors.length > told.length ? ` and ${errors.length - told.length} more` : '';
  const validate = name === '<stdin>' ? 'itk3 validate' : `itk3 validate ${name}`;
  return `has ${plural(errors.length, 'error')}, so it was not sent: ${told.join(', ')}${more}. "${validate}" says what is wrong; --with-errors sends it all the same, but not to live MESH.`;
}

function documentOf(file: string, { cwd }: Terminal): Attempt['document'] {
  if (file === STANDARD_INPUT) return { name: 'standard input' };
  const whole = path.resolve(cwd, file);
  return { name: path.basename(whole), uri: pathToFileURL(whole).href };
}
