// Marks the element that an answer is about, with what the answer says of it, until the text is changed.
import * as vscode from 'vscode';

export interface ElementMark {
  range: vscode.Range;
  /** Behind the line. */
  brief: string;
  /** Paragraphs that the hover shows; they come from outside. */
  paragraphs: readonly string[];
}

const LOOK = vscode.window.createTextEditorDecorationType({
  borderRadius: '2px',
  backgroundColor: new vscode.ThemeColor('editor.wordHighlightStrongBackground'),
  overviewRulerColor: new vscode.ThemeColor('editorError.foreground'),
  overviewRulerLane: vscode.OverviewRulerLane.Full,
});

let watching: vscode.Disposable | undefined;

export function markElement(document: vscode.TextDocument, { range, brief, paragraphs }: ElementMark): void {
  unmark();
  const hoverMessage = paragraphs.map((text) => new vscode.MarkdownString().appendText(text));
  const after = {
    contentText: brief,
    margin: '0 0 0 2em',
    fontStyle: 'italic',
    color: new vscode.ThemeColor('editorError.foreground'),
  };
  const show = (): void => {
    for (const editor of vscode.window.visibleTextEditors)
      editor.setDecorations(
        LOOK,
        editor.document === document
          ? [
              { range, hoverMessage },
              { range: new vscode.Range(range.end, range.end), renderOptions: { after } },
            ]
          : [],
      );
  };
  show();
  watching = vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(show),
    vscode.workspace.onDidChangeTextDocument((change) => {
      if (change.document === document && change.contentChanges.length > 0) unmark();
    }),
    vscode.workspace.onDidCloseTextDocument((closed) => {
      if (closed === document) unmark();
    }),
  );
}

function unmark(): void {
  watching?.dispose();
  watching = undefined;
  for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(LOOK, []);
}
