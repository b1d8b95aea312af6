import type { Hover } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { locate } from '../../core/validate/locate';
import { join, type Pointer, segmentsOf } from '../../core/document/pointer';
import { rangeOf } from '../convert';
import { describe } from '../describe';
import { type Feature, guarded, type Session } from '../feature';
import { explain, headline } from '../hover/explain';
import { markup } from '../hover/markdown';
import { type Around, meaningOf } from '../hover/meaning';

/** What a property is, and what its value stands for. */
export const hover: Feature = {
  capabilities: { hoverProvider: true },
  register(session) {
    session.connection.onHover(({ textDocument: { uri }, position }) => {
      const document = session.documents.get(uri);
      return document ? guarded(session, 'Hover', () => hoverAt(document, document.offsetAt(position), session)) : null;
    });
  },
};

function hoverAt(document: TextDocument, offset: number, session: Session): Hover | null {
  const form = session.forms.of(document);
  if (!form) return null;
  const { pointer, part } = form.source.pointerAt(offset);
  const { message, applicable } = form;
  if (part === 'gap' || !message) return null;
  const { knowledge } = session;
  const elementsAt = (where: Pointer) => locate(where, message, applicable, knowledge)?.elements ?? [];
  const at = locate(pointer, message, applicable, knowledge)?.at;
  if (!at) return null;
  const saidOf = (coding: Pointer) => {
    if (!session.terminology.isAsked()) return undefined;
    const code = form.checked.unverified.find((one) => one.pointer === coding);
    return code && session.terminology.saidOf(code);
  };
  const texts = textsFor(pointer, { message, applicable, knowledge, at, elementsAt, saidOf });
  if (part === 'value') texts.reverse();
  const shown = texts.filter((text) => text !== undefined).join('\n\n---\n\n');
  if (shown === '') return null;
  return { contents: markup(shown, session.client), range: rangeOf(document, form.source.spanOf(pointer, part)) };
}

/** What is asked of the element, and what its value means. */
function textsFor(pointer: Pointer, around: Around): [string | undefined, string | undefined] {
  const { elementsAt, knowledge } = around;
  const described = describe(elementsAt(pointer), knowledge.registry);
  const asked =
    described && `${headline(pathOf(pointer, around), described, knowledge)}\n\n${explain(described, knowledge)}`;
  return [asked, meaningOf(pointer, around)];
}

/** FHIR's way to name an element: `Patient.identifier:nhsNumber.value`, from the resource on and with its slices. */
function pathOf(pointer: Pointer, { at, elementsAt }: Around): string {
  let path = at.type;
  let spot = at.pointer;
  for (const segment of segmentsOf(pointer.slice(at.pointer.length))) {
    spot = join(spot, segment);
    if (!/^\d+$/.test(segment)) {
      path += `.${segment}`;
      continue;
    }
    const slice = elementsAt(spot).find((element) => element.sliceName)?.sliceName;
    if (slice !== undefined) path += `:${slice}`;
  }
  return path;
}
