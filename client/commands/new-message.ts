import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { messageKinds, newMessage as write } from '../../core/skeleton';
import { knowledge } from '../knowledge';
import { PHARMACY } from '../sandbox';
import type { Toolkit } from '../toolkit';

/**
 * Opens a new, valid message about an invented person; nothing is saved.
 * @param asked the kind; without one, the person is asked when there is a choice
 */
export async function newMessage(_toolkit: Toolkit, asked?: unknown): Promise<void> {
  const kinds = messageKinds(knowledge());
  const kind = typeof asked === 'string' && kinds.includes(asked) ? asked : await pickKind(kinds);
  if (kind === undefined) return;
  const message = write(kind, knowledge(), {
    now: new Date(),
    randomUUID,
    random: Math.random,
    mailbox: PHARMACY.mailbox,
  });
  const document = await vscode.workspace.openTextDocument({
    language: 'json',
    content: `${JSON.stringify(message, null, 2)}\n`,
  });
  await vscode.window.showTextDocument(document);
}

async function pickKind(kinds: readonly string[]): Promise<string | undefined> {
  const items = kinds.map((kind): vscode.QuickPickItem & { kindOfMessage: string } => {
    const useCase = knowledge().useCases.find((one) => one.messageKind === kind);
    return {
      kindOfMessage: kind,
      label: useCase?.title ?? kind,
      description: useCase?.event.code,
      detail: 'A complete message about an invented person, with a test NHS number and fresh identifiers',
    };
  });
  const title = 'New ITK3 message';
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which kind of message?' }))?.kindOfMessage;
}
