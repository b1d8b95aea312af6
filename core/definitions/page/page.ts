// A definition as a page to read: what the toolkit knows of it, in plain text, one row an element or code.
import type { Knowledge } from '../../knowledge';
import type { Span } from '../../document/source-document';
import { publishedPage } from '../published-page';
import { withoutVersion } from '../registry';
import { codeSystemRows, valueSetRows } from './codes';
import { messageRows } from './message';
import { structureRows } from './structure';

export interface Page {
  url: string;
  /** Short, fit for a tab. */
  name: string;
  text: string;
  /** Where each row stands: an element by its id (`Patient.identifier:nhsNumber.value`), a code by `system|code`. */
  rows: ReadonlyMap<string, Span>;
}

/** A line, with what it is found by. */
export interface Row {
  text: string;
  key?: string;
}

export interface Content {
  name: string;
  /** What it is, in one line. */
  what: string;
  /** Facts under the heading, each with its label. */
  facts: [label: string, value: string | undefined][];
  rows: Row[];
}

/** Undefined when nothing of that canonical url is known. */
export function pageOf(canonical: string, knowledge: Knowledge): Page | undefined {
  const { registry } = knowledge;
  const url = withoutVersion(canonical);
  const content =
    structureRows(url, knowledge) ??
    valueSetRows(url, knowledge) ??
    codeSystemRows(url, registry) ??
    messageRows(url, knowledge);
  if (!content) return undefined;
  const { name, what, facts, rows } = content;
  const known = [['Url', url], ...facts, ['Published', publishedPage(url, registry)]] as const;
  const head = [name, '='.repeat(name.length), what, '', ...table(known), ''];
  const lines = [...head.map((text): Row => ({ text })), ...rows];
  const spans = new Map<string, Span>();
  let offset = 0;
  for (const { text, key } of lines) {
    if (key !== undefined && !spans.has(key)) spans.set(key, { offset, length: text.length });
    offset += text.length + 1;
  }
  return { url, name, text: `${lines.map(({ text }) => text.trimEnd()).join('\n')}\n`, rows: spans };
}

/** Whether there is a page worth reading, without writing it: that no code of a system is at hand is soon said. */
export function hasPage(canonical: string, { registry }: Pick<Knowledge, 'registry'>): boolean {
  return (
    registry.definition(canonical) !== undefined ||
    registry.valueSet(canonical) !== undefined ||
    (registry.codeSystem(canonical)?.concepts.length ?? 0) > 0 ||
    registry.messageDefinition(canonical) !== undefined
  );
}

function table(facts: readonly (readonly [string, string | undefined])[]): string[] {
  const told = facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
  const width = Math.max(...told.map(([label]) => label.length));
  return told.map(([label, value]) => `${label.padEnd(width)}  ${value}`);
}
