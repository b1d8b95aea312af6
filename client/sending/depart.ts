// The path of one message: judged, addressed, asked about, then carried. Once at a time for each document.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { attemptOf } from '../../exchange/attempt';
import { letterOf } from '../../exchange/dry-run';
import { type Forbidden, whyForbidden } from '../../exchange/guards';
import { MeshError } from '../../mesh/errors';
import type { Exchange } from '../../exchange/timeline';
import type { Format } from '../../core/document/source-document';
import type { Addressed } from '../../core/itk3/addressing';
import { hasChanged, type OpenMessage, openMessage } from '../documents';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import type { Answered } from './answers';
import { carry, tellFailure } from './carry';
import { type Again, confirmAgain, confirmDeparture, confirmErrors, confirmOtherForm, lookAtProblems } from './confirm';
import { address, askWorkflow, departureOf, earlierOf, repeatedSince, wireOf } from './departure';
import { guardPolicies } from './policies';
import { renewDocument } from './renew';
import { renewRoute, type Route } from './route';
import { showWhatLeaves } from './what-leaves';

/** What is answered beforehand; what guards ask for is asked all the same. */
export interface Wishes {
  /** Send although there are errors; live never does. */
  anyway?: boolean;
  /** The text whose errors, if any, were accepted. */
  judged?: string;
  /** How it goes when it was sent before, and what came of that is known. */
  again?: Again;
  /** The summary is known already. */
  confirmed?: boolean;
  /** The form in which it leaves, where it is not to be that of the environment. */
  format?: Format;
}

/** A route, a sentence that says why there is none, or undefined when the person gives up. */
export type ChooseRoute = (addressed: Addressed) => Promise<Route | string | undefined>;

/** @returns what was sent and what came back; undefined when nothing was sent */
export async function depart(
  toolkit: Toolkit,
  uri: vscode.Uri | undefined,
  choose: ChooseRoute,
  wishes: Wishes = {},
): Promise<Answered | undefined> {
  const message = await openMessage(uri);
  if (typeof message === 'string') {
    tell('warning', message);
    return undefined;
  }
  const { departing } = toolkit;
  const key = message.uri.toString();
  const stage = departing.get(key);
  if (stage === 'sending') tell('warning', `${message.name} is being sent already.`);
  if (stage !== undefined) return undefined;
  departing.set(key, 'asking');
  try {
    const isJudged = wishes.anyway === true || wishes.judged === message.outgoing.text;
    if (!isJudged && !(await confirmErrors(message))) return undefined;
    const addressed = address(message, toolkit);
    const route = await choose(addressed);
    if (typeof route === 'string') tell('warning', route);
    else if (route) return await send(toolkit, message, addressed, route, wishes);
    return undefined;
  } finally {
    departing.delete(key);
  }
}

async function send(
  toolkit: Toolkit,
  message: OpenMessage,
  addressed: Addressed,
  route: Route,
  wishes: Wishes,
): Promise<Answered | undefined> {
  const { uri, name, outgoing } = message;
  const { from } = route;
  const { format } = wishes;
  const again = (): unknown =>
    depart(toolkit, uri, (address) => renewRoute(toolkit, address, route), { judged: outgoing.text, format });
  try {
    const workflowId = addressed.workflowId ?? (await askWorkflow(message));
    if (workflowId === undefined) return undefined;
    // Another window may have sent it, and after a start the journal may not be read yet.
    await toolkit.journal.reload().catch(() => undefined);
    const id = randomUUID();
    const isRepeated = repeatedSince(toolkit, message, from, new Set([id]));
    const forbidden = whyForbidden(from, [{ outgoing, to: route.to }], guardPolicies());
    if (forbidden !== undefined) {
      tellForbidden(message, forbidden);
      return undefined;
    }
    const wire = wireOf(message, from, format);
    if ('problem' in wire) {
      const other = await confirmOtherForm(message, wire.problem, from);
      return other && (await send(toolkit, message, addressed, route, { ...wishes, format: other }));
    }
    const departure = departureOf(toolkit, message, { addressed, route, workflowId, wire });
    const { before } = departure;
    // What may be on its way is asked about whatever was answered beforehand: it could be filed twice.
    const wished = before?.isSettled === true ? wishes.again : undefined;
    const how =
      before && (wished ?? (await confirmAgain(name, before, () => askMesh(earlierOf(toolkit, message, from)))));
    if (before && !how) return undefined;
    if (how === 'fresh') return await sendFresh(toolkit, message, route, { ...wishes, again: 'same' });
    const look = (): unknown => showWhatLeaves(toolkit.pages, message, wire);
    if (!(await confirmDeparture(name, departure, look, wishes.confirmed))) return undefined;
    const client = await toolkit.connections.connect(from);
    if (!client) return undefined;
    if (await hasChanged(message)) {
      tell('warning', `${name} has changed since it was checked, so it was not sent.`, { 'Check and send': again });
      return undefined;
    }
    toolkit.departing.set(uri.toString(), 'sending');
    const document = { name, ...(uri.scheme !== 'untitled' && { uri: uri.toString() }) };
    const attempt = attemptOf(departure, { id, document });
    return await carry(toolkit, { client, letter: letterOf(departure), attempt, route, isRepeated, again });
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    tellFailure(toolkit, error, route, again);
    return undefined;
  }
}

/** The same message under other identifiers goes the same way; what its errors are was decided already. */
async function sendFresh(
  toolkit: Toolkit,
  { uri }: OpenMessage,
  route: Route,
  wishes: Wishes,
): Promise<Answered | undefined> {
  const why = await renewDocument(uri);
  const renewed = why ?? (await openMessage(uri));
  if (typeof renewed !== 'string') return send(toolkit, renewed, address(renewed, toolkit), route, wishes);
  tell('warning', renewed);
  return undefined;
}

function tellForbidden({ uri }: OpenMessage, { because, sentence }: Forbidden): void {
  if (because === 'errors') tell('error', sentence, { 'Show problems': () => lookAtProblems(uri) });
  else tell('error', sentence, { 'Open settings': openGuards });
}

export function openGuards(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', 'itk3.guards');
}

function askMesh(exchange: Exchange | undefined): Thenable<unknown> {
  return vscode.commands.executeCommand('itk3.askMesh', { exchange });
}
