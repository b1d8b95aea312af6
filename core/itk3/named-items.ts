// Which resources of a document the tables of its sections name: medicines that were supplied, what a person is allergic to.
import { type Pointer, join } from '../document/pointer';
import { isObject, list } from '../json';
import { type Located, type Message, referenceIn, resolve } from './message';
import { inDocument, type ItkDocument, type Section, textOf } from './document';
import { labelled, plainText, type Row } from './section-text';
import type { SectionUse } from './use-case';

/** A row that names something, and the rows that say more of it. */
export interface Group {
  row: Row;
  more: Row[];
}

export interface Item {
  located: Located;
  /** What it is called in its code and where it is referred to; never empty. */
  names: Name[];
  group?: Group;
}

export interface Name {
  text: string;
  pointer: Pointer;
}

export interface NamedItems {
  section: Section;
  use: SectionUse;
  /** Of the XHTML. */
  pointer: Pointer;
  items: Item[];
  /** Neither in a row nor anywhere else in the text. */
  unnamed: Item[];
  /** Rows that name none of the items. */
  strange: Group[];
}

/** Beyond this nobody reads the text, and comparing each with each would take long. */
const MOST_PAIRS = 10_000;

/** Two rules ask for them, so they are found once a document. */
const FOUND = new WeakMap<ItkDocument, NamedItems[]>();

export function namedItems(message: Message, document: ItkDocument): NamedItems[] {
  const found = FOUND.get(document) ?? findItems(message, document);
  FOUND.set(document, found);
  return found;
}

function findItems(message: Message, document: ItkDocument): NamedItems[] {
  return document.sections.flatMap((section) => {
    const { use } = section;
    const text = use?.items && textOf(section);
    if (!use?.items || !text) return [];
    const items = inDocument(message, document, use.items.type).map((located): Item => ({
      located,
      names: namesOf(message, located),
    }));
    const groups = groupsOf(text.rows, use.items.rows);
    // What has no name can be any of the rows.
    if (items.length === 0 || items.some(({ names }) => names.length === 0)) return [];
    const strange = assign(items, groups);
    if (!strange) return [];
    const whole = items.every((item) => item.group) ? '' : bare(plainText(text.div));
    const unnamed = items.filter(
      (item) => !item.group && !item.names.some((name) => whole.includes(bare(short(name.text)))),
    );
    return [{ section, use, pointer: text.pointer, items, unnamed, strange }];
  });
}

function groupsOf(rows: readonly Row[], labels: readonly string[]): Group[] {
  const groups: Group[] = [];
  const named = new Set(labelled(rows, labels));
  for (const row of rows)
    if (named.has(row)) groups.push({ row, more: [] });
    else groups.at(-1)?.more.push(row);
  return groups.filter(({ row }) => row.cell.text !== '');
}

/** Gives each item its row, the same names first; the rows left over, or undefined when there are too many to compare. */
function assign(items: readonly Item[], groups: readonly Group[]): Group[] | undefined {
  const free = new Set(groups);
  const byName = new Map<string, Group[]>();
  for (const group of [...groups].reverse()) {
    const name = bare(group.row.cell.text);
    byName.set(name, [...(byName.get(name) ?? []).slice(-50), group]);
  }
  for (const item of items) {
    const group = item.names.map(({ text }) => byName.get(bare(text))?.pop()).find((g) => g !== undefined);
    if (group && free.delete(group)) item.group = group;
  }
  const rest = items.filter((item) => !item.group);
  if (rest.length * free.size > MOST_PAIRS || rest.length > 100) return undefined;
  for (const item of rest) {
    const group = [...free].find(({ row }) => item.names.some(({ text }) => isLike(row.cell.text, text)));
    if (group && free.delete(group)) item.group = group;
  }
  // A row may say again, shorter, what another said.
  return [...free].filter(({ row }) => !items.some((i) => i.names.some(({ text }) => isLike(row.cell.text, text))));
}

/** One says all that the other does, or all but the part in brackets at its end: the supplier. */
function isLike(row: string, name: string): boolean {
  const [a, b] = [bare(row), bare(name)];
  return a.includes(bare(short(name))) || (a.length > 3 && b.includes(a));
}

function short(name: string): string {
  return name.endsWith(')') && name.lastIndexOf('(') > 3 ? name.slice(0, name.lastIndexOf('(')) : name;
}

/** Letters and digits only; all ways to say that there is nothing are one. */
function bare(text: string): string {
  if (/^\s*(no|nil|none|nkda|nka)\b/i.test(text)) return '∅';
  const lower = text.toLowerCase();
  // Most names are plain ASCII, for which this is much faster.
  return /^[\0-\x7f]*$/.test(lower) ? lower.replace(/[^a-z0-9]+/g, '') : lower.replace(/[^\p{L}\p{N}]+/gu, '');
}

function namesOf(message: Message, located: Located): Name[] {
  const { resource, pointer } = located;
  const reference = referenceIn(resource.medicationReference);
  const medication = reference === undefined ? undefined : resolve(message, located, reference);
  return [
    ...(medication?.type === 'Medication'
      ? conceptNames(medication.resource.code, join(medication.pointer, 'code'))
      : []),
    ...conceptNames(resource.medicationCodeableConcept, join(pointer, 'medicationCodeableConcept')),
    ...conceptNames(resource.code, join(pointer, 'code')),
    ...nameIn(resource.medicationReference, 'display', join(pointer, 'medicationReference')),
  ];
}

function conceptNames(concept: unknown, pointer: Pointer): Name[] {
  if (!isObject(concept)) return [];
  const codings = list(concept.coding).flatMap((c, i) => nameIn(c, 'display', join(pointer, 'coding', i)));
  return [...codings, ...nameIn(concept, 'text', pointer)];
}

function nameIn(value: unknown, key: string, pointer: Pointer): Name[] {
  const text = isObject(value) ? value[key] : undefined;
  return typeof text === 'string' && /[\p{L}\p{N}]/u.test(text) ? [{ text, pointer: join(pointer, key) }] : [];
}
