import {
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Knowledge } from '../core/knowledge';
import { TooLong } from '../core/too-long';
import { within } from '../profiles/within';
import type { Forms } from './documents';
import type { Folders } from './folders';
import { LARGE, type Limits, stopped } from './limits';
import type { Packages } from './packages';
import type { Settings } from './settings';
import type { Terminology } from './terminology';
import type { Texts } from './texts';

/** What the editor at the other end can show; all false until it has said so. */
export interface Client {
  snippets: boolean;
  labelDetails: boolean;
  /** Of completion: what may be said once for all items of a list. */
  itemDefaults: readonly string[];
  /** Of completion: whether documentation may be left out until an item is looked at. */
  lazyDocumentation: boolean;
  /** Of completion: whether edits elsewhere may be left out until then. */
  lazyAdditions: boolean;
  /** Of completion: whether further lines can be indented like the first. */
  adjustsIndentation: boolean;
  markdownInCompletion: boolean;
  markdown: boolean;
  relatedInformation: boolean;
  versionedEdits: boolean;
  createdFiles: boolean;
  shownDocuments: boolean;
  watchedFiles: boolean;
  hierarchicalSymbols: boolean;
  preparesRename: boolean;
  definitionLinks: boolean;
  lensRefresh: boolean;
  /** Shows documents of the scheme itk3-definition, whose text it asks of the server. */
  definitionDocuments: boolean;
  /** The commands of ours that it has. */
  commands: readonly string[];
  /** Asks for the edits of a code action when it is chosen. */
  lazyEdits: boolean;
  /** Shows code actions that cannot be done here, with the reason. */
  disabledActions: boolean;
  refreshedHints: boolean;
  /** Has formatters of its own, and wants ours for documents of FHIR XML alone, each as it is recognised. */
  formatsXmlAlone: boolean;
}

/** What every feature works with. */
export interface Session {
  connection: Connection;
  /** Replaced when the users' own packages of profiles change: read it when it is needed, keep no copy. */
  knowledge: Knowledge;
  packages: Packages;
  documents: TextDocuments<TextDocument>;
  /** Makes the documents that are not open too, so that their places are told as the client counts. */
  texts: Texts;
  forms: Forms;
  folders: Folders;
  settings: Settings;
  limits: Limits;
  terminology: Terminology;
  /** Filled when the client has introduced itself. */
  client: Client;
}

/** One thing the server does: what it promises, beside what keeps the promise. */
export interface Feature {
  capabilities: ServerCapabilities | ((client: Client) => ServerCapabilities);
  /** Called once, before the client introduces itself. */
  register(session: Session): void;
}

/**
 * Runs one request. An error is a bug of ours: it is logged by its place alone, since its words may hold what stands in
 * the document, and the client gets nothing instead.
 * @throws {ResponseError} with a sentence when the request took longer than it may
 */
export function guarded<T>(session: Session, what: string, answer: () => T): T | null {
  try {
    return mayTakeLong(what, session) ? within(session.limits.request, answer) : answer();
  } catch (error) {
    if (error instanceof TooLong) {
      session.packages.renew();
      throw new ResponseError(LSPErrorCodes.RequestFailed, stopped(what, session.limits));
    }
    session.connection.console.error(`${what} failed: ${placeOf(error)}`);
    return null;
  }
}

/** A watchdog is a thread, which costs more than a small answer: it is there where a document is judged, or is large. */
function mayTakeLong(what: string, { documents }: Session): boolean {
  return what === FINDINGS || documents.all().some((document) => document.getText().length > LARGE);
}

/** What judges a document for an answer. */
export const FINDINGS = 'Findings';

/** The kind of an error and where it arose, without its message. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 8).map((line) => line.trim())].join(' ');
}
