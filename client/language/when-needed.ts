// VS Code wakes the extension for every JSON and XML document in the world; the language server is for those that may be FHIR.
import * as vscode from 'vscode';
import { sidecarOf } from '../../core/exceptions/exception';
import { mayBeFhirXml } from './fhir-text';

/** Enough of a document that changes; one that is opened is looked through. */
const HEAD_LINES = 400;

const NAME = '"resourceType"';

/** Calls once: when a document is open that the language server has something to say about, or a name is looked for. */
export function whenNeeded(start: () => void): vscode.Disposable {
  let started = false;
  const watching: vscode.Disposable[] = [];
  const stop = (): void => {
    for (const one of watching.splice(0)) one.dispose();
  };
  const begin = (): void => {
    if (started) return;
    started = true;
    stop();
    start();
  };
  const look = (document: vscode.TextDocument, text: () => string): void => {
    if (isOurs(document, text)) begin();
  };
  watching.push(
    vscode.workspace.onDidOpenTextDocument((document) => look(document, () => document.getText())),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const head = () => document.getText(new vscode.Range(0, 0, HEAD_LINES, 0));
      look(document, () => [head(), ...contentChanges.map(({ text }) => text)].join('\n'));
    }),
    // The server knows the names in messages that are not open. What is typed next is answered.
    vscode.languages.registerWorkspaceSymbolProvider({
      provideWorkspaceSymbols: () => {
        begin();
        return [];
      },
    }),
  );
  for (const document of vscode.workspace.textDocuments) look(document, () => document.getText());
  return new vscode.Disposable(stop);
}

/** FHIR, an empty document that may become it, what stands beside it, or one of our own documents. */
function isOurs({ uri, languageId }: vscode.TextDocument, text: () => string): boolean {
  if (uri.scheme.startsWith('itk3-')) return true;
  if (languageId === 'xml') return mayBeFhirXml(text());
  if (languageId !== 'json') return false;
  if (uri.path.endsWith(sidecarOf(''))) return true;
  const looked = text();
  return looked.includes(NAME) || looked.trim().length < 3;
}
