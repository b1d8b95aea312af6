// What a press in the preview does in the window. The page names a place in the message; a name that leads nowhere does nothing.
import * as vscode from 'vscode';
import type { Read } from './reading';
import { openAttachment, saveAttachment } from './attachments';

export async function deeds(type: unknown, at: string, uri: vscode.Uri, read: Read): Promise<void> {
  if (at.length > 2000) return;
  const attachment = read.preview?.attachments.find((one) => one.at === at);
  if (type === 'go') await reveal(uri, at, read);
  else if (type === 'open' && attachment) await openAttachment(uri, attachment);
  else if (type === 'save' && attachment) await saveAttachment(uri, attachment);
}

/** Puts the cursor on a value of the message, in the editor where that is open. */
async function reveal(uri: vscode.Uri, at: string, { source }: Read): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const { offset, length } = source.spanOf(at, 'value');
  const [start, end] = [document.positionAt(offset), document.positionAt(offset + length)];
  // The whole of a long value marked would be a glaring block: the cursor stands before it.
  const selection = new vscode.Range(start, start.line === end.line ? end : start);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(document, { viewColumn, selection });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
