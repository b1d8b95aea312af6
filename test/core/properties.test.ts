// What must hold for any message: what breaks a rule is always found, and what breaks none never raises an error.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { Element } from '../../core/definitions/element';
import { choiceNames, isChoice, isList } from '../../core/definitions/element';
import { locate } from '../../core/validate/locate';
import { BASE } from '../../core/definitions/registry';
import { join, parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { isObject, type Json } from '../../core/json';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

const RUNS = 150;
const NOW = Date.parse('2026-12-01T12:00:00Z');
const MESSAGES = [
  path.resolve('examples/emergency-supply.json'),
  path.resolve('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json'),
].filter((file) => fs.existsSync(file));

interface Spot {
  pointer: Pointer;
  value: unknown;
  elements: Element[];
}

/** Every value of the message with the elements that describe it; narratives are judged by rules of their own. */
function spotsOf(root: unknown): Spot[] {
  const k = knowledge();
  const { message, applicable } = validate(root, k, { now: NOW });
  const spots: Spot[] = [];
  const visit = (value: unknown, pointer: Pointer): void => {
    if (pointer !== '')
      spots.push({ pointer, value, elements: locate(pointer, message!, applicable!, k)?.elements ?? [] });
    if (Array.isArray(value)) value.forEach((item, i) => visit(item, join(pointer, i)));
    else if (isObject(value)) for (const [name, inner] of Object.entries(value)) visit(inner, join(pointer, name));
  };
  visit(root, '');
  return spots;
}

function errorsIn(root: unknown): string[] {
  const { findings } = validate(root, knowledge(), { now: NOW });
  return findings.filter((f) => f.severity === 'error').map((f) => `${f.rule} ${f.pointer}: ${f.message}`);
}

/** What trips code that trusts its input. */
const HOSTILE = fc.constantFrom<unknown>(
  'constructor',
  '__proto__',
  'toString',
  { toString: false },
  [{ toString: null, valueOf: 1 }],
  { length: -1 },
  { resourceType: 'constructor' },
  { extension: [{ url: 'toString' }] },
  { coding: [{ system: '__proto__', code: 'constructor' }] },
  1e400,
  -0,
  '\ud800',
);

/** All that is said above a hint. */
function told(root: unknown): string[] {
  const { findings } = validate(root, knowledge(), { now: NOW });
  return findings.filter((f) => f.severity !== 'hint').map((f) => `${f.rule} ${f.pointer}`);
}

const lastOf = (pointer: Pointer): string => segmentsOf(pointer).at(-1)!;
const isItem = (pointer: Pointer): boolean => /^\d+$/.test(lastOf(pointer));
const isPrimitive = (element: Element): boolean =>
  element.types.length === 1 &&
  knowledge().registry.definition(BASE + element.types[0]!.code)?.kind === 'primitive-type';

for (const file of MESSAGES) {
  const text = fs.readFileSync(file, 'utf8');
  const fresh = (): Json => JSON.parse(text) as Json;
  const spots = spotsOf(fresh());
  const inParent = (root: Json, pointer: Pointer): Json => valueAt(root, parentOf(pointer)) as Json;
  const oneOf = (kept: Spot[]): fc.Arbitrary<Pointer> => {
    assert.ok(kept.length > 5, `only ${kept.length} spots`);
    return fc.constantFrom(...kept.map((spot) => spot.pointer));
  };
  /** Whether the value tells its list item's slice, so that with another value the item is simply none of that slice. */
  const tellsSlice = ({ pointer }: Spot): boolean => {
    const names = (from: Pointer): string =>
      segmentsOf(pointer.slice(from.length))
        .filter((s) => !/^\d+$/.test(s))
        .join('.');
    return spots.some(
      (list) =>
        Array.isArray(list.value) &&
        pointer.startsWith(`${list.pointer}/`) &&
        list.elements.some((e) =>
          [...(e.slicing?.discriminators ?? []), { path: 'url' }].some(
            (d) => e.slices && `${d.path}.`.startsWith(`${names(list.pointer)}.`),
          ),
        ),
    );
  };

  describe(`any change of ${path.basename(file)}`, () => {
    it('has no error to begin with', () => assert.deepEqual(errorsIn(fresh()), []));

    it('that removes a required element is found', () => {
      const required = spots
        .filter(
          ({ pointer, elements }) =>
            !isItem(pointer) && (lastOf(pointer) === 'resourceType' || elements.some((e) => e.min > 0)),
        )
        .filter(
          // What tells a slice apart is missed only where the slice is.
          (spot) => !tellsSlice(spot),
        );
      fc.assert(
        fc.property(oneOf(required), (pointer) => {
          const root = fresh();
          // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- any property may be the one
          delete inParent(root, pointer)[lastOf(pointer)];
          assert.notDeepEqual(errorsIn(root), []);
        }),
        { numRuns: RUNS },
      );
    });

    const fixed = spots.filter(
      ({ elements, value }) => typeof value === 'string' && elements.some((e) => e.fixed === value),
    );

    it('that breaks a fixed value is found', () => {
      fc.assert(
        fc.property(
          oneOf(fixed.filter((spot) => !tellsSlice(spot))),
          fc.string({ minLength: 1, maxLength: 8 }),
          (pointer, other) => {
            const root = fresh();
            const parent = inParent(root, pointer);
            parent[lastOf(pointer)] = `${String(parent[lastOf(pointer)])}${other}`;
            assert.notDeepEqual(errorsIn(root), []);
          },
        ),
        { numRuns: RUNS },
      );
    });

    it('that is a slip in the url that tells an identifier or extension apart is found', () => {
      const urls = fixed.filter((spot) => tellsSlice(spot) && String(spot.value).includes(':'));
      fc.assert(
        fc.property(oneOf(urls), fc.nat(), fc.constantFrom('', 'x', '-'), (pointer, at, by) => {
          const root = fresh();
          const parent = inParent(root, pointer);
          const url = String(parent[lastOf(pointer)]);
          const i = 8 + (at % (url.length - 8));
          parent[lastOf(pointer)] = url.slice(0, i) + by + url.slice(i + 1);
          fc.pre(parent[lastOf(pointer)] !== url);
          assert.notDeepEqual(told(root), told(fresh()));
        }),
        { numRuns: RUNS },
      );
    });

    it('that mistypes a primitive is found', () => {
      const primitives = spots
        .filter(({ elements }) => elements.some(isPrimitive))
        .filter(({ value }) => !Array.isArray(value));
      const wrong = fc.constantFrom<unknown>({}, [], [[]], { a: 1 }, null, '', ' ', [null]);
      fc.assert(
        fc.property(oneOf(primitives), wrong, (pointer, value) => {
          const root = fresh();
          inParent(root, pointer)[lastOf(pointer)] = value;
          assert.notDeepEqual(errorsIn(root), []);
        }),
        { numRuns: RUNS },
      );
    });

    it('that gives a primitive another JSON type is found', () => {
      const primitives = spots.filter(({ elements, value }) => elements.some(isPrimitive) && typeof value === 'string');
      fc.assert(
        fc.property(oneOf(primitives), fc.oneof(fc.integer(), fc.boolean()), (pointer, value) => {
          const root = fresh();
          inParent(root, pointer)[lastOf(pointer)] = value;
          assert.notDeepEqual(errorsIn(root), []);
        }),
        { numRuns: RUNS },
      );
    });

    it('that adds a property that STU3 does not have is found', () => {
      const objects = spots.filter(({ value }) => isObject(value));
      fc.assert(
        fc.property(oneOf(objects), fc.stringMatching(/^[a-z]{3,9}X$/), (pointer, name) => {
          const root = fresh();
          (valueAt(root, pointer) as Json)[name] = 'x';
          assert.notDeepEqual(errorsIn(root), []);
        }),
        { numRuns: RUNS },
      );
    });

    it('that puts any value anywhere gives findings, never an exception', () => {
      fc.assert(
        fc.property(oneOf(spots), fc.oneof(fc.jsonValue({ maxDepth: 4 }), HOSTILE), (pointer, value) => {
          const root = fresh();
          inParent(root, pointer)[lastOf(pointer)] = value;
          for (const finding of validate(root, knowledge(), { now: NOW }).findings)
            assert.ok(finding.message.length > 0 && finding.pointer.length < 1000);
        }),
        { numRuns: RUNS * 2 },
      );
    });

    it('of the order of properties raises no error', () => {
      fc.assert(
        fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
          assert.deepEqual(errorsIn(shuffled(fresh(), () => numbers.next().value as number)), []);
        }),
        { numRuns: RUNS / 5 },
      );
    });

    it('of the order of entries behind the first raises no error', () => {
      fc.assert(
        fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
          const root = fresh();
          const next = (): number => numbers.next().value as number;
          const document = (root.entry as Json[]).at(-1)!.resource as Json;
          for (const bundle of [document, root]) {
            const [first, ...rest] = bundle.entry as unknown[];
            bundle.entry = [first, ...inRandomOrder(rest, next)];
          }
          assert.deepEqual(errorsIn(root), []);
        }),
        { numRuns: RUNS / 5 },
      );
    });

    it('that adds an optional element that STU3 and the profiles allow raises no error', () => {
      const places = spots.flatMap(({ pointer, value, elements }) => {
        const [element] = elements;
        return isObject(value) && element ? addable(value, elements).map((child) => ({ pointer, child })) : [];
      });
      assert.ok(places.length > 500, `only ${places.length} places`);
      fc.assert(
        fc.property(fc.nat({ max: places.length - 1 }), fc.nat(), (place, which) => {
          const { pointer, child } = places[place]!;
          const root = fresh();
          const parent = valueAt(root, pointer) as Json;
          const [name, type] = formOf(child, which);
          const value = sample(child, type);
          if (value === undefined) return;
          parent[name] = isList(child) ? [value] : value;
          assert.deepEqual(errorsIn(root), [], `${pointer}/${name} = ${JSON.stringify(value)}`);
        }),
        { numRuns: RUNS * 2 },
      );
    });
  });
}

