// Two messages in one order, as the two read-only documents of VS Code's own comparison.
import * as vscode from 'vscode';
import { type Comparison, compareMessages, type Counting, type Difference } from '../../core/compare/compare';
import { formatOf, readDocument, readValue } from '../../core/document/read-document';
import type { Format } from '../../core/document/source-document';
import { writeXml } from '../../core/document/write-xml';
import { type Message, readMessage } from '../../core/itk3/message';
import { LARGEST } from '../../exchange/outgoing';
import { inForm } from '../converting/target';
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
      const compared = compareMessages(one.message, other.message, counting);
      const query = String(++count);
      // By meaning one form is as good as the other; where both are XML, that is what their reader knows.
      const form = one.form === 'xml' && other.form === 'xml' ? 'xml' : 'json';
      const uris = ([left, right] as const).map((uri, i) => {
        const path = `/${i === 0 ? 'left' : 'right'}/${inForm(nameOf(uri), form)}`;
        return vscode.Uri.from({ scheme: SCHEME, path, query });
      }) as [vscode.Uri, vscode.Uri];
      const title = `${nameOf(left)} ↔ ${nameOf(right)} (by meaning)`;
      return comparedOf(compared, { uris, form, title }, texts);
    },
    dispose: () => void own.dispose(),
  };
}

function comparedOf(
  { differences, left, right }: Comparison,
  { uris, form, title }: { uris: readonly [vscode.Uri, vscode.Uri]; form: Format; title: string },
  texts: Map<string, string>,
): Compared {
  const [ofLeft, ofRight] = uris;
  const written = (value: unknown): string =>
    form === 'xml' ? writeXml(value, knowledge().registry).text : `${JSON.stringify(value, null, 2)}\n`;
  const text = written(right);
  return {
    differences,
    async show() {
      texts.set(ofLeft.toString(), written(left));
      texts.set(ofRight.toString(), text);
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

async function messageAt(uri: vscode.Uri): Promise<{ message: Message; form: Format } | string> {
  const name = nameOf(uri);
  try {
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    if (text.length > LARGEST) return `${name} is larger than 20 million characters: it is not looked at.`;
    const message = readMessage(readValue(text, knowledge().registry));
    if (!message) return `${name} is no FHIR message, so there is nothing to compare.`;
    return { message, form: formatOf(text) };
  } catch {
    return `${name} cannot be opened as text: it is binary, too large or gone.`;
  }
}
