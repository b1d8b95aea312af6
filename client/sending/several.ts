// Several messages, one after another: all checked, told and asked about first, then sent until one shows that the mailbox
// itself fails, or the person cancels between two of them. What became of each is told in a table; nothing is lost.
import { sentenceOf } from '../../mesh/errors';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { attemptOf } from '../../exchange/attempt';
import { letterOf } from '../../exchange/dry-run';
import { STOPS } from '../../exchange/inbox';
import type { Format } from '../../core/document/source-document';
import type { Place } from '../../exchange/place';
import { type LeftOut, oneAfterAnother, type Ready, type Row, type Tried } from '../../exchange/several';
import type { MeshClient } from '../../mesh/client';
import { hasChanged, openMessage } from '../documents';
import type { Toolkit } from '../toolkit';
import type { NamedMessage } from './candidates';
import type { IsRepeated } from '../../exchange/sent-journal';
import { deliverQuietly } from './carry';
import { address, departureOf, repeatedSince, wireOf } from './departure';
import { renewDocument } from './renew';
import { renewRoute, type Route } from './route';

/** A message ready to go, and whether it gets fresh identifiers on its way. */
export interface Going extends Ready, NamedMessage {
  /** Of the attempt. */
  id: string;
  route: Route;
  fresh?: boolean;
  /** The form in which it leaves, where it is not to be that of the environment. */
  format?: Format;
  isRepeated: IsRepeated;
}

export interface Sending {
  from: Place;
  client: MeshClient;
  going: readonly Going[];
  leftOut: readonly LeftOut[];
}

/** A row, and which send of the journal it is about. */
export interface SentRow extends Row {
  attempt?: string;
}

/** Each message as it would go by this route, or why it cannot. */
export async function routed(
  toolkit: Toolkit,
  messages: readonly NamedMessage[],
  route: Route,
  format?: Format,
): Promise<{ going: Going[]; leftOut: LeftOut[] }> {
  // Another window may have sent some of them.
  await toolkit.journal.reload().catch(() => undefined);
  const going: Going[] = [];
  const leftOut: LeftOut[] = [];
  // That several of them have one identifier was asked about.
  const own = new Set<string>();
  for (const named of messages) {
    const isLeaving = toolkit.departing.has(named.message.uri.toString());
    const one = isLeaving ? 'It is being sent already.' : await ready(toolkit, { ...named, format }, route, own);
    if (typeof one === 'string') leftOut.push({ name: named.path, why: one });
    else going.push(one);
  }
  return { going, leftOut };
}

async function ready(
  toolkit: Toolkit,
  named: NamedMessage & Pick<Going, 'format'>,
  route: Route,
  own = new Set<string>(),
): Promise<Going | string> {
  const { path, message, format } = named;
  const addressed = address(message, toolkit);
  const way = await renewRoute(toolkit, addressed, route);
  if (typeof way === 'string') return way;
  const { workflowId } = addressed;
  if (workflowId === undefined) return 'It does not tell under which workflow it travels: send it alone.';
  const wire = wireOf(message, way.from, format);
  if ('problem' in wire) return wire.problem;
  const id = randomUUID();
  own.add(id);
  const isRepeated = repeatedSince(toolkit, message, way.from, own);
  const departure = departureOf(toolkit, message, { addressed, route: way, workflowId, wire });
  return { ...named, id, name: path, route: way, departure, isRepeated };
}

/** Throws nothing but bugs. */
export async function sendAll(toolkit: Toolkit, { from, client, going, leftOut }: Sending): Promise<SentRow[]> {
  const { departing } = toolkit;
  const keys = going.map(({ message }) => message.uri.toString());
  for (const key of keys) departing.set(key, 'sending');
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Sending ${going.length} messages from ${from.name}`,
    cancellable: true,
  };
  try {
    const rows = await vscode.window.withProgress(options, (progress, token) =>
      oneAfterAnother<Going, SentRow>(
        going,
        () => token.isCancellationRequested,
        async (one, i) => {
          progress.report({ message: `${i + 1} of ${going.length}, ${one.name}` });
          const tried = await sendOne(toolkit, client, one);
          progress.report({ increment: 100 / going.length });
          return tried;
        },
      ),
    );
    return [...rows, ...leftOut.map(({ name, why }): SentRow => ({ name, outcome: 'left out', says: why }))];
  } finally {
    for (const key of keys) departing.delete(key);
  }
}

async function sendOne(toolkit: Toolkit, client: MeshClient, going: Going): Promise<Tried<SentRow>> {
  const { name } = going;
  const not = (says: string): { row: SentRow } => ({ row: { name, outcome: 'not sent', says } });
  if (await hasChanged(going.message)) return not('It has changed since it was checked.');
  const now = going.fresh ? await renewed(toolkit, going) : going;
  if (typeof now === 'string') return not(now);
  const { id, departure, message, route, isRepeated } = now;
  const { uri } = message;
  const document = { name: message.name, ...(uri.scheme !== 'untitled' && { uri: uri.toString() }) };
  const attempt = attemptOf(departure, { id, document });
  const delivered = await deliverQuietly(toolkit, { client, letter: letterOf(departure), attempt, route, isRepeated });
  if (delivered.outcome === 'sent') {
    const { meshId } = delivered;
    return { row: { name, outcome: 'sent', meshId, says: 'Accepted by MESH', attempt: attempt.id } };
  }
  const { outcome, error } = delivered;
  // After an answer that was lost the next one may be lost too, and more would be unclear.
  const stops = outcome === 'unclear' || STOPS.includes(error.kind);
  return { row: { name, outcome, says: sentenceOf(error), attempt: attempt.id }, stops };
}

/** With fresh identifiers in its document, or why that cannot be. */
async function renewed(toolkit: Toolkit, { path, message, route, format }: Going): Promise<Going | string> {
  const why = await renewDocument(message.uri);
  if (why !== undefined) return why;
  const now = await openMessage(message.uri);
  if (typeof now === 'string') return now;
  return ready(toolkit, { path, message: now, format }, route);
}
