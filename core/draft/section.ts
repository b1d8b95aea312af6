// The sections that a document may still have, with their text written from what its resources say.
import { type Element } from '../definitions/element';
import { documentOf, type ItkDocument, type Section } from '../itk3/document';
import type { Located, Message } from '../itk3/message';
import type { SectionAlternative, SectionUse } from '../itk3/use-case';
import { formIn } from '../itk3/versions';
import { factOf, rowAround, rowsFor, tableAround, writeLines } from '../itk3/write-section-text';
import { type Draft, type Hole, hole, lazily, textWithHoles } from './draft';
import type { Drafting } from './drafting';
import { draftAround } from './element';
import { type Assembled, assembled } from './resource';
import { type Setting, settingOf } from './setting';

export interface SectionOffer {
  /** As the use-case calls it. */
  name: string;
  title: string;
  conformance: SectionUse['conformance'];
  readonly draft: Draft;
}

/** The sections that the guide knows and the Composition has not, in the guide's order. */
export function sectionOffers(composition: Located, drafting: Drafting): SectionOffer[] {
  const setting = settingOf(drafting);
  const document = drafting.message && documentOf(drafting.message, drafting.knowledge);
  if (!setting) return [];
  const there = document?.composition === composition ? document.sections.map(({ use }) => use) : [];
  return sectionDrafts(setting)
    .filter(({ use }) => !there.includes(use))
    .map(({ use: { name, conformance }, form: { title }, draft }) => ({
      name,
      title,
      conformance,
      get draft() {
        return draft();
      },
    }));
}

interface SectionDraft {
  use: SectionUse;
  form: SectionUse | SectionAlternative;
  draft: () => Draft;
}

/** Every section of the guide in its version. @param whole the message in which they will stand, where it is made already */
export function sectionDrafts(setting: Setting, whole?: Assembled): SectionDraft[] {
  const { kind, version, drafting } = setting;
  const forms = (kind.useCase?.sections ?? []).flatMap((use) => {
    const form = formIn(version, [use, ...(use.alternatives ?? [])]);
    return form ? [{ use, form }] : [];
  });
  if (forms.length === 0) return [];
  // Made when the first of them is asked for.
  const world = lazily((): World => {
    const { message } = whole ?? assembled(setting);
    return { message, document: documentOf(message, drafting.knowledge), isNew: whole !== undefined };
  });
  return forms.map(({ use, form }) => ({
    use,
    form,
    draft: lazily(() => sectionDraft(use, form, setting, world())),
  }));
}

interface World {
  message: Message;
  /** Undefined where what is there is no document of the kind. */
  document: ItkDocument | undefined;
  /** Nobody is there to fill in what is left open. */
  isNew: boolean;
}

function sectionDraft(use: SectionUse, form: SectionUse | SectionAlternative, setting: Setting, world: World): Draft {
  const { drafting } = setting;
  const { registry } = drafting.knowledge;
  const entry = leadingTo(use, setting);
  const start = {
    title: form.title,
    code: { coding: [form.code] },
    ...(entry !== undefined && { entry: [{ reference: entry }] }),
  };
  const section: Section = { resource: start, pointer: '', codingAt: '', use, form };
  const text = { status: 'generated', div: divOf(section, setting, world) };
  const { entry: entries, ...before } = start;
  const asked = { ...before, text, ...(entries && { entry: entries }) };
  const sections = registry.tree(setting.kind.useCase!.composition)?.children?.get('section');
  const slice = sections?.slices?.find(({ sliceName }) => sliceName === form.slice);
  const element: Element | undefined = slice ?? sections;
  return element ? draftAround([element], asked, drafting) : asked;
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
function divOf(section: Section, setting: Setting, { message, document, isNew }: World): Draft {
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
