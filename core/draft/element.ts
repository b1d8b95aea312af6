// One value computed from what the definitions say of its place: all that is required, nested to its end.
import type { TypeReference } from '../definitions/definition';
import { type Element, isChoice, isExtension } from '../definitions/element';
import { BASE } from '../definitions/registry';
import { isObject, type Json, list, object, text } from '../json';
import { readMessage } from '../itk3/message';
import { sliceOf } from '../validate/slicing';
import { codeDraft, codesFor, MANY } from './coded';
import { type Draft, type Hole, hole, isHole, partsOf } from './draft';
import type { Drafting } from './drafting';
import { askedAt, askedItem } from './asked';
import { numberDraft, plainDraft } from './plain';
import {
  bindingOf,
  fixedIn,
  insideOf,
  isForbidden,
  isMany,
  isRequired,
  leastOf,
  mostOf,
  namesOf,
  narrowed,
  oneSlice,
  slicesOf,
  type Spot,
  typesOf,
} from './spot';
import { NEEDED, USUAL } from './usual';
import { type Refer, startOf } from './start';

/** One value: an item where there is a list. @param elements what all profiles say of the spot, as locate gives them */
export function draftOf(elements: readonly Element[], drafting: Drafting): Draft {
  return draftAround(elements, askedItem(elements, drafting), drafting);
}

/** The whole value of a property: a list where STU3 has one, with an item for each slice that must be there. */
export function draftProperty(elements: readonly Element[], drafting: Drafting): Draft {
  return propertyAt(elements, askedAt(elements, drafting), { drafting, depth: 0 });
}

/** One value with all that is asked for, and around that all that is required. */
export function draftAround(spot: Spot, asked: Draft, drafting: Drafting, refer?: Refer): Draft {
  return valueAt(spot, asked, { drafting, refer, depth: 0 });
}

interface Walk {
  drafting: Drafting;
  refer?: Refer | undefined;
  /** Of the parts of an extension that has no value, all are wanted where none is required. */
  isBare?: boolean;
  /** Definitions may lead back to themselves. */
  depth: number;
}

const DEEPEST = 12;

function propertyAt(spot: Spot, asked: Draft, walk: Walk): Draft {
  if (!isMany(spot)) return valueAt(oneSlice(spot), asked, walk);
  const all = slicesOf(spot);
  const isBare = walk.isBare === true && !all.some((slice) => leastOf(slice) > 0);
  const items: Draft[] = [];
  const there = new Map<Element[] | undefined, number>();
  const add = (slice: Element[] | undefined, item: Draft): void => {
    items.push(valueAt(slice ?? spot, item, walk));
    there.set(slice, (there.get(slice) ?? 0) + 1);
  };
  for (const item of asked === undefined ? [] : list(asked)) add(sliceFor(item, spot, all, walk), item);
  for (const slice of all)
    while ((there.get(slice) ?? 0) < (isBare ? 1 : leastOf(slice)) && !isForbidden(slice)) add(slice, undefined);
  while (items.length < Math.min(Math.max(leastOf(spot), 1), mostOf(spot))) add(undefined, undefined);
  return items;
}

function sliceFor(item: Draft, spot: Spot, slices: Element[][], { drafting }: Walk): Element[] | undefined {
  const message = drafting.message ?? NO_MESSAGE;
  const at = drafting.from ?? message.root;
  const found = spot.map((e) => sliceOf(item, e, { knowledge: drafting.knowledge, message, at })).find((s) => s);
  return found && slices.find((slice) => slice.some((e) => e.sliceName === found.sliceName));
}

const NO_MESSAGE = readMessage({ resourceType: 'Bundle' })!;

function valueAt(spot: Spot, asked: Draft, walk: Walk): Draft {
  const fixed = fixedIn(spot);
  if (fixed !== undefined) return fixed;
  if (isHole(asked)) return withChoices(asked, spot, walk);
  if (partsOf(asked)) return asked;
  const pattern = spot.find((e) => e.pattern !== undefined)?.pattern;
  const wanted = pattern === undefined ? asked : over(pattern, asked);
  if (wanted !== undefined && !isObject(wanted)) return wanted;
  const { knowledge, fresh } = walk.drafting;
  const type = typesOf(spot)[0];
  const code = type?.code ?? 'BackboneElement';
  const definition = knowledge.registry.definition(`${BASE}${code}`);
  if (definition?.kind === 'primitive-type')
    return bindingOf(spot) && (code === 'code' || code === 'string' || code === 'uri')
      ? codeDraft(spot, knowledge)
      : plainDraft(code, spot[0]?.name ?? '', fresh);
  if (walk.depth > DEEPEST) return hole({});
  if (definition?.abstract === true && code.endsWith('Resource')) return anyResource(wanted, walk);
  const start = wanted ?? startOf(code, spot, walk.drafting, walk.refer);
  const inside = membersAt(typed(spot, type), code, start, { ...walk, depth: walk.depth + 1 });
  if (definition?.kind === 'resource') return asResource(code, type, inside);
  return Object.keys(inside).length === 0 ? hole({}) : inside;
}

