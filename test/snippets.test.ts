// Every snippet, with its defaults, is valid where it belongs: put there, it brings no finding.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, type Pointer, valueAt } from '../core/document/pointer';
import { readMessage } from '../core/itk3/message';
import { writeReply } from '../core/itk3/reply';
import { isObject, type Json, list } from '../core/json';
import { validate } from '../core/validate/validate';
import { knowledge } from './knowledge';

interface Snippet {
  prefix: string;
  description: string;
  body: string[];
}

const snippets = JSON.parse(readFileSync('snippets/itk3.json', 'utf8')) as Record<string, Snippet>;

interface Place {
  message: 'request' | 'acknowledgement';
  /** The resource in which it is tried: the last of its type. */
  type: string;
  /** Whether it is a property, an item of a list of the resource, or an entry in the resource's own place. */
  as: 'property' | 'entry' | { itemOf: string };
  /** The response code of the acknowledgement in which it is tried. */
  code?: string;
  /** A section that takes such an entry, and is made to refer to it. */
  section?: string;
  /** What a person takes from the message instead of a default, by tab stop: an id, or a reference to the resource. */
  fill?: Record<number, { id: string } | { to: string }>;
}

const request = (type: string, as: Place['as'], fill?: Place['fill']): Place => ({
  message: 'request',
  type,
  as,
  fill,
});
const acknowledgement = (type: string, as: Place['as'], fill?: Place['fill']): Place => ({
  message: 'acknowledgement',
  type,
  as,
  fill,
});
/** In the place of a resource: its id stays, so that what refers to it still does. */
const entry = (type: string, fill?: Place['fill']): Place => request(type, 'entry', { 1: { id: type }, ...fill });

const outcome = acknowledgement('OperationOutcome', 'entry', { 1: { id: 'OperationOutcome' } });

const PLACES: Record<string, Place[]> = {
  'itk3-patient': [entry('Patient')],
  'itk3-pharmacist': [entry('Practitioner')],
  'itk3-organisation': [entry('Organization')],
  'itk3-encounter': [
    entry('Encounter', { 2: { to: 'Patient' }, 3: { to: 'Practitioner' }, 5: { to: 'Organization' } }),
  ],
  'itk3-dispense': [
    entry('MedicationDispense', {
      2: { id: 'Medication' },
      4: { to: 'Patient' },
      5: { to: 'Encounter' },
      6: { to: 'Practitioner' },
      7: { to: 'Organization' },
    }),
  ],
  'itk3-no-known-drug-allergy': [entry('AllergyIntolerance', { 2: { to: 'Patient' } })],
  'itk3-attachment': [{ ...request('document', { itemOf: 'entry' }), section: 'Allergies and Adverse Reactions' }],
  'itk3-nhs-number': [request('Patient', { itemOf: 'identifier' })],
  'itk3-telephone': [
    request('Patient', { itemOf: 'telecom' }),
    request('Practitioner', { itemOf: 'telecom' }),
    request('Organization', { itemOf: 'telecom' }),
  ],
  'itk3-snomed': [request('AllergyIntolerance', { itemOf: 'code/coding' })],
  'itk3-period': [request('Encounter', 'property')],
  'itk3-quantity': [request('MedicationDispense', 'property')],
  'itk3-days-supply': [request('MedicationDispense', 'property')],
  'itk3-dosage': [request('MedicationDispense', { itemOf: 'dosageInstruction' })],
  'itk3-replaces': [request('Composition', 'property')],
  'itk3-response': [acknowledgement('MessageHeader', 'property', { 3: { to: 'OperationOutcome' } })],
  'itk3-outcome-accepted': [{ ...outcome, code: '30001' }],
  'itk3-outcome-refused': [{ ...outcome, code: '30002' }],
};

/** What VS Code knows when the snippet is inserted; the messages are of that time too. */
const VARIABLES: Record<string, string> = {
  UUID: '00000000-0000-4000-8000-00000000ffff',
  CURRENT_YEAR: '2026',
  CURRENT_MONTH: '11',
  CURRENT_DATE: '20',
  CURRENT_HOUR: '09',
  CURRENT_MINUTE: '30',
  CURRENT_SECOND: '00',
  CURRENT_TIMEZONE_OFFSET: '+00:00',
};

describe('snippets', () => {
  for (const { prefix, description, body } of Object.values(snippets)) {
    const places = PLACES[prefix] ?? [];
    for (const place of places)
      it(`${prefix} is valid in ${place.type}`, () => {
        const message = messageFor(place);
        const before = findings(message);
        insert(expand(body.join('\n'), fillOf(place, message)), place, message);
        assert.deepEqual(findings(message), before);
      });
    it(`${prefix} says what it is`, () => assert.match(description, /^\S.* (entry|item|property|entries) of /));
  }

  it('are all tried', () => {
    const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
    assert.deepEqual(prefixes.sort(), Object.keys(PLACES).sort());
  });

  it('are about people and places of the synthetic set', () => {
    const { patients, pharmacies, practices, pharmacists, medicines } = knowledge().invented;
    const text = Object.values(snippets)
      .flatMap(({ body }) => body)
      .join('\n');
    const known = [
      ...patients.map(({ nhsNumber }) => nhsNumber),
      ...[...pharmacies, ...practices].map(({ odsCode }) => odsCode),
      ...pharmacists.map(({ identifier }) => identifier.value),
      ...medicines.map(({ code }) => code),
    ];
    const numbers = [...text.matchAll(/\$\{\d+:(\d{10}|[A-Z]{3}\d\d|\d{7}|\d{14,})\}/g)].map(([, value]) => value!);
    assert.ok(numbers.length >= 5);
    for (const number of numbers) assert.ok(known.includes(number), number);
  });
});

