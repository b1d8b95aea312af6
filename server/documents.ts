// The parsed and checked form of each open document, made once a version and dropped when the document is closed.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readJson } from '../core/document/json-document';
import type { SourceDocument } from '../core/document/source-document';
import { type CheckedDocument, checkDocument } from '../core/validate/check-document';
import type { Knowledge } from '../core/knowledge';
import { isFhir } from './recognise';

/** In UTF-16 code units. Beyond it a document is no message, and work on it would only stop the editor. */
export const LARGEST = 20_000_000;

/** Enough of a document to see a resourceType where people and programs write it. */
const HEAD = 100_000;

export interface Form {
  text: string;
  source: SourceDocument;
  checked: CheckedDocument;
}

export interface Forms {
  /** Undefined when the document is none of ours or too large. */
  of(document: TextDocument): Form | undefined;
  /** Whether the document is too large to be looked at, and ours as far as its beginning shows. */
  isTooLarge(document: TextDocument): boolean;
  drop(uri: string): void;
}

export function createForms(knowledge: Knowledge): Forms {
  const kept = new Map<string, { version: number; form: Form | undefined }>();

  const make = (document: TextDocument): Form | undefined => {
    const text = document.getText();
    if (text.length > LARGEST || !isFhir(text, knowledge.registry)) return undefined;
    const source = readJson(text);
    return { text, source, checked: checkDocument(source, knowledge, { now: Date.now() }) };
  };

  return {
    of(document) {
      const { uri, version } = document;
      const known = kept.get(uri);
      if (known?.version === version) return known.form;
      const form = make(document);
      kept.set(uri, { version, form });
      return form;
    },
    isTooLarge(document) {
      const text = document.getText();
      return text.length > LARGEST && isFhir(text.slice(0, HEAD), knowledge.registry);
    },
    drop: (uri) => void kept.delete(uri),
  };
}
