// Extensions with all that is in them: those that the profile names here, then all others that may stand here.
import { BASE } from '../../core/definitions/registry';
import type { Element } from '../../core/definitions/element';
import { draftOf } from '../../core/draft/element';
import { parentOf, segmentsOf, valueAt } from '../../core/document/pointer';
import { isObject, list } from '../../core/json';
import { mayStandIn } from '../../core/validate/extensions';
import { explain } from '../hover/explain';
import { prose } from '../hover/markdown';
import { lastPart } from '../../core/definitions/registry';
import { describe, type Described } from '../describe';
import { draftingAt } from './drafting';
import { isWholeList } from './whole-list';
import type { Offer } from './offer';
import { slicesAt } from './slices';
import type { Spot } from './spot';

export function extensionOffers(spot: Spot, { types, elements }: Described): Offer[] {
  if (types[0]?.code !== 'Extension') return urlOffers(spot);
  const named = namedExtensions(spot);
  const others = strangersAt(spot, named).map((url) => offerOf(url, [ofUrl(url, elements[0]!, spot)], spot));
  return [...named, ...others];
}

/** Those alone that the profile names here. */
export function namedExtensions(spot: Spot): Offer[] {
  if (spot.elementsAt(spot.cursor.pointer)[0]?.types[0]?.code !== 'Extension') return [];
  return slicesAt(spot).map((slice) => offerOf(urlOf(slice, spot), slice, spot, slice[0]?.sliceName));
}

function offerOf(url: string, spotted: Element[], spot: Spot, slice?: string): Offer {
  const draft = draftOf(spotted, draftingAt(spot));
  return {
    label: slice ?? lastPart(url),
    kind: 'value',
    draft: isWholeList(spot.cursor.pointer, spotted) ? [draft] : draft,
    filter: `${slice ?? ''} ${url}`,
    detail: url,
    documentation: () => {
      const described = describe(spotted, spot.knowledge.registry);
      return described && explain(described, spot.knowledge);
    },
  };
}

/** The url of an extension that is begun. */
function urlOffers(spot: Spot): Offer[] {
  const { pointer } = spot.cursor;
  const owner = parentOf(pointer);
  if (segmentsOf(pointer).at(-1) !== 'url') return [];
  if (!spot.elementsAt(owner).some((e) => e.types[0]?.code === 'Extension')) return [];
  const at: Spot = { ...spot, cursor: { ...spot.cursor, pointer: owner } };
  return strangersAt(at, []).map((url) => ({
    label: url,
    kind: 'value',
    draft: url,
    documentation: () => prose(spot.knowledge.registry.tree(url)?.short ?? ''),
  }));
}

function urlOf(slice: Element[], { knowledge: { registry } }: Spot): string {
  const fixed = slice.flatMap((e) => registry.childrenOf(e).get('url')?.fixed ?? [])[0];
  return typeof fixed === 'string' ? fixed : (slice[0]?.types[0]?.profiles?.[0] ?? '');
}

/** Extensions that no slice here names and that are not there yet. */
function strangersAt({ cursor, root, elementsAt, knowledge: { registry } }: Spot, named: Offer[]): string[] {
  const { pointer } = cursor;
  const property = segmentsOf(pointer).findLast((segment) => !/^\d+$/.test(segment));
  const items = /\/\d+$/.test(pointer) ? parentOf(pointer) : pointer;
  const owners = elementsAt(parentOf(items));
  // What stands in a complex extension is named by its definition.
  if (owners.length === 0 || owners.some((e) => e.types[0]?.code === 'Extension' || e.path === 'Extension')) return [];
  const there = new Set(list(valueAt(root, items)).flatMap((one) => (isObject(one) ? [one.url] : [])));
  const known = new Set([...there, ...named.map(({ detail }) => detail)]);
  const urls = registry.extensionUrls().filter((url) => {
    const definition = registry.definition(url);
    if (!definition || known.has(url) || Boolean(definition.isModifier) !== (property === 'modifierExtension'))
      return false;
    // Of hundreds, those for everything and for anything are of no help.
    const isNarrow = definition.contexts?.some((context) => context !== 'Element' && context !== 'Resource');
    return isNarrow && owners.some((owner) => mayStandIn(definition, owner, registry));
  });
  // Those of the profiles at hand before FHIR's own.
  return [...urls.filter((url) => !url.startsWith(BASE)), ...urls.filter((url) => url.startsWith(BASE))];
}

function ofUrl(url: string, extension: Element, { knowledge: { registry } }: Spot): Element {
  return {
    ...extension,
    slices: undefined,
    short: registry.definition(url)?.title ?? registry.tree(url)?.short,
    types: [{ code: 'Extension', profiles: [url] }],
    says: url.startsWith(BASE) ? extension.says : url,
  };
}