function inRandomOrder<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item): [number, T] => [next(), item])
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    inRandomOrder(Object.entries(value), next).map(([name, inner]) => [name, shuffled(inner, next)]),
  );
}

/** Elements that constraints allow or not according to what stands beside them. */
const BESIDE_OTHERS: ReadonlySet<string> = new Set([
  'Address.use',
  'Composition.section.emptyReason',
  'ContactPoint.use',
  'List.emptyReason',
  'List.entry.deleted',
  'Period.end',
]);

/** Children that may be added: allowed by all that describes the parent, not there yet, and free of slices and invariants. */
function addable(value: Json, elements: Element[]): Element[] {
  const { registry } = knowledge();
  const [first, ...others] = elements.map((e) => registry.childrenOf(e));
  return [...(first?.values() ?? [])].filter((child) => {
    if (BESIDE_OTHERS.has(child.path)) return false;
    const all = [child, ...others.map((o) => o.get(child.name))];
    const names = isChoice(child) ? [...choiceNames(child).keys()] : [child.name];
    return (
      names.every((name) => !(name in value) && !(`_${name}` in value)) &&
      all.every((c) => c && c.max > 0 && !c.slices && c.fixed === undefined && c.pattern === undefined)
    );
  });
}

function formOf(child: Element, which: number): [string, string | undefined] {
  if (!isChoice(child)) return [child.name, child.types[0]?.code];
  const forms = [...choiceNames(child)];
  const [name, type] = forms[which % forms.length]!;
  return [name, type.code];
}

