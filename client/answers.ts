// What is told after a message was sent.
import * as vscode from 'vscode';
import { UNREADABLE } from '../core/itk3/reply';
import type { MeshClient } from '../mesh/client';
import { readInbox, wasDownloaded } from './inbox';
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
}

/** Throws a MeshError when the sandbox's inbox cannot be read. */
export async function tellWhatCameBack(toolkit: Toolkit, delivery: Delivery): Promise<Answered> {
  const { route, meshId } = delivery;
  const show = { 'Show responses': () => vscode.commands.executeCommand('itk3.showResponses') };
  if (!route.from.sandbox) {
    tell('information', `Sent as ${meshId}. "Show responses" looks into the mailbox.`, show);
    return { meshId, answers: [] };
  }
  await toolkit.sandbox.running?.settled();
  const answers = await newAnswers(toolkit, delivery);
  if (answers.length === 0) {
    tell('information', `Sent as ${meshId}. ${route.to} has not answered: the message may ask for no answer.`, show);
    return { meshId, answers };
  }
  const { accepted, sentence } = tellAnswers(answers);
  tell(accepted ? 'information' : 'warning', sentence, show);
  return { meshId, answers };
}

async function newAnswers(toolkit: Toolkit, { route, client, messageId }: Delivery): Promise<Received[]> {
  const { downloaded } = toolkit;
  const seen = new Set([...downloaded.values()].map((received) => received.meshId));
  const { messages } = await readInbox(downloaded, route.from, client, { limit: 20 });
  const isAnswer = ({ meshId, acknowledgement }: Received): boolean =>
    acknowledgement !== undefined &&
    !seen.has(meshId) &&
    [messageId, UNREADABLE].includes(acknowledgement.answers) &&
    wasDownloaded(downloaded, route.from, meshId);
  return messages.filter(isAnswer).reverse();
}
