// The parsed and checked form of each open document, made once a version and dropped when the document is closed.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readDocument } from '../core/document/read-document';
import type { SourceDocument } from '../core/document/source-document';
import { type Message, readMessage } from '../core/itk3/message';
import { applicableProfiles } from '../core/validate/applicable';
import { type CheckedDocument, checkDocument } from '../core/validate/check-document';
import type { Applicable } from '../core/validate/stage';
import type { Knowledge } from '../core/knowledge';
import { isFhir } from '../core/document/recognise';
import { TooLong } from '../core/too-long';
import { within } from '../profiles/within';
import { LARGEST, type Limits } from './limits';

/** Enough of a document to see a resourceType where people and programs write it. */
const HEAD = 100_000;

/** Each part is made when it is first asked for: what needs no judgement does not wait for one. */
export interface Form {
  readonly text: string;
  readonly source: SourceDocument;
  /** Undefined when the document is no resource yet. */
  readonly message: Message | undefined;
  /** The profiles that apply to each resource; empty when there is none. */
  readonly applicable: Applicable;
  /** @throws {TooLong} when the check took longer than it may */
  readonly checked: CheckedDocument;
}

export interface Forms {
  /** Undefined when the document is none of ours or too large. */
  of(document: TextDocument): Form | undefined;
  /** Whether the document is too large to be looked at, and ours as far as its beginning shows. */
  isTooLarge(document: TextDocument): boolean;
  drop(uri: string): void;
  /** Forgets all forms: what they were checked by has changed. */
  clear(): void;
}

/** @param knowledgeNow what documents are checked by, asked for each check */
export function createForms(knowledgeNow: () => Knowledge, limits: Limits): Forms {
  const kept = new Map<string, { version: number; form: Form | undefined }>();

  const make = (document: TextDocument): Form | undefined => {
    const text = document.getText();
    const knowledge = knowledgeNow();
    if (text.length > LARGEST || !isFhir(text, knowledge.registry)) return undefined;
    const source = once(() => readDocument(text, knowledge.registry));
    const message = once(() => readMessage(source().value));
    const applicable = once(() => {
      const read = message();
      return read ? applicableProfiles(read, knowledge) : new Map<never, never>();
    });
    const checked = once(() =>
      within(limits.check, () => checkDocument(source(), knowledge, { now: Date.now(), message: message() })),
    );
    return {
      text,
      get source() {
        return source();
      },
      get message() {
        return message();
      },
      get applicable() {
        return applicable();
      },
      get checked() {
        return checked();
      },
    };
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
      return text.length > LARGEST && isFhir(text.slice(0, HEAD), knowledgeNow().registry);
    },
    drop: (uri) => void kept.delete(uri),
    clear: () => kept.clear(),
  };
}

/** What has taken too long once would do so again. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | { tooLong: TooLong } | undefined;
  return () => {
    if (!made)
      try {
        made = { value: make() };
      } catch (error) {
        if (!(error instanceof TooLong)) throw error;
        made = { tooLong: error };
      }
    if ('tooLong' in made) throw made.tooLong;
    return made.value;
  };
}
