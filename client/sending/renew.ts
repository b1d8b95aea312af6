// Fresh identifiers for a message that goes once more, written into its document as an edit that Undo takes back.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { renewingEdits } from '../../exchange/renew';
import { nameOf } from '../documents';
import { knowledge } from '../knowledge';

/**
 * A document that was saved is saved again, so that what lies on disk is what was sent; one with changes of its own is left
 * for the person to save.
 * @returns a sentence that says why it cannot be done; undefined when it was
 */
export async function renewDocument(uri: vscode.Uri): Promise<string | undefined> {
  const document = await vscode.workspace.openTextDocument(uri);
  const wasSaved = !document.isUntitled && !document.isDirty;
  const text = document.getText();
  const cannot = `${nameOf(uri)} cannot be given fresh identifiers, so it was not sent:`;
  const edits = renewingEdits(text, knowledge(), randomUUID);
  if (!edits) return `${cannot} its text is broken. Correct it first.`;
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, text: written } of edits) {
    const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
    edit.replace(uri, range, written);
  }
  if (!(await vscode.workspace.applyEdit(edit))) return `${cannot} it cannot be changed.`;
  if (wasSaved && !(await document.save())) return `${cannot} it could not be saved.`;
  return undefined;
}
