// Who the document is about, as the banner of a clinical system tells it.
import { join, type Pointer } from '../document/pointer';
import type { Located, Message } from '../itk3/message';
import { wholeOf } from '../itk3/references';
import { longDay, readTime } from '../itk3/times';
import { text } from '../json';
import { type Fact, shown } from './blocks';
import type { Mark, Marks } from './marks';
import { address, listed, nhsNumber, nhsNumberStatus, telephone } from './people';
import { type Reader, said, time, word } from './said';

export interface Banner {
  at: Pointer;
  covers: Pointer[];
  /** `TESTWELL, Marmaduke (Mr)`. */
  name: Fact;
  facts: Fact[];
  /** Of the patient, and shown at none of the facts. */
  marks: Mark[];
}

/** @param contact when the patient was seen, by which the age is told */
export function bannerOf(patient: Located, message: Message, marks: Marks, contact: unknown): Banner {
  // Where a text says something else than the patient is told beside that text.
  const own: Marks = (at) => marks(at, 'values');
  const read = (label: string, reader: Reader): Fact[] => {
    const found = shown(reader, patient, message, own);
    return found ? [{ label, ...found }] : [];
  };
  const [name] = read('Name', listed);
  const status = nhsNumberStatus(patient, message);
  const number = read('NHS No.', nhsNumber).map((fact) =>
    status ? { ...fact, text: `${fact.text}\n${status.text}` } : fact,
  );
  const facts = [
    ...read('Born', born(contact)),
    ...read('Gender', word('gender')),
    ...number,
    ...read('Died', time('deceasedDateTime')),
    ...read('Address', address),
    ...read('Telephone', telephone),
  ];
  return {
    at: patient.pointer,
    covers: [wholeOf(patient)],
    name: name ?? { label: 'Name', text: 'No name', at: join(patient.pointer, 'name'), marks: [] },
    facts,
    marks: own(patient.pointer),
  };
}

function born(contact: unknown): Reader {
  return ({ resource, pointer }) => {
    const day = longDay(resource.birthDate);
    const age = ageAt(text(resource.birthDate), contact);
    return said(age === undefined ? day : `${day} (${age})`, join(pointer, 'birthDate'));
  };
}

const DAY = 86_400_000;

/**
 * `70 years`, `4 years 3 months`, `15 months`, `9 weeks`, `6 days`: the younger, the closer.
 * @returns undefined where either is no whole day, or lies the wrong way round
 */
export function ageAt(birthDate: string | undefined, moment: unknown): string | undefined {
  const from = readTime(birthDate)?.day;
  const to = readTime(moment)?.day;
  if (from === undefined || to === undefined || to < from) return undefined;
  const [y, m, d] = partsOf(from);
  const [year, month, day] = partsOf(to);
  const days = Math.round((Date.UTC(year, month - 1, day) - Date.UTC(y, m - 1, d)) / DAY);
  const months = (year - y) * 12 + month - m - (day < d ? 1 : 0);
  if (days < 28) return counted(days, 'day');
  if (months < 12) return counted(Math.floor(days / 7), 'week');
  if (months < 24) return counted(months, 'month');
  const years = Math.floor(months / 12);
  const rest = months % 12;
  return years >= 18 || rest === 0 ? counted(years, 'year') : `${counted(years, 'year')} ${counted(rest, 'month')}`;
}

function partsOf(day: string): [number, number, number] {
  return day.split('-').map(Number) as [number, number, number];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
