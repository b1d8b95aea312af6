// What there is to choose from for a new message, and how a person is told of it.
import { guideVersions } from '../itk3/guide-versions';
import type { Knowledge } from '../knowledge';
import { formatNhsNumber } from '../nhs/nhs-number';
import { messageKinds } from '../skeleton';
import type { InventedOrganisation, InventedPatient, InventedPractitioner, Medicine } from './cast';

export interface Told {
  label: string;
  description: string;
  detail?: string;
}

export interface KindOfMessage extends Told {
  kind: string;
  /** Versions of the guide that differ, newest first; none where no guide is known. */
  versions: string[];
}

/** Every kind that a message can be made of. */
export function kindsOfMessage(knowledge: Knowledge): KindOfMessage[] {
  return messageKinds(knowledge).map((kind) => {
    const useCase = knowledge.useCases.find((one) => one.messageKind === kind);
    if (!useCase) return { kind, label: kind, description: '', versions: [] };
    const { title, event, guide } = useCase;
    return { kind, label: title, description: event.code, detail: guide.title, versions: guideVersions(useCase) };
  });
}

/** TESTWELL, Marmaduke (Mr) · 70 years · male · 999 014 2017 */
export function tellPatient({ nhsNumber, birthDate, gender, address, ...name }: InventedPatient, now: Date): Told {
  return {
    label: fullName(name),
    description: [ageOn(birthDate, now), gender, formatNhsNumber(nhsNumber)].join(' · '),
    detail: [`born ${birthDate}`, ...address.line, address.city, address.postalCode].join(', '),
  };
}

export function tellOrganisation({ name, odsCode, address }: InventedOrganisation): Told {
  return { label: name, description: odsCode, detail: [...address.line, address.city, address.postalCode].join(', ') };
}

export function tellMedicine({ display, code, dose, quantity, unit, days }: Medicine): Told {
  return { label: display, description: code, detail: `${dose}: ${quantity} ${unit}, ${days} day` };
}

function fullName({ prefix, given, family }: Pick<InventedPractitioner, 'prefix' | 'given' | 'family'>): string {
  return `${family.toUpperCase()}, ${given.join(' ')} (${prefix})`;
}

/** In months below two years, as people say it. */
export function ageOn(birthDate: string, now: Date): string {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number];
  const months = (now.getUTCFullYear() - year) * 12 + now.getUTCMonth() + 1 - month - (now.getUTCDate() < day ? 1 : 0);
  if (months >= 24) return `${Math.floor(months / 12)} years`;
  return months === 1 ? '1 month' : `${Math.max(months, 0)} months`;
}

/** Those in whose telling all of the words stand. Capitals, accents and gaps in numbers do not matter. */
export function fitting<T>(all: readonly T[], tell: (one: T) => Told, words: string): T[] {
  const wanted = plain(words).split(/\s+/);
  const digits = words.replace(/[\s-]/g, '');
  const isNumber = /^\d{6,}$/.test(digits);
  return all.filter((one) => {
    const { label, description, detail = '' } = tell(one);
    const told = plain([label, description, detail].join(' '));
    return isNumber ? told.replace(/\s/g, '').includes(digits) : wanted.every((word) => told.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[‘’]/g, "'").toLowerCase().trim();
}
