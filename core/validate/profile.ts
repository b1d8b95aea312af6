// Walks every resource along the profiles that apply to it and checks each value on the way.
import type { TypeReference } from '../definitions/definition';
import { choiceNames, type Element, isChoice, plainName } from '../definitions/element';
import { type Pointer, join } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import type { Located } from '../itk3/message';
import { type Assign, eachProfiled, extensionByUrl, profileOfTarget } from './applicable';
import { checkBinding } from './binding';
import { checkCardinality, checkChoice, checkSlices } from './cardinality';
import { checkCoding } from './coding';
import { checkExtensions } from './extensions';
import { checkFixed, checkLength } from './fixed';
import { claimedProfiles } from './positions';
import { checkReference } from './references';
import { sliceOf } from './slicing';
import type { Run, Visit } from './stage';

/** Checks every resource against its profiles, or against its STU3 type where none applies. */
export function validateProfiles(run: Run): void {
  const { message, knowledge, report } = run;
  const strangers = new Set<string>();
  const under: Walk = { ...run, assign: () => undefined, strangers, at: message.root };
  eachProfiled(
    run,
    (located) => claimedProfiles(located, knowledge, report, strangers),
    (located, tree, assign) => {
      under.at = located;
      under.assign = assign;
      walkObject(located.resource, tree, tree.types[0], located.pointer, under);
    },
  );
}

interface Walk extends Run {
  assign: Assign;
  /** The resource that is walked. */
  at: Located;
  /** Urls of extensions and profiles that are not known and have been told of. */
  strangers: Set<string>;
}

/** What an object's walk needs to know beside what is there. Made once for the children of an element. */
interface Plan {
  /** Those whose absence may be a finding, with the names of their companions. */
  needed: readonly { element: Element; name: string; companion: string }[];
  choices: readonly { element: Element; stem: string; isNeeded: boolean }[];
}

const PLANS = new WeakMap<ReadonlyMap<string, Element>, Plan>();

function planOf(children: ReadonlyMap<string, Element>): Plan {
  const known = PLANS.get(children);
  if (known) return known;
  const all = [...children.values()];
  const plain = all.filter((element) => !isChoice(element));
  const plan: Plan = {
    needed: plain
      .filter((element) => element.min > 0 || element.slices?.some((slice) => slice.min > 0))
      .map((element) => ({ element, name: element.name, companion: `_${element.name}` })),
    choices: all
      .filter(isChoice)
      .map((element) => ({ element, stem: element.name.slice(0, -3), isNeeded: element.min > 0 })),
  };
  PLANS.set(children, plan);
  return plan;
}

/**
 * Most of what may stand is not there, and nobody misses it: so what is there is walked, and then what is needed.
 * @param owner the element whose value this is, @param type what that value is
 */
function walkObject(value: Json, owner: Element, type: TypeReference | undefined, pointer: Pointer, walk: Walk): void {
  const keys = Object.keys(value);
  // That it is empty has been told; what it lacks goes without saying.
  if (keys.length === 0) return;
  const children = walk.knowledge.registry.childrenOf(owner, type?.code);
  const { needed, choices } = planOf(children);
  const hasCompanions = keys.some(isCompanion);
  const others: string[] = [];
  for (const key of keys) {
    const name = hasCompanions ? plainName(key) : key;
    // A companion is walked with what it stands beside.
    if (name !== key && value[name] !== undefined) continue;
    const element = children.get(name);
    if (!element) others.push(name);
    else {
      const companion = hasCompanions ? value[`_${name}`] : undefined;
      walkProperty(value[name], companion, name, element, element.types, pointer, walk);
    }
  }
  for (const { element, name, companion } of needed)
    if (value[name] === undefined && value[companion] === undefined)
      walkProperty(undefined, undefined, name, element, element.types, pointer, walk);
  for (const { element, stem, isNeeded } of choices) {
    if (others.length === 0 && !isNeeded) continue;
    const used = others.filter((name) => name.startsWith(stem) && isCapital(name.charCodeAt(stem.length)));
    walkChoice(value, used, element, pointer, walk);
  }
  for (const name of ['extension', 'modifierExtension'] as const) {
    if (value[name] === undefined) continue;
    checkExtensions(value[name], name, { owner, type, slices: children.get(name)?.slices ?? [] }, pointer, walk);
  }
}

function isCompanion(key: string): boolean {
  return key.charCodeAt(0) === 0x5f;
}

function isCapital(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a;
}

function walkChoice(value: Json, used: string[], element: Element, pointer: Pointer, walk: Walk): void {
  const names = choiceNames(element);
  checkChoice(used, names, element, pointer, walk);
  for (const name of used) {
    const type = names.get(name);
    if (type) walkProperty(value[name], value[`_${name}`], name, element, [type], pointer, walk);
  }
}

