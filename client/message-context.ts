import * as vscode from 'vscode';
import { isForm, mayBeFhir, mayBeMessage } from './language/fhir-text';
import { RECEIVED_SCHEME } from './reading/received-documents';

const LINES = 400;
const CHARACTERS = 40_000;

/** Whether the editor in front holds a message. */
export interface MessageWatch {
  readonly inFront: boolean;
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

/**
 * Keeps the context keys `itk3.isMessage` and `itk3.form` (`json` or `xml`, of any FHIR resource), by which buttons and menus
 * appear only where they fit. Looks at the head of the text only.
 */
export function watchActiveEditor(): MessageWatch {
  const changed = new vscode.EventEmitter<void>();
  let told: boolean | undefined;
  let form: string | undefined;
  const look = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const head = document && isLookedAt(document) ? headOf(document) : '';
    const formNow = document && mayBeFhir(document.languageId, head) ? document.languageId : undefined;
    if (formNow !== form) void vscode.commands.executeCommand('setContext', 'itk3.form', formNow);
    form = formNow;
    const is = document !== undefined && mayBeMessage(document.languageId, head);
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

/** The sides of a comparison look like messages and are none. */
function isLookedAt({ languageId, uri }: vscode.TextDocument): boolean {
  return isForm(languageId) && (!uri.scheme.startsWith('itk3-') || uri.scheme === RECEIVED_SCHEME);
}

function headOf(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(0, 0, LINES, 0)).slice(0, CHARACTERS);
}
