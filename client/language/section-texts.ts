// The texts of a message's sections as two read-only documents to be compared: as they are, and as its resources have it.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

const SCHEME = 'itk3-section-texts';

export type Side = 'said' | 'written';

/** Of the document that shows one side of a message. */
export function sideOf(message: vscode.Uri, side: Side): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${side}`, query: message.toString() });
}

/** They follow the message as it is changed. */
export function provideSectionTexts(client: LanguageClient): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const shown = new Set<string>();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => {
      if (!shown.has(uri.toString())) return;
      for (const side of ['said', 'written'] as const) changed.fire(sideOf(uri, side));
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) shown.delete(uri.query);
    }),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent({ path, query }, token) {
        shown.add(query);
        const texts = await client.sendRequest<Record<Side, string> | null>('itk3/sectionTexts', { uri: query }, token);
        return texts?.[path.slice(1) as Side] ?? '';
      },
    }),
  );
}