function walkProperty(
  property: unknown,
  companion: unknown,
  name: string,
  element: Element,
  types: TypeReference[],
  pointer: Pointer,
  walk: Walk,
): void {
  const isAbsent = property === undefined && companion === undefined;
  // The names of elements hold nothing that a pointer would escape.
  const at = `${pointer}/${name}`;
  const asList = Array.isArray(property) || Array.isArray(companion);
  const items = asList ? padded(property, companion) : isAbsent ? [] : [property];
  const owner = isAbsent ? pointer : at;
  if (!isChoice(element)) checkCardinality(items.length, element, owner, at, walk);
  // What may not stand here at all is not looked into.
  if (element.max === 0) return;
  const found: (Element | undefined)[] = [];
  items.forEach((item, i) => {
    const spot = asList ? `${at}/${i}` : at;
    const slice = element.slices && sliceOf(item, isChoice(element) ? { ...element, types } : element, walk);
    if (element.slices) found.push(slice);
    walkValue(item, slice ?? element, slice && !isChoice(element) ? slice.types : types, spot, walk);
    if (item === null && asList) checkGap(companion, i, types, spot, walk);
  });
  // Where the whole list is missing, that has been said.
  if (element.slices && element.max > 0 && (items.length > 0 || element.min === 0))
    checkSlices(items, found, element, owner, at, walk);
  if (companion !== undefined) walkCompanions(companion, name, element, types, pointer, walk);
}

/** In a list of primitives null keeps a place for the id or extensions beside it, and for nothing else. */
function checkGap(companion: unknown, i: number, types: TypeReference[], pointer: Pointer, walk: Walk): void {
  if (isObject(list(companion)[i])) return;
  const type = types[0] && walk.knowledge.registry.type(types[0].code);
  // Among objects it is of the wrong kind, which the shape has told.
  if (!type || walk.knowledge.registry.definition(type.says)?.kind !== 'primitive-type') return;
  walk.report({
    rule: 'empty',
    severity: 'error',
    pointer,
    part: 'value',
    message:
      'null keeps a place only where the list of the same name with an underscore has something: put a value here or remove it.',
    source: { title: 'FHIR STU3, JSON format', url: 'http://hl7.org/fhir/STU3/json.html#primitive' },
    fixes: [{ kind: 'remove', title: 'Remove null', pointer }],
  });
}

/** The id and extensions of primitives stand beside them, under their name with an underscore. */
function walkCompanions(
  companion: unknown,
  name: string,
  element: Element,
  types: TypeReference[],
  pointer: Pointer,
  walk: Walk,
): void {
  const at = join(pointer, `_${name}`);
  if (isObject(companion)) walkObject(companion, element, types[0], at, walk);
  list(companion).forEach((item, i) => {
    if (isObject(item)) walkObject(item, element, types[0], join(at, i), walk);
  });
}

/** A list of primitives may be shorter than the list of its companions. */
function padded(property: unknown, companion: unknown): unknown[] {
  const items: unknown[] = Array.isArray(property) ? property : [];
  if (companion === undefined) return items;
  const length = Math.max(items.length, Array.isArray(companion) ? companion.length : 0);
  return Array.from({ length }, (_, i) => items[i]);
}

function visitOf(
  value: unknown,
  element: Element,
  type: TypeReference | undefined,
  pointer: Pointer,
  { knowledge, message, at, report, unverified, links }: Walk,
): Visit {
  return { knowledge, message, at, report, unverified, links, element, type: type?.code, value, pointer };
}

function walkValue(value: unknown, element: Element, types: TypeReference[], pointer: Pointer, walk: Walk): void {
  if (value === undefined || value === null) return;
  const type = types.length === 1 ? types[0] : undefined;
  const isAsked = element.fixed !== undefined || element.pattern !== undefined || element.binding !== undefined;
  if (isAsked || element.maxLength !== undefined) {
    const visit = visitOf(value, element, type, pointer, walk);
    // A value that is not the fixed one need not be told as well that it is no code.
    if (checkFixed(visit)) checkBinding(visit);
    checkLength(visit);
  }
  if (!isObject(value)) return;
  if (typeof value.resourceType === 'string') {
    // Resources inside are walked on their own; only a profile asked for here is noted.
    const inner = walk.message.located.get(value);
    for (const profile of type?.profiles ?? []) if (inner) walk.assign(inner, profile);
    return;
  }
  if (type?.code === 'Reference') follow(visitOf(value, element, type, pointer, walk), walk);
  else if (type?.code === 'Coding' || type?.code === 'Quantity')
    checkCoding(visitOf(value, element, type, pointer, walk));
  walkObject(value, element, type, pointer, walk);
  const byUrl = extensionByUrl(value, type, walk.knowledge.registry);
  if (byUrl) walkObject(value, byUrl, undefined, pointer, walk);
}

/** The resource referred to must meet the profile that the reference asks for. */
function follow(visit: Visit, walk: Walk): void {
  const target = checkReference(visit);
  if (!target) return;
  const profile = profileOfTarget(target, visit.element, visit.knowledge.registry);
  if (profile !== undefined) walk.assign(target, profile);
}
