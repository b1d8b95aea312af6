// The document that a message of a known kind carries: its Composition, its sections and what they are in the guides.
import { withoutVersion } from '../definitions/registry';
import { type Pointer, join } from '../document/pointer';
import { isObject, type Json, list, object, text } from '../json';
import type { Knowledge } from '../knowledge';
import { codingsOf } from './codings';
import { entriesOf, focusOf, headerOf, type Located, type Message, referenceIn, resolve } from './message';
import { readAnnounced } from './message-kind';
import { readRows, type Row } from './section-text';
import type { SectionAlternative, SectionUse, UseCase } from './use-case';

export interface ItkDocument {
  useCase: UseCase;
  composition: Located;
  /** Undefined when the Composition stands alone. */
  bundle?: Located;
  sections: readonly Section[];
  /** Every entry can be read, and is of a type that STU3 has: only then it can be told what is not there. */
  whole: boolean;
}

export interface Section {
  resource: Json;
  pointer: Pointer;
  /** The coding by which it is known, or its first. */
  coding?: Json;
  codingAt: Pointer;
  /** What it is in the guides, and the form in which it stands here. */
  use?: SectionUse;
  form?: SectionUse | SectionAlternative;
  /** Its text, once it was asked for. */
  text?: SectionText;
}

/** The XHTML of a section, where it stands, and the rows of its tables. */
export interface SectionText {
  div: string;
  pointer: Pointer;
  rows: Row[];
}

interface Form {
  use: SectionUse;
  form: SectionUse | SectionAlternative;
}

/** Every rule of the document asks for it and its sections, so they are read once a message. */
const READ = new WeakMap<Message, { useCases: UseCase[]; document: ItkDocument | undefined }>();
const FORMS = new WeakMap<UseCase, Map<unknown, Form[]>>();

/** The document in focus, or the document or Composition that is the whole; undefined when its kind is not known. */
export function documentOf(message: Message, knowledge: Knowledge): ItkDocument | undefined {
  const { useCases } = knowledge;
  const read = READ.get(message);
  if (read?.useCases === useCases) return read.document;
  const document = readDocument(message, knowledge);
  READ.set(message, { useCases, document });
  return document;
}

function readDocument(message: Message, knowledge: Knowledge): ItkDocument | undefined {
  const { useCases, registry } = knowledge;
  const bundle = headerOf(message) ? focusOf(message) : message.root;
  if (!bundle || (bundle.type === 'Bundle' && bundle.resource.type !== 'document')) return undefined;
  const composition = bundle.type === 'Composition' ? bundle : entriesOf(message, bundle)[0];
  if (composition?.type !== 'Composition') return undefined;
  const announced = readAnnounced(message, knowledge)?.kind?.event;
  const claimed = list(object(composition.resource.meta).profile).map((url) => withoutVersion(text(url) ?? ''));
  const useCase =
    useCases.find((u) => u.event.code === announced) ?? useCases.find((u) => claimed.includes(u.composition));
  if (!useCase) return undefined;
  const entries = entriesOf(message, bundle);
  return {
    useCase,
    composition,
    sections: readSections(useCase, composition),
    whole: entries.length >= list(bundle.resource.entry).length && entries.every((e) => registry.isResource(e.type)),
    ...(bundle.type === 'Bundle' && { bundle }),
  };
}

/** The sections that can be read, in their order. */
function readSections(useCase: UseCase, composition: Located): Section[] {
  const forms = formsOf(useCase);
  return list(composition.resource.section).flatMap((resource, i) => {
    if (!isObject(resource)) return [];
    const pointer = join(composition.pointer, 'section', i);
    const codings = codingsOf(resource.code, join(pointer, 'code'));
    for (const { coding, pointer: codingAt } of codings) {
      const known = forms.get(coding.code)?.find(({ form }) => form.code.system === coding.system);
      if (known) return [{ resource, pointer, coding, codingAt, ...known }];
    }
    const [first] = codings;
    if (first) return [{ resource, pointer, coding: first.coding, codingAt: first.pointer }];
    return [{ resource, pointer, codingAt: join(pointer, 'code', 'coding', 0) }];
  });
}

/** The sections of all versions of the guides, by their codes. */
function formsOf(useCase: UseCase): Map<unknown, Form[]> {
  const known = FORMS.get(useCase);
  if (known) return known;
  const forms = new Map<unknown, Form[]>();
  for (const use of useCase.sections)
    for (const form of [use, ...(use.alternatives ?? [])])
      forms.set(form.code.code, [...(forms.get(form.code.code) ?? []), { use, form }]);
  FORMS.set(useCase, forms);
  return forms;
}

/** The resource that the first entry of a section leads to. */
export function entryOf(message: Message, { composition }: ItkDocument, { resource }: Section): Located | undefined {
  const reference = referenceIn(list(resource.entry)[0]);
  return reference === undefined ? undefined : resolve(message, composition, reference);
}

/** Undefined when there is none. */
export function textOf(section: Section): SectionText | undefined {
  if (section.text) return section.text;
  const { text } = section.resource;
  if (!isObject(text) || typeof text.div !== 'string') return undefined;
  section.text = { div: text.div, pointer: join(section.pointer, 'text', 'div'), rows: readRows(text.div) };
  return section.text;
}

/** The entries of a type in the document's bundle. */
export function inDocument(message: Message, { bundle }: ItkDocument, type: string): Located[] {
  return (bundle && message.entries.get(bundle)?.byType.get(type)) ?? [];
}

/** Whom the document is about. */
export function patientOf(message: Message, { composition }: ItkDocument): Located | undefined {
  const reference = referenceIn(composition.resource.subject);
  const found = reference === undefined ? undefined : resolve(message, composition, reference);
  return found?.type === 'Patient' ? found : undefined;
}

/** How a guide is named as the source of a finding. */
export function guideOf({ guide }: UseCase): string {
  return `${guide.title} ${guide.version}`;
}
