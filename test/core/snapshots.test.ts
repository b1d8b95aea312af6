// Our differentials over base STU3 must say what the published snapshots say, element by element. Runs where these are at hand.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { ElementDefinition, TypeReference } from '../../core/definitions/definition';
import { childNamed, type Element, isChoice } from '../../core/definitions/element';
import { readDefinition } from '../../core/definitions/read';
import { knowledge } from '../knowledge';
import { publishedFiles, readPublished, urlOfPublished } from '../published';

/** Where we mean to differ: the profile and element, what of it, and why. */
const INTENDED: [profile: string, element: string, what: string, reason: string][] = [
  [
    'encounter-associatedEncounter',
    'Extension.extension',
    'cardinality',
    "The url is HL7's, and ours is HL7's own definition, which the NHS copy loosens.",
  ],
  [
    'encounter-associatedEncounter',
    'Extension.value[x]',
    'types',
    "The url is HL7's, and ours is HL7's own definition: any Encounter, not only a CareConnect one.",
  ],
];

/** Published resource profiles repeat what is in an extension less strictly than the extension's own definition, which wins. */
const LOOSER_COPY = /^(?!Extension\b).*\bextension:[^.]+\./;

const { registry } = knowledge();
const ours = [...registry.profileUrls(), ...registry.extensionUrls()];

describe('profiles', () => {
  it('all stand on a base that is known', () => {
    for (const url of ours) assert.ok(registry.tree(url), url);
  });

  it('name only elements that their base has', () => {
    for (const url of ours)
      for (const { id } of registry.definition(url)!.elements) assert.ok(find(id, url), `${url}: ${id}`);
  });

  const files = publishedFiles('profiles/StructureDefinitions').filter((file) => ours.includes(urlOfPublished(file)!));
  if (files.length === 0) return;

  for (const file of files)
    it(`${path.basename(file, '.xml')} says what is published`, () => {
      const json = readPublished(file);
      const { url, name } = json as { url: string; name: string };
      const rows = readDefinition({ ...json, differential: undefined }).elements;
      const slices = new Map<string, string[]>();
      for (const { id } of rows) {
        const [, list, slice] = /^(.*):([^.:]+)$/.exec(id) ?? [];
        if (list !== undefined) slices.set(list, [...(slices.get(list) ?? []), slice!]);
      }
      const different = rows.flatMap((row) => {
        const found = find(row.id, url);
        if (!found) return [[row.id, 'not ours']];
        if (!row.id.includes('.') || LOOSER_COPY.test(row.id)) return [];
        return differences(found.element, row, slices.get(row.id) ?? [])
          .filter(([, we, they]) => JSON.stringify(we) !== JSON.stringify(they))
          .map((difference) => [found.id, ...difference]);
      });
      const intended = INTENDED.filter((one) => one[0] === name);
      assert.deepEqual(
        different.map(([id, what]) => [id, what]),
        intended.map(([, id, what]) => [id, what]),
        JSON.stringify(different, null, 1),
      );

      const published = new Set(rows.map((row) => find(row.id, url)!.id));
      const more = registry.definition(url)!.elements.filter((row) => !published.has(find(row.id, url)!.id));
      const judging = more.filter((row) =>
        Object.keys(row).some((key) => !['id', 'short', 'definition'].includes(key)),
      );
      assert.deepEqual(judging, []);
    });
});

type Difference = [what: string, ours: unknown, published: unknown];

function differences(element: Element, row: ElementDefinition, slices: string[]): Difference[] {
  const implied = impliedConstraints(element);
  const keys = (of: ElementDefinition['constraints']): string[] =>
    (of ?? [])
      .map((c) => c.key)
      .filter((key) => !implied.has(key))
      .sort();
  const max = element.max === Infinity ? '*' : element.max;
  return [
    ['cardinality', `${element.min}..${max}`, `${row.min ?? 0}..${row.max}`],
    // Of what may not stand, nobody cares what it would be; of what is like another element, that one tells.
    ['types', ...(max === 0 || row.contentReference ? [0, 0] : [plain(element.types), plain(row.types)])] as Difference,
    ['fixed value', element.fixed, row.fixed],
    ['pattern', element.pattern, row.pattern],
    ['binding', element.binding, row.binding],
    ['mustSupport', element.mustSupport ?? false, row.mustSupport ?? false],
    ['maxLength', element.maxLength, row.maxLength],
    ['constraints', keys(element.constraints), keys(row.constraints)],
    ['slices', names(element.slices?.map((s) => s.sliceName!)), names(isChoice(element) ? undefined : slices)],
    // Extensions are sliced by their url whether or not a profile says so.
    ...(/xtension$/.test(row.id) ? [] : [['slicing', element.slicing, row.slicing] as Difference]),
  ];
}

function names(list: string[] | undefined): string[] {
  return [...(list ?? [])].sort();
}

/** Published snapshots repeat at each element what holds for all values of its type. */
function impliedConstraints({ types }: Element): Set<string> {
  const trees = types.flatMap(({ code, profiles }) => [
    registry.type(code),
    ...(profiles ?? []).map((url) => registry.tree(url)),
  ]);
  return new Set(['ele-1', ...trees.flatMap((tree) => tree?.constraints ?? []).map((c) => c.key)]);
}

function plain(types: TypeReference[] | undefined): unknown[] {
  return (types ?? [])
    .map(({ code, profiles, targets }) => ({ code, profiles: names(profiles), targets: names(targets) }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The element of a profile's tree that an id names, and its id by our naming: a choice is `value[x]`, whatever its type. */
function find(id: string, profile: string): { element: Element; id: string } | undefined {
  let element = registry.tree(profile)!;
  const path = [element.name];
  for (const segment of id.split('.').slice(1)) {
    const [name, slice] = segment.split(':');
    const child = childNamed(registry.childrenOf(element), name!);
    const sliced = child && slice !== undefined && !isChoice(child);
    const next = sliced ? child.slices?.find((s) => s.sliceName === slice) : child;
    if (!next) return undefined;
    path.push(sliced ? `${next.name}:${slice}` : next.name);
    element = next;
  }
  return { element, id: path.join('.') };
}
