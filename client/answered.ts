// The message that an acknowledgement in the editor answers: received in this window, or open in it.
import * as vscode from 'vscode';
import { readJson } from '../core/document/json-document';
import type { Answered } from '../core/itk3/addressing';
import { headerOf, type Message, readMessage } from '../core/itk3/message';
import { readResponse } from '../core/itk3/response';
import { knowledge } from './knowledge';
import { LARGEST } from './outgoing';
import type { Toolkit } from './toolkit';

/** Undefined when the message answers none that is known here. */
export function answeredBy(message: Message, { downloaded }: Toolkit): Answered | undefined {
  const answers = readResponse(message.root.resource, knowledge())?.answers;
  if (answers === undefined) return undefined;
  const received = [...downloaded.values()].find(({ text }) => text !== undefined && isNamed(text, answers));
  if (received) {
    const { from, workflowId } = received;
    return { message: namedIn(received.text ?? '', answers), from, workflowId };
  }
  for (const document of vscode.workspace.textDocuments) {
    const text = document.languageId === 'json' ? document.getText() : '';
    const open = isNamed(text, answers) ? namedIn(text, answers) : undefined;
    if (open) return { message: open };
  }
  return undefined;
}

/** Reading a text as a message costs more than looking for the identifier in it. */
function isNamed(text: string, messageId: string): boolean {
  return text.length <= LARGEST && text.includes(messageId) && namedIn(text, messageId) !== undefined;
}

function namedIn(text: string, messageId: string): Message | undefined {
  const message = readMessage(readJson(text).value);
  return message && headerOf(message)?.resource.id === messageId ? message : undefined;
}
