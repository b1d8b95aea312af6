// Writes the text of a section from the resources that it is about: the other way round than section-text.ts reads it.
import { escaped } from '../document/xml-narrative';
import { entryOf, inDocument, type ItkDocument, patientOf, type Section } from './document';
import { type Located, type Message, referenceIn, resolve } from './message';
import { officialName } from './person-name';
import { quantityText } from './quantity';
import { longDay, longTime } from './times';
import type { Fact, SectionUse } from './use-case';
import { asText, isObject, type Json, list, object, text } from '../json';
import { formatNhsNumber, isTenDigits, NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import { ODS_SYSTEMS } from '../nhs/ods-code';

/** One row of a section's table. */
export interface WrittenRow {
  label: string;
  /** Of several lines where it says several things. */
  text: string;
}

/** What resources say for the rows of a section, in the guide's order; rows that only a person can write are not among them. */
export function rowsFor(section: Section, document: ItkDocument, message: Message): WrittenRow[] {
  return rowsByItem(section, document, message).flatMap(({ rows }) => rows);
}

/** The same for each of the resources that the section is about: the items of its list, or the one that it leads to. */
export function rowsByItem(
  section: Section,
  document: ItkDocument,
  message: Message,
): { at: Located; rows: WrittenRow[] }[] {
  const { use } = section;
  if (!use) return [];
  const start = entryOf(message, document, section);
  const items = use.items ? itemsOf(use.items.type, start, document, message) : start ? [start] : [];
  return items.map((at) => ({
    at,
    rows: use.rows.flatMap((label): WrittenRow[] => {
      const fact = factOf(use, label);
      const lines = fact ? WRITERS[fact]({ resource: at.resource, at, message, document }) : [];
      const told = lines.filter((line) => line.trim() !== '').join('\n');
      return told === '' ? [] : [{ label, text: told }];
    }),
  }));
}

/** What a row with the label says that a resource says too. */
export function factOf({ facts }: SectionUse, label: string): Fact | undefined {
  return (Object.keys(facts ?? {}) as Fact[]).find((fact) => facts![fact]![0] === label);
}

/** In the order of the list that the section leads to. */
function itemsOf(type: string, start: Located | undefined, document: ItkDocument, message: Message): Located[] {
  const all = inDocument(message, document, type);
  const listed = list(start?.resource.entry).flatMap((entry) => {
    const reference = referenceIn(object(entry).item);
    return reference === undefined ? [] : (resolve(message, start!, reference) ?? []);
  });
  const ordered = listed.filter((item) => item.type === type);
  return [...new Set([...ordered, ...all])];
}

const [OPEN, CLOSE] = ['<table width="100%"><tbody>', '</tbody></table></div>'];

/** The XHTML of a section's text: a table with a label beside what it says. */
export function writeTable(rows: readonly WrittenRow[]): string {
  return tableAround(rows.map((row) => rowAround(row.label).join(writeLines(row.text)))).join('');
}

/** The XHTML around what a cell says, in two parts. */
export function rowAround(label: string): [string, string] {
  return [`<tr><th>${written(label)}</th><td>`, '</td></tr>'];
}

export function tableAround<T>(rows: readonly T[]): (T | string)[] {
  return [`<div xmlns="http://www.w3.org/1999/xhtml">${OPEN}`, ...rows, CLOSE];
}

/** Several lines as paragraphs. */
export function writeLines(told: string): string {
  const lines = told.split('\n');
  return lines.length === 1 ? written(told) : lines.map((line) => `<p>${written(line)}</p>`).join('');
}

/** XML has no control characters but tab and new line. */
function written(told: string): string {
  return escaped(told.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, ''));
}

interface Told {
  resource: Json;
  at: Located;
  message: Message;
  document: ItkDocument;
}

type Writer = (told: Told) => string[];

