// Who stands in for whom: the same stand-in for the same person, another for another.
import type { Invented, InventedOrganisation, InventedPatient, InventedPractitioner } from '../draft/cast';
import { asText, type Json } from '../json';

export interface Choose {
  /** @param like of the same gender and about the same age, as far as it says */
  patient: (key: string, like: Json) => InventedPatient;
  practitioner: (key: string, isDoctor: boolean) => InventedPractitioner;
  organisation: (key: string, isPractice: boolean) => InventedOrganisation;
}

/** Among so many of the right gender and age one is drawn. */
const ALIKE = 3;

/** Where no birth is known, an adult is nearest. */
function yearsBetween(birthDate: string, other: unknown): number {
  const born = Number(/^\d{4}/.exec(asText(other))?.[0] ?? '1970');
  return Math.abs(Number(birthDate.slice(0, 4)) - born);
}

/** The same stand-in for the same key, another for another as long as there are any. */
export function choosing(invented: Invented, random: () => number): Choose {
  const chosen = new Map<string, unknown>();
  const taken = new Set<unknown>();
  const choose = <T>(key: string, from: readonly T[], isFitting: (one: T) => boolean = () => true): T => {
    const known = chosen.get(key) as T | undefined;
    if (known) return known;
    const free = from.filter((one) => !taken.has(one));
    const fitting = free.filter(isFitting);
    const among = fitting.length > 0 ? fitting : free.length > 0 ? free : from;
    const one = among[Math.floor(random() * among.length)]!;
    chosen.set(key, one);
    taken.add(one);
    return one;
  };
  const { patients, pharmacies, practices, pharmacists, doctors } = invented;
  return {
    patient: (key, like) => {
      // Who is here already is nobody's stand-in.
      const others = patients.filter((one) => !key.includes(one.nhsNumber));
      const nearest = others
        .filter((one) => one.gender === like.gender)
        .toSorted((a, b) => yearsBetween(a.birthDate, like.birthDate) - yearsBetween(b.birthDate, like.birthDate));
      return choose(`person ${key}`, others, (one) => nearest.slice(0, ALIKE).includes(one));
    },
    practitioner: (key, isDoctor) => choose(`practitioner ${key}`, isDoctor ? doctors : pharmacists),
    organisation: (key, isPractice) =>
      choose(
        `organisation ${key}`,
        (isPractice ? practices : pharmacies).filter((o) => o.odsCode !== key),
      ),
  };
}
