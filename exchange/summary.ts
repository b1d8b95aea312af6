// What a person is told before a message goes anywhere but to a sandbox. Pure. The address and the subject
// stand here whole, patient and all: this is the one place where the sender must see whether they are right.
import type { Addressed, Note } from '../core/itk3/addressing';
import { maskAddress } from '../mesh/errors';
import { digestOf } from './attempt';
import { doubtsAboutPatient } from './guards';
import { acknowledgementsAsked, countFindings, type Outgoing, plural } from './outgoing';
import { isLive, LIVE, type Place } from './place';
import { type Before, tellBefore } from './sent-before';
import { type Wire, wordFor } from './wire';

export interface Departure {
  outgoing: Outgoing;
  from: Place;
  to: string;
  /** The address was made from the message. */
  byMessage?: boolean;
  workflowId: string;
  addressed: Addressed;
  /** What leaves: the message in the form that travels. */
  wire: Wire;
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

/** Lines for a dialogue that stops a send. @param whole with the patient, as `factsOf` has it */
export function summary(departure: Departure, whole = true): string {
  const { from } = departure;
  const warnings = warningsOf(departure);
  return [
    ...(isLive(from) ? [LIVE, ''] : []),
    ...warnings.flatMap((says) => [says, '']),
    ...factsOf(departure, whole).map(({ label, value }) => `${label}: ${value}`),
    `SHA-256: ${digestOf(departure.wire.text)}`,
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
  const { outgoing, from, to, byMessage, workflowId, addressed, wire, pending } = departure;
  const { subject, localId } = addressed;
  const shown = whole ? to : maskAddress(to);
  return [
    { label: 'Environment', value: tellEnvironment(from) },
    { label: 'From', value: from.name === from.mailbox ? from.mailbox : `${from.name} (${from.mailbox})` },
    { label: 'To', value: byMessage && isByPatient(to) ? `the patient’s practice, ${shown}` : shown },
    { label: 'Workflow', value: workflowId },
    { label: 'Subject', value: subject === undefined ? 'none' : whole ? subject : maskedText(subject) },
    { label: 'Local id', value: localId },
    { label: 'Content', value: tellContent(wire) },
    { label: 'Acknowledgements asked for', value: acknowledgementsAsked(outgoing.handling) },
    { label: 'Found', value: [countFindings(outgoing).toLowerCase(), pending].filter(Boolean).join('. ') },
  ];
}

/** `FHIR XML, 61 kB, converted from FHIR JSON`. */
export function tellContent({ text, format, from, unconverted }: Wire): string {
  const how = unconverted !== undefined ? ['as it stands'] : from ? [`converted from ${wordFor(from)}`] : [];
  return [wordFor(format), size(Buffer.byteLength(text)), ...how].join(', ');
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
    ...notesOnContent(departure).map((says) => `Content: ${says}`),
    ...(before?.isSettled ? [tellBefore(before)] : []),
  ];
}

/** What a receiver will miss or refuse in the form that leaves. */
export function notesOnContent({ wire, from }: Pick<Departure, 'wire' | 'from'>): string[] {
  const { format, asides = 0, unconverted } = wire;
  const refused = from.sandbox
    ? []
    : ['ITK3 messages travel as XML: a receiver that reads no JSON will refuse this one.'];
  return [
    ...(unconverted === undefined ? [] : [unconverted]),
    ...(asides > 0
      ? [`Without ${plural(asides, 'comment or instruction', 'comments and instructions')}, which JSON cannot keep.`]
      : []),
    ...(format === 'json' ? refused : []),
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
