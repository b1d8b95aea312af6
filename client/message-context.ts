import * as vscode from 'vscode';
import { RECEIVED_SCHEME } from './reading/received-documents';

const LINES = 400;
const CHARACTERS = 40_000;

/** Whether the editor in front holds a message. */
export interface MessageWatch {
  readonly inFront: boolean;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/** Keeps the context key `itk3.isMessage`, by which buttons and menus appear only where they fit. Looks at the head of the text only. */
export function watchActiveEditor(): MessageWatch {
  const changed = new vscode.EventEmitter<void>();
  let told: boolean | undefined;
  const look = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const is = document !== undefined && looksLikeMessage(document);
    if (is === told) return;
    told = is;
    void vscode.commands.executeCommand('setContext', 'itk3.isMessage', is);
    changed.fire();
  };
  look();
  const watching = vscode.Disposable.from(
    changed,
    vscode.window.onDidChangeActiveTextEditor(look),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document !== vscode.window.activeTextEditor?.document) return;
      if (contentChanges.some(({ range }) => range.start.line < LINES)) look();
    }),
  );
  return {
    get inFront() {
      return told ?? false;
    },
    onDidChange: changed.event,
    dispose: () => void watching.dispose(),
  };
}

function looksLikeMessage(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  if (languageId !== 'json') return false;
  // The sides of a comparison look like messages and are none.
  if (uri.scheme.startsWith('itk3-') && uri.scheme !== RECEIVED_SCHEME) return false;
  const head = document.getText(new vscode.Range(0, 0, LINES, 0)).slice(0, CHARACTERS);
  return /"resourceType"\s*:\s*"Bundle"/.test(head) && /"type"\s*:\s*"message"|"MessageHeader"/.test(head);
}
