// The message that an acknowledgement answers: received in this window, or open in it. Pure: no editor.
import { readValue } from '../core/document/read-document';
import type { Answered } from '../core/itk3/addressing';
import { headerOf, type Message, readMessage } from '../core/itk3/message';
import { readResponse } from '../core/itk3/response';
import type { Knowledge } from '../core/knowledge';
import { LARGEST } from './outgoing';
import type { Received } from './received';

interface Known {
  received: Iterable<Received>;
  /** Texts of open documents. */
  open: Iterable<string>;
}

/** Undefined when the message answers none that is known here. What was received knows the mailbox it came from. */
export function answeredBy(message: Message, { received, open }: Known, knowledge: Knowledge): Answered | undefined {
  const answers = readResponse(message.root.resource, knowledge)?.answers;
  if (answers === undefined) return undefined;
  for (const { text, from, workflowId } of received) {
    const found = named(text, answers, knowledge);
    if (found) return { message: found, from, workflowId };
  }
  for (const text of open) {
    const found = named(text, answers, knowledge);
    if (found) return { message: found };
  }
  return undefined;
}

/** Reading a text as a message costs more than looking for the identifier in it. */
function named(text: string | undefined, messageId: string, { registry }: Knowledge): Message | undefined {
  if (text === undefined || text.length > LARGEST || !text.includes(messageId)) return undefined;
  const message = readMessage(readValue(text, registry));
  return message && headerOf(message)?.resource.id === messageId ? message : undefined;
}