const WRITERS: Readonly<Record<Fact, Writer>> = {
  name: ({ resource }) => nameLines(resource),
  'birth date': ({ resource }) => [longDay(resource.birthDate)],
  gender: ({ resource }) => [capital(asText(resource.gender))],
  'NHS number': ({ resource }) => [formatted(numberOf(resource, [NHS_NUMBER_SYSTEM]))],
  address: ({ resource }) => addressLines(resource),
  telephone: ({ resource }) => phones(resource),
  contacts: ({ resource }) => list(resource.contact).flatMap(contactLine),
  'ODS code': ({ resource }) => labelled('ODS code', numberOf(resource, ODS_SYSTEMS)),
  organisation: ({ resource }) => [...organisationLines(resource), ...labelled('Telephone', phones(resource)[0])],
  'GP name': ({ message, document }) => {
    const patient = patientOf(message, document);
    return list(patient?.resource.generalPractitioner).flatMap((reference) => {
      const doctor = follow(reference, patient!, message);
      return doctor?.type === 'Practitioner' ? [personName(doctor.resource)] : [];
    });
  },
  'contact start': ({ resource }) => [longTime(object(resource.period).start)],
  provider: ({ resource, at, message }) => {
    const provider = follow(resource.serviceProvider, at, message)?.resource ?? {};
    return [
      ...labelled('Name', text(provider.name)),
      ...labelled('ODS code', numberOf(provider, ODS_SYSTEMS)),
      ...labelled('Telephone', phones(provider)[0]),
    ];
  },
  clinician: ({ resource, at, message, document }) =>
    list(resource.participant).flatMap((participant) => {
      const person = follow(object(participant).individual, at, message);
      return person?.type === 'Practitioner' ? clinicianLines(person, message, document) : [];
    }),
  medicine: ({ resource, at, message }) => {
    const medication = follow(resource.medicationReference, at, message);
    const told = conceptName(medication?.resource.code) ?? conceptName(resource.medicationCodeableConcept);
    return [told ?? asText(object(resource.medicationReference).display)];
  },
  dose: ({ resource }) => {
    const doses = list(resource.dosageInstruction).map((dose) => asText(object(dose).text));
    return [doses.filter((dose) => dose !== '').join('; ')];
  },
  quantity: ({ resource, document }) => [
    quantityText(resource.quantity, document.useCase)?.text ?? amount(resource.quantity),
  ],
  'days supply': ({ resource }) => [amount(resource.daysSupply)],
  agent: ({ resource }) => [conceptName(resource.code) ?? ''],
  reaction: ({ resource }) =>
    reactions(resource).map((reaction) => {
      const manifestations = list(reaction.manifestation).flatMap((m) => conceptName(m) ?? []);
      return text(reaction.description) ?? manifestations.join(', ');
    }),
  'allergy type': ({ resource }) => [capital(asText(resource.type))],
  severity: ({ resource }) => reactions(resource).map((reaction) => capital(asText(reaction.severity))),
  certainty: ({ resource }) => [capital(asText(resource.verificationStatus))],
  'date recorded': ({ resource }) => [longDay(resource.assertedDate)],
};

function follow(reference: unknown, from: Located, message: Message): Located | undefined {
  const told = referenceIn(reference);
  return told === undefined ? undefined : resolve(message, from, told);
}

function labelled(label: string, told: string | undefined): string[] {
  return told === undefined || told === '' ? [] : [`${label}: ${told}`];
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function numberOf(resource: Json, systems: readonly string[]): string | undefined {
  const found = list(resource.identifier).find((i) => isObject(i) && systems.includes(asText(i.system)));
  return isObject(found) ? text(found.value) : undefined;
}

function formatted(number: string | undefined): string {
  return number === undefined ? '' : isTenDigits(number) ? formatNhsNumber(number) : number;
}

function texts(value: unknown): string {
  return list(value)
    .flatMap((part) => text(part) ?? [])
    .join(' ');
}

function nameLines(resource: Json): string[] {
  const name = officialName(resource);
  const lines = [
    ...labelled('Prefix', texts(name.prefix)),
    ...labelled('Given name', texts(name.given)),
    ...labelled('Family name', text(name.family)),
  ];
  return lines.length > 0 ? lines : [asText(name.text)];
}

function personName(resource: Json): string {
  const { prefix, given, family, text: whole } = officialName(resource);
  return [texts(prefix), texts(given), asText(family)].filter((part) => part !== '').join(' ') || asText(whole);
}

function clinicianLines(person: Located, message: Message, document: ItkDocument): string[] {
  const role = inDocument(message, document, 'PractitionerRole').find(
    (one) => follow(one.resource.practitioner, one, message) === person,
  );
  return [
    ...labelled('Name', personName(person.resource)),
    ...labelled('Role', conceptName(list(role?.resource.code)[0])),
  ];
}

function organisationLines(resource: Json): string[] {
  const [first, ...others] = addressLines(resource);
  return [...labelled('Name', text(resource.name)), ...labelled('Address', first), ...others];
}

function addressLines({ address }: Json): string[] {
  const { line, city, district, postalCode, text: whole } = object(list(address).find(isObject));
  const parts = [...list(line), city, district].flatMap((part) => text(part) ?? []);
  return [parts.length > 0 ? parts.join(', ') : asText(whole), ...labelled('Post code', text(postalCode))].filter(
    (part) => part !== '',
  );
}

function phones({ telecom }: Json): string[] {
  const numbers = list(telecom).filter((t) => isObject(t) && (t.system === 'phone' || t.system === undefined));
  return numbers.flatMap((number) => text(object(number).value) ?? []);
}

function contactLine(contact: unknown): string[] {
  const { name, relationship } = object(contact);
  const person = personName({ name: [name] });
  const relation = conceptName(list(relationship)[0]);
  if (person === '') return [];
  return [[person, relation, ...phones(object(contact))].filter((part) => part !== undefined).join(', ')];
}

function reactions({ reaction }: Json): Json[] {
  return list(reaction).filter(isObject);
}

function amount(quantity: unknown): string {
  const { value, unit } = object(quantity);
  if (typeof value !== 'number') return '';
  return unit === undefined ? String(value) : `${value} ${asText(unit)}`;
}

function conceptName(concept: unknown): string | undefined {
  const displays = list(object(concept).coding).map((coding) => text(object(coding).display));
  return displays.find((display) => display !== undefined) ?? text(object(concept).text);
}
