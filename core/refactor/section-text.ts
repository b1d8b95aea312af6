// The text of sections written anew from what the resources say: cell by cell, so that what only a person can write stays.
import { changed } from '../document/changes';
import { isWithin, type Pointer } from '../document/pointer';
import { withIsoDays } from '../itk3/times';
import { documentOf, type ItkDocument, type Section, textOf } from '../itk3/document';
import type { Message } from '../itk3/message';
import { namedItems } from '../itk3/named-items';
import { labelled, overCell, plainText, readRows, type Row } from '../itk3/section-text';
import { factOf, rowAround, rowsByItem, type WrittenRow, writeLines, writeTable } from '../itk3/write-section-text';
import { asText } from '../json';
import type { Knowledge } from '../knowledge';
import { scanXml } from '../validate/xml-scan';

/** Why no text can be written for the section at a place, or for any section; undefined where one can. */
export function whyNotWritten(message: Message, knowledge: Knowledge, at?: Pointer): string | undefined {
  const document = documentOf(message, knowledge);
  if (!document) return 'There is no document of a known kind in this message.';
  const sections = sectionsAt(document, at);
  if (sections.length === 0) return 'This is in no section of the document.';
  const told = sections.filter((section) => rowsByItem(section, document, message).some(({ rows }) => rows.length > 0));
  if (told.length === 0) return 'No resource says what stands in this section: only a person can write it.';
  const whole = told.filter((section) => !isBroken(section));
  if (whole.length === 0) return 'This text is no well-formed XHTML: mend that first, so that nothing of it is lost.';
  const isTable = whole.some((section) => !isFreeText(section));
  return isTable ? undefined : 'This text is no table of labels, so what a person wrote in it cannot be told apart.';
}

/** The message with the texts of its sections, or of the one at a place, as its resources have it. */
export function writeSectionTexts(message: Message, knowledge: Knowledge, at?: Pointer): unknown {
  const document = documentOf(message, knowledge);
  let value: unknown = message.root.resource;
  for (const section of document ? sectionsAt(document, at) : []) {
    const div = divFor(section, document!, message);
    if (div === undefined || div === textOf(section)?.div) continue;
    const pointer = `${section.pointer}/text`;
    value = section.resource.text
      ? changed(value, { kind: 'set', pointer: `${pointer}/div`, value: div })
      : changed(value, { kind: 'set', pointer, value: { status: 'generated', div }, before: 'entry' });
  }
  return value;
}

function sectionsAt({ sections }: ItkDocument, at: Pointer | undefined): readonly Section[] {
  return at === undefined ? sections : sections.filter(({ pointer }) => isWithin(at, pointer));
}

function isFreeText(section: Section): boolean {
  const text = textOf(section);
  return text !== undefined && text.rows.length === 0 && plainText(text.div) !== '';
}

/** Where tags do not fit, nobody can tell what stands in which cell. */
function isBroken(section: Section): boolean {
  let broken = false;
  const { div } = textOf(section) ?? {};
  if (div !== undefined)
    scanXml(div, {
      open: () => undefined,
      text: () => undefined,
      cdata: () => undefined,
      // A stray & or an entity leaves the tags as they are.
      problem: ({ kind }) => (broken ||= kind === 'other' || kind === 'outside'),
    });
  return broken;
}

/** The XHTML of a section as its resources have it; undefined where they say nothing of it, or it cannot be told apart. */
function divFor(section: Section, document: ItkDocument, message: Message): string | undefined {
  const items = rowsByItem(section, document, message);
  if (items.every(({ rows }) => rows.length === 0) || isFreeText(section) || isBroken(section)) return undefined;
  const text = textOf(section);
  if (!text || text.rows.length === 0) return writeTable(items.flatMap(({ rows }) => rows));
  const named = namedItems(message, document).find((one) => one.section === section);
  const edits: Edit[] = [];
  let last = text.rows.at(-1)!;
  for (const { at, rows } of items) {
    const group = named?.items.find(({ located }) => located === at)?.group;
    const known = section.use?.items ? (group ? [group.row, ...group.more] : []) : text.rows;
    last = edit(rows, known, section, text.div, known.length > 0 ? undefined : last, edits);
  }
  return applied(text.div, edits);
}

interface Edit {
  offset: number;
  length: number;
  text: string;
}

/** Writes rows over those that are there, and the others behind the row before them. @param behind where none is there yet */
function edit(
  rows: readonly WrittenRow[],
  known: readonly Row[],
  { use }: Section,
  div: string,
  behind: Row | undefined,
  edits: Edit[],
): Row {
  let previous = behind ?? known[0]!;
  for (const { label, text } of rows) {
    const others = [use!.facts![factOf(use!, label)!]!, use!.items?.rows ?? []].filter((labels) =>
      labels.includes(label),
    );
    const [found] = labelled(known, [label, ...others.flat()]);
    if (found) {
      if (!isSame(text, found.cell.text)) edits.push(overCell(div, found.cell, writeLines(text)));
      previous = found;
    } else edits.push({ offset: endOf(previous), length: 0, text: rowAround(label).join(writeLines(text)) });
  }
  return previous;
}

/** Whether what is read says all that would be written, in whatever form: it may say more, where it is a list of things. */
function isSame(written: string, read: string): boolean {
  const lines = written.split('\n').map(wordsOf);
  const words = wordsOf(read);
  const isList = lines.length > 1 || /^[\w ]+: /.test(written);
  return isList ? lines.every((line) => ` ${words} `.includes(` ${line} `)) : lines[0] === words;
}

/** Without what is a matter of form: capitals, punctuation, how a day is written, seconds and the zone of a time. */
function wordsOf(text: string): string {
  return withIsoDays(text)
    .toLowerCase()
    .replace(/(\d{4}-\d\d-\d\d)t(\d\d:\d\d)(:\d\d(\.\d+)?)?(z|[+-]\d\d:\d\d)?/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function endOf({ whole }: Row): number {
  return whole.offset + whole.length;
}

/** Those at one place in the order in which they were made. */
function applied(div: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const one of edits.toSorted((a, b) => a.offset - b.offset)) {
    text += div.slice(at, one.offset) + one.text;
    at = one.offset + one.length;
  }
  return text + div.slice(at);
}

/** What the sections' texts say, and what they would say if they were written from the resources, to be compared. */
export interface SectionTexts {
  said: string;
  written: string;
}

export function sectionTexts(message: Message, knowledge: Knowledge): SectionTexts | undefined {
  const document = documentOf(message, knowledge);
  if (!document) return undefined;
  const read = (pick: (section: Section) => string | undefined): string =>
    document.sections
      .map((section) => {
        const rows = readRows(pick(section) ?? '').map(
          ({ label, cell }) => `${asWritten(label, section)}: ${cell.text}`,
        );
        return [asText(section.resource.title ?? section.coding?.display), ...rows].join('\n  ');
      })
      .join('\n\n');
  return {
    said: read((section) => textOf(section)?.div),
    written: read((section) => divFor(section, document, message) ?? textOf(section)?.div),
  };
}

/** Labels are read in small letters. */
function asWritten(label: string, { use }: Section): string {
  return use?.rows.find((row) => row.toLowerCase() === label) ?? label.slice(0, 1).toUpperCase() + label.slice(1);
}
