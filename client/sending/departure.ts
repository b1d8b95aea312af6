// A message made ready to leave: where it goes, under which workflow, what is odd about it.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Format } from '../../core/document/source-document';
import { type Addressed, addressOf } from '../../core/itk3/addressing';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import { answeredBy } from '../../exchange/answered';
import {
  departureOf as departureOfMessage,
  repeatedSince as repeatedInJournal,
  wireOf as wireOfMessage,
} from '../../exchange/departure';
import type { Place } from '../../exchange/place';
import type { Exchange } from '../../exchange/timeline';
import { sentBefore } from '../../exchange/sent-before';
import type { Departure } from '../../exchange/summary';
import type { NotWhole, Wire } from '../../exchange/wire';
import type { OpenMessage } from '../documents';
import type { IsRepeated } from '../../exchange/sent-journal';
import { knowledge } from '../knowledge';
import type { Toolkit } from '../toolkit';
import type { Route } from './route';

export function address({ outgoing }: Pick<OpenMessage, 'outgoing'>, { inboxes }: Toolkit): Addressed {
  const documents = vscode.workspace.textDocuments.filter(({ languageId }) => ['json', 'xml'].includes(languageId));
  const known = { received: inboxes.all(), open: documents.map((document) => document.getText()) };
  const answered = answeredBy(outgoing.message, known, knowledge());
  return addressOf(outgoing.message, knowledge(), { randomUUID, answered });
}

/** @param wished the form, where it is not to be that of the environment */
export function wireOf({ outgoing }: Pick<OpenMessage, 'outgoing'>, from: Place, wished?: Format): Wire | NotWhole {
  return wireOfMessage(outgoing, from, knowledge(), wished);
}

interface Means {
  addressed: Addressed;
  route: Route;
  workflowId: string;
  wire: Wire;
}

export function departureOf(
  toolkit: Toolkit,
  message: Pick<OpenMessage, 'outgoing' | 'pending'>,
  { addressed, route: { from, to, byMessage }, workflowId, wire }: Means,
): Departure {
  const { outgoing, pending } = message;
  const earlier = earlierOf(toolkit, message, from);
  const means = { from, to, byMessage, addressed, workflowId, wire, earlier, pending };
  return departureOfMessage(outgoing, means, knowledge(), new Date());
}

/** When it was sent to the same environment before. */
export function earlierOf(
  { journal, sandbox }: Toolkit,
  { outgoing }: Pick<OpenMessage, 'outgoing'>,
  from: Place,
): Exchange | undefined {
  return sentBefore(outgoing.messageId, from, journal.exchanges, sandbox.since);
}

/**
 * Tells whether it was sent since now by anything else: another window, another command, a copy of the document.
 * @param own attempts that are known to be of the same message, this one's included
 */
export function repeatedSince(
  { journal, sandbox }: Toolkit,
  { outgoing }: Pick<OpenMessage, 'outgoing'>,
  from: Place,
  own: ReadonlySet<string>,
): IsRepeated {
  return repeatedInJournal(outgoing, from, journal, { own, since: sandbox.since });
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
