// What the terminology server that the user named, if any, says of the codes in the open documents.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Knowledge } from '../core/knowledge';
import type { CheckedDocument } from '../core/validate/check-document';
import type { UnverifiedCode } from '../core/validate/stage';
import { type Heard, questionOf, type TerminologyAnswer, withAnswers } from '../core/validate/terminology-answers';
import { createTerminologyClient } from '../terminology/client';
import { createEnquiries, type Enquiries } from '../terminology/enquiries';
import { TerminologyError } from '../terminology/errors';
import type { Form, Forms } from './documents';

export interface Terminology {
  /** Names the server to ask from now on; nothing is asked of an empty one. */
  use(address: string): void;
  /** The findings of a document with what has been heard so far. */
  heard(uri: string, form: Form): CheckedDocument;
  /** What the server says of one code; undefined when it has said nothing. */
  saidOf(code: UnverifiedCode): { answer: TerminologyAnswer; server: string } | undefined;
  /**
   * Asks what is open, for as long as the document stays as it is. Resolves with true when there is more to tell of the
   * same version, and never rejects.
   */
  enquire(document: TextDocument, forms: Forms): Promise<boolean>;
  /** Takes back what was asked for a document. */
  drop(uri: string): void;
}

export function createTerminology(knowledge: Knowledge): Terminology {
  let address = '';
  let enquiries: Enquiries | undefined;
  /** Why nothing can be asked of the address. */
  let unusable: string | undefined;
  const asking = new Map<string, AbortController>();
  const failures = new Map<string, string>();

  const use = (wanted: string): void => {
    if (wanted === address) return;
    address = wanted;
    [enquiries, unusable] = [undefined, undefined];
    for (const stop of asking.values()) stop.abort();
    asking.clear();
    failures.clear();
    if (wanted === '') return;
    try {
      enquiries = createEnquiries(createTerminologyClient(wanted));
    } catch (error) {
      if (!(error instanceof TerminologyError)) throw error;
      unusable = error.message;
    }
  };

  return {
    use,

    heard(uri, { checked, source }) {
      if (checked.unverified.length === 0 || address === '') return checked;
      const heard: Heard = {
        server: enquiries?.host ?? '',
        answerTo: (question) => enquiries?.answerTo(question),
        failure: unusable ?? failures.get(uri),
      };
      return withAnswers(checked, source, heard, knowledge);
    },

    saidOf(code) {
      const answer = enquiries?.answerTo(questionOf(code, knowledge));
      return answer && enquiries && { answer, server: enquiries.host };
    },

    async enquire(document, forms) {
      const { uri, version } = document;
      const before = asking.get(uri);
      const codes = enquiries ? (forms.of(document)?.checked.unverified ?? []) : [];
      if (!enquiries || codes.length === 0) {
        before?.abort();
        return false;
      }
      const now = enquiries;
      const questions = codes.map((code) => questionOf(code, knowledge));
      const isOpen = questions.some((question) => !now.answerTo(question));
      const stop = new AbortController();
      asking.set(uri, stop);
      // What is asked again goes on; what was only asked for the last version is taken back.
      const asked = now.ask(questions, stop.signal);
      before?.abort();
      let failure: string | undefined;
      try {
        failure = (await asked)?.message;
      } catch {
        return false;
      }
      if (asking.get(uri) === stop) asking.delete(uri);
      const isNews = isOpen || failures.get(uri) !== failure;
      if (failure === undefined) failures.delete(uri);
      else failures.set(uri, failure);
      return isNews && enquiries === now && document.version === version;
    },

    drop(uri) {
      asking.get(uri)?.abort();
      asking.delete(uri);
      failures.delete(uri);
    },
  };
}
