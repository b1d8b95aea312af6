import {
  type Connection,
  type ConnectionOptions,
  type InitializeParams,
  InsertTextMode,
  LSPErrorCodes,
  type ServerCapabilities,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { list, object } from '../core/json';
import type { Knowledge } from '../core/knowledge';
import { createForms } from './documents';
import type { Client, Feature, Session } from './feature';
import { codeAction } from './features/code-action';
import { codeLens } from './features/code-lens';
import { completion } from './features/completion';
import { definition } from './features/definition';
import { definitionPage } from './features/definition-page';
import { diagnostics } from './features/diagnostics';
import { documentHighlight } from './features/document-highlight';
import { documentLink } from './features/document-link';
import { documentSymbol } from './features/document-symbol';
import { foldingRange } from './features/folding-range';
import { formatting } from './features/formatting';
import { hover } from './features/hover';
import { inlayHint } from './features/inlay-hint';
import { references } from './features/references';
import { rename } from './features/rename';
import { sectionTexts } from './features/section-texts';
import { selectionRange } from './features/selection-range';
import { showReason } from './features/show-reason';
import { workspaceSymbol } from './features/workspace-symbol';
import { createFolders } from './folders';
import { atRest, type Limits, LIMITS } from './limits';
import { followPackages, type LoadPackages } from './packages';
import { createSettings, type ReadTeam } from './settings';
import { followTerminology } from './terminology';
import { createTexts } from './texts';

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
const FEATURES: readonly Feature[] = [
  diagnostics,
  completion,
  hover,
  codeAction,
  showReason,
  inlayHint,
  documentSymbol,
  definition,
  definitionPage,
  documentLink,
  codeLens,
  references,
  documentHighlight,
  rename,
  foldingRange,
  selectionRange,
  formatting,
  workspaceSymbol,
  sectionTexts,
];

interface Surroundings {
  limits?: Limits;
  /** Where the client does not read the team's file itself. */
  readTeam?: ReadTeam | undefined;
}

/**
 * Puts the features on a connection; the caller then listens on it.
 * @param load reads users' own packages of profiles on top of what is built in
 */
export function createServer(
  connection: Connection,
  knowledge: Knowledge,
  load: LoadPackages,
  { limits = LIMITS, readTeam }: Surroundings = {},
): void {
  const texts = createTexts();
  const documents = new TextDocuments(texts);
  const opened = createFolders(connection);
  const parts: Omit<Session, 'packages' | 'terminology'> = {
    connection: atRest(connection, documents),
    knowledge,
    texts,
    documents,
    limits,
    forms: createForms(() => parts.knowledge, limits),
    settings: createSettings(connection, opened, readTeam),
    folders: opened,
    client: abilitiesOf({ capabilities: {} }),
  };
  const packages = followPackages(parts, load);
  const terminology = followTerminology(parts);
  const session: Session = Object.assign(parts, { packages, terminology, forms: terminology.forms });
  const { folders, forms, settings } = session;

  connection.onInitialize((params) => {
    Object.assign(session.client, abilitiesOf(params));
    settings.initialize(params);
    folders.initialize(params);
    packages.initialize(params);
    const said: ServerCapabilities = {
      positionEncoding: texts.initialize(params),
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        ...(settings.files.length > 0 && { save: true }),
      },
    };
    const capabilities = FEATURES.map(({ capabilities: own }) =>
      typeof own === 'function' ? own(session.client) : own,
    );
    return {
      capabilities: Object.assign(said, ...capabilities) as ServerCapabilities,
      serverInfo: { name: 'ITK3 Toolkit' },
    };
  });
  for (const feature of FEATURES) feature.register(session);
  documents.onDidSave(({ document: { uri } }) => settings.written(uri));
  documents.onDidClose(({ document: { uri } }) => {
    forms.drop(uri);
    settings.drop(uri);
  });
  documents.listen(connection);
}

function abilitiesOf({
  capabilities: { textDocument, workspace, window },
  initializationOptions,
}: Pick<InitializeParams, 'capabilities' | 'initializationOptions'>): Client {
  const { completionItem: item, completionList } = textDocument?.completion ?? {};
  // What the protocol has no word for, our own client says itself.
  const own = object(object(initializationOptions).client);
  return {
    snippets: item?.snippetSupport === true,
    labelDetails: item?.labelDetailsSupport === true,
    itemDefaults: completionList?.itemDefaults ?? [],
    lazyAdditions: item?.resolveSupport?.properties.includes('additionalTextEdits') === true,
    lazyDocumentation: item?.resolveSupport?.properties.includes('documentation') === true,
    adjustsIndentation: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) === true,
    markdownInCompletion: item?.documentationFormat?.includes('markdown') === true,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createdFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    shownDocuments: window?.showDocument?.support === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    hierarchicalSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    lensRefresh: workspace?.codeLens?.refreshSupport === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    definitionDocuments: own.definitionDocuments === true,
    commands: list(own.commands).filter((command) => typeof command === 'string'),
    disabledActions: textDocument?.codeAction?.disabledSupport === true,
    lazyEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    refreshedHints: workspace?.inlayHint?.refreshSupport === true,
    formatsXmlAlone: own.formatting === 'fhir-xml' && textDocument?.formatting?.dynamicRegistration === true,
  };
}
