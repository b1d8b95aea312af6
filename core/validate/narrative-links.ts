// The links of a narrative to its own resource: `#id` leads to an element or name in it, or nowhere.
import { isObject, type Json } from '../json';
import type { SayWithin, Stretch } from './narrative-content';
import { shortened } from './wording';
import { decoded } from './xhtml';
import type { XmlAttribute } from './xml-scan';

export interface Links {
  wanted: { id: string; where: Stretch; say: SayWithin }[];
  /** What the narratives of the resource themselves name. */
  anchors: Set<string>;
}

export function noteLink(
  links: Links,
  { name, value, valueOffset }: XmlAttribute,
  element: string,
  say: SayWithin,
): void {
  if (name === 'id' || (name === 'name' && element === 'a')) links.anchors.add(decoded(value));
  else if ((name === 'href' || name === 'src') && value.startsWith('#') && value.length > 1)
    links.wanted.push({ id: decoded(value.slice(1)), where: { offset: valueOffset, length: value.length }, say });
}

/** @param owner in which an id may stand: the resource, or the one that contains it */
export function checkLinks({ wanted, anchors }: Links, owner: Json): void {
  const open = wanted.filter(({ id }) => !anchors.has(id));
  if (open.length === 0) return;
  const ids = idsIn(owner);
  for (const { id, where, say } of open)
    if (!ids.has(id)) say('narrative-link', where, `Nothing in this resource has the id "${shortened(id)}".`);
}

function idsIn(owner: Json): Set<unknown> {
  const ids = new Set<unknown>();
  const values: unknown[] = [owner];
  for (const value of values) {
    if (isObject(value)) ids.add(value.id);
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) values.push(inner);
  }
  return ids;
}
