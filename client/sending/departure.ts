// A message made ready to leave: where it goes, under which workflow, what is odd about it.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type Addressed, addressOf } from '../../core/itk3/addressing';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import { doubtsAbout } from '../../core/itk3/practice-address';
import { answeredBy } from '../../exchange/answered';
import { idInJournal } from '../../exchange/attempt';
import { keyOf, type Place } from '../../exchange/place';
import { beforeOf, type Earlier, sentBefore } from '../../exchange/sent-before';
import type { Departure } from '../../exchange/summary';
import type { OpenMessage } from '../documents';
import { knowledge } from '../knowledge';
import type { Toolkit } from '../toolkit';
import type { Route } from './route';

export function address({ outgoing }: Pick<OpenMessage, 'outgoing'>, { inboxes }: Toolkit): Addressed {
  const documents = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === 'json');
  const known = { received: inboxes.all(), open: documents.map((document) => document.getText()) };
  const answered = answeredBy(outgoing.message, known, knowledge());
  return addressOf(outgoing.message, knowledge(), { randomUUID, answered });
}

export function departureOf(
  toolkit: Toolkit,
  { outgoing, pending }: Pick<OpenMessage, 'outgoing' | 'pending'>,
  addressed: Addressed,
  { from, to, byMessage }: Route,
  workflowId: string,
): Departure {
  const doubts = doubtsAbout(to, knowledge().envelope.practiceAddress, addressed.to);
  const earlier = sentBefore(outgoing.messageId, from, earlierSends(toolkit, outgoing.messageId, from));
  const before = earlier && beforeOf(earlier, new Date());
  return { outgoing, from, to, byMessage, workflowId, addressed, doubts, before, pending };
}

function earlierSends({ sent }: Toolkit, messageId: string | undefined, from: Place): Earlier[] {
  const last = sent.last(messageId);
  if (!last || messageId === undefined) return [];
  const attempt = { messageId: idInJournal(messageId), place: keyOf(from), to: last.to };
  return [{ attempt, at: last.at, state: last.meshId === undefined ? 'unclear' : 'waiting' }];
}

/** Undefined when the person gives up. */
export function askWorkflow({ outgoing }: OpenMessage): Thenable<string | undefined> {
  const announced = readAnnounced(outgoing.message, knowledge());
  const workflow = knowledge().useCases[0]?.workflow;
  const answer = announced !== undefined && isResponse(announced, knowledge());
  return vscode.window.showInputBox({
    title: 'Send message to MESH mailbox',
    prompt: `${answer ? 'The message that is answered is not known here' : 'The header does not tell which kind of message this is'}. Under which workflow id shall it travel?`,
    value: answer ? workflow?.acknowledgement : workflow?.request,
    ignoreFocusOut: true,
    validateInput: (text) => (/^[\x21-\x7e]{1,300}$/.test(text) ? undefined : 'A workflow id holds no spaces.'),
  });
}
