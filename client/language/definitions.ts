// Definitions as read-only documents: the language server writes them, VS Code shows them.
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

export const DEFINITION_SCHEME = 'itk3-definition';

export function provideDefinitions(client: LanguageClient): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(DEFINITION_SCHEME, {
    async provideTextDocumentContent(uri, token) {
      const text = await client.sendRequest<string | null>('itk3/definition', { uri: uri.toString() }, token);
      return text ?? 'Nothing is known of this definition any more: the package that held it may be gone.\n';
    },
  });
}
