// What the terminology server that the user named, if any, says of the codes in the open documents.
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CheckedDocument } from '../core/validate/check-document';
import type { UnverifiedCode } from '../core/validate/stage';
import { type Heard, questionOf, type TerminologyAnswer, withAnswers } from '../core/validate/terminology-answers';
import { createTerminologyClient } from '../terminology/client';
import { createEnquiries, type Enquiries } from '../terminology/enquiries';
import { TerminologyError } from '../terminology/errors';
import type { Form, Forms } from './documents';
import type { Session } from './feature';

export interface Terminology {
  /** Those of the session, with what has been heard of their codes so far. */
  forms: Forms;
  /** Whether there is a server to be asked. */
  isAsked(): boolean;
  /** What the server says of one code; undefined when it has said nothing. */
  saidOf(code: UnverifiedCode): { answer: TerminologyAnswer; server: string } | undefined;
  /** Tells of documents about which there is more to say, or less. */
  onNews(listener: (document: TextDocument) => void): void;
}

/** Milliseconds without a change after which the server is asked: not for every letter that is typed. */
const QUIET = 200;

/** Asks about each document that is opened or changed, from when a server is named. */
export function followTerminology(
  session: Pick<Session, 'connection' | 'documents' | 'settings' | 'forms' | 'knowledge'>,
): Terminology {
  const { documents, settings, forms } = session;
  const listeners: ((document: TextDocument) => void)[] = [];
  let address = '';
  let enquiries: Enquiries | undefined;
  /** Why nothing can be asked of the address. */
  let unusable: string | undefined;
  const waiting = new Map<string, NodeJS.Timeout>();
  const asking = new Map<string, AbortController>();
  const failures = new Map<string, string>();

  const tell = (document: TextDocument): void => listeners.forEach((listener) => listener(document));

  const use = (wanted: string): void => {
    if (wanted === address) return;
    address = wanted;
    [enquiries, unusable] = [undefined, undefined];
    for (const { uri } of documents.all()) drop(uri);
    if (wanted !== '') {
      try {
        enquiries = createEnquiries(createTerminologyClient(wanted));
      } catch (error) {
        if (!(error instanceof TerminologyError)) throw error;
        unusable = error.message;
      }
    }
    for (const document of documents.all()) {
      tell(document);
      later(document);
    }
  };

  const drop = (uri: string): void => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    asking.get(uri)?.abort();
    asking.delete(uri);
    failures.delete(uri);
  };

  const later = ({ uri }: TextDocument): void => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    if (!enquiries) return;
    const go = (): void => {
      waiting.delete(uri);
      const document = documents.get(uri);
      if (document) void enquire(document);
    };
    waiting.set(uri, setTimeout(go, QUIET));
  };

  const unverifiedIn = (document: TextDocument): readonly UnverifiedCode[] => {
    try {
      return forms.of(document)?.checked.unverified ?? [];
    } catch {
      // The diagnostics tell why it could not be checked.
      return [];
    }
  };

  /** Asks what is open in a document, for as long as it stays as it is. */
  const enquire = async (document: TextDocument): Promise<void> => {
    const { uri, version } = document;
    const now = enquiries;
    if (!now) return;
    const questions = unverifiedIn(document).map((code) => questionOf(code, session.knowledge));
    const isOpen = questions.some((question) => !now.answerTo(question));
    const before = asking.get(uri);
    const stop = new AbortController();
    asking.set(uri, stop);
    // What is asked again goes on; what was only asked for the last version is taken back.
    const asked = now.ask(questions, stop.signal);
    before?.abort();
    let failure: string | undefined;
    try {
      failure = (await asked)?.message;
    } catch {
      return;
    }
    if (asking.get(uri) !== stop) return;
    asking.delete(uri);
    const isNews = isOpen || failures.get(uri) !== failure;
    if (failure === undefined) failures.delete(uri);
    else failures.set(uri, failure);
    // A newer version is checked in its own time.
    if (isNews && document.version === version) tell(document);
  };

  const heard = (uri: string, { checked, source }: Form): CheckedDocument => {
    if (checked.unverified.length === 0 || address === '') return checked;
    const said: Heard = {
      server: enquiries?.host ?? '',
      answerTo: (question) => enquiries?.answerTo(question),
      failure: unusable ?? failures.get(uri),
    };
    return withAnswers(checked, source, said, session.knowledge);
  };

  documents.onDidChangeContent(({ document }) => later(document));
  documents.onDidClose(({ document: { uri } }) => drop(uri));
  settings.onChange(() => {
    settings.section().then(
      (section) => use(serverIn(section)),
      () => undefined,
    );
  });

  return {
    forms: {
      ...forms,
      of(document) {
        const form = forms.of(document);
        return (
          form &&
          (Object.create(form, {
            checked: { get: () => heard(document.uri, form) },
          }) as Form)
        );
      },
    },
    isAsked: () => enquiries !== undefined,
    saidOf(code) {
      const answer = enquiries?.answerTo(questionOf(code, session.knowledge));
      return answer && enquiries && { answer, server: enquiries.host };
    },
    onNews: (listener) => void listeners.push(listener),
  };
}

/** `itk3.terminology.server`; what makes no sense is as if it were not there. */
function serverIn(section: unknown): string {
  const { terminology } = (section ?? {}) as { terminology?: unknown };
  const { server } = (terminology ?? {}) as { server?: unknown };
  return typeof server === 'string' ? server.trim() : '';
}