function messageFor({ message, code = '30001' }: Place): unknown {
  const asked = JSON.parse(readFileSync('examples/emergency-supply.json', 'utf8')) as unknown;
  if (message === 'request') return asked;
  let count = 0;
  const randomUUID = (): string => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
  const read = readMessage(asked);
  assert.ok(read);
  return writeReply(read, { code }, { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' }, knowledge(), {
    now: new Date('2026-11-20T09:30:00Z'),
    randomUUID,
  });
}

function findings(message: unknown): string[] {
  const found = validate(message, knowledge(), { now: Date.parse('2026-11-20T10:00:00Z') }).findings;
  // Hints only count the codes that cannot be checked here.
  return found.flatMap(({ severity, pointer, message: says }) =>
    severity === 'hint' ? [] : `${severity} ${pointer} ${says}`,
  );
}

/** Of the last resource of the type, those of the document before those of the message. */
function pointerOf(message: unknown, type: string): Pointer {
  const below = (bundle: Pointer): Pointer[] =>
    list(valueAt(message, join(bundle, 'entry'))).map((_, i) => join(bundle, 'entry', i, 'resource'));
  const inside = below('').find((at) => valueAt(message, join(at, 'type')) === 'document');
  if (type === 'document') return inside ?? assert.fail('there is no document');
  const all = [...(inside === undefined ? [] : below(inside).reverse()), ...below('').reverse()];
  return all.find((at) => valueAt(message, join(at, 'resourceType')) === type) ?? assert.fail(`there is no ${type}`);
}

function fillOf({ fill = {} }: Place, message: unknown): Map<string, string> {
  const idOf = (type: string): string => String(valueAt(message, join(pointerOf(message, type), 'id')));
  return new Map(
    Object.entries(fill).map(([stop, what]) => [stop, 'id' in what ? idOf(what.id) : `urn:uuid:${idOf(what.to)}`]),
  );
}

function insert(text: string, { type, as, section }: Place, message: unknown): void {
  const resource = pointerOf(message, type);
  if (as === 'property') Object.assign(valueAt(message, resource) as Json, JSON.parse(`{${text}}`) as Json);
  else if (as === 'entry')
    for (const one of JSON.parse(`[${text}]`) as Json[]) {
      assert.ok(isObject(one.resource));
      const at = pointerOf(message, String(one.resource.resourceType)).split('/');
      const entries = valueAt(message, at.slice(0, -2).join('/')) as unknown[];
      entries[Number(at.at(-2))] = one;
    }
  else {
    const items = valueAt(message, join(resource, ...as.itemOf.split('/')));
    assert.ok(Array.isArray(items));
    // Another of the same kind takes the place of the first; what there is none of comes to the others.
    const item: unknown = JSON.parse(text);
    if (as.itemOf === 'entry') items.push(item);
    else items[0] = item;
    if (section !== undefined) referFrom(section, item as Json, message);
  }
}

function referFrom(title: string, { fullUrl }: Json, message: unknown): void {
  const sections = list(valueAt(message, join(pointerOf(message, 'Composition'), 'section')));
  const section = sections.find((one) => valueAt(one, '/title') === title) as Json;
  section.entry = [...list(section.entry), { reference: fullUrl }];
}

/** What VS Code inserts when a person takes every default but those that are filled in. */
function expand(body: string, fill: ReadonlyMap<string, string>): string {
  const values = new Map<string, string>();
  const first = (stop: string, text: string): string => {
    const value = fill.get(stop) ?? text;
    values.set(stop, value);
    return value;
  };
  return body
    .replace(/(?<!\\)\$(?:\{([A-Z_]+)\}|([A-Z_]+))/g, (_, braced?: string, bare?: string) => {
      const value = VARIABLES[braced ?? bare ?? ''];
      assert.ok(value !== undefined, `VS Code has no variable ${braced ?? bare}`);
      return value;
    })
    .replace(/\$\{(\d+)\|([^,|]*)[^|]*\|\}/g, (_, stop: string, text: string) => first(stop, text))
    .replace(/\$\{(\d+):([^}]*)\}/g, (_, stop: string, text: string) => first(stop, text))
    .replace(/\$(\d+)/g, (_, stop: string) => values.get(stop) ?? assert.fail(`$${stop} stands for nothing`))
    .replace(/\\([$}\\])/g, '$1');
}
