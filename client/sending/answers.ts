// What is told after a message was sent.
import * as vscode from 'vscode';
import type { MeshClient } from '../../mesh/client';
import { maskAddress } from '../../mesh/errors';
import type { Attempt } from '../../exchange/journal';
import { isAstray, type Received, tellAnswers } from '../../exchange/received';
import type { Exchange } from '../../exchange/timeline';
import type { Route } from './route';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

export interface Answered {
  /** Of the attempt, by which the journal knows it. */
  id: string;
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
  const { attempt } = delivery;
  const { id } = attempt;
  const sent = delivery.lead ?? `Sent as ${meshId}.`;
  const show = { 'Show responses': () => vscode.commands.executeCommand('itk3.showResponses') };
  if (!route.from.sandbox) {
    tell('information', `${sent} "Show responses" looks into the mailbox.`, show);
    return { id, meshId, answers: [] };
  }
  let answers: Received[];
  let astray: Received[];
  try {
    await toolkit.sandbox.running?.settled();
    ({ answers, astray } = await newAnswers(toolkit, delivery));
  } catch (error) {
    toolkit.output.log(`answers not read: ${error instanceof Error ? error.name : typeof error}`);
    tell('warning', `${sent} The responses could not be read yet.`, show);
    return { id, meshId, answers: [] };
  }
  if (answers.length === 0) {
    const whom = maskAddress(route.to);
    if (astray.length > 0) tell('warning', `${sent} What came back does not say that it answers this message.`, show);
    else tell('information', `${sent} ${asksForAny(attempt) ? `${whom} has not answered yet` : NONE_ASKED}.`, show);
    return { id, meshId, answers };
  }
  const { accepted, sentence } = tellAnswers(answers);
  const toCome = stillToCome(toolkit.journal.get(delivery.attempt.id));
  if (accepted && toCome !== undefined) {
    const told = sentence.replace(/^Accepted: /, '');
    tell('information', [delivery.lead, told, toCome].filter(Boolean).join(' '), show);
    return { id, meshId, answers };
  }
  tell(accepted ? 'information' : 'warning', [delivery.lead, sentence].filter(Boolean).join(' '), show);
  return { id, meshId, answers };
}

const NONE_ASKED = 'It asks for no acknowledgement';

const asksForAny = ({ asks }: Attempt): boolean => asks.infrastructure || asks.business;

/** Half of what was asked for is no end: who reads "accepted" stops looking. */
function stillToCome(sent: Exchange | undefined): string | undefined {
  const missing = sent?.steps.filter(({ at, name, due }) => !at && due && name !== 'collected').map(({ name }) => name);
  return missing?.length ? `The ${missing.join(' and ')} acknowledgement is still to come.` : undefined;
}

/** What has come since the message went, oldest first. */
async function newAnswers(
  toolkit: Toolkit,
  { route, attempt }: Delivery,
): Promise<{ answers: Received[]; astray: Received[] }> {
  const { inboxes, journal } = toolkit;
  const seen = new Set([...inboxes.all()].map((received) => received.meshId));
  const { messages } = await inboxes.look(route.from);
  const sent = journal.get(attempt.id);
  const ids = [...(sent?.answers.map(({ meshId }) => meshId) ?? []), sent?.report];
  const came = messages.filter(({ meshId, failed }) => !seen.has(meshId) && !failed).reverse();
  return {
    answers: ids.flatMap((id) => messages.find(({ meshId }) => meshId === id) ?? []),
    astray: came.filter((received) => !ids.includes(received.meshId) && isAstray(received, journal.of(received))),
  };
}
