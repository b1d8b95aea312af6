// What is told after a message was sent.
import * as vscode from 'vscode';
import type { MeshClient } from '../../mesh/client';
import { maskAddress } from '../../mesh/errors';
import type { Attempt } from '../../exchange/journal';
import { readInbox, wasDownloaded } from '../../exchange/inbox';
import { knowledge } from '../knowledge';
import { isAstray, type Received, tellAnswers } from '../../exchange/received';
import type { Route } from './route';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

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
  attempt: Attempt;
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
  let astray: Received[];
  try {
    await toolkit.sandbox.running?.settled();
    ({ answers, astray } = await newAnswers(toolkit, delivery));
  } catch (error) {
    toolkit.output.log(`answers not read: ${error instanceof Error ? error.name : typeof error}`);
    tell('warning', `${sent} The answers could not be read yet.`, show);
    return { meshId, answers: [] };
  }
  if (answers.length === 0) {
    const whom = maskAddress(route.to);
    if (astray.length > 0) tell('warning', `${sent} What came back does not say that it answers this message.`, show);
    else tell('information', `${sent} ${whom} has not answered yet, or the message asks for no answer.`, show);
    return { meshId, answers };
  }
  const { accepted, sentence } = tellAnswers(answers);
  tell(accepted ? 'information' : 'warning', [delivery.lead, sentence].filter(Boolean).join(' '), show);
  return { meshId, answers };
}

/** What has come since the message went, oldest first. */
async function newAnswers(
  toolkit: Toolkit,
  { route, client, attempt }: Delivery,
): Promise<{ answers: Received[]; astray: Received[] }> {
  const { downloaded, journal } = toolkit;
  const seen = new Set([...downloaded.values()].map((received) => received.meshId));
  const { messages } = await readInbox(downloaded, route.from, client, { knowledge: knowledge(), limit: 20 });
  const came = messages
    .filter((received) => !seen.has(received.meshId) && wasDownloaded(downloaded, route.from, received.meshId))
    .reverse();
  await journal.take(route.from, came);
  const isAbout = (received: Received): boolean => journal.of(received)?.attempt.id === attempt.id;
  return {
    answers: came.filter(isAbout),
    astray: came.filter((received) => !isAbout(received) && isAstray(received, journal.of(received))),
  };
}
