// Which slice of a list an item belongs to (http://hl7.org/fhir/STU3/profiling.html#discriminator).
import { choiceNames, type Element, isChoice, isExtension } from '../definitions/element';
import { join, type Pointer } from '../document/pointer';
import { isObject, list } from '../json';
import { nearest } from '../nearest';
import { referenceIn, resolve } from '../itk3/message';
import { bindingAllows } from './binding';
import { equal, matchesPattern } from './equal';
import type { Visit } from './stage';

type Where = Pick<Visit, 'knowledge' | 'message' | 'at'>;

/**
 * The slice an item belongs to. A slice told by a fixed value wins over one told by a value set.
 * @param sliced of a choice, narrowed to the type that the name of the property says
 */
export function sliceOf(item: unknown, sliced: Element, where: Where): Element | undefined {
  const told = tellingOf(sliced, where);
  if (told) {
    const values = textsIn(item, told.path);
    if (values.length < 2) {
      const slice = values.length === 1 ? told.slices.get(values[0]!) : undefined;
      if (slice || told.isAll) return slice;
    }
  }
  const slices = (sliced.slices ?? []).filter((slice) => !typeByName(sliced) || isOfTypeOf(slice, sliced));
  return (
    slices.find((slice) => matches(item, slice, sliced, where, 'fixed')) ??
    slices.find((slice) => matches(item, slice, sliced, where, 'binding'))
  );
}

/** The slices that a single fixed text tells apart, as nearly all are: found by that text instead of being tried in turn. */
interface Telling {
  path: readonly string[];
  slices: ReadonlyMap<string, Element>;
  /** No slice is told by anything else. */
  isAll: boolean;
}

const TELLINGS = new WeakMap<Element, Telling | 'none'>();

function tellingOf(sliced: Element, where: Where): Telling | undefined {
  let telling = TELLINGS.get(sliced);
  if (telling === undefined) {
    telling = makeTelling(sliced, where) ?? 'none';
    TELLINGS.set(sliced, telling);
  }
  return telling === 'none' ? undefined : telling;
}

