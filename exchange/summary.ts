// What a person is told before a message goes anywhere but to the window's sandbox. Pure. The address and the subject
// stand here whole, patient and all: this is the one place where the sender must see whether they are right.
import type { Addressed, Note } from '../core/itk3/addressing';
import { isTestNumber } from '../core/nhs/nhs-number';
import { acknowledgementsAsked, countFindings, type Outgoing, plural } from './outgoing';
import { isLive, LIVE, type Place, tellEnvironment } from './place';
import { type Exchange, hasArrived } from './timeline';
import { whenOf } from './when';

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
  /** When it was sent before. */
  before?: Exchange;
}

/** Lines for a dialogue that stops a send. */
export function summary(departure: Departure): string {
  const { outgoing, from, to, workflowId, addressed, before } = departure;
  const patients = realPatients(departure);
  const notes = notesOf(departure);
  return [
    ...(isLive(from) ? [LIVE, ''] : []),
    ...(before && !hasArrived(before)
      ? [
          `This message may have been sent ${whenOf(before.at)} to ${before.attempt.to}: look before you send it again.`,
          '',
        ]
      : []),
    ...(patients > 0
      ? [
          `This may be about a real patient: ${plural(patients, 'NHS number')} in it ${patients === 1 ? 'is' : 'are'} outside the test range (999…).`,
          '',
        ]
      : []),
    `From: ${from.name} (${from.mailbox})`,
    `To: ${to}`,
    `Environment: ${tellEnvironment(from.endpoint)}`,
    `Workflow: ${workflowId}`,
    `Subject: ${addressed.subject ?? 'none'}`,
    `Local id: ${addressed.localId}`,
    `Content: ${size(Buffer.byteLength(outgoing.text))} of JSON`,
    `Acknowledgements asked for: ${acknowledgementsAsked(outgoing.handling)}`,
    `Checked: ${countFindings(outgoing).toLowerCase()}`,
    '',
    ...notes.map((says) => `· ${says}`),
    '· Content: ITK3 messages travel as XML. This version sends JSON, which receivers outside a sandbox will refuse.',
    ...(before && hasArrived(before)
      ? [
          `· A message with this identifier was sent ${whenOf(before.at)} to ${before.attempt.to}: receivers refuse duplicates.`,
        ]
      : []),
  ].join('\n');
}

const ABOUT: readonly [Note['on'], string][] = [
  ['to', 'To'],
  ['workflowId', 'Workflow'],
  ['subject', 'Subject'],
  ['localId', 'Local id'],
];

/** What the sources say of what stands above; of what was given by hand there is nothing to say but what is odd about it. */
function notesOf({ addressed, workflowId, byMessage, doubts = [] }: Departure): string[] {
  const notes = addressed.notes.filter(
    ({ on }) => (on !== 'to' || byMessage) && (on !== 'workflowId' || workflowId === addressed.workflowId),
  );
  const all = [...doubts.map((says) => ({ on: 'to', says })), ...notes];
  return ABOUT.flatMap(([on, label]) => all.filter((one) => one.on === on).map(({ says }) => `${label}: ${says}`));
}

/** How many NHS numbers outside the test range would leave the machine, in the message or in its address. */
export function realPatients({ outgoing, to }: Pick<Departure, 'outgoing' | 'to'>): number {
  const addressed = /^GPPROVIDER_(\d{10})/.exec(to)?.[1];
  const real = outgoing.realNhsNumbers;
  return real === 0 && addressed !== undefined && !isTestNumber(addressed) ? 1 : real;
}

function size(bytes: number): string {
  return bytes < 1000
    ? `${bytes} bytes`
    : bytes < 1e6
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1e6).toFixed(1)} MB`;
}
