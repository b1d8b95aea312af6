// What a person is told before a message goes anywhere but to the window's sandbox. Pure. The address and the subject
// stand here whole, patient and all: this is the one place where the sender must see whether they are right.
import type { Addressed, Note } from '../core/itk3/addressing';
import { maskAddress } from '../mesh/errors';
import { doubtsAboutPatient } from './guards';
import { acknowledgementsAsked, countFindings, type Outgoing } from './outgoing';
import { isLive, LIVE, type Place } from './place';
import { type Before, tellBefore } from './sent-before';

export interface Departure {
  outgoing: Outgoing;
  from: Place;
  to: string;
  /** The address was made from the message. */
  byMessage?: boolean;
  workflowId: string;
  addressed: Addressed;
  /** What is odd about an address given by hand. */
  doubts?: readonly string[];
  /** When it was sent to the same environment before. */
  before?: Before;
  /** What is not known yet of its codes, as a sentence. */
  pending?: string;
}

export interface Fact {
  label: string;
  value: string;
}

/** Lines for a dialogue that stops a send. */
export function summary(departure: Departure): string {
  const { from } = departure;
  const warnings = warningsOf(departure);
  return [
    ...(isLive(from) ? [LIVE, ''] : []),
    ...warnings.flatMap((says) => [says, '']),
    ...factsOf(departure).map(({ label, value }) => `${label}: ${value}`),
    '',
    ...notesOf(departure, ['to']).map((says) => `· ${says}`),
  ].join('\n');
}

/** What must be read before anything else. */
export function warningsOf({ outgoing, from, to, before }: Departure): string[] {
  const doubts = doubtsAboutPatient({ outgoing, to });
  const unsettled = before && !before.isSettled ? [tellBefore(before)] : [];
  const hasPatient = outgoing.message.resources.some(({ type }) => type === 'Patient');
  // On live, messages are about real people, and an invented one is the mistake.
  if (isLive(from)) return [...unsettled, ...(hasPatient && doubts.length === 0 ? [INVENTED] : [])];
  return [...unsettled, ...(doubts.length > 0 ? [`This may be about a real patient. ${doubts.join(' ')}`] : [])];
}

const INVENTED = 'The patient looks like an invented one: test data must not be sent to live systems.';

/** @param whole with the patient's address and the subject, which holds the patient's name where a guide asks for that */
export function factsOf(departure: Departure, whole = true): Fact[] {
  const { outgoing, from, to, byMessage, workflowId, addressed, pending } = departure;
  const { subject, localId } = addressed;
  const shown = whole ? to : maskAddress(to);
  return [
    { label: 'Environment', value: tellEnvironment(from) },
    { label: 'From', value: from.name === from.mailbox ? from.mailbox : `${from.name} (${from.mailbox})` },
    { label: 'To', value: byMessage && isByPatient(to) ? `the patient’s practice, ${shown}` : shown },
    { label: 'Workflow', value: workflowId },
    { label: 'Subject', value: subject === undefined ? 'none' : whole ? subject : maskedText(subject) },
    { label: 'Local id', value: localId },
    { label: 'Content', value: `${size(Buffer.byteLength(outgoing.text))} of JSON` },
    { label: 'Acknowledgements asked for', value: acknowledgementsAsked(outgoing.handling) },
    { label: 'Found', value: [countFindings(outgoing).toLowerCase(), pending].filter(Boolean).join('. ') },
  ];
}

/** That there is a text, and how long: nobody can tell which of its words are a name. */
export function maskedText(text: string): string {
  return `*** (${text.length} characters)`;
}

const ABOUT: readonly [Note['on'], string][] = [
  ['to', 'To'],
  ['workflowId', 'Workflow'],
  ['subject', 'Subject'],
  ['localId', 'Local id'],
];

/**
 * What the sources say of what stands above; of what was given by hand there is nothing to say but what is odd about it.
 * @param about where it may matter whether the message goes; the rest is explained by the dry run
 */
export function notesOf(departure: Departure, about?: readonly Note['on'][]): string[] {
  const { addressed, workflowId, byMessage, doubts = [], before } = departure;
  const notes = addressed.notes.filter(
    ({ on }) => (on !== 'to' || byMessage) && (on !== 'workflowId' || workflowId === addressed.workflowId),
  );
  const all = [...doubts.map((says) => ({ on: 'to', says })), ...notes];
  return [
    ...ABOUT.filter(([on]) => about?.includes(on) ?? true).flatMap(([on, label]) =>
      all.filter((one) => one.on === on).map(({ says }) => `${label}: ${says}`),
    ),
    'Content: ITK3 messages travel as XML. This version sends JSON, which receivers outside a sandbox will refuse.',
    ...(before?.isSettled ? [tellBefore(before)] : []),
  ];
}

/** `Integration (msg.intspineservices.nhs.uk)`. */
export function tellEnvironment(from: Place): string {
  const { environment, endpoint } = from;
  const name = isLive(from) && !/\blive\b/i.test(environment) ? `LIVE, ${environment}` : environment;
  return name.includes(endpoint.host) ? name : `${name} (${endpoint.host})`;
}

function isByPatient(to: string): boolean {
  return /^GPPROVIDER/i.test(to);
}

export function size(bytes: number): string {
  return bytes < 1000
    ? `${bytes} bytes`
    : bytes < 1e6
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`;
}