/** Where any resource may stand: that of the type, and the first profile, that are asked for. */
function anyResource(asked: Json | undefined, walk: Walk): Draft {
  const { registry } = walk.drafting.knowledge;
  const type = text(asked?.resourceType);
  const profile = text(list(object(asked?.meta).profile)[0]);
  const tree = (profile && registry.tree(profile)) || (type && registry.type(type));
  if (!tree || type === undefined) return asked ?? hole({});
  const types = [{ code: type, ...(profile !== undefined && { profiles: [profile] }) }];
  return valueAt([{ ...tree, types }], asked, walk);
}

/** What a person may choose from, where only the value itself is asked for. */
function withChoices(asked: Hole, spot: Spot, { drafting }: Walk): Hole {
  if (asked.choices || typesOf(spot)[0]?.code !== 'code' || typeof asked.example !== 'string') return asked;
  const codes = codesFor(spot, drafting.knowledge).map((c) => c.code);
  if (!codes.includes(asked.example) || codes.length > MANY) return asked;
  return hole(asked.example, {
    choices: [asked.example, ...codes.filter((code) => code !== asked.example)],
    ...(asked.name !== undefined && { name: asked.name }),
  });
}

/** Narrowed to the type, so that what is inside is known. */
function typed(spot: Spot, type: TypeReference | undefined): Spot {
  return type === undefined ? spot : spot.map((e) => (e.types.length === 1 ? e : { ...e, types: [type] }));
}

function asResource(code: string, type: TypeReference | undefined, inside: Json): Draft {
  const profiles = type?.profiles ?? [];
  const { id, meta, ...others } = inside;
  return {
    resourceType: code,
    ...(id !== undefined && { id }),
    ...(profiles.length > 0
      ? { meta: { ...(isObject(meta) ? meta : {}), profile: profiles } }
      : meta !== undefined && { meta }),
    ...others,
  };
}

function membersAt(spot: Spot, code: string, asked: Json | undefined, walk: Walk): Json {
  const members: Json = {};
  const usual = asked === undefined ? (USUAL[code] ?? []) : [];
  const needs = NEEDED[spot[0]?.path ?? ''] ?? [];
  const inside = insideOf(spot, walk.drafting.knowledge.registry);
  const isBare = code === 'Extension' && isForbidden(inside.get('value[x]') ?? []);
  const isSlice = spot.some((e) => e.sliceName !== undefined);
  for (const [name, child] of inside) {
    if (isForbidden(child)) continue;
    const named = namesOf(child);
    const given = named.find((n) => asked?.[n] !== undefined);
    const isWanted =
      given !== undefined ||
      isRequired(child) ||
      usual.includes(name) ||
      needs.includes(name) ||
      (isBare && name === 'extension') ||
      (isSlice && child.some((e) => !isExtension(e) && tells(e))) ||
      (code === 'Extension' && isChoice(child[0]!) && (saysItsTypes(child) || isAnyExtension(spot)));
    const called = given ?? likeliest(named);
    if (!isWanted || called === undefined) continue;
    const one = isChoice(child[0]!) ? narrowed(child, called) : child;
    members[called] =
      code === 'Identifier' && name === 'value' && asked?.value === undefined && fixedIn(child) === undefined
        ? numberDraft(members.system, walk.drafting.fresh)
        : propertyAt(one, asked?.[called], { ...walk, isBare: isBare && name === 'extension' });
  }
  // A url says which extension it is, so people write it first.
  return code === 'Extension' && 'url' in members ? { url: members.url, ...members } : members;
}

/** Of an extension that may have a value of any type, text. */
function likeliest(names: readonly string[]): string | undefined {
  return names.length > 20 ? names.find((name) => name.endsWith('String')) : names[0];
}

/** Slices are told by what is fixed in them. */
function tells(element: Element): boolean {
  if (element.fixed !== undefined || element.pattern !== undefined) return true;
  return [...(element.children?.values() ?? [])].some((child) => !isExtension(child) && tells(child));
}

/** Nothing says which extension it is. */
function isAnyExtension(spot: Spot): boolean {
  return !spot.some((e) => e.children || e.types.some((type) => type.profiles));
}

/** The extension has a value of its own, and says of which type. */
function saysItsTypes(child: Spot): boolean {
  return child.some((e) => e.types.length < e.base.types.length);
}

/** What is asked for, with all that the pattern has. */
function over(pattern: unknown, asked: Draft): Draft {
  if (asked === undefined || !isObject(pattern) || !isObject(asked)) return pattern;
  const merged: Json = { ...pattern };
  for (const [name, value] of Object.entries(asked))
    merged[name] = name in pattern ? over(pattern[name], value) : value;
  return merged;
}
