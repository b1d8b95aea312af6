// What a section of the document is made of: title, code, text and entry, as the guide and the resources have them.
import { documentOf, type ItkDocument, type Section } from '../itk3/document';
import type { Message } from '../itk3/message';
import type { ResourceUse, SectionAlternative, SectionUse } from '../itk3/use-case';
import { formIn } from '../itk3/versions';
import { factOf, rowAround, rowsFor, tableAround, writeLines } from '../itk3/write-section-text';
import type { Json } from '../json';
import { type Hole, hole, textWithHoles, type TextWithHoles } from './draft';
import type { Setting } from './setting';

export type SectionForm = SectionUse | SectionAlternative;

/** The message that a section is written from. */
export interface World {
  message: Message;
  /** Undefined where what is there is no document of the kind. */
  document: ItkDocument | undefined;
  /** Nobody is there to fill in what is left open. */
  isNew: boolean;
}

/** The message into which a draft goes, as it is. */
export function worldOf(message: Message, { drafting }: Setting): World {
  return { message, document: documentOf(message, drafting.knowledge), isNew: false };
}

/** The sections of the guide in its version, each in its form. */
export function formsOf({ kind, version }: Setting): { use: SectionUse; form: SectionForm }[] {
  return (kind.useCase?.sections ?? []).flatMap((use) => {
    const form = formIn(version, [use, ...(use.alternatives ?? [])]);
    return form ? [{ use, form }] : [];
  });
}

/** FHIR JSON with holes. */
export function partsOf(use: SectionUse, form: SectionForm, setting: Setting, world: World): Json {
  const entry = leadingTo(use, setting);
  const entries = entry === undefined ? {} : { entry: [{ reference: entry }] };
  const start = { title: form.title, code: { coding: [form.code] } };
  const section: Section = { resource: { ...start, ...entries }, pointer: '', codingAt: '', use, form };
  return { ...start, text: { status: 'generated', div: divOf(section, setting, world) }, ...entries };
}

/** Sections that every document has, and those without which nothing leads to what is there. */
export function isNeeded({ name, conformance }: SectionUse, { kind, players }: Setting): boolean {
  const path = `composition.section:${name}.entry`;
  const isThere = ({ role, ledToBy }: ResourceUse): boolean =>
    ledToBy.includes(path) && players.of(role).some(({ located }) => located);
  return conformance === 'mandatory' || kind.document.some(isThere);
}

/** The fullUrl of what the section is about. */
function leadingTo({ name, entry }: SectionUse, { kind, players }: Setting): string | undefined {
  if (entry === null) return undefined;
  const use = kind.document.find(
    ({ ledToBy, min, usual }) => (min > 0 || usual) && ledToBy.includes(`composition.section:${name}.entry`),
  );
  return use && (players.of(use.role)[0] ?? players.add(use)).fullUrl;
}

/** What is known stands there; what is not is a place to fill in. */
function divOf(section: Section, setting: Setting, { message, document, isNew }: World): TextWithHoles {
  const use = section.use!;
  const written = document ? rowsFor(section, document, message) : [];
  const prose = use.rows.filter((label) => factOf(use, label) === undefined);
  const isKnown = setting.drafting.cast !== undefined || setting.players.all().every(({ located }) => located);
  const cells = [
    ...written.map((row) => ({ ...row, isKnown })),
    ...prose.map((label) => ({ label, text: use.examples?.[label] ?? '', isKnown: false })),
  ];
  const said = isNew ? cells.filter(({ text }) => text !== '') : cells;
  const ordered = use.items ? said : inOrder(said, use.rows);
  const parts = ordered.flatMap(({ label, text, isKnown }): (string | Hole)[] => {
    const [before, after] = rowAround(label);
    if (isKnown) return [before, writeLines(text), after];
    const lines = text.split('\n');
    const holes = lines.length === 1 ? [hole(text)] : lines.flatMap((line) => ['<p>', hole(line), '</p>']);
    return [before, ...holes, after];
  });
  if (parts.length === 0) return textWithHoles(...PARAGRAPH);
  return textWithHoles(...joined(tableAround(parts)));
}

const PARAGRAPH = ['<div xmlns="http://www.w3.org/1999/xhtml"><p>', hole('Not known'), '</p></div>'];

function inOrder<T extends { label: string }>(cells: T[], rows: readonly string[]): T[] {
  return cells.sort((a, b) => rows.indexOf(a.label) - rows.indexOf(b.label));
}

function joined(parts: readonly (string | Hole)[]): (string | Hole)[] {
  const together: (string | Hole)[] = [];
  for (const part of parts) {
    const last = together.at(-1);
    if (typeof part === 'string' && typeof last === 'string') together[together.length - 1] = last + part;
    else together.push(part);
  }
  return together;
}
