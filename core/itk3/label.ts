// What a person would call a resource, on one line: "Patient · Anna EXAMPLE · 999 000 0000".
import { formatNhsNumber, isTenDigits, NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import { asText, isObject, type Json, list } from '../json';
import { shortened } from '../validate/wording';
import { type Located, type Message, referenceIn, resolve } from './message';

/** Finds the resource that a reference names, from where the labelled resource stands. */
export type Follow = (reference: string) => Json | undefined;

/** Type and what tells the resource from its like; the type alone when it holds nothing that does. */
export function labelOf(resource: Json, follow: Follow = () => undefined): string {
  const type = text(resource.resourceType) ?? 'Resource';
  const read = PARTS.get(type) ?? anyParts;
  const parts = read(resource, follow).filter((part) => part !== undefined && part !== '');
  // Lists and menus have room for a line.
  return [type, ...parts].map((part) => shortened(part ?? '')).join(' · ');
}

/** The same of a resource of a message, in which what it refers to is found. */
export function labelIn(message: Message, located: Located): string {
  return labelOf(located.resource, (reference) => resolve(message, located, reference)?.resource);
}

type Parts = (resource: Json, follow: Follow) => (string | undefined)[];

const PARTS = new Map<string, Parts>(
  Object.entries<Parts>({
    Patient: (r) => [personName(r.name), nhsNumber(r) ?? firstIdentifier(r)],
    Practitioner: (r) => [personName(r.name), firstIdentifier(r)],
    RelatedPerson: (r) => [personName(r.name), concept(r.relationship)],
    PractitionerRole: (r) => [concept(list(r.code)[0]), firstIdentifier(r)],
    Organization: (r) => [text(r.name), firstIdentifier(r)],
    Location: (r) => [text(r.name), firstIdentifier(r)],
    Encounter: (r) => [
      isObject(r.period) ? text(r.period.start) : undefined,
      concept(list(r.type)[0]) ?? text(r.status),
    ],
    Composition: (r) => [text(r.title) ?? concept(r.type), text(r.date)],
    MessageHeader: (r) => [coding(r.event), text(r.timestamp)],
    Bundle: (r) => [text(r.type), counted(list(r.entry).length, 'entry', 'entries')],
    List: (r) => [text(r.title) ?? concept(r.code), counted(list(r.entry).length, 'entry', 'entries')],
    MedicationDispense: (r, follow) => [medication(r, follow), text(r.whenHandedOver) ?? text(r.whenPrepared)],
    MedicationStatement: (r, follow) => [medication(r, follow)],
    MedicationRequest: (r, follow) => [medication(r, follow)],
    Medication: (r) => [concept(r.code)],
    Immunization: (r) => [concept(r.vaccineCode), text(r.date)],
    OperationOutcome: (r) => [issue(list(r.issue)[0])],
    Binary: (r) => [text(r.contentType)],
    Device: (r) => [concept(r.type), firstIdentifier(r)],
  }),
);

const anyParts: Parts = (r) => [
  text(r.title) ?? text(r.name) ?? concept(r.code) ?? concept(r.type) ?? firstIdentifier(r) ?? text(r.id),
];

/** The official name before the usual one before any other. */
function personName(names: unknown): string | undefined {
  const known = list(names).filter(isObject);
  const name = known.find((n) => n.use === 'official') ?? known.find((n) => n.use === 'usual') ?? known[0];
  if (!name) return undefined;
  const given = list(name.given).flatMap((part) => text(part) ?? []);
  const parts = [...given, text(name.family)?.toUpperCase()].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : text(name.text);
}

function nhsNumber(resource: Json): string | undefined {
  const found = list(resource.identifier).find((i) => isObject(i) && i.system === NHS_NUMBER_SYSTEM);
  const value = isObject(found) ? text(found.value) : undefined;
  return value !== undefined && isTenDigits(value) ? formatNhsNumber(value) : value;
}

function firstIdentifier(resource: Json): string | undefined {
  const first = [resource.identifier].flat().find(isObject);
  return first && text(first.value);
}

function medication(resource: Json, follow: Follow): string | undefined {
  const reference = referenceIn(resource.medicationReference);
  const target = reference === undefined ? undefined : (contained(resource, reference) ?? follow(reference));
  const shown = isObject(resource.medicationReference) ? text(resource.medicationReference.display) : undefined;
  return concept(resource.medicationCodeableConcept) ?? (target && concept(target.code)) ?? shown;
}

function contained(resource: Json, reference: string): Json | undefined {
  return list(resource.contained)
    .filter(isObject)
    .find((inner) => reference === `#${asText(inner.id)}`);
}

function issue(value: unknown): string | undefined {
  return isObject(value) ? (concept(value.details) ?? text(value.diagnostics) ?? text(value.code)) : undefined;
}

function concept(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  return text(value.text) ?? coding(list(value.coding).find((c) => coding(c) !== undefined));
}

function coding(value: unknown): string | undefined {
  return isObject(value) ? (text(value.display) ?? text(value.code)) : undefined;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Text on one line; undefined for anything else. */
function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const line = value.replace(/\s+/g, ' ').trim();
  return line === '' ? undefined : line;
}
