// A draft as text: in the protocol's snippet syntax with a tab stop for each hole, or plain.
import type { Layout } from '../../core/document/json-edits';
import { type Draft, filled, type Hole, hole, isHole, partsOf } from '../../core/draft/draft';
import { isObject, type Json } from '../../core/json';
import { literal, stopWriter } from './snippet';

export interface Style {
  snippets: boolean;
  /** Where more than a few members go on lines of their own; without it everything stays on one line. */
  layout?: Omit<Layout, 'isFlat'> | undefined;
}

/**
 * What is inserted, its further lines indented as if the first had no indentation.
 * @param name written before it as a property's name; with no draft the name alone
 */
export function written(name: string | undefined, draft: Draft, style: Style): string {
  const key = name === undefined ? '' : JSON.stringify(name);
  if (draft === undefined) return style.snippets ? literal(key) : key;
  const label = key && `${key}: `;
  return style.snippets
    ? literal(label) + onLines(draft, leafWriter(), style)
    : label + onLines(filled(draft), (value) => JSON.stringify(value), style);
}

/** @param leaf writes whatever is no list and no object with members; by its name, what is chosen with others beside it */
function onLines(draft: Draft, leaf: (value: Draft, name?: string) => string, { layout, snippets }: Style): string {
  const write = (value: Draft, indent: string): string => {
    if (isLeaf(value)) return leaf(value);
    const isSpread = layout !== undefined && !fitsLine(value);
    const inner = isSpread ? indent + layout.unit : indent;
    const named = (name: string): string => (snippets ? literal(JSON.stringify(name)) : JSON.stringify(name));
    const parts = Array.isArray(value)
      ? value.map((item) => write(item, inner))
      : chosenTogether(value as Json).map(([name, member]) =>
          isHole(member) && member.beside ? leaf(member, name) : `${named(name)}: ${write(member, inner)}`,
        );
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    if (parts.length === 0) return open + close;
    if (isSpread) {
      const start = layout.eol + inner;
      return `${open}${start}${parts.join(`,${start}`)}${layout.eol}${indent}${close}`;
    }
    const space = Array.isArray(value) ? '' : ' ';
    return `${open}${space}${parts.join(', ')}${space}${close}`;
  };
  return write(draft, '');
}

function leafWriter(): (value: Draft, name?: string) => string {
  const stop = stopWriter();
  return (value, name) => {
    if (isHole(value)) {
      if (name !== undefined) return stop(membersChosen(name, value), String);
      if (typeof value.example === 'string') return `"${stop(value, lettersOf)}"`;
      const [open, close] = Array.isArray(value.example) ? '[]' : '{}';
      return typeof value.example === 'object'
        ? `${open}${stop(value, lettersOf)}${close}`
        : stop(value, JSON.stringify);
    }
    const parts = partsOf(value);
    if (!parts) return literal(JSON.stringify(value));
    return `"${parts.map((part) => (isHole(part) ? stop(part, lettersOf, true) : literal(lettersOf(part)))).join('')}"`;
  };
}

/** As they stand between the quotes of a text. */
function lettersOf(value: unknown): string {
  return JSON.stringify(String(value)).slice(1, -1);
}

function isLeaf(value: Draft): boolean {
  return isHole(value) || partsOf(value) !== undefined || (!Array.isArray(value) && !isObject(value));
}

/** The members, but those that change with a choice before them. */
function chosenTogether(object: Json): [string, unknown][] {
  const members = membersOf(object);
  const follow = new Set(members.flatMap(([, member]) => (isHole(member) ? Object.keys(member.beside ?? {}) : [])));
  return members.filter(([name]) => !follow.has(name));
}

/** A place for the name and value of several members at once. */
function membersChosen(name: string, { choices = [], beside = {} }: Hole): Hole {
  const texts = choices.map((choice, i) =>
    [[name, choice] as const, ...Object.entries(beside).map(([other, values]) => [other, values[i]] as const)]
      .map(([one, value]) => `${JSON.stringify(one)}: ${JSON.stringify(value)}`)
      .join(', '),
  );
  return hole(texts[0]!, { choices: texts });
}

function membersOf(object: Json): [string, unknown][] {
  return Object.entries(object).filter(([, member]) => member !== undefined);
}

const WIDTH = 80;
const FEW = 2;

/** Whether people would write it on one line: few values, and short. */
function fitsLine(value: Draft): boolean {
  return leaves(value) <= FEW && JSON.stringify(filled(value)).length <= WIDTH;
}

function leaves(value: Draft): number {
  if (isLeaf(value)) return 1;
  const inside = Array.isArray(value) ? value : membersOf(value as Json).map(([, member]) => member);
  return inside.reduce<number>((count, one) => count + leaves(one), 0);
}
