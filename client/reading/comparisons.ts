// Two messages in one order, as the two read-only documents of VS Code's own comparison.
import * as vscode from 'vscode';
import { type Comparison, compareMessages, type Counting, type Difference } from '../../core/compare/compare';
import { readDocument, readValue } from '../../core/document/read-document';
import { type Message, readMessage } from '../../core/itk3/message';
import { LARGEST } from '../../exchange/outgoing';
import { nameOf } from '../documents';
import { knowledge } from '../knowledge';

const SCHEME = 'itk3-compared';

export interface Comparisons {
  /** Of which another is to be compared. */
  selected: vscode.Uri | undefined;
  /** @returns a sentence where there is nothing to compare */
  compare(left: vscode.Uri, right: vscode.Uri, counting: Counting): Promise<Compared | string>;
  dispose(): void;
}

export interface Compared {
  differences: readonly Difference[];
  /** Shows them beside each other. */
  show: () => Promise<void>;
  /** Goes to a difference in what is shown. */
  goTo: (difference: Difference) => void;
}

export function createComparisons(): Comparisons {
  const texts = new Map<string, string>();
  let selected: vscode.Uri | undefined;
  let count = 0;
  const own = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) =>
        texts.get(uri.toString()) ?? 'This comparison went with the window that made it: compare the messages again.\n',
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME) texts.delete(uri.toString());
    }),
  );
  return {
    get selected() {
      return selected;
    },
    set selected(uri) {
      selected = uri;
      void vscode.commands.executeCommand('setContext', 'itk3.isComparing', uri !== undefined);
    },
    async compare(left, right, counting) {
      const messages = [await messageAt(left), await messageAt(right)] as const;
      const [one, other] = messages;
      if (typeof one === 'string') return one;
      if (typeof other === 'string') return other;
      const compared = compareMessages(one, other, counting);
      const query = String(++count);
      const uris = ([left, right] as const).map((uri, i) =>
        vscode.Uri.from({ scheme: SCHEME, path: `/${i === 0 ? 'left' : 'right'}/${nameOf(uri)}`, query }),
      ) as [vscode.Uri, vscode.Uri];
      return comparedOf(compared, uris, texts);
    },
    dispose: () => void own.dispose(),
  };
}

function comparedOf(
  { differences, left, right }: Comparison,
  [ofLeft, ofRight]: readonly [vscode.Uri, vscode.Uri],
  texts: Map<string, string>,
): Compared {
  const written = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  const text = written(right);
  return {
    differences,
    async show() {
      texts.set(ofLeft.toString(), written(left));
      texts.set(ofRight.toString(), text);
      const title = `${nameOf(ofLeft)} ↔ ${nameOf(ofRight)} (by meaning)`;
      await vscode.commands.executeCommand('vscode.diff', ofLeft, ofRight, title, { preview: true });
    },
    goTo(difference) {
      const editor = vscode.window.visibleTextEditors.find(
        ({ document: { uri } }) => uri.toString() === ofRight.toString(),
      );
      if (!editor) return;
      const { offset } = readDocument(text, knowledge().registry).spanOf(difference.right, 'key');
      const at = editor.document.positionAt(offset);
      editor.selection = new vscode.Selection(at, at);
      editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
    },
  };
}

async function messageAt(uri: vscode.Uri): Promise<Message | string> {
  const name = nameOf(uri);
  try {
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    if (text.length > LARGEST) return `${name} is larger than 20 million characters: it is not looked at.`;
    return readMessage(readValue(text, knowledge().registry)) ?? `${name} is no FHIR message, so there is nothing to compare.`;
  } catch {
    return `${name} cannot be opened as text: it is binary, too large or gone.`;
  }
}
