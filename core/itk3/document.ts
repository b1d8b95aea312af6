// The document that a message of a known kind carries: its Composition, its sections and what they are in the guides.
import { type Pointer, join } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import type { Knowledge } from '../knowledge';
import { entriesOf, focusOf, headerOf, type Located, type Message, referenceIn, resolve } from './message';
import type { SectionAlternative, SectionUse, UseCase } from './use-case';

export interface ItkDocument {
  useCase: UseCase;
  composition: Located;
  /** Undefined when the Composition stands alone. */
  bundle?: Located;
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
}

/** The document in focus, or the document or Composition that is the whole; undefined when its kind is not known. */
export function documentOf(message: Message, { useCases }: Knowledge): ItkDocument | undefined {
  const header = headerOf(message);
  const bundle = header ? focusOf(message) : message.root;
  if (!bundle || (bundle.type === 'Bundle' && bundle.resource.type !== 'document')) return undefined;
  const composition = bundle.type === 'Composition' ? bundle : entriesOf(message, bundle)[0];
  if (composition?.type !== 'Composition') return undefined;
  const event = header && isObject(header.resource.event) ? header.resource.event : {};
  const meta = composition.resource.meta;
  const claimed = isObject(meta) ? list(meta.profile) : [];
  const useCase =
    useCases.find((u) => event.code === u.event.code) ??
    useCases.find((u) => claimed.some((url) => typeof url === 'string' && url.split('|')[0] === u.composition));
  if (!useCase) return undefined;
  return { useCase, composition, ...(bundle.type === 'Bundle' && { bundle }) };
}

/** The sections of a document that can be read, in their order. */
export function sectionsOf({ useCase, composition }: ItkDocument): Section[] {
  const forms = useCase.sections.flatMap((use) => [use, ...(use.alternatives ?? [])].map((form) => ({ use, form })));
  return list(composition.resource.section).flatMap((resource, i) => {
    if (!isObject(resource)) return [];
    const pointer = join(composition.pointer, 'section', i);
    const codings = isObject(resource.code) ? list(resource.code.coding) : [];
    for (const [j, coding] of codings.entries()) {
      const known = isObject(coding)
        ? forms.find(({ form: { code } }) => code.code === coding.code && code.system === coding.system)
        : undefined;
      if (known) return [{ resource, pointer, coding: coding as Json, codingAt: at(pointer, j), ...known }];
    }
    const first = codings.findIndex(isObject);
    const coding = codings[first] as Json | undefined;
    return [{ resource, pointer, ...(coding && { coding }), codingAt: at(pointer, Math.max(first, 0)) }];
  });
}

const at = (section: Pointer, i: number): Pointer => join(section, 'code', 'coding', i);

/** The resource that the first entry of a section leads to. */
export function entryOf(message: Message, { composition }: ItkDocument, { resource }: Section): Located | undefined {
  const reference = referenceIn(list(resource.entry)[0]);
  return reference === undefined ? undefined : resolve(message, composition, reference);
}

/** The XHTML of a section and where it stands. */
export function divOf({ resource, pointer }: Section): { div: string; pointer: Pointer } | undefined {
  const text = resource.text;
  if (!isObject(text) || typeof text.div !== 'string') return undefined;
  return { div: text.div, pointer: join(pointer, 'text', 'div') };
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
