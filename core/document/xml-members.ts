// How the members of a value stand in the XML of its element: which are attributes, which belong together, in what order.
import { isObject, type Json } from '../json';
import type { ElementKind, Kinds } from './element-kinds';

const UNDERSCORE = 0x5f;

/** True of what a single attribute can hold. */
export function isSingle(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * The id of an element and the url of an extension, whether STU3 knows the element or not.
 * @param kinds what may stand in the element that the member belongs to
 * @param owner the name of that element
 */
export function isAttribute(name: string, value: unknown, kinds: Kinds | undefined, owner: string): boolean {
  if ((name !== 'id' && name !== 'url') || !isSingle(value)) return false;
  if (kinds) return kinds.get(name)?.form === 'attribute';
  return name === 'id' || owner === 'extension' || owner === 'modifierExtension';
}

/** The names of the elements of a value, in STU3's order; those it does not know stand behind, in their own. */
export function inOrder(value: Json, kinds: Kinds | undefined): string[] {
  const names: string[] = [];
  let isSorted = true;
  let furthest = -1;
  for (const member of Object.keys(value)) {
    if (value[member] === undefined) continue;
    let name = member;
    if (member.charCodeAt(0) === UNDERSCORE) {
      const plain = member.slice(1);
      if (besideOf(value, plain, kinds?.get(plain)) !== undefined) {
        if (Object.hasOwn(value, plain) && value[plain] !== undefined) continue;
        name = plain;
      }
    }
    names.push(name);
    const order = orderOf(name, kinds);
    if (order < furthest) isSorted = false;
    else furthest = order;
  }
  return isSorted ? names : names.sort((a, b) => orderOf(a, kinds) - orderOf(b, kinds));
}

/** The id and extensions that JSON has under `_name`, where the name is that of a primitive. */
export function besideOf(value: Json, name: string, kind: ElementKind | undefined): unknown {
  const beside = Object.hasOwn(value, `_${name}`) ? value[`_${name}`] : undefined;
  if (beside === undefined || !(kind ? kind.form === 'primitive' : isSingles(value, name))) return undefined;
  const isOne = isObject(beside) || (Array.isArray(beside) && beside.length > 0 && beside.every(isObjectOrNull));
  return isOne ? beside : undefined;
}

function isSingles(value: Json, name: string): boolean {
  const own = Object.hasOwn(value, name) ? value[name] : undefined;
  return Array.isArray(own) ? own.every(isSingle) : isSingle(own);
}

function isObjectOrNull(value: unknown): boolean {
  return value === null || isObject(value);
}

/** A number, not Infinity: the difference of two would be none. */
function orderOf(name: string, kinds: Kinds | undefined): number {
  return kinds?.get(name)?.order ?? Number.MAX_SAFE_INTEGER;
}
