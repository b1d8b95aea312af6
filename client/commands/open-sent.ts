// Opens the document that was sent, and says when it is not what was sent any more.
import * as vscode from 'vscode';
import { isAsItWent } from '../../exchange/attempt';
import type { Attempt } from '../../exchange/journal';
import { sentMeant } from '../following/sent-meant';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** @param argument an element of the view Sent, or `{ sent }` with the id of the attempt */
export async function openSent(toolkit: Toolkit, argument?: unknown): Promise<void> {
  const exchange = sentMeant(toolkit, argument);
  if (!exchange) return;
  const { document } = exchange.attempt;
  const found = await findDocument(exchange.attempt);
  if (!found) {
    tell('warning', `${document.name} is not there any more, or was never saved. Its content is kept nowhere else.`);
    return;
  }
  await vscode.window.showTextDocument(found);
  if (!isAsItWent(found.getText(), exchange.attempt))
    tell('information', `${document.name} has changed since it was sent: this is how it is now.`);
}

/** One that was never saved is found by its content, while it is open. */
export async function findDocument(attempt: Attempt): Promise<vscode.TextDocument | undefined> {
  const { uri } = attempt.document;
  if (uri === undefined) return vscode.workspace.textDocuments.find((one) => isAsItWent(one.getText(), attempt));
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  } catch {
    return undefined;
  }
}
