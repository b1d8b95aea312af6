// A language client in the same process: the real server behind two joined streams.
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type ClientCapabilities,
  type CompletionContext,
  type CompletionItem,
  type CompletionList,
  CompletionTriggerKind,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  InsertTextFormat,
  InsertTextMode,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver/node';
import { formatOf } from '../../core/document/read-document';
import type { Knowledge } from '../../core/knowledge';
import { loadWithPackages } from '../../profiles/load';
import type { Limits } from '../../server/limits';
import type { LoadPackages } from '../../server/packages';
import { CONNECTION, createServer } from '../../server/server';
import type { ReadTeam } from '../../server/settings';
import { knowledge } from '../knowledge';

/** What a full editor such as VS Code can do. */
export const EDITOR: ClientCapabilities = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
        insertTextModeSupport: { valueSet: [InsertTextMode.asIs, InsertTextMode.adjustIndentation] },
      },
      completionList: {
        itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'],
      },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
  },
  workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
};

/** What an editor with commands of ours says of itself: it names the kinds of actions by them. */
export const COMMANDING = { client: { commands: ['itk3.refactorMessage'] } };

export interface ClientOptions {
  capabilities?: ClientCapabilities;
  initializationOptions?: unknown;
  /** What the client answers when asked for the section itk3. */
  section?: unknown;
  knowledge?: Knowledge;
  limits?: Limits;
  /** The folder that the client has open. */
  folder?: string;
  /** Of a client that does not read the team's file itself. */
  readTeam?: ReadTeam;
}

export interface Client {
  connection: ProtocolConnection;
  initialized: InitializeResult;
  /** What the server wrote to its log. */
  log: string[];
  /** What the server showed to the person. */
  shown: string[];
  /** @param uri one of its own when left out, which leads to no file; its language is as it looks */
  open(text: string, uri?: string, languageId?: string): OpenDocument;
  /** The next problems published for a file, open or not. */
  nextFor(uri: string): Promise<PublishDiagnosticsParams>;
  /** Changes what the client answers when asked, and says that it changed. */
  configure(section: unknown): Promise<void>;
  stop(): void;
}

export interface OpenDocument {
  uri: string;
  text: string;
  version: number;
  /** Replaces a stretch of the text by another, as typing does. */
  edit(offset: number, length: number, text: string): Promise<void>;
  /** What was published for the present version, or will be. */
  published(): Promise<PublishDiagnosticsParams>;
  /** The next thing published, whatever it is for. */
  next(): Promise<PublishDiagnosticsParams>;
  spanText(range: Range): string;
  close(): Promise<void>;
}

export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), CONNECTION);
  const { limits, readTeam } = options;
  const load: LoadPackages = (packages) => loadWithPackages(path.resolve('dist'), packages);
  createServer(server, options.knowledge ?? knowledge(), load, { ...(limits && { limits }), readTeam });
  server.listen();
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  let section = options.section;
  const log: string[] = [];
  const shown: string[] = [];
  const last = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<(params: PublishDiagnosticsParams) => boolean>();
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => section ?? null),
  );
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => void shown.push(message));
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    last.set(params.uri, params);
    for (const taken of waiting) if (taken(params)) waiting.delete(taken);
  });
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: options.folder === undefined ? null : pathToFileURL(options.folder).href,
    capabilities: options.capabilities ?? EDITOR,
    initializationOptions: options.initializationOptions,
  });
  await connection.sendNotification('initialized', {});

  const wait = (wanted: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams> =>
    new Promise((resolve) => {
      waiting.add((params) => {
        if (!wanted(params)) return false;
        resolve(params);
        return true;
      });
    });

  let count = 0;
  const open = (
    text: string,
    uri = `file:///message-${++count}.${formatOf(text)}`,
    languageId: string = formatOf(text),
  ): OpenDocument => {
    const document: OpenDocument = {
      uri,
      text,
      version: 1,
      edit(offset, length, inserted) {
        const before = TextDocument.create(uri, 'json', document.version, document.text);
        const range = { start: before.positionAt(offset), end: before.positionAt(offset + length) };
        document.text = document.text.slice(0, offset) + inserted + document.text.slice(offset + length);
        document.version += 1;
        return connection.sendNotification('textDocument/didChange', {
          textDocument: { uri, version: document.version },
          contentChanges: [{ range, text: inserted }],
        });
      },
      published() {
        const known = last.get(uri);
        if (known?.version === document.version) return Promise.resolve(known);
        return wait((params) => params.uri === uri && params.version === document.version);
      },
      next: () => wait((params) => params.uri === uri),
      spanText: (range) => TextDocument.create(uri, 'json', 1, document.text).getText(range),
      close: () => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    };
    void connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return document;
  };

  return {
    connection,
    initialized,
    log,
    shown,
    open,
    nextFor: (uri) => wait((params) => params.uri === uri),
    configure(value) {
      section = value;
      return connection.sendNotification('workspace/didChangeConfiguration', { settings: { itk3: value } });
    },
    stop() {
      connection.dispose();
      server.dispose();
    },
  };
}