const PRIMITIVES: Record<string, unknown> = {
  string: 'example',
  markdown: 'example',
  uri: 'urn:oid:2.16.840.1.113883',
  id: 'example',
  oid: 'urn:oid:2.16.840.1',
  uuid: 'urn:uuid:00000000-0000-4000-8000-000000000000',
  base64Binary: 'AAAA',
  boolean: true,
  integer: 1,
  positiveInt: 1,
  unsignedInt: 1,
  decimal: 1.5,
  date: '2020-01-01',
  dateTime: '2020-01-01T09:00:00+00:00',
  instant: '2020-01-01T09:00:00+00:00',
  time: '09:00:00',
};

/** The least valid value of an element; undefined where only more than that would be valid. */
function sample(element: Element, type: string | undefined): unknown {
  const k = knowledge();
  if (element.fixed !== undefined || element.pattern !== undefined) return element.fixed ?? element.pattern;
  if (type === 'code') {
    const codes = element.binding && k.terminology.expand(element.binding.valueSet);
    return codes ? [...codes.codes.values()].flatMap((c) => [...c.keys()])[0] : 'example';
  }
  if (type !== undefined && type in PRIMITIVES) return PRIMITIVES[type];
  const needs = [...k.registry.childrenOf(element, type).values()].filter((c) => c.min > 0).map((c) => c.name);
  const made = complexSample(element, type);
  return made && needs.every((name) => name in made) ? made : undefined;
}

function complexSample(element: Element, type: string | undefined): Json | undefined {
  switch (type) {
    case 'Reference':
      return { display: 'Example' };
    case 'CodeableConcept':
      return element.binding?.strength === 'required' ? undefined : { text: 'Example' };
    case 'Identifier':
      return { system: 'https://example.org/id', value: '1' };
    case 'Period':
      return { start: '2020-01-01' };
    case 'HumanName':
      return { family: 'Example' };
    case 'Annotation':
      return { text: 'Example' };
    case 'Meta':
      return { versionId: '1' };
    case undefined:
    default:
      return undefined;
  }
}
