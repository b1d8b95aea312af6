// What there is to choose from for a new message, and how a person is told of it.
import { listedName } from '../itk3/person-name';
import type { UseCase } from '../itk3/use-case';
import { knows } from '../itk3/versions';
import type { Knowledge } from '../knowledge';
import { formatNhsNumber } from '../nhs/nhs-number';
import type { InventedOrganisation, InventedPatient, Medicine } from './cast';
import { type Kind, kindsOf } from './kind';

export interface Told {
  label: string;
  description: string;
  detail?: string;
}

export interface KindOfMessage extends Told {
  kind: string;
  /** Versions of the guide that differ, newest first; none where no guide is known. */
  versions: readonly string[];
  /** Whom and what such a message is about; every one has a sender. */
  about: ReadonlySet<Part>;
}

/** Every kind that a message can be made of. */
export function kindsOfMessage(knowledge: Knowledge): KindOfMessage[] {
  return kindsOf(knowledge).map((kind) => {
    const { name, title, event, useCase, versions } = kind;
    const told = { label: title, description: event.code, ...(useCase && { detail: useCase.guide.title }) };
    return { kind: name, ...told, versions: useCase ? differing(versions, useCase) : [], about: aboutOf(kind) };
  });
}

/** Of versions by which documents look the same, the newest. */
function differing(versions: readonly string[], { sections, documentType }: UseCase): string[] {
  const forms = [...sections, ...(documentType ? [documentType] : [])].flatMap((part) => [
    part,
    ...(part.alternatives ?? []),
  ]);
  const look = (version: string | undefined): string =>
    version === undefined ? '' : forms.map((form) => Number(knows(version, form))).join('');
  return versions.filter((version, i) => look(version) !== look(versions[i - 1]));
}

type Part = 'patient' | 'pharmacy' | 'medicines';

/** What stands in the values of resources that are about the part. */
const MARKS: Readonly<Record<Part, string>> = {
  patient: '{{patient.',
  pharmacy: '{{pharmacy.name',
  medicines: '{{medicine.',
};

function aboutOf({ envelope, document }: Kind): Set<Part> {
  const values = JSON.stringify([...envelope, ...document].map((use) => use.values));
  return new Set((Object.keys(MARKS) as Part[]).filter((part) => values.includes(MARKS[part])));
}

/** TESTWELL, Marmaduke (Mr) · 70 years · male · 999 014 2017 */
export function tellPatient({ nhsNumber, birthDate, gender, address, ...name }: InventedPatient, now: Date): Told {
  return {
    label: listedName(name)!,
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

/** In months below two years, as people say it. */
function ageOn(birthDate: string, now: Date): string {
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
