// What is told after a message was sent.
import * as vscode from 'vscode';
import { UNREADABLE } from '../core/itk3/reply';
import type { MeshClient } from '../mesh/client';
import { maskAddress } from '../mesh/errors';
import { readInbox, wasDownloaded } from './inbox';
import { knowledge } from './knowledge';
import { type Received, tellAnswers } from './received';
import type { Route } from './route';
import { tell } from './tell';
import type { Toolkit } from './toolkit';

export interface Answered {
  /** Of the message that was sent. */
  meshId: string;
  /** In the order in which they came; from the sandbox only, which answers at once. */
  answers: Received[];
}

interface Delivery {
  route: Route;
  client: MeshClient;
  meshId: string;
  messageId?: string;
  /** What is told before the rest. */
  lead?: string;
}

/** Throws nothing: the message is sent, and no failure to read its answers may look as if it were not. */
export async function tellWhatCameBack(toolkit: Toolkit, delivery: Delivery): Promise<Answered> {
  const { route, meshId } = delivery;
  const sent = delivery.lead ?? `Sent as ${meshId}.`;
  const show = { 'Show responses': () => vscode.commands.executeCommand('itk3.showResponses') };
  if (!route.from.sandbox) {
    tell('information', `${sent} "Show responses" looks into the mailbox.`, show);
    return { meshId, answers: [] };
  }
  let answers: Received[];
  try {
    await toolkit.sandbox.running?.settled();
    answers = await newAnswers(toolkit, delivery);
  } catch (error) {
    toolkit.output.log(`answers not read: ${error instanceof Error ? error.name : typeof error}`);
    tell('warning', `${sent} The answers could not be read yet.`, show);
    return { meshId, answers: [] };
  }
  if (answers.length === 0) {
    tell('information', `${sent} ${maskAddress(route.to)} has not answered: the message may ask for no answer.`, show);
    return { meshId, answers };
  }
  const { accepted, sentence } = tellAnswers(answers);
  tell(accepted ? 'information' : 'warning', [delivery.lead, sentence].filter(Boolean).join(' '), show);
  return { meshId, answers };
}

async function newAnswers(
  toolkit: Toolkit,
  { route, client, meshId: sentAs, messageId }: Delivery,
): Promise<Received[]> {
  const { downloaded } = toolkit;
  const seen = new Set([...downloaded.values()].map((received) => received.meshId));
  const { messages } = await readInbox(downloaded, route.from, client, { knowledge: knowledge(), limit: 20 });
  const isAbout = ({ acknowledgement, report }: Received): boolean =>
    (acknowledgement !== undefined && [messageId, UNREADABLE].includes(acknowledgement.answers)) ||
    report?.linkedMessageId === sentAs;
  const isAnswer = (received: Received): boolean =>
    isAbout(received) && !seen.has(received.meshId) && wasDownloaded(downloaded, route.from, received.meshId);
  return messages.filter(isAnswer).reverse();
}
