// A message on its way to MESH, and what is told when it does not arrive. Nothing is sent a second time but by a person.
import * as vscode from 'vscode';
import type { MeshClient, OutgoingMessage } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { type Answered, tellWhatCameBack } from './answers';
import { whatBecame } from '../../exchange/lost-answer';
import { keyOf } from '../../exchange/place';
import { withProgress } from '../progress';
import { rememberRoute } from './recent';
import type { Route } from './route';
import type { Sent } from '../../exchange/sent';
import { sentenceOf, tell } from '../tell';
import type { Toolkit } from '../toolkit';

export interface Carried {
  client: MeshClient;
  letter: OutgoingMessage;
  attempt: Sent;
  route: Route;
  /** Begins anew: reads and checks the message, then sends it. */
  again: () => unknown;
}

/** @returns what was sent and what came back; undefined when it is not known to be sent, which is told */
export function carry(toolkit: Toolkit, carried: Carried): Promise<Answered | undefined> {
  const { client, letter } = carried;
  return deliver(toolkit, carried, (signal) => client.send(letter, { signal }));
}

async function deliver(
  toolkit: Toolkit,
  carried: Carried,
  send: (signal: AbortSignal) => Promise<{ messageId: string }>,
): Promise<Answered | undefined> {
  const { client, letter, attempt, route, again } = carried;
  toolkit.sent.add(attempt);
  try {
    const title = `Sending ${attempt.document} to ${attempt.to}`;
    const { messageId } = await withProgress(title, route.from, send);
    return await arrived(toolkit, carried, messageId);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const { upload, sent } = error;
    if (sent === 'unknown' && !upload) return settle(toolkit, carried, error);
    if (sent !== 'unknown') toolkit.sent.remove(attempt);
    // Parts of the same upload may be sent again: MESH counts them once.
    const rest = (): unknown =>
      upload && deliver(toolkit, carried, (signal) => client.resume(upload, letter.body, { signal }));
    if (upload) tell(error.kind === 'cancelled' ? 'warning' : 'error', sentenceOf(error), { 'Send the rest': rest });
    else tellFailure(toolkit, error, route, again);
    return undefined;
  }
}

async function arrived(toolkit: Toolkit, carried: Carried, meshId: string, lead?: string): Promise<Answered> {
  const { attempt, route, client } = carried;
  attempt.meshId = meshId;
  rememberRoute(toolkit.recent, route);
  return tellWhatCameBack(toolkit, { route, client, meshId, messageId: attempt.messageId, lead });
}

/**
 * Trying again might send it a second time, so MESH is asked first; whatever it says, only a person sends again.
 * @param insists the person has been told that it is not there, and wants it sent again
 */
async function settle(
  toolkit: Toolkit,
  carried: Carried,
  error: MeshError,
  insists = false,
): Promise<Answered | undefined> {
  const { client, letter, attempt, route, again } = carried;
  const { from } = route;
  const became = await whatBecame(error, async () =>
    withProgress(`Asking MESH whether ${attempt.document} arrived`, from, (signal) =>
      client.whetherArrived(letter, attempt.at, { signal }),
    ),
  );
  if (became.outcome === 'arrived') return arrived(toolkit, carried, became.meshId, became.sentence);
  if (became.outcome === 'not there' && insists) {
    toolkit.sent.remove(attempt);
    await again();
  } else if (became.outcome === 'not there')
    // It may still be on its way, and the question may stand for hours: MESH is asked once more before it is sent again.
    tell('warning', became.sentence, { 'Send again': () => settle(toolkit, carried, error, true) });
  else
    tell(error.kind === 'cancelled' ? 'warning' : 'error', became.sentence, {
      'Ask MESH again': () => settle(toolkit, carried, error),
      'Show responses': () => {
        toolkit.recent.mailbox = keyOf(from);
        return vscode.commands.executeCommand('itk3.showResponses');
      },
    });
  return undefined;
}

/** The message was not sent, so that it may be tried again. */
export function tellFailure(toolkit: Toolkit, error: MeshError, { from }: Route, again: () => unknown): void {
  if (error.kind === 'cancelled') tell('warning', error.message);
  else if (error.kind === 'authentication' && !from.sandbox)
    tell('error', sentenceOf(error), {
      'Enter the password again': async () => {
        await toolkit.connections.keeper.forget(from);
        return again();
      },
      'Try again': again,
    });
  else tell('error', sentenceOf(error), { 'Try again': again });
}
