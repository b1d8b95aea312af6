// A draft as text: in the protocol's snippet syntax with a tab stop for each hole, or plain.
import type { Layout } from '../../core/document/json-edits';
import { isObject } from '../../core/json';
import { type Draft, filled, type Hole, isHole } from './draft';

export interface Style {
  snippets: boolean;
  /** Where more than a few members go on lines of their own; without it everything stays on one line. */
  layout?: Layout | undefined;
}

/**
 * What is inserted, its further lines indented as if the first had no indentation.
 * @param name written before it as a property's name; with no draft the name alone
 */
export function written(name: string | undefined, draft: Draft, { snippets, layout }: Style): string {
  const stops = new Map<unknown, number>();
  const literal = (text: string): string => (snippets ? text.replace(/[\\$]/g, '\\$&') : text);

  const hole = (one: Hole): string => {
    if (!snippets) return JSON.stringify(one.value);
    const key = one.name ?? one;
    const isFirst = !stops.has(key);
    const stop = stops.get(key) ?? stops.size + 1;
    stops.set(key, stop);
    const { value, choices } = one;
    if (isObject(value) || Array.isArray(value)) return isObject(value) ? `{$${stop}}` : `[$${stop}]`;
    const [quote, inside] = typeof value === 'string' ? ['"', inQuotes] : ['', JSON.stringify];
    if (!isFirst) return `${quote}$${stop}${quote}`;
    if (choices && choices.length > 0)
      return `${quote}\${${stop}|${choices.map((choice) => inside(choice).replace(/[\\,|]/g, '\\$&')).join(',')}|}${quote}`;
    return `${quote}${value === '' ? `$${stop}` : `\${${stop}:${inside(value).replace(/[\\$}]/g, '\\$&')}}`}${quote}`;
  };

  const write = (value: Draft, indent: string): string => {
    if (isHole(value)) return hole(value);
    if (!Array.isArray(value) && !isObject(value)) return literal(JSON.stringify(value));
    const spread = layout && !fitsLine(value) ? { ...layout, inner: indent + layout.unit } : undefined;
    const inner = spread?.inner ?? indent;
    const parts = Array.isArray(value)
      ? value.map((item) => write(item, inner))
      : membersOf(value).map(([key, member]) => `${literal(JSON.stringify(key))}: ${write(member, inner)}`);
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    if (parts.length === 0) return open + close;
    if (spread) {
      const start = spread.eol + inner;
      return `${open}${start}${parts.join(`,${start}`)}${spread.eol}${indent}${close}`;
    }
    const space = Array.isArray(value) ? '' : ' ';
    return `${open}${space}${parts.join(', ')}${space}${close}`;
  };

  const key = name === undefined ? '' : literal(JSON.stringify(name));
  if (draft === undefined) return key;
  return `${key}${name === undefined ? '' : ': '}${write(draft, '')}`;
}

function inQuotes(value: unknown): string {
  return JSON.stringify(String(value)).slice(1, -1);
}

function membersOf(object: Record<string, unknown>): [string, unknown][] {
  return Object.entries(object).filter(([, member]) => member !== undefined);
}

const WIDTH = 80;
const FEW = 2;

/** Whether people would write it on one line: few values, and short. */
function fitsLine(value: Draft): boolean {
  return leaves(value) <= FEW && JSON.stringify(filled(value)).length <= WIDTH;
}

function leaves(value: Draft): number {
  if (isHole(value) || (!Array.isArray(value) && !isObject(value))) return 1;
  const inside = Array.isArray(value) ? value : membersOf(value).map(([, member]) => member);
  return inside.reduce<number>((count, one) => count + leaves(one), 0);
}
