// What the server may take, all in one place. Work beyond it is stopped, and the person is told in one sentence.
import { setImmediate as nextTurn, setTimeout as pass } from 'node:timers/promises';
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type TextDocumentIdentifier,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** In UTF-16 code units. Beyond it a document is no message, and work on it would only stop the editor. */
export const LARGEST = 20_000_000;

/** In milliseconds. */
export interface Limits {
  /** The judgement of a whole document. */
  check: number;
  /** One answer. It may have to judge the document first. */
  request: number;
  /** Reading users' own packages. */
  packages: number;
}

/** The largest messages take some hundredths of these: nothing but a pattern without end comes near. */
export const LIMITS: Limits = { check: 20_000, request: 25_000, packages: 60_000 };

/**
 * Milliseconds without a change after which a document is checked: fast typing makes one check, not many. Where a check
 * takes long, so long is waited, up to a point; and one that was stopped is not tried again at each pause.
 */
export const QUIET = { least: 25, most: 250, stopped: 10_000 };

/** Messages of the client that are looked at before work on a whole document, if they are there: a change among them ends it. */
export const AHEAD = 16;

/** Said of a document that is larger than it may be. */
export const TOO_LARGE = `This document is larger than ${LARGEST / 1_000_000} MB, so it is not checked: no ITK3 message is as large as that.`;

/** Said of a document whose check was stopped. */
export function unfinished({ check }: Limits): string {
  return `This document is not checked: that took longer than ${check / 1000} seconds and was stopped. What takes so long may be a constraint of your own profiles, or the size of the document.`;
}

/** Said of a request that was stopped. */
export function stopped(what: string, { request }: Limits): string {
  return `${what} took longer than ${request / 1000} seconds in this document, so ITK3 stopped it. Everything else goes on.`;
}

/** These are asked by the editor for the text as a whole, each time that it changes: of a text that is changing nobody needs them. */
const OF_TEXTS_AT_REST = [
  'onCodeAction',
  'onCodeLens',
  'onDocumentHighlight',
  'onDocumentLinks',
  'onDocumentSymbol',
  'onFoldingRanges',
] as const;

type Handler = (
  params: { textDocument: TextDocumentIdentifier },
  token: CancellationToken,
  ...more: unknown[]
) => unknown;

/**
 * The same connection, on which these are answered when their document is at rest: until then a change or a cancellation ends
 * them without work. Whatever was awaited, an answer belongs to the text of the question.
 */
export function atRest(
  connection: Connection,
  documents: Pick<TextDocuments<TextDocument>, 'get' | 'onDidChangeContent' | 'onDidClose'>,
): Connection {
  const changed = new Map<string, number>();
  documents.onDidChangeContent(({ document: { uri } }) => void changed.set(uri, performance.now()));
  documents.onDidClose(({ document: { uri } }) => void changed.delete(uri));
  const waiting = (answer: Handler): Handler => {
    return async (params, token, ...more) => {
      const { uri } = params.textDocument;
      const version = documents.get(uri)?.version;
      const ended = (): ResponseError | undefined => {
        if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Taken back');
        if (documents.get(uri)?.version !== version) return new ResponseError(LSPErrorCodes.ContentModified, 'Changed');
        return undefined;
      };
      const left = (changed.get(uri) ?? -Infinity) + QUIET.least - performance.now();
      if (left > 0) await pass(left);
      for (let i = 0; i < AHEAD && !ended(); i++) await nextTurn();
      const end = ended();
      if (end) return end;
      const given = await answer(params, token, ...more);
      return ended() ?? given;
    };
  };
  const plain = connection as unknown as Record<string, (handler: Handler) => unknown>;
  const own = OF_TEXTS_AT_REST.map((name) => [name, (handler: Handler) => plain[name]!(waiting(handler))] as const);
  return Object.assign(Object.create(connection) as Connection, Object.fromEntries(own));
}
