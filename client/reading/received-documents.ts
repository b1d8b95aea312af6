// Received messages as read-only documents: they are asked for when they are shown, and nothing of them is kept but what is
// open now. Their addresses hold the mailbox and the MESH id only, since VS Code remembers addresses. Each opens in either
// form: the ending of the address says in which.
import * as vscode from 'vscode';
import { type Converted, converted } from '../../core/document/convert';
import type { Format } from '../../core/document/source-document';
import type { Received } from '../../exchange/received';
import { receivedText } from '../../exchange/received-text';
import { type SentAs, sentenceOfResponse } from '../../exchange/response-sentence';
import { MeshError } from '../../mesh/errors';
import { knowledge } from '../knowledge';
import { mayBeFhir } from '../language/fhir-text';

export const RECEIVED_SCHEME = 'itk3-received';

/** What was received in this window, by the mailbox's key and the MESH id with a space between them. */
export interface ReceivedSource {
  find(key: string): Received | undefined;
  keyOf(received: Received): string | undefined;
  /** Downloaded again, where that needs nobody; undefined when it is not to be had. */
  again?(key: string): Promise<Received | undefined>;
  /** How the message that is answered went out. */
  sentAs(received: Received): SentAs | undefined;
}

export interface ReceivedDocuments {
  open(received: Received): Promise<void>;
  /** Beside what is in front, in one form or the other. @returns a sentence where it has no such form */
  openAs(received: Received, form: Format): Promise<Shown | string>;
  /** What a document shows; undefined when that is not known any more. */
  of(uri: vscode.Uri): Received | undefined;
  uriOf(received: Received): vscode.Uri;
  /** How the message that is answered went out. */
  sentAs(received: Received): SentAs | undefined;
  dispose(): void;
}

export interface Shown {
  document: vscode.TextDocument;
  /** Undefined where it came in this form. */
  converted?: Exclude<Converted, { problem: string }>;
}

export function createReceivedDocuments(source: ReceivedSource): ReceivedDocuments {
  // What could not be downloaded is kept by nobody else.
  const open = new Map<string, Received>();
  const find = (key: string): Received | undefined => open.get(key) ?? source.find(key);
  const textOf = (received: Received): ReturnType<typeof receivedText> =>
    receivedText(received, sentenceOfResponse(received, source.sentAs(received), undefined, knowledge()));
  const uriOf = (received: Received): vscode.Uri => {
    const query = source.keyOf(received) ?? ` ${received.meshId}`;
    return vscode.Uri.from({ scheme: RECEIVED_SCHEME, path: `/${textOf(received).name}`, query });
  };
  const inForm = (path: string, { name, text }: ReturnType<typeof receivedText>): string => {
    const form = formOf(path);
    if (form === undefined || form === formOf(name)) return text;
    const other = converted(text, form, knowledge().registry);
    return 'problem' in other ? said(path, other.problem) : other.text;
  };
  const own = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(RECEIVED_SCHEME, {
      async provideTextDocumentContent(uri) {
        const known = find(uri.query);
        // Its text is let go where memory is short.
        const received = known && !known.letGo ? known : ((await again(source, uri.query)) ?? known);
        if (!received || (received.letGo && received.text === undefined)) return gone(uri);
        open.set(uri.query, received);
        return inForm(uri.path, textOf(received));
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      const isShown = vscode.workspace.textDocuments.some(
        (one) => one.uri.scheme === RECEIVED_SCHEME && one.uri.query === uri.query,
      );
      if (uri.scheme === RECEIVED_SCHEME && !isShown) open.delete(uri.query);
    }),
  );
  return {
    async open(received) {
      const uri = uriOf(received);
      open.set(uri.query, received);
      await vscode.window.showTextDocument(uri, { preview: true });
    },
    async openAs(received, form) {
      const { name, text } = textOf(received);
      const of = formOf(name);
      if (of === undefined || !mayBeFhir(of, text)) return `${name} is no FHIR message, so it has no other form.`;
      const other = of === form ? undefined : converted(text, form, knowledge().registry);
      if (other && 'problem' in other) return other.problem;
      const uri = uriOf(received);
      open.set(uri.query, received);
      const path = uri.path.replace(/\.\w+$/, `.${form}`);
      const { document } = await vscode.window.showTextDocument(uri.with({ path }), {
        viewColumn: vscode.ViewColumn.Beside,
      });
      return { document, ...(other && { converted: other }) };
    },
    of: ({ scheme, query }) => (scheme === RECEIVED_SCHEME ? find(query) : undefined),
    uriOf,
    sentAs: (received) => source.sentAs(received),
    dispose: () => void own.dispose(),
  };
}

async function again(source: ReceivedSource, key: string): Promise<Received | undefined> {
  try {
    return await source.again?.(key);
  } catch (error) {
    if (error instanceof MeshError) return undefined;
    throw error;
  }
}

function gone({ path }: vscode.Uri): string {
  const sentence =
    'What was received is kept in memory only, and this went with the window that read it. Look into its mailbox again: it is still there unless it was taken out.';
  return said(path, sentence);
}

/** In the form of the document, so that nothing calls it broken. */
function said(path: string, sentence: string): string {
  const form = formOf(path);
  if (form === 'json') return `${JSON.stringify(sentence)}\n`;
  return form === 'xml' ? `<!-- ${sentence.replaceAll('--', '- -')} -->\n<gone/>\n` : `${sentence}\n`;
}

/** By the ending of its address; undefined of what is shown as plain text. */
export function formOf(path: string): Format | undefined {
  const [, ending] = /\.(json|xml)$/.exec(path) ?? [];
  return ending as Format | undefined;
}
