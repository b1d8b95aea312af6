// What a person asks of a new message in words, read: whom and what they name is looked up in the synthetic set.
import { isAfter } from '../itk3/versions';
import type { Knowledge } from '../knowledge';
import { isOdsCode } from '../nhs/ods-code';
import { fitting, type KindOfMessage, tellMedicine, tellOrganisation, tellPatient, type Told } from './choices';
import type { Wanted } from './choose-cast';

/** As typed. People, places and medicines by any words of theirs: a name, a number, a code. */
export interface Wishes {
  version?: string;
  sender?: string;
  patient?: string;
  pharmacy?: string;
  practice?: string;
  medicine?: readonly string[];
}

export interface Granted {
  version?: string;
  wanted: Wanted;
}

/**
 * @param called how the person wrote the name of a wish, for the sentence that says what is wrong with it
 * @returns what is meant, or a sentence that says why nothing is
 */
export function readWishes(
  wishes: Wishes,
  { versions }: KindOfMessage,
  { invented }: Knowledge,
  { now, called }: { now: Date; called: (name: keyof Wishes) => string },
): Granted | string {
  const problems: string[] = [];
  const one = <T>(name: 'patient' | 'pharmacy' | 'practice' | 'medicine', all: readonly T[], tell: (o: T) => Told) => {
    return (words: string): T | undefined => {
      const found = fitting(all, tell, words);
      const exact = found.find((o) => tell(o).label.toLowerCase() === words.toLowerCase());
      if (exact ?? found.length === 1) return exact ?? found[0];
      problems.push(
        found.length === 0
          ? `${called(name)}: nothing in the synthetic set fits "${words}".`
          : `${called(name)}: "${words}" fits ${found.length} of the synthetic set, ${tell(found[0]!).label} and ${tell(found[1]!).label} among them: say more.`,
      );
      return undefined;
    };
  };
  const maybe = <T>(find: (words: string) => T | undefined, words: string | undefined): T | undefined =>
    words === undefined ? undefined : find(words);

  const wanted: Wanted = {
    patient: maybe(
      one('patient', invented.patients, (patient) => tellPatient(patient, now)),
      wishes.patient,
    ),
    pharmacy: maybe(one('pharmacy', invented.pharmacies, tellOrganisation), wishes.pharmacy),
    practice: maybe(one('practice', invented.practices, tellOrganisation), wishes.practice),
    sender: wishes.sender?.trim().toUpperCase(),
  };
  if (wishes.medicine?.length) {
    const found = wishes.medicine.map(one('medicine', invented.medicines, tellMedicine));
    wanted.medicines = [...new Set(found.filter((medicine) => medicine !== undefined))];
  }
  const noCode = wanted.sender === undefined ? undefined : whyNoOdsCode(wanted.sender);
  if (noCode !== undefined) problems.push(`${called('sender')}: ${noCode}`);
  const { version } = wishes;
  if (version !== undefined && !isAmong(version, versions))
    problems.push(
      `${called('version')}: "${version}" is no version of the guide${versions.length > 0 ? `, which go from ${versions.at(-1)} to ${versions[0]}` : ''}.`,
    );
  return problems[0] ?? { ...(version !== undefined && { version }), wanted };
}

/** A sentence. @param code in capital letters */
export function whyNoOdsCode(code: string): string | undefined {
  return isOdsCode(code) ? undefined : `"${code}" is no ODS code, which has three to nine letters and digits.`;
}

/** Versions between those that are told look like the next of them. */
function isAmong(version: string, versions: readonly string[]): boolean {
  const [newest, oldest] = [versions[0], versions.at(-1)];
  if (newest === undefined || oldest === undefined || !/^\d+(\.\d+){1,2}$/.test(version)) return false;
  return !isAfter(oldest, version) && !isAfter(version, newest);
}
