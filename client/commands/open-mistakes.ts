import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { showProblems } from '../tell';

const EXAMPLE = '../examples/emergency-supply-with-mistakes.json';

/** Opens a message with mistakes, to be mended: an unsaved document, so that nothing is needed and nothing is changed. */
export async function openMistakes(): Promise<void> {
  const content = await readFile(path.join(__dirname, EXAMPLE), 'utf8');
  const document = await vscode.workspace.openTextDocument({ language: 'json', content });
  await vscode.window.showTextDocument(document);
  await showProblems();
}
