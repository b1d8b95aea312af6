import {
  type Connection,
  type ConnectionOptions,
  type InitializeParams,
  InsertTextMode,
  LSPErrorCodes,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Knowledge } from '../core/knowledge';
import { createForms } from './documents';
import type { Client, Feature, Session } from './feature';
import { codeAction } from './features/code-action';
import { completion } from './features/completion';
import { diagnostics } from './features/diagnostics';
import { hover } from './features/hover';
import { inlayHint } from './features/inlay-hint';
import { showReason } from './features/show-reason';
import { followPackages, type LoadPackages } from './packages';
import { createSettings } from './settings';
import { followTerminology } from './terminology';

/** A request that is taken back before its turn is not worked on at all. */
export const CONNECTION: ConnectionOptions = {
  connectionStrategy: {
    cancelUndispatched: () => ({
      jsonrpc: '2.0',
      id: null,
      error: { code: LSPErrorCodes.RequestCancelled, message: 'Taken back' },
    }),
  },
};

/** Everything the server does. */
const FEATURES: readonly Feature[] = [diagnostics, completion, hover, codeAction, showReason, inlayHint];

/**
 * Puts the features on a connection; the caller then listens on it.
 * @param load reads users' own packages of profiles on top of what is built in
 */
export function createServer(connection: Connection, knowledge: Knowledge, load: LoadPackages): void {
  const parts: Omit<Session, 'packages' | 'terminology'> = {
    connection,
    knowledge,
    documents: new TextDocuments(TextDocument),
    forms: createForms(() => parts.knowledge),
    settings: createSettings(connection),
    client: abilitiesOf({ capabilities: {} }),
  };
  const packages = followPackages(parts, load);
  const terminology = followTerminology(parts);
  const session: Session = Object.assign(parts, { packages, terminology, forms: terminology.forms });
  const { documents, forms, settings } = session;

  connection.onInitialize((params) => {
    Object.assign(session.client, abilitiesOf(params));
    settings.initialize(params);
    packages.initialize(params);
    const sync = { openClose: true, change: TextDocumentSyncKind.Incremental };
    const capabilities = FEATURES.map((feature) => feature.capabilities);
    return {
      capabilities: Object.assign({ textDocumentSync: sync }, ...capabilities) as Feature['capabilities'],
      serverInfo: { name: 'ITK3 Toolkit' },
    };
  });
  for (const feature of FEATURES) feature.register(session);
  documents.onDidClose(({ document: { uri } }) => {
    forms.drop(uri);
    settings.drop(uri);
  });
  documents.listen(connection);
}

function abilitiesOf({
  capabilities: { textDocument, workspace, window },
}: Pick<InitializeParams, 'capabilities'>): Client {
  const { completionItem: item, completionList: list } = textDocument?.completion ?? {};
  return {
    snippets: item?.snippetSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    itemDefaults: list?.itemDefaults ?? [],
    lazyDocumentation: item?.resolveSupport?.properties.includes('documentation') === true,
    adjustsIndentation: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) === true,
    markdownInCompletion: item?.documentationFormat?.includes('markdown') === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createdFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    shownDocuments: window?.showDocument?.support === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    refreshedHints: workspace?.inlayHint?.refreshSupport === true,
  };
}
