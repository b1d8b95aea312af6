// itk3 track: what was sent from this machine's terminals, and where it is.
import { askWhereItIs } from '../exchange/ask-mesh';
import { plural } from '../exchange/outgoing';
import { keyOf } from '../exchange/place';
import type { Journal } from '../exchange/sent-journal';
import { type Exchange, hasArrived, isFinished } from '../exchange/timeline';
import { shortly, whenOf } from '../exchange/when';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { type Chosen, chooseMailbox, namesMailbox, policyOf } from './mailbox/choose';
import { connect } from './mailbox/connect';
import { exitFor } from './mailbox/follow';
import { followTold } from './mailbox/follow-told';
import { openInbox } from './mailbox/look';
import { completed, MAILBOX_HELP, MAILBOX_OPTIONS, STATE_HELP, waitingTime } from './mailbox/options';
import { columns, formatNamed } from './mailbox/output';
import { openJournal } from './mailbox/state';
import { exchangeEntry, safe, stepLines, type Telling } from './mailbox/steps';
import { findTeam } from './mailbox/team';
import { painterFor } from './reporters/colours';
import type { Terminal } from './terminal';

const OPTIONS = { ...MAILBOX_OPTIONS, wait: { type: 'string' }, format: { type: 'string' } } as const;

export const track: Command = {
  name: 'track',
  summary: 'Says where what was sent is, and what was answered',
  help: `itk3 track [OPTION]… [ID]…

  itk3 track                       What was sent from here, newest first, as far as it is known
  itk3 track 4f1a09c2              One of them, step by step
  itk3 track 4f1a09c2 --sandbox    The same, after MESH was asked and the mailbox was looked into
  itk3 track 4f1a09c2 --mailbox Integration --wait
                                   Until the last acknowledgement has come
  itk3 track --format json | jq -r '.[] | select(.state == "rejected").file'
                                   For scripts

An ID is the first column of the list, a MESH id, the MessageHeader.id, or a part of one of these. Nothing is sent, and
nothing is taken out of a mailbox. What a window of VS Code has sent stands in its view "Sent".

${MAILBOX_HELP}
Options
  --wait [SECONDS]  follow them until the last acknowledgement has come; needs the mailbox
  --format json     for scripts: one array on standard output

${STATE_HELP}
Exit codes
  0  without an ID: listed. With one: it was accepted, or is on its way and nothing is wrong; with --wait: accepted
  1  it was refused, or could not be delivered
  2  misuse, not reached, or not known yet
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(completed(args), OPTIONS, 'itk3 track');
    const format = formatNamed(values.format, 'itk3 track');
    const seconds = waitingTime(values.wait);
    const chosen = namesMailbox(values) ? chooseMailbox(values, 'itk3 track', terminal) : undefined;
    if (seconds !== undefined && !chosen)
      throw new CommandError('--wait looks into a mailbox: name it, with --mailbox NAME or --sandbox.');
    const times = chosen?.times ?? policyOf(findTeam(values['team-file'], terminal)).times;
    const journal = await openJournal(terminal, times);
    const ids = chosenIds(journal, positionals, chosen);
    if (chosen && ids.length > 0) await askAbout(ids, chosen, journal, { seconds, quiet: format === 'json' }, terminal);
    const exchanges = ids.flatMap((id) => journal.get(id) ?? []);
    if (format === 'json') terminal.stdout.write(`${JSON.stringify(exchanges.map(exchangeEntry), null, 2)}\n`);
    else if (positionals.length === 0 && seconds === undefined) list(exchanges, terminal);
    else if (seconds === undefined)
      terminal.stdout.write(exchanges.map((exchange) => whole(exchange, terminal)).join('\n'));
    if (seconds !== undefined) return exitFor(exchanges);
    if (positionals.length === 0) return EXIT.ok;
    const isOnItsWay = exchanges.every(({ state }) => ['accepted', 'waiting', 'departing'].includes(state));
    return isOnItsWay ? EXIT.ok : exitFor(exchanges);
  },
};

/** Of the attempts, newest first; what was sent from another mailbox is left out where nobody named it. */
function chosenIds({ exchanges }: Journal, named: readonly string[], chosen: Chosen | undefined): string[] {
  const here = chosen && keyOf(chosen.place);
  if (named.length === 0)
    return exchanges
      .filter(({ attempt }) => here === undefined || attempt.place === here)
      .map(({ attempt }) => attempt.id);
  return named.map((name) => {
    const found = exchanges.filter((exchange) => isNamed(exchange, name));
    const [only] = found;
    if (!only)
      throw new CommandError(`Nothing that was sent from here is called "${name}": itk3 track lists all of it.`);
    if (found.length > 1)
      throw new CommandError(
        `"${name}" is ${plural(found.length, 'message')} that were sent from here: give more of it.`,
      );
    if (here !== undefined && only.attempt.place !== here)
      throw new CommandError(
        `"${name}" was sent from ${only.attempt.from.name} (${only.attempt.from.mailbox}, ${only.attempt.from.environment}), not from the mailbox that is named here.`,
      );
    return only.attempt.id;
  });
}

function isNamed({ attempt, meshId }: Exchange, name: string): boolean {
  const wanted = name.toLowerCase();
  return [attempt.id, meshId, attempt.messageId, attempt.localId].some((id) => id?.toLowerCase().includes(wanted));
}

interface Asking {
  seconds: number | undefined;
  quiet: boolean;
}

/** MESH is asked where they are, and the mailbox is looked into for answers. */
async function askAbout(
  ids: readonly string[],
  { place, again: same }: Chosen,
  journal: Journal,
  { seconds, quiet }: Asking,
  terminal: Terminal,
): Promise<void> {
  const open = ids.flatMap((id) => journal.get(id) ?? []).filter((exchange) => !isFinished(exchange));
  if (open.length === 0 && seconds === undefined) return;
  const client = await connect(place, terminal);
  if (seconds !== undefined) {
    await followTold({ place, client, journal, ids, seconds, same, quiet }, terminal);
    return;
  }
  const since = open.at(-1)?.at;
  await openInbox({ place, client, journal }, terminal).look({ since });
  for (const { attempt } of open) {
    const now = journal.get(attempt.id);
    if (!now || isFinished(now) || now.state === 'departing') continue;
    if (hasArrived(now) && now.meshId === undefined) continue;
    const says = await askWhereItIs(journal, client, now, terminal.interrupted());
    if (ids.length === 1) terminal.stderr.write(`itk3: ${safe(says)}\n`);
  }
}

function list(exchanges: readonly Exchange[], terminal: Terminal): void {
  const { stdout, now } = terminal;
  if (exchanges.length === 0) {
    stdout.write('Nothing was sent from here: itk3 send --help shows how.\n');
    return;
  }
  const rows = exchanges.map(({ attempt, at, headline }) => [
    attempt.id.slice(0, 8),
    shortly(at, now()),
    safe(attempt.document.name),
    safe(`${attempt.from.name} to ${attempt.to}`),
    safe(headline),
  ]);
  const [head = '', ...lines] = columns([['Id', 'When', 'File', 'Way', 'So far'], ...rows]);
  stdout.write(`${painterFor(terminal)(head, 'dim')}\n${lines.join('\n')}\n`);
}

function whole(exchange: Exchange, terminal: Terminal): string {
  const { attempt, at, meshId, steps, headline, next } = exchange;
  const paint = painterFor(terminal);
  const telling: Telling = { knowledge: terminal.knowledge(), now: terminal.now(), paint };
  const facts: [string, string][] = [
    ['Sent', whenOf(at)],
    ['From', `${attempt.from.name} (${attempt.from.mailbox}), ${attempt.from.environment}`],
    ['To', attempt.to],
    ['Workflow', attempt.workflowId],
    ['MESH id', meshId ?? 'not known'],
    ['Id', attempt.id],
  ];
  return [
    paint(safe(`${attempt.document.name}: ${headline}`), 'bold'),
    ...columns(facts.map(([label, value]) => [`  ${label}`, safe(value)])),
    '',
    ...steps.flatMap((step) => stepLines(step, exchange, telling)),
    ...(next === undefined ? [] : ['', safe(next)]),
    '',
  ].join('\n');
}
