import type { Pointer } from '../../document/pointer';
import type { Fix } from '../../finding';
import type { Json } from '../../json';

/** One way in which a value breaks a constraint. */
export interface Breach {
  /** What is wrong and what would be right. */
  says: string;
  /** Where, from the constraint's element on; the element itself when absent. */
  at?: Pointer;
  /** The key of that place, unless said otherwise. */
  part?: 'key' | 'value';
  related?: { at: Pointer; message: string }[];
  /** The element whose members are meant below, from the constraint's element on; the element itself when absent. */
  owner?: Pointer;
  /** One of these members would have to be there (`*`: any that must be) … */
  lacks?: readonly string[];
  /** … or one of these not. */
  excess?: readonly string[];
  /** What mends it, from the constraint's element on. */
  mends?: readonly Fix[];
}

export const HOLDS: readonly Breach[] = [];

/** The library is to be asked: the native form does not know. */
export const ASK = 'ask';

/** A constraint in TypeScript: what breaks it in a value. What other stages find (wrong kinds, empty lists) holds. */
export type Native = (value: Json) => readonly Breach[] | typeof ASK;

/** The member is there, by its value or by its companion alone. */
export function has(value: Json, name: string): boolean {
  return value[name] !== undefined || value[`_${name}`] !== undefined;
}

/** One of the forms of a choice is there: `value` for valueString. */
export function hasChoice(value: Json, stem: string): boolean {
  for (const key in value) if (key.startsWith(stem, key.startsWith('_') ? 1 : 0)) return true;
  return false;
}

/** One of the members must be there. */
export function lacksAll(value: Json, names: readonly string[], says: string): readonly Breach[] {
  return names.some((name) => has(value, name)) ? HOLDS : [{ says, lacks: names }];
}

/** The second member makes sense only beside the first. */
export function lacksBeside(
  value: Json,
  name: string,
  beside: string,
  says: string,
  mend?: (value: Json) => readonly Fix[],
): readonly Breach[] {
  if (!has(value, beside) || has(value, name)) return HOLDS;
  return [{ says, lacks: [name], ...(mend && { mends: mend(value) }) }];
}
