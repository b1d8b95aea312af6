// What stops a send until a person types a word, or altogether. Pure: who asks, and where policies stand, is someone else's business.
import { isTestNumber } from '../core/nhs/nhs-number';
import { type Outgoing, plural } from './outgoing';
import { isLive, type Place } from './place';

export type Policy = 'confirm' | 'forbid';

/** What one place says of a guard, and how that place is called in a sentence. */
export interface Said {
  value: unknown;
  where: string;
}

export interface Ruling {
  policy: Policy;
  /** Who forbids. */
  by: string[];
}

export interface Policies {
  patients: Ruling;
  live: Ruling;
}

/** A message about to leave, as far as guards look at it. */
export interface Guarded {
  outgoing: Pick<Outgoing, 'realNhsNumbers' | 'strangers' | 'findings'>;
  to: string;
}

/** The word that must be typed, and the sentences that say why. */
export interface Guard {
  about: 'patients' | 'live';
  word: string;
  title: string;
  why: string;
}

/** Whoever forbids wins. What can be read as neither, somebody meant as more than nothing: it forbids. */
export function strictest(said: readonly Said[]): Ruling {
  const by = said.filter(({ value }) => value !== undefined && value !== 'confirm').map(({ where }) => where);
  return { policy: by.length > 0 ? 'forbid' : 'confirm', by };
}

/** Why a message may be about a real patient, as sentences without the patient; none where it does not look so. */
export function doubtsAboutPatient({ outgoing, to }: Guarded): string[] {
  const count = realNumbers({ outgoing, to });
  const verb = count === 1 ? 'is' : 'are';
  const numbers = count > 0 ? [`${plural(count, 'NHS number')} in it ${verb} outside the test range (999…).`] : [];
  return [...numbers, ...outgoing.strangers];
}

/** How many NHS numbers outside the test range would leave the machine, in the message or in its address. */
function realNumbers({ outgoing, to }: Guarded): number {
  const addressed = /^GPPROVIDER_(\d{10})/.exec(to)?.[1];
  const real = outgoing.realNhsNumbers;
  return real === 0 && addressed !== undefined && !isTestNumber(addressed) ? 1 : real;
}

export interface Forbidden {
  because: 'policy' | 'errors';
  sentence: string;
}

/**
 * Why these messages may not leave at all; undefined when they may, perhaps after the words of `guardsOf`. To the window's
 * own sandbox everything may.
 */
export function whyForbidden(from: Place, messages: readonly Guarded[], policies: Policies): Forbidden | undefined {
  if (from.sandbox) return undefined;
  if (isLive(from)) {
    const { policy, by } = policies.live;
    if (policy === 'forbid')
      return { because: 'policy', sentence: `Sending to LIVE MESH is forbidden by ${told(by)}.` };
    return messages.some(hasErrors) ? { because: 'errors', sentence: NO_ERRORS } : undefined;
  }
  const { policy, by } = policies.patients;
  const doubtful = messages.filter((message) => doubtsAboutPatient(message).length > 0);
  const [first] = doubtful;
  if (policy === 'confirm' || !first) return undefined;
  const which = messages.length === 1 ? 'This message' : `${doubtful.length} of these ${messages.length} messages`;
  const why = messages.length === 1 ? ` ${doubtsAboutPatient(first).join(' ')}` : '';
  const sentence = `${which} may be about a real patient: sending that is forbidden by ${told(by)}.${why}`;
  return { because: 'policy', sentence };
}

const NO_ERRORS =
  'Nothing that has errors is sent to LIVE MESH: correct them first. Wrong messages are for test environments.';

/** The words to be typed before these messages leave, in the order in which they are asked for. */
export function guardsOf(from: Place, messages: readonly Guarded[]): Guard[] {
  if (from.sandbox) return [];
  const { host } = from.endpoint;
  const several = messages.length > 1;
  if (isLive(from)) {
    // A name of spaces would be typed by pressing Enter.
    const word = from.name.trim() || from.mailbox;
    return [
      {
        about: 'live',
        word,
        title: several ? `${messages.length} messages go to LIVE MESH` : 'This message goes to LIVE MESH',
        why: `Real recipients act on what arrives at ${host}. Type ${word}, the name of the mailbox it leaves from.`,
      },
    ];
  }
  const doubtful = messages.filter((message) => doubtsAboutPatient(message).length > 0).length;
  if (doubtful === 0) return [];
  return [
    {
      about: 'patients',
      word: 'REAL',
      title: several
        ? `${doubtful} of ${messages.length} messages may be about a real patient`
        : 'This message may be about a real patient',
      why: `Test environments must not be given data of real people. Type REAL to send to ${host} all the same.`,
    },
  ];
}

function hasErrors({ outgoing }: Guarded): boolean {
  return outgoing.findings.some(({ severity }) => severity === 'error');
}

function told(by: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(by);
}