function makeTelling(sliced: Element, { knowledge: { registry } }: Where): Telling | undefined {
  const discriminators = sliced.slicing?.discriminators ?? [];
  const [only, ...others] =
    discriminators.length > 0 || !isExtension(sliced) ? discriminators : [{ type: 'value', path: 'url' }];
  if (isChoice(sliced) || only?.type !== 'value' || others.length > 0 || /[$(]/.test(only.path)) return undefined;
  const path = only.path.split('.');
  const slices = new Map<string, Element>();
  let isAll = true;
  for (const slice of sliced.slices ?? []) {
    let element: Element | undefined = slice;
    for (const name of path) element = element && registry.childrenOf(element).get(name);
    // Of two that are told by the same the first counts.
    if (typeof element?.fixed !== 'string') isAll = false;
    else if (!slices.has(element.fixed)) slices.set(element.fixed, slice);
  }
  return slices.size > 0 ? { path, slices, isAll } : undefined;
}

/** The texts at a path, through lists on the way. */
function textsIn(value: unknown, path: readonly string[], at = 0): string[] {
  if (Array.isArray(value)) {
    if (value.length === 1) return textsIn(value[0], path, at);
    return value.flatMap((inner) => textsIn(inner, path, at));
  }
  if (at === path.length) return typeof value === 'string' ? [value] : [];
  return isObject(value) ? textsIn(value[path[at]!], path, at + 1) : [];
}

/** An item that belongs to no slice only because of a slip in what slices are told by. */
export interface Slip {
  slice: Element;
  /** From the item on. */
  pointer: Pointer;
  value: string;
  wanted: string;
}

/**
 * Numbers are not compared: two codes that differ in a digit are two codes. Extensions are told by their own stage, but for
 * the parts of a complex one.
 */
export function slipIn(item: unknown, sliced: Element, { knowledge: { registry } }: Where): Slip | undefined {
  const isOfExtensions = isExtension(sliced);
  const [discriminator = isOfExtensions ? BY_URL : undefined, ...others] = sliced.slicing?.discriminators ?? [];
  if (discriminator?.type !== 'value' || others.length > 0) return undefined;
  const path = discriminator.path === '$this' ? [] : discriminator.path.split('.');
  const wanted = new Map<string, Element>();
  for (const slice of sliced.slices ?? []) {
    let element: Element | undefined = slice;
    for (const name of path) element = element && registry.childrenOf(element).get(name);
    if (typeof element?.fixed !== 'string') continue;
    const isUrl = element.fixed.includes(':');
    if (isUrl ? !isOfExtensions : !/\d/.test(element.fixed)) wanted.set(element.fixed, slice);
  }
  if (wanted.size === 0) return undefined;
  for (const [pointer, value] of textsAt(item, path)) {
    const near =
      nearest(value, wanted.keys()) ?? [...wanted.keys()].find((url) => url.includes(':') && sameEnd(url, value));
    if (near !== undefined && near !== value) return { slice: wanted.get(near)!, pointer, value, wanted: near };
  }
  return undefined;
}

/** Hosts change with the versions of a standard, the end of a url seldom does. */
function sameEnd(a: string, b: string): boolean {
  const end = (url: string): string => url.slice(url.lastIndexOf('/') + 1).toLowerCase();
  return b.includes('/') && end(a) === end(b);
}

function textsAt(value: unknown, [name, ...rest]: readonly string[], pointer: Pointer = ''): [Pointer, string][] {
  if (Array.isArray(value))
    return value.flatMap((inner, i) => textsAt(inner, name === undefined ? [] : [name, ...rest], join(pointer, i)));
  if (name === undefined) return typeof value === 'string' ? [[pointer, value]] : [];
  return isObject(value) ? textsAt(value[name], rest, join(pointer, name)) : [];
}

const BY_URL = { type: 'value', path: 'url' };

type By = 'fixed' | 'binding';

function matches(item: unknown, slice: Element, sliced: Element, where: Where, by: By): boolean {
  const discriminators = sliced.slicing?.discriminators ?? [];
  // Extensions are always told by their url, whether or not the profile says so.
  const all = discriminators.length > 0 || !isExtension(sliced) ? discriminators : [BY_URL];
  const told = (type: string, path: string): boolean => type === 'type' && path === '$this' && typeByName(sliced);
  return (
    all.length > 0 &&
    all.every(({ type, path }) => told(type, path) || discriminates(type, path, item, slice, where, by))
  );
}

/** A text may be of many types, but the name of a choice's property says which: `valueDateTime`. */
function typeByName(sliced: Element): boolean {
  return isChoice(sliced) && sliced.types.length === 1;
}

function isOfTypeOf(slice: Element, sliced: Element): boolean {
  return slice.types.some(({ code }) => code === sliced.types[0]!.code);
}

function discriminates(type: string, path: string, item: unknown, slice: Element, where: Where, by: By): boolean {
  const [element, values] = follow(path, item, slice, where);
  if (!element) return false;
  switch (type) {
    case 'exists':
      return element.max === 0 ? values.length === 0 : values.length > 0;
    case 'type':
      // Of a choice only the names that the slice allows have been followed, and the name says the type.
      if (isChoice(element) && !/[$(]/.test(path)) return values.length > 0;
      return values.some((value) => element.types.some((t) => isOfType(value, t.code, where)));
    case 'profile':
      return values.some((value) => claims(value, element, where));
    default:
      return values.some((value) => carries(value, element, where, by));
  }
}

/** The slice's element at a discriminator's path, and the item's values there. */
function follow(path: string, item: unknown, slice: Element, where: Where): [Element | undefined, unknown[]] {
  const { registry } = where.knowledge;
  let element: Element | undefined = slice;
  let values: unknown[] = [item];
  for (const step of path === '' || path === '$this' ? [] : steps(path)) {
    if (step === 'resolve()') {
      values = values.flatMap((value) => {
        const reference = referenceIn(value);
        return (reference !== undefined && resolve(where.message, where.at, reference)?.resource) || [];
      });
      continue;
    }
    const extension: string | undefined = /^extension\(['"]?([^'"]+)['"]?\)$/.exec(step)?.[1];
    if (extension !== undefined) {
      element = registry.tree(extension);
      values = values.flatMap((value) => (isObject(value) ? list(value.extension) : []));
      values = values.filter((value) => isObject(value) && value.url === extension);
      continue;
    }
    const inner: Element | undefined = element && insideOf(element, step, where);
    const names: string[] = inner && isChoice(inner) ? [...choiceNames(inner).keys()] : [step];
    values = values.flatMap((value) => (isObject(value) ? names.flatMap((name) => value[name] ?? []) : []));
    element = inner;
  }
  return [element, values];
}

function steps(path: string): string[] {
  return path.match(/extension\([^)]*\)|resolve\(\)|[^.]+/g) ?? [];
}

function insideOf(element: Element, name: string, { knowledge: { registry } }: Where): Element | undefined {
  const children = registry.childrenOf(element);
  return children.get(name) ?? children.get(`${name}[x]`);
}

/** True when the value is what the element fixes, itself or in all its fixed parts, or (told by value set) is bound to. */
function carries(value: unknown, element: Element, where: Where, by: By): boolean {
  if (element.fixed !== undefined) return by === 'fixed' && equal(value, element.fixed);
  if (element.pattern !== undefined) return by === 'fixed' && matchesPattern(value, element.pattern);
  if (by === 'binding')
    return element.binding?.strength === 'required' && bindingAllows(value, element.binding, where.knowledge);
  let said = false;
  for (const child of element.children?.values() ?? []) {
    if (!fixesSomething(child)) continue;
    said = true;
    const inner = isObject(value) ? [value[child.name]].flat() : [];
    if (!inner.some((part) => carries(part, child, where, by))) return false;
  }
  return said;
}

function fixesSomething(element: Element): boolean {
  if (element.fixed !== undefined || element.pattern !== undefined) return true;
  return [...(element.children?.values() ?? [])].some(fixesSomething);
}

function isOfType(value: unknown, code: string, { knowledge: { registry } }: Where): boolean {
  if (isObject(value))
    return value.resourceType === code || (value.resourceType === undefined && !registry.isResource(code));
  return code === (typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'decimal' : 'string');
}

function claims(value: unknown, element: Element, { knowledge: { registry } }: Where): boolean {
  const meta = isObject(value) && isObject(value.meta) ? list(value.meta.profile) : [];
  return element.types.some((type) =>
    [...(type.profiles ?? []), ...(type.targets ?? [])].some(
      (url) => meta.includes(url) || (isObject(value) && registry.definition(url)?.type === value.resourceType),
    ),
  );
}
