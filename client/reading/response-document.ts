// Received messages as read-only documents. They live in memory and end with the window.
import * as vscode from 'vscode';
import { labelOf, type Received } from '../../exchange/received';
import { responseText } from '../../exchange/response-text';
import type { Journal } from '../following/journal';

export const RESPONSE_SCHEME = 'itk3-response';

export interface ResponseDocuments {
  open(received: Received): Promise<void>;
  dispose(): void;
}

export function createResponseDocuments(journal: Pick<Journal, 'of'>): ResponseDocuments {
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(RESPONSE_SCHEME, {
    provideTextDocumentContent: ({ query }) =>
      texts.get(query) ??
      '// This response was kept in memory only and went with the window that read it.\n// "ITK3: Show responses" reads it again, unless it was taken out of the mailbox.\n',
  });
  return {
    async open(received) {
      const { meshId, unreadable } = received;
      texts.set(meshId, responseText(received, journal.of(received)));
      const name = labelOf(received)
        .replace(/[^\p{L}\p{N} ()-]+/gu, ' ')
        .trim()
        .slice(0, 60);
      const path = `/${name}.${unreadable === undefined ? 'jsonc' : 'txt'}`;
      const uri = vscode.Uri.from({ scheme: RESPONSE_SCHEME, path, query: meshId });
      await vscode.window.showTextDocument(uri, { preview: true });
    },
    dispose: () => void provider.dispose(),
  };
}
