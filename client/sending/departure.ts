// A message made ready to leave: where it goes, under which workflow, what is odd about it.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Format } from '../../core/document/source-document';
import { type Addressed, addressOf } from '../../core/itk3/addressing';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import { doubtsAbout } from '../../core/itk3/practice-address';
import { answeredBy } from '../../exchange/answered';
import { errorsIn } from '../../exchange/outgoing';
import { isLive, type Place } from '../../exchange/place';
import type { Exchange } from '../../exchange/timeline';
import { allSentBefore, beforeOf, sentBefore } from '../../exchange/sent-before';
import type { Departure } from '../../exchange/summary';
import { type NotWhole, onTheWire, USUAL_FORMAT, type Wire } from '../../exchange/wire';
import type { OpenMessage } from '../documents';
import type { IsRepeated } from '../following/journal';
import { knowledge } from '../knowledge';
import type { Toolkit } from '../toolkit';
import type { Route } from './route';

export function address({ outgoing }: Pick<OpenMessage, 'outgoing'>, { inboxes }: Toolkit): Addressed {
  const documents = vscode.workspace.textDocuments.filter(({ languageId }) => ['json', 'xml'].includes(languageId));
  const known = { received: inboxes.all(), open: documents.map((document) => document.getText()) };
  const answered = answeredBy(outgoing.message, known, knowledge());
  return addressOf(outgoing.message, knowledge(), { randomUUID, answered });
}

/**
 * What leaves from there, or why it cannot leave in that form. Who sends errors on purpose sends them as they stand: in the
 * other form some of them would be none.
 * @param wished the form, where it is not to be that of the environment
 */
export function wireOf({ outgoing }: Pick<OpenMessage, 'outgoing'>, from: Place, wished?: Format): Wire | NotWhole {
  const wire = onTheWire(outgoing.text, wished ?? from.format ?? USUAL_FORMAT, knowledge().registry);
  const isMeant = errorsIn(outgoing.findings).length > 0 && !isLive(from);
  return 'problem' in wire && isMeant ? wire.asWritten : wire;
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
  const doubts = doubtsAbout(to, knowledge().envelope.practiceAddress, addressed.to);
  const { outgoing, pending } = message;
  const earlier = earlierOf(toolkit, message, from);
  const before = earlier && beforeOf(earlier, new Date());
  return { outgoing, from, to, byMessage, workflowId, addressed, wire, doubts, before, pending };
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
  const all = (exchanges: readonly Exchange[]): string[] =>
    allSentBefore(outgoing.messageId, from, exchanges, sandbox.since).map(({ attempt }) => attempt.id);
  const known = new Set(all(journal.exchanges));
  return (exchanges) => all(exchanges).some((id) => !known.has(id) && !own.has(id));
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
