// The element of a message that somebody else's words are about: receivers say in diagnostics where a message is wrong.
import { join, type Pointer } from '../document/pointer';
import { asText, isObject, type Json, list } from '../json';
import { type ElementPath, elementPathsIn, type Step } from './element-path';
import type { Message } from './message';

export interface NamedElement {
  /** As the words name it. */
  expression: string;
  /** Where it leads in the message, if it leads anywhere. */
  pointer?: Pointer;
  /** False where the pointer is only that of what it would stand in. */
  isThere: boolean;
}

/**
 * The first path in the words that leads somewhere; else an element or key that they name and that stands there once.
 * @param message the message that the words are about, if it is at hand
 */
export function elementNamedIn(
  words: string,
  message: Message | undefined,
  isType: (word: string) => boolean,
): NamedElement | undefined {
  const named = elementPathsIn(words, isType).map((path) => found(path, message));
  return (
    named.find(({ isThere }) => isThere) ??
    named.find(({ pointer }) => pointer !== undefined) ??
    (message && namedOnce(words, message)) ??
    named[0]
  );
}

function found(path: ElementPath, message: Message | undefined): NamedElement {
  const { expression, type, steps } = path;
  const starts = message ? startsOf(type, message) : [];
  const ends = starts.map((start) => walk(start.value, start.pointer, steps));
  const whole = ends.filter(({ isThere }) => isThere);
  const [end] = whole.length > 0 ? whole : ends;
  const isOne = whole.length === 1 || (whole.length === 0 && ends.length === 1);
  if (!end || !isOne || end.pointer === '') return { expression, isThere: false };
  return { expression, ...end };
}

function startsOf(type: string | undefined, message: Message): { value: unknown; pointer: Pointer }[] {
  const { root, resources } = message;
  if (type === undefined || type === root.type) return [{ value: root.resource, pointer: '' }];
  return resources.filter((one) => one.type === type).map(({ resource, pointer }) => ({ value: resource, pointer }));
}

/** As far as the steps lead. */
function walk(start: unknown, from: Pointer, steps: readonly Step[]): { pointer: Pointer; isThere: boolean } {
  let value = start;
  let pointer = from;
  for (const { name, index, where } of steps) {
    if (Array.isArray(value)) {
      // Of several it is not known which is meant.
      if (value.length !== 1) return { pointer, isThere: false };
      [value, pointer] = [value[0] as unknown, join(pointer, 0)];
    }
    if (name === '@value' || (isObject(value) && value.resourceType === name)) continue;
    const property = isObject(value) ? propertyOf(value, name.replace('@', '')) : undefined;
    if (property === undefined) return { pointer, isThere: false };
    [value, pointer] = [(value as Json)[property], join(pointer, property)];
    const at = where ? list(value).findIndex((one) => fits(one, where)) : index;
    if (at === undefined || !Array.isArray(value)) continue;
    if (at < 0 || at >= value.length) return { pointer, isThere: false };
    [value, pointer] = [value[at] as unknown, join(pointer, at)];
  }
  return { pointer, isThere: true };
}

/** In JSON the name of a choice holds its type: `value` is `valueString`. */
function propertyOf(value: Json, name: string): string | undefined {
  if (Object.hasOwn(value, name)) return name;
  const choices = Object.keys(value).filter((one) => one.startsWith(name) && /^[A-Z]/.test(one.slice(name.length)));
  return choices.length === 1 ? choices[0] : undefined;
}

function fits(item: unknown, { name, value }: NonNullable<Step['where']>): boolean {
  const is = isObject(item) ? asText(item[name]) : '';
  return is === value || (name === 'url' && is.endsWith(`/${value}`));
}

/** Words that are no ordinary ones: `birthDate`, `'family'`, `InfAckRequested`. */
const NAMES = /['"`‘“]([A-Za-z]\w*)['"`’”]|(?<![\w/.])([A-Za-z][a-z]+(?:[A-Z][a-z]+)+)\b/g;

function namedOnce(words: string, { root }: Message): NamedElement | undefined {
  const asked = [...words.slice(0, 5_000).matchAll(NAMES)].map(([, quoted, camel]) => quoted ?? camel ?? '');
  if (asked.length === 0) return undefined;
  const places = new Map<string, Pointer[]>(asked.map((name) => [name, []]));
  const visit = (value: unknown, pointer: Pointer): void => {
    if (Array.isArray(value)) value.forEach((item, i) => visit(item, join(pointer, i)));
    if (!isObject(value)) return;
    places.get(asText(value.url).split('/').at(-1) ?? '')?.push(pointer);
    for (const [name, inner] of Object.entries(value)) {
      const at = join(pointer, name);
      places.get(name)?.push(at);
      visit(inner, at);
    }
  };
  visit(root.resource, '');
  const name = asked.find((one) => places.get(one)?.length === 1);
  return name === undefined ? undefined : { expression: name, pointer: places.get(name)![0]!, isThere: true };
}
