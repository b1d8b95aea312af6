// Received messages as read-only documents: they are asked for when they are shown, and nothing of them is kept but what is
// open now. Their addresses hold the mailbox and the MESH id only, since VS Code remembers addresses.
import * as vscode from 'vscode';
import type { Received } from '../../exchange/received';
import { receivedText } from '../../exchange/received-text';
import { type SentAs, sentenceOfResponse } from '../../exchange/response-sentence';
import { MeshError } from '../../mesh/errors';
import { knowledge } from '../knowledge';

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
  /** What a document shows; undefined when that is not known any more. */
  of(uri: vscode.Uri): Received | undefined;
  uriOf(received: Received): vscode.Uri;
  /** How the message that is answered went out. */
  sentAs(received: Received): SentAs | undefined;
  dispose(): void;
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
  const own = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(RECEIVED_SCHEME, {
      async provideTextDocumentContent(uri) {
        const known = find(uri.query);
        // Its text is let go where memory is short.
        const received = known && !known.letGo ? known : ((await again(source, uri.query)) ?? known);
        if (!received || (received.letGo && received.text === undefined)) return gone(uri);
        open.set(uri.query, received);
        return textOf(received).text;
      },
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === RECEIVED_SCHEME) open.delete(uri.query);
    }),
  );
  return {
    async open(received) {
      const uri = uriOf(received);
      open.set(uri.query, received);
      await vscode.window.showTextDocument(uri, { preview: true });
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

/** In the form of the document, so that nothing calls it broken. */
function gone({ path }: vscode.Uri): string {
  const sentence =
    'What was received is kept in memory only, and this went with the window that read it. Look into its mailbox again: it is still there unless it was taken out.';
  return path.endsWith('.json') ? `${JSON.stringify(sentence)}\n` : `${sentence}\n`;
}
