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
}

/** Throws nothing: the message is sent, and no failure to read its answers may look as if it were not. */
export async function tellWhatCameBack(toolkit: Toolkit, delivery: Delivery): Promise<Answered> {
  const { route, meshId } = delivery;
  const show = { 'Show responses': () => vscode.commands.executeCommand('itk3.showResponses') };
  if (!route.from.sandbox) {
    tell('information', `Sent as ${meshId}. "Show responses" looks into the mailbox.`, show);
    return { meshId, answers: [] };
  }
  let answers: Received[];
  try {
    await toolkit.sandbox.running?.settled();
    answers = await newAnswers(toolkit, delivery);
  } catch (error) {
    toolkit.output.log(`answers not read: ${error instanceof Error ? error.name : typeof error}`);
    tell('warning', `Sent as ${meshId}; the answers could not be read yet.`, show);
    return { meshId, answers: [] };
  }
  if (answers.length === 0) {
    tell(
      'information',
      `Sent as ${meshId}. ${maskAddress(route.to)} has not answered: the message may ask for no answer.`,
      show,
    );
    return { meshId, answers };
  }
  const { accepted, sentence } = tellAnswers(answers);
  tell(accepted ? 'information' : 'warning', sentence, show);
  return { meshId, answers };
}

async function newAnswers(toolkit: Toolkit, { route, client, messageId }: Delivery): Promise<Received[]> {
  const { downloaded } = toolkit;
  const seen = new Set([...downloaded.values()].map((received) => received.meshId));
  const { messages } = await readInbox(downloaded, route.from, client, { knowledge: knowledge(), limit: 20 });
  const isAnswer = ({ meshId, acknowledgement }: Received): boolean =>
    acknowledgement !== undefined &&
    !seen.has(meshId) &&
    [messageId, UNREADABLE].includes(acknowledgement.answers) &&
    wasDownloaded(downloaded, route.from, meshId);
  return messages.filter(isAnswer).reverse();
}