/** Text without its cursor mark `|`, and where the mark stood. */
export function cursorIn(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

export interface Completed {
  /** Each with what the list says of all. */
  items: CompletionItem[];
  labels: string[];
  isIncomplete: boolean;
  item: (label: string) => CompletionItem;
  /** What is told of an item when it is looked at. */
  documentation: (label: string) => Promise<string | undefined>;
  /** The text after an item is accepted, its places for the cursor left empty or at their first choice. */
  accept: (label: string) => string;
}

export function completeAt(client: Client, marked: string, trigger?: string, languageId?: string): Promise<Completed> {
  const { text, offset } = cursorIn(marked);
  return completerOf(client, text, languageId)(offset, trigger);
}

/** Opens a document, to complete at many places of it. */
export function completerOf(
  client: Client,
  text: string,
  languageId?: string,
): (offset: number, trigger?: string) => Promise<Completed> {
  const { uri } = client.open(text, undefined, languageId);
  return (offset, trigger) => completeIn(client, uri, text, offset, trigger);
}

async function completeIn(
  client: Client,
  uri: string,
  text: string,
  offset: number,
  trigger?: string,
): Promise<Completed> {
  const document = TextDocument.create(uri, 'json', 1, text);
  const context: CompletionContext = trigger
    ? { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter: trigger }
    : { triggerKind: CompletionTriggerKind.Invoked };
  const list = await client.connection.sendRequest<CompletionList | null>('textDocument/completion', {
    textDocument: { uri },
    position: document.positionAt(offset),
    context,
  });
  const items = (list?.items ?? []).map((one) => withDefaults(one, list!));
  const item = (label: string): CompletionItem => {
    const found = items.find((one) => one.label === label);
    if (!found) throw new Error(`${label} is not among ${items.map((one) => one.label).join(', ')}`);
    return found;
  };
  return {
    items,
    labels: items.map((one) => one.label),
    isIncomplete: list?.isIncomplete ?? false,
    item,
    async documentation(label) {
      const told = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', item(label));
      return (told.documentation as { value: string } | undefined)?.value;
    },
    accept(label) {
      const { textEdit, additionalTextEdits = [], insertTextFormat, insertTextMode } = item(label);
      const { range, newText } = textEdit as TextEdit;
      const plain = insertTextFormat === InsertTextFormat.Snippet ? filledIn(newText) : newText;
      const line = document.getText({ start: { line: range.start.line, character: 0 }, end: range.start });
      const indent = insertTextMode === InsertTextMode.adjustIndentation ? /^[ \t]*/.exec(line)![0] : '';
      const main = { range, newText: plain.replaceAll('\n', `\n${indent}`) };
      return TextDocument.applyEdits(document, [...additionalTextEdits, main]);
    },
  };
}

/** As the protocol says: what an item does not say itself, the list says for it. */
export function withDefaults(
  item: CompletionItem,
  { itemDefaults: { editRange, ...rest } = {} }: CompletionList,
): CompletionItem {
  const { textEditText, ...said } = item;
  const isShared = editRange !== undefined && !item.textEdit;
  const textEdit = { range: editRange as Range, newText: textEditText ?? item.label };
  return { ...rest, ...said, ...(isShared && { textEdit }) };
}

/** A snippet's text with the first choice and the default of each of its places, as the protocol's grammar reads it. */
export function filledIn(snippet: string): string {
  const part =
    /\\([\\$}])|\$(\d+)|\$\{(\d+)(?:\}|\|((?:\\[\\,|]|[^\\,|])*)(?:\\[\\,|]|[^\\|])*\|\}|:((?:\\[\\$}]|[^\\$}])*)\})/g;
  const places = new Map<string, string>();
  return snippet.replace(part, (_, escaped?: string, a?: string, b?: string, choice?: string, preset?: string) => {
    if (escaped !== undefined) return escaped;
    const place = a ?? b!;
    const said = choice?.replace(/\\([\\,|])/g, '$1') ?? preset?.replace(/\\([\\$}])/g, '$1');
    if (!places.has(place)) places.set(place, said ?? '');
    return places.get(place)!;
  });
}

export interface Hovered {
  markdown: string;
  /** The text that the hover is about. */
  span: string;
}

export async function hoverAt(client: Client, marked: string): Promise<Hovered | null> {
  const { text, offset } = cursorIn(marked);
  const document = client.open(text);
  const position = TextDocument.create('', 'json', 1, text).positionAt(offset);
  const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri: document.uri },
    position,
  });
  return hover && { markdown: (hover.contents as { value: string }).value, span: document.spanText(hover.range!) };
}

/** Text without its marks ⟦ ⟧, and the texts that stood between them. */
export function spansIn(marked: string): { text: string; spans: string[] } {
  const spans = [...marked.matchAll(/⟦([^⟧]*)⟧/g)].map((match) => match[1]!);
  return { text: marked.replace(/[⟦⟧]/g, ''), spans };
}

export function codes(diagnostics: Diagnostic[]): unknown[] {
  return diagnostics.map((d) => d.code);
}
