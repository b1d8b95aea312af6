import type { Hover } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SourceDocument, Span, Spot } from '../../core/document/source-document';
import { messageBeside } from '../../core/exceptions/exception';
import { readJson } from '../../core/document/json-document';
import { rangeOf } from '../convert';
import type { Form } from '../documents';
import { type Feature, guarded, type Session } from '../feature';
import { exceptionHover } from '../hover/exceptions';
import { hoverAt } from '../hover/hover-at';
import { markup } from '../hover/markdown';

/** What a property is, and what its value stands for. */
export const hover: Feature = {
  capabilities: { hoverProvider: true },
  register(session) {
    session.connection.onHover(({ textDocument: { uri }, position }) => {
      const document = session.documents.get(uri);
      return document ? guarded(session, 'Hover', () => answer(document, document.offsetAt(position), session)) : null;
    });
  },
};

function answer(document: TextDocument, offset: number, session: Session): Hover | null {
  const form = session.forms.of(document);
  const source = form?.source ?? (messageBeside(document.uri) === undefined ? undefined : readJson(document.getText()));
  const place = source && placeAt(source, offset);
  if (!place) return null;
  const shown = form ? inMessage(place, form, session) : exceptionHover(place.pointer, place.part, source.value);
  if (shown === undefined) return null;
  return { contents: markup(shown, session.client), range: rangeOf(document, place.span) };
}

function inMessage({ pointer, part }: Place, form: Form, session: Session): string | undefined {
  const { message, applicable } = form;
  if (!message) return undefined;
  return hoverAt(pointer, part, {
    message,
    format: form.source.format,
    applicable,
    knowledge: session.knowledge,
    saidOf: (coding) => {
      if (!session.terminology.isAsked()) return undefined;
      const code = form.checked.unverified.find((one) => one.pointer === coding);
      return code && session.terminology.saidOf(code);
    },
  });
}

interface Place extends Pick<Spot, 'pointer'> {
  part: 'key' | 'value';
  span: Span;
}

/** A bracket of JSON stands for what it holds, one of XML for the name behind it. */
function placeAt(source: SourceDocument, offset: number): Place | undefined {
  const { pointer, part, span } = source.pointerAt(offset);
  if (part !== 'gap') return { pointer, part, span: span ?? source.spanOf(pointer, part) };
  if (source.format === 'xml') return /[</]/.test(source.text.charAt(offset)) ? placeBehind(source, offset) : undefined;
  const { offset: start, length } = source.spanOf(pointer, 'value');
  const isBracket = offset === start || (offset === start + length - 1 && length > 1);
  return isBracket ? { pointer, part: 'value', span: { offset, length: 1 } } : undefined;
}

function placeBehind(source: SourceDocument, offset: number): Place | undefined {
  const [brackets] = /^(?:<\/?|\/)/.exec(source.text.slice(offset, offset + 2)) ?? [''];
  const { pointer, part, span } = source.pointerAt(offset + brackets.length);
  if (part === 'gap') return undefined;
  const name = span ?? source.spanOf(pointer, part);
  return name.offset === offset + brackets.length ? { pointer, part, span: name } : undefined;
}
