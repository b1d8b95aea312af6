// Fixes of texts that say something else than the resources: one writes the text, the other the resource.
import { join, type Pointer } from '../document/pointer';
import type { Change, Finding, Fix } from '../finding';
import { documentOf, patientOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import type { Located } from '../itk3/message';
import { daysIn, readTime, withDay } from '../itk3/times';
import type { Fact } from '../itk3/use-case';
import { writeLines } from '../itk3/write-section-text';
import { asText, isObject, type Json, list, object, text } from '../json';
import { formatNhsNumber, isTenDigits, NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';
import { codesIn } from '../rules/practice-in-text';
import { shortened } from '../validate/wording';
import { rawOf, replaced, reworded } from './cells';
import type { FixMaker, Fixing } from './fixing';
import { type Told, toldOf } from './told';

/** Neither is surely right: the text was read by a person, the resource is read by a system. */
export function either(title: string, change: Change): Fix {
  return { title, sure: false, ...change };
}

/** The row that a finding speaks of, among those that say a fact. */
function rowOf(fact: Fact, { pointer, within }: Finding, fixing: Fixing): Told | undefined {
  return toldOf(fact, fixing).find((t) => t.pointer === pointer && t.row.cell.within.offset === within?.offset);
}

/** @param words what the cell is to say */
function writing(shown: string, { div, pointer, row }: Told, words: string): Fix {
  return either(`Write ${shortened(shown)} in the text`, {
    kind: 'set',
    pointer,
    value: reworded(div, row.cell, words),
  });
}

/** @param xhtml what the cell says, with the same tags and other words */
function mending(shown: string, { div, pointer, row }: Told, xhtml: string): Fix {
  return either(`Write ${shortened(shown)} in the text`, {
    kind: 'set',
    pointer,
    value: replaced(div, row.cell.within, xhtml),
  });
}

function taking(shown: string, pointer: Pointer, value: unknown): Fix {
  return either(`Take ${shortened(shown)} from the text`, { kind: 'set', pointer, value });
}

type Mend = (told: Told, patient: Located) => Fix[];

const number: Mend = (told, { resource, pointer }) => {
  const i = list(resource.identifier).findIndex((id) => isObject(id) && id.system === NHS_NUMBER_SYSTEM);
  const value = text(object(list(resource.identifier)[i]).value)?.replace(/[\s-]/g, '');
  const said = told.row.cell.text.replace(/[\s-]/g, '');
  if (value === undefined || !isTenDigits(value) || !isTenDigits(said)) return [];
  return [
    writing(formatNhsNumber(value), told, formatNhsNumber(value)),
    taking(formatNhsNumber(said), join(pointer, 'identifier', i, 'value'), said),
  ];
};

/** How the guide's example names the parts of a name, each in a paragraph. */
const FAMILY = /(Family name:\s*)([^<]*)/i;
const GIVEN = /(Given names?:\s*)([^<]*)/i;

const name: Mend = (told, { resource, pointer }) => {
  const i = list(resource.name).findIndex((n) => isObject(n) && typeof n.family === 'string');
  const known = list(resource.name)[i];
  if (!isObject(known)) return [];
  const given = list(known.given).flatMap((g) => text(g) ?? []);
  const family = asText(known.family);
  const shown = [...list(known.prefix).flatMap((p) => text(p) ?? []), ...given, family].join(' ');
  const { div, row, pointer: at } = told;
  const raw = rawOf(div, row.cell.within);
  const inParts = FAMILY.exec(raw) && GIVEN.exec(raw);
  if (!inParts) {
    const value = reworded(div, row.cell, shown);
    return [either(`Write ${shortened(shown)} in the text`, { kind: 'set', pointer: at, value })];
  }
  const written = raw
    .replace(FAMILY, (_, label: string) => label + writeLines(family))
    .replace(GIVEN, (_, label: string) => label + writeLines(given.join(' ')));
  const [familyTold, givenTold] = [FAMILY, GIVEN].map((part) => part.exec(raw)?.[2]?.trim() ?? '') as [string, string];
  // What is written with entities is not read here.
  const isPlain = familyTold !== '' && givenTold !== '' && !/&/.test(familyTold + givenTold);
  const value = { ...known, family: familyTold, given: givenTold.split(/\s+/) };
  return [
    mending(shown, told, written),
    ...(isPlain ? [taking(`${givenTold} ${familyTold}`, join(pointer, 'name', i), value)] : []),
  ];
};

const birthDate: Mend = (told, { resource, pointer }) => {
  const born = readTime(resource.birthDate)?.day;
  const [said, ...more] = daysIn(told.row.cell.text);
  if (born === undefined || said === undefined || more.length > 0) return [];
  return [
    mending(born, told, withDay(rawOf(told.div, told.row.cell.within), said, born)),
    taking(said, join(pointer, 'birthDate'), said),
  ];
};

const gender: Mend = (told, { resource, pointer }) => {
  const { text: said } = told.row.cell;
  const known = asText(resource.gender);
  const written = /^[A-Z]/.test(said) ? known.charAt(0).toUpperCase() + known.slice(1) : known;
  const taken = ['male', 'female'].find((code) => code.startsWith(said.toLowerCase()));
  return [writing(written, told, written), ...(taken ? [taking(taken, join(pointer, 'gender'), taken)] : [])];
};

const OF_PATIENT: readonly [Fact, Mend][] = [
  ['NHS number', number],
  ['name', name],
  ['birth date', birthDate],
  ['gender', gender],
];

const patient: FixMaker = (finding, fixing) => {
  const document = documentOf(fixing.message, fixing.knowledge);
  const found = document && patientOf(fixing.message, document);
  if (!found) return [];
  return OF_PATIENT.flatMap(([fact, mend]) => {
    const told = rowOf(fact, finding, fixing);
    return told ? mend(told, found) : [];
  });
};

const practice: FixMaker = (finding, fixing) => {
  const told = rowOf('ODS code', finding, fixing);
  if (!told?.about) return [];
  const known = identifiersOf(told.about, ODS_SYSTEMS).find((i) => isOdsCode(asText(i.identifier.value)));
  const said = codesIn(told.row.cell.text.slice(0, 500));
  const [other] = said;
  if (!known || other === undefined || said.length > 1) return [];
  const code = asText(known.identifier.value);
  const raw = rawOf(told.div, told.row.cell.within);
  const at = raw.toUpperCase().indexOf(other);
  if (at < 0) return [];
  return [
    mending(code, told, replaced(raw, { offset: at, length: other.length }, code)),
    taking(other, join(known.pointer, 'value'), other),
  ];
};

const contact: FixMaker = (finding, fixing) => {
  const told = rowOf('contact start', finding, fixing);
  const period = told?.about?.resource.period;
  const start = isObject(period) ? text(period.start) : undefined;
  const day = readTime(start)?.day;
  if (!told?.about || start === undefined || day === undefined) return [];
  const said = told.row.cell.text;
  const at = join(told.about.pointer, 'period', 'start');
  // A time in FHIR's own form is taken as a whole.
  if (readTime(said)?.day !== undefined) return [writing(start, told, start), taking(said, at, said)];
  const [other, ...more] = daysIn(said);
  if (other === undefined || more.length > 0) return [];
  const raw = rawOf(told.div, told.row.cell.within);
  return [
    mending(day, told, withDay(raw, other, day)),
    // The hour in the text may be of another zone.
    ...(/\d[:.]\d\d/.test(said) ? [] : [taking(other, at, other + start.slice(day.length))]),
  ];
};

/** What the text says of a supply, to be put into the dispense; undefined where it cannot be read surely. */
export function supplyTaken(fact: Fact, said: string, dispense: Located): Change[] | undefined {
  const { resource, pointer } = dispense;
  const [, amount, unit] = /^(\d{1,7}(?:\.\d+)?) +(\p{L}.*)$/u.exec(said.slice(0, 200)) ?? [];
  if (fact === 'dose') return [{ kind: 'set', pointer: join(pointer, 'dosageInstruction', 0, 'text'), value: said }];
  if (amount === undefined || unit === undefined) return undefined;
  const name = fact === 'quantity' ? 'quantity' : 'daysSupply';
  const there = resource[name];
  const at = join(pointer, name);
  const changes: Change[] = [{ kind: 'set', pointer: join(at, 'value'), value: Number(amount) }];
  if (!isObject(there)) changes.push({ kind: 'set', pointer: join(at, 'unit'), value: unit });
  else changes.push(...quantityTexts(there, at, amount));
  return changes;
}

/** The quantity in words that stands beside it follows. */
function quantityTexts({ extension }: Json, at: Pointer, amount: string): Change[] {
  return list(extension).flatMap((e, i): Change[] =>
    isObject(e) && typeof e.valueString === 'string' && /^\d+(\.\d+)? /.test(e.valueString)
      ? [
          {
            kind: 'set',
            pointer: join(at, 'extension', i, 'valueString'),
            value: e.valueString.replace(/^\d+(\.\d+)?/, amount),
          },
        ]
      : [],
  );
}

export const TEXT_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'patient-in-text': [patient],
  'practice-in-text': [practice],
  'contact-in-text': [contact],
};
