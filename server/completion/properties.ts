// Names of properties that may stand in the object around the cursor and do not yet.
import { choiceNames, type Element, isChoice } from '../../core/definitions/element';
import { BASE } from '../../core/definitions/registry';
import { type Draft, hole } from '../../core/draft/draft';
import { askedAt } from '../../core/draft/asked';
import { draftProperty } from '../../core/draft/element';
import { USUAL } from '../../core/draft/usual';
import { join, type Pointer, valueAt } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import { cardinality, type Described, describe, typeWords } from '../describe';
import { explain } from '../hover/explain';
import { draftingAt } from './drafting';
import { firstEntry } from './entries';
import type { Offer } from './offer';
import { firstSections } from './sections';
import { type Spot, TYPED } from './spot';

export function propertyOffers(spot: Spot, typed: string): Offer[] {
  const present = presentAt(spot);
  const owners = spot.elementsAt(spot.cursor.pointer);
  const ranked = namesAt(spot).filter(({ name }) => !present.has(name));
  ranked.sort((a, b) => a.rank - b.rank);
  const offers = ranked.map(({ name, described }) => offerOf(name, described, spot));
  if (typed.startsWith('"_')) offers.push(...companions(owners, present, spot));
  return isResourceSlot(owners, spot) && !present.has('resourceType') ? [resourceType(spot), ...offers] : offers;
}

export interface Named {
  name: string;
  described: Described;
  /** How many stand there already; it may be all that may. */
  count: number;
  rank: number;
}

/** The names that may stand in the object around the cursor, once more or for the first time, in STU3's order. */
export function namesAt(spot: Spot): Named[] {
  const { pointer } = spot.cursor;
  const parent = valueAt(spot.root, pointer);
  const owners = spot.elementsAt(pointer);
  const usual = new Set(owners.flatMap(({ path, types }) => USUAL_NAMES[path] ?? USUAL[types[0]?.code ?? ''] ?? []));
  const isUsual = (name: string, { elements }: Described): boolean =>
    usual.has(name) || askedAt(elements, draftingAt(spot, join(pointer, name))) !== undefined;
  return namesIn(owners, presentAt(spot), spot).flatMap((name) => {
    const described = describe(spot.elementsAt(join(pointer, name)), spot.knowledge.registry);
    const count = isObject(parent) ? Math.max(lengthOf(parent[name]), lengthOf(parent[`_${name}`])) : 0;
    return described && described.max > 0
      ? [{ name, described, count, rank: rankOf(name, described, isUsual(name, described)) }]
      : [];
  });
}

function lengthOf(there: unknown): number {
  return there === undefined ? 0 : Array.isArray(there) ? there.length : 1;
}

function presentAt({ root, cursor }: Spot): Set<string> {
  const parent = valueAt(root, cursor.pointer);
  return new Set(isObject(parent) ? Object.keys(parent).filter((name) => name !== TYPED) : []);
}

function namesIn(owners: Element[], present: ReadonlySet<string>, { knowledge: { registry } }: Spot): string[] {
  const names = new Set<string>();
  for (const child of owners.flatMap((owner) => [...registry.childrenOf(owner).values()])) {
    const forms = isChoice(child) ? [...choiceNames(child).keys()] : [child.name];
    // A choice is made once.
    if (isChoice(child) && forms.some((form) => present.has(form) || present.has(`_${form}`))) continue;
    for (const form of forms) names.add(form);
  }
  return [...names];
}

/** Beside those of types. */
const USUAL_NAMES: Readonly<Record<string, readonly string[]>> = {
  Bundle: ['type', 'entry'],
  'Bundle.entry': ['fullUrl', 'resource'],
};

const RARE = ['id', 'implicitRules', 'language', 'contained', 'extension', 'modifierExtension'];

/** Required first, then what systems must support, the guide asks for or people write, then the rest; what hardly anyone writes comes last. */
function rankOf(name: string, { min, mustSupport, elements }: Described, isUsual: boolean): number {
  const needsSlice = elements.some((e) => e.slices?.some((slice) => slice.min > 0));
  if (min > 0 || needsSlice) return 0;
  if (mustSupport || isUsual) return 1;
  const isResourceId = name === 'id' && elements[0]?.types[0]?.code === 'id';
  return RARE.includes(name) && !isResourceId ? 3 : 2;
}

/** @param name in the object around the cursor */
export function offerOf(name: string, described: Described, spot: Spot): Offer {
  const { knowledge, cursor } = spot;
  const { registry } = knowledge;
  return {
    label: name,
    kind: 'property',
    draft: cursor.hasValue ? undefined : draftAt(join(cursor.pointer, name), described, spot),
    detail: `${typeWords(described.types, registry)} ${cardinality(described)}`.trim(),
    documentation: () => explain(described, knowledge),
  };
}

/** Lists of whole resources and sections begin with what must be in them. */
function draftAt(pointer: Pointer, { elements }: Described, spot: Spot): Draft {
  const path = elements[0]?.path;
  const first = path === 'Bundle.entry' ? firstEntry(spot.at, spot) : undefined;
  if (first !== undefined) return [first];
  const sections = path === 'Composition.section' ? firstSections(spot) : [];
  return sections.length > 0 ? sections : draftProperty(elements, draftingAt(spot, pointer));
}

/** Primitive values keep their id and extensions in a companion of the same name with an underscore. */
function companions(
  owners: Element[],
  present: ReadonlySet<string>,
  { knowledge: { registry }, cursor }: Spot,
): Offer[] {
  const primitives = owners
    .flatMap((owner) => [...registry.childrenOf(owner).values()])
    .filter(
      (child) =>
        !isChoice(child) &&
        child.max > 0 &&
        registry.definition(BASE + String(child.types[0]?.code))?.kind === 'primitive-type',
    );
  const names = new Set(primitives.map((child) => `_${child.name}`).filter((name) => !present.has(name)));
  return [...names].map((name) => ({
    label: name,
    kind: 'property',
    draft: cursor.hasValue ? undefined : hole({}),
    detail: 'Element',
    documentation: () => `Id and extensions of \`${name.slice(1)}\`.`,
  }));
}

function isResourceSlot(owners: Element[], { knowledge: { registry } }: Spot): boolean {
  return owners.some(({ types }) => types.some(({ code }) => code === 'Resource' || registry.isResource(code)));
}

function resourceType({ cursor }: Spot): Offer {
  return {
    label: 'resourceType',
    kind: 'property',
    draft: cursor.hasValue ? undefined : hole(''),
    detail: 'code 1..1',
    documentation: () => 'The STU3 type of this resource.',
  };
}
