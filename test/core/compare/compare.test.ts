import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { type Comparison, compareMessages, type Counting } from '../../../core/compare/compare';
import { changed } from '../../../core/document/changes';
import { join, parentOf, type Pointer, valueAt } from '../../../core/document/pointer';
import { readMessage } from '../../../core/itk3/message';
import { isObject } from '../../../core/json';
import { renewIdentifiers } from '../../../core/refactor/identifiers';

const example = JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8')) as unknown;
const MESSAGE = readMessage(example)!;

const compare = (left: unknown, right: unknown, counting: Counting = 'meaning'): Comparison =>
  compareMessages(readMessage(left)!, readMessage(right)!, counting);

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

let count = 0;
const renewed = (value: unknown): unknown =>
  renewIdentifiers(readMessage(value)!, () => `abcdef01-0000-4000-8000-${String(++count).padStart(12, '0')}`);

/** Numbers from 0 to 1 that one seed gives. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}

const SETS = new Set(['entry', 'identifier', 'coding', 'extension', 'telecom', 'profile', 'contained']);

/** Properties in another order, and the items of lists that have none. */
function shuffled(value: unknown, next: () => number, name = ''): unknown {
  const mixed = <T>(items: T[]): T[] =>
    items
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  if (Array.isArray(value)) {
    const items = value.map((item) => shuffled(item, next, name));
    // The first entry says what a message or document is.
    if (name === 'entry' && isObject(value[0]) && 'resource' in value[0]) return [items[0], ...mixed(items.slice(1))];
    return SETS.has(name) && name !== 'entry' ? mixed(items) : items;
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(mixed(Object.entries(value)).map(([key, inner]) => [key, shuffled(inner, next, key)]));
}

/** Where a change is one change, and no name or time of this copy. */
function placesOf(value: unknown): Pointer[] {
  const places: Pointer[] = [];
  const visit = (inner: unknown, pointer: Pointer, type: string, isEntry: boolean): void => {
    if (Array.isArray(inner))
      inner.forEach((item, i) => visit(item, join(pointer, i), type, pointer.endsWith('/entry')));
    if (!isObject(inner)) return;
    const own = typeof inner.resourceType === 'string' ? inner.resourceType : type;
    for (const [key, one] of Object.entries(inner)) {
      const at = join(pointer, key);
      const isTime = key === 'lastUpdated' || key === 'timestamp' || (own === 'Composition' && key === 'date');
      const isName = /^(id|fullUrl|resourceType|resource|reference|contained)$/.test(key);
      const isUuid = typeof one === 'string' && /[0-9a-f]{8}-/.test(one);
      if (
        !isTime &&
        !isName &&
        !isUuid &&
        !(isEntry && 'fullUrl' in inner) &&
        !(key === 'entry' && 'resourceType' in inner)
      )
        places.push(at);
      visit(one, at, own, false);
    }
  };
  visit(value, '', '', false);
  return places;
}

const PLACES = placesOf(example);
const place = fc.nat({ max: PLACES.length - 1 }).map((i) => PLACES[i]!);
const seed = fc.integer();

/** The same message, made anew. */
const disguised = (value: unknown, by: number): unknown => shuffled(copy(renewed(value)), numbers(by));

describe('two messages compared by meaning', () => {
  it('are the same as themselves', () => {
    const { differences, left, right } = compare(example, copy(example), 'identifiers and times too');
    assert.deepEqual(differences, []);
    assert.deepEqual(left, right);
  });

  it('are the same as themselves where contained resources have one id, or none', () => {
    const contained = [{ resourceType: 'Device' }, { resourceType: 'Device' }, { resourceType: 'Device', id: 'a' }];
    const patient = { resourceType: 'Patient', contained: [...contained, ...contained] };
    assert.deepEqual(compare(copy(patient), copy(patient)).differences, []);
  });

  it('name a resource once, however much of it differs', () => {
    let asked = 0;
    const many = (word: string): unknown => ({
      resourceType: 'Organization',
      get name() {
        asked += 1;
        return 'One';
      },
      identifier: Array.from({ length: 1000 }, (_, i) => ({ system: `urn:${i}`, value: word })),
    });
    assert.equal(compare(many('a'), many('b')).differences.length, 1000);
    assert.ok(asked < 100, `${asked} times`);
  });

  it('are compared in time that does not grow with the square of thousands that are alike', () => {
    const resource = { resourceType: 'Patient', id: 'p', identifier: [{ value: '1' }] };
    const bundle = (times: number, inside: object = resource) => ({
      resourceType: 'Bundle',
      entry: Array.from({ length: times }, (_, i) => ({ resource: { ...inside, language: `l${i}` } })),
    });
    assert.deepEqual(compare(bundle(3000), bundle(3000)).differences, []);
    const copies = { resourceType: 'Bundle', entry: Array.from({ length: 3000 }, () => ({ resource })) };
    assert.deepEqual(compare(copy(copies), copy(copies)).differences, []);
    const extension = Array.from({ length: 3000 }, (_, i) => ({ url: 'x', valueString: `${i}` }));
    const [one, other] = [extension, extension.map((item) => ({ ...item, valueString: `${item.valueString}a` }))];
    const patient = (items: unknown) => ({ ...resource, extension: items });
    assert.equal(compare(patient(one), patient(other)).differences.length, 3000);
  });

  it('are the same in any order and with other identifiers', () => {
    fc.assert(
      fc.property(seed, (by) => {
        const { differences, left, right } = compare(example, disguised(example, by));
        assert.deepEqual(differences, []);
        assert.equal(JSON.stringify(left, null, 2), JSON.stringify(right, null, 2));
      }),
      { numRuns: 15 },
    );
  });

  it('differ once where one value is another', () => {
    fc.assert(
      fc.property(place, seed, (pointer, by) => {
        const value = valueAt(example, pointer);
        const other = typeof value === 'string' ? `${value} changed` : typeof value === 'boolean' ? !value : 'changed';
        const right = disguised(changed(copy(example), { kind: 'set', pointer, value: other }), by);
        const { differences } = compare(example, right);
        assert.equal(differences.length, 1, `${pointer} ${JSON.stringify(differences)}`);
      }),
      { numRuns: 80 },
    );
  });

  it('differ once where something is missing, and once where it is more', () => {
    fc.assert(
      fc.property(place, seed, (pointer, by) => {
        const less = changed(copy(example), { kind: 'remove', pointer });
        for (const [left, right, kind] of [
          [example, disguised(less, by), 'only left'],
          [less, disguised(example, by), 'only right'],
        ] as const) {
          const { differences } = compare(left, right);
          assert.deepEqual(
            differences.map((one) => one.kind),
            [kind],
            `${pointer} ${JSON.stringify(differences)}`,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('say where, in values that are laid side by side', () => {
    const patient = MESSAGE.resources.find(({ type }) => type === 'Patient')!;
    const pointer = join(patient.pointer, 'birthDate');
    const right = disguised(changed(copy(example), { kind: 'set', pointer, value: '1999-09-09' }), 7);
    const compared = compare(example, right);
    const [difference] = compared.differences;
    assert.ok(difference);
    assert.deepEqual([difference.kind, difference.path], ['changed', 'birthDate']);
    assert.match(difference.resource, /^Patient · /);
    assert.equal(valueAt(compared.left, difference.left), valueAt(example, pointer));
    assert.equal(valueAt(compared.right, difference.right), '1999-09-09');
    const lines = (value: unknown): string[] => JSON.stringify(value, null, 2).split('\n');
    const [ofLeft, ofRight] = [lines(compared.left), lines(compared.right)];
    assert.equal(ofLeft.length, ofRight.length);
    assert.equal(ofLeft.filter((line, i) => line !== ofRight[i]).length, 1);
  });

  it('have identifiers and times that count only when they are asked for', () => {
    const right = renewed(example) as Record<string, unknown>;
    assert.deepEqual(compare(example, right).differences, []);
    const counted = compare(example, right, 'identifiers and times too').differences;
    assert.ok(counted.length > 10);
    for (const { path } of counted)
      assert.match(path, /(^|\.)(id|fullUrl)$|identifier|SenderReference|extension|text\.div|endpoint/, path);
    assert.ok(!counted.some(({ path }) => path.endsWith('reference')), 'what leads to the same is the same');
  });

  it('differ where something leads to another resource', () => {
    const organizations = MESSAGE.resources.filter(({ type, fullUrl }) => type === 'Organization' && fullUrl);
    const patient = MESSAGE.resources.find(({ type }) => type === 'Patient')!;
    const now = valueAt(example, join(patient.pointer, 'managingOrganization', 'reference'));
    const other = organizations.find(({ fullUrl, bundle }) => fullUrl !== now && bundle === patient.bundle)!;
    const pointer = join(patient.pointer, 'managingOrganization', 'reference');
    const right = changed(copy(example), { kind: 'set', pointer, value: other.fullUrl });
    const { differences } = compare(example, renewed(right));
    assert.deepEqual(
      differences.map(({ path }) => path),
      ['managingOrganization.reference'],
    );
  });

  it('differ where a resource is missing: the resource, and what led to it', () => {
    const dispense = MESSAGE.resources.find(({ type }) => type === 'MedicationDispense')!;
    const right = changed(copy(example), { kind: 'remove', pointer: parentOf(dispense.pointer) });
    const { differences } = compare(example, renewed(right));
    const [missing] = differences.filter(({ kind }) => kind === 'only left');
    assert.match(missing!.resource, /^MedicationDispense/);
    assert.equal(missing!.path, '');
    for (const { kind, path } of differences.slice(1))
      assert.ok(kind !== 'changed' || path.endsWith('reference'), path);
  });

  it('are compared whatever they are', () => {
    const resource = fc.record({
      resourceType: fc.constantFrom('Patient', 'Bundle', 'X'),
      entry: fc.jsonValue({ maxDepth: 3 }),
    });
    fc.assert(
      fc.property(resource, resource, (left, right) => {
        assert.ok(Array.isArray(compare(left, right).differences));
        assert.deepEqual(compare(left, copy(left)).differences, []);
      }),
      { numRuns: 300 },
    );
  });
});
