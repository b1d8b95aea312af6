// A message on its way to MESH, and what is told when it does not arrive. Nothing is sent a second time but by a person.
import * as vscode from 'vscode';
import type { MeshClient, OutgoingMessage, Upload } from '../../mesh/client';
import { type MeshError, sentenceOf } from '../../mesh/errors';
import { type Answered, tellWhatCameBack } from './answers';
import { askWhatBecame, deliver, type Delivered, type Delivery, deliverRest } from '../../exchange/deliver';
import type { Attempt } from '../../exchange/journal';
import { keyOf } from '../../exchange/place';
import { hasArrived } from '../../exchange/timeline';
import { withProgress } from '../progress';
import type { IsRepeated } from '../../exchange/sent-journal';
import { rememberRoute } from './recent';
import type { Route } from './route';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

export interface Carried {
  client: MeshClient;
  letter: OutgoingMessage;
  attempt: Attempt;
  route: Route;
  isRepeated: IsRepeated;
  /** Begins anew: reads and checks the message, then sends it. */
  again: () => unknown;
}

/** @returns what was sent and what came back; undefined when it is not known to be sent, which is told */
export async function carry(toolkit: Toolkit, carried: Carried): Promise<Answered | undefined> {
  const { attempt, route } = carried;
  const title = `Sending ${attempt.document.name} to ${attempt.to}`;
  const delivered = await withProgress(title, route.from, (signal) => deliverQuietly(toolkit, carried, signal));
  return tellDelivered(toolkit, carried, delivered);
}

/** The same without a word to the person: of several messages all is told at the end. */
export function deliverQuietly(
  toolkit: Toolkit,
  carried: Omit<Carried, 'again'>,
  signal?: AbortSignal,
): Promise<Delivered> {
  return deliver(toolkit.journal, deliveryOf(toolkit, carried), { signal });
}

function deliveryOf({ sandbox }: Toolkit, carried: Omit<Carried, 'again'>): Delivery {
  const { client, letter, attempt, route, isRepeated } = carried;
  const passing = route.from.sandbox !== undefined && sandbox.running?.folder === undefined;
  return { client, letter, attempt, passing, isRepeated };
}

async function tellDelivered(toolkit: Toolkit, carried: Carried, delivered: Delivered): Promise<Answered | undefined> {
  if (delivered.outcome === 'sent') return arrived(toolkit, carried, delivered.meshId);
  const { error } = delivered;
  if (delivered.outcome === 'not sent') {
    tellFailure(toolkit, error, carried.route, carried.again);
    return undefined;
  }
  const { upload } = error;
  if (!upload) return settle(toolkit, carried, error);
  // Parts of the same upload may be sent again: MESH counts them once.
  const rest = { 'Send the rest': () => sendRest(toolkit, carried, upload) };
  tell(error.kind === 'cancelled' ? 'warning' : 'error', sentenceOf(error), rest);
  return undefined;
}

async function sendRest(toolkit: Toolkit, carried: Carried, upload: Upload): Promise<Answered | undefined> {
  const { attempt, route } = carried;
  // The question may have stood for hours.
  await toolkit.journal.reload().catch(() => undefined);
  if (carried.isRepeated(toolkit.journal.exchanges)) {
    tell('warning', `${attempt.document.name} has been sent again meanwhile, so the rest of it was not sent.`);
    return undefined;
  }
  const title = `Sending the rest of ${attempt.document.name} to ${attempt.to}`;
  const delivered = await withProgress(title, route.from, (signal) =>
    deliverRest(toolkit.journal, deliveryOf(toolkit, carried), upload, { signal }),
  );
  return tellDelivered(toolkit, carried, delivered);
}

async function arrived(toolkit: Toolkit, carried: Carried, meshId?: string, lead?: string): Promise<Answered> {
  const { attempt, route, client } = carried;
  rememberRoute(toolkit.recent, route);
  return tellWhatCameBack(toolkit, { route, client, meshId, attempt, lead });
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
  const { attempt, route, again } = carried;
  const { from } = route;
  const since = toolkit.journal.get(attempt.id)?.at ?? new Date();
  const became = await withProgress(`Asking MESH whether ${attempt.document.name} arrived`, from, (signal) =>
    askWhatBecame(toolkit.journal, carried, since, error.message, signal),
  );
  if (became.outcome === 'arrived') return arrived(toolkit, carried, became.meshId, became.sentence);
  if (became.outcome === 'unclear' && (await isAnswered(toolkit, carried)))
    return arrived(toolkit, carried, undefined, 'The answer of MESH was lost, but the message arrived.');
  if (became.outcome === 'not there' && insists) await again();
  else if (became.outcome === 'not there')
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

/** A response proves what MESH itself cannot tell. */
async function isAnswered({ sandbox, inboxes, journal }: Toolkit, { attempt, route }: Carried): Promise<boolean> {
  if (route.from.sandbox) await sandbox.running?.settled();
  await inboxes.look(route.from, { quiet: true });
  const exchange = journal.get(attempt.id);
  return exchange !== undefined && hasArrived(exchange);
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
