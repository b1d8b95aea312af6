// Sends the message in front, or a file: judged first, told in full unless it goes to the window's sandbox, and never twice at once.
import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { maskAddress, MeshError } from '../../mesh/errors';
import { hasChanged, type OpenMessage, openMessage } from '../documents';
import { confirmDeparture, confirmErrors } from '../confirm';
import { knowledge } from '../knowledge';
import { chooseRoute, findRoute, rememberRoute, renewRoute, type Route } from '../route';
import { withProgress } from '../progress';
import type { Sent } from '../sent';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import { type Answered, tellWhatCameBack } from '../answers';
import { showResponsesOf } from './show-responses';

/** What keybindings and tests may answer beforehand. The questions that guard patients are asked all the same. */
interface SendOptions {
  from: string;
  to: string;
  /** Send although there are errors. */
  anyway?: boolean;
}

/**
 * @param uri a file; without one, the editor in front
 * @param options SendOptions; anything else (menus pass things of their own) is ignored
 * @returns what was sent and what came back; undefined when nothing was sent
 */
export async function sendMessage(toolkit: Toolkit, uri?: unknown, options?: unknown): Promise<Answered | undefined> {
  const given = isObject(options) && typeof options.from === 'string' && typeof options.to === 'string';
  return depart(toolkit, uri instanceof vscode.Uri ? uri : undefined, async (message) => {
    const { from, to, anyway } = (given ? options : {}) as Partial<SendOptions>;
    if (anyway !== true && !(await confirmErrors(message))) return undefined;
    if (from === undefined || to === undefined) return chooseRoute(toolkit);
    const route = await findRoute(toolkit, from, to);
    if (typeof route !== 'string') return route;
    tell('warning', route);
    return undefined;
  });
}

async function depart(
  toolkit: Toolkit,
  uri: vscode.Uri | undefined,
  route: (message: OpenMessage) => Promise<Route | undefined>,
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
    const chosen = await route(message);
    if (!chosen) return undefined;
    return await send(toolkit, message, chosen);
  } finally {
    departing.delete(key);
  }
}

async function send(toolkit: Toolkit, message: OpenMessage, route: Route): Promise<Answered | undefined> {
  const { outgoing, uri, name } = message;
  const { from, to } = route;
  const again = (): unknown =>
    depart(toolkit, uri, async (now) => {
      const renewed = await renewRoute(toolkit, route);
      if (!renewed) {
        tell('warning', `Mailbox ${from.mailbox} is no longer in the setting itk3.mailboxes.`);
        return undefined;
      }
      return now.outgoing.text === outgoing.text || (await confirmErrors(now)) ? renewed : undefined;
    });
  let attempt: Sent | undefined;
  try {
    const workflowId =
      outgoing.useCase?.workflow.request ?? (await askWorkflow(knowledge().useCases[0]?.workflow.request));
    if (workflowId === undefined) return undefined;
    const localId = outgoing.senderOds;
    const before = toolkit.sent.last(outgoing.messageId);
    if (!(await confirmDeparture({ outgoing, from, to, workflowId, localId, before }))) return undefined;
    const client = await toolkit.connections.connect(from);
    if (!client) return undefined;
    if (await hasChanged(message)) {
      tell('warning', `${name} has changed since it was checked, so it was not sent.`, { 'Check and send': again });
      return undefined;
    }
    toolkit.departing.set(uri.toString(), 'sending');
    const body = Buffer.from(outgoing.text);
    const letter = { to, workflowId, localId, contentType: 'application/fhir+json', body };
    attempt = { messageId: outgoing.messageId, document: name, to: maskAddress(to), at: new Date() };
    toolkit.sent.add(attempt);
    const { messageId: meshId } = await withProgress(`Sending ${name} to ${maskAddress(to)}`, from, (signal) =>
      client.send(letter, { signal }),
    );
    attempt.meshId = meshId;
    rememberRoute(toolkit, route);
    return await tellWhatCameBack(toolkit, { route, client, meshId, messageId: outgoing.messageId });
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    if (!attempt || error.sent !== 'unknown') {
      if (attempt) toolkit.sent.remove(attempt);
      tellFailure(toolkit, error, route, again);
    } else tellUncertain(toolkit, error, route);
    return undefined;
  }
}

/** The message was not sent, so that it may be tried again. */
function tellFailure(toolkit: Toolkit, error: MeshError, { from }: Route, again: () => unknown): void {
  if (error.kind === 'cancelled') tell('warning', error.message);
  else if (error.kind === 'authentication' && !from.sandbox)
    tell('error', error.message, {
      'Enter the password again': async () => {
        await toolkit.connections.keeper.forget(from);
        return again();
      },
      'Try again': again,
    });
  else tell('error', error.message, { 'Try again': again });
}

/** Trying again might send it a second time, so the person looks first. */
function tellUncertain(toolkit: Toolkit, error: MeshError, route: Route): void {
  tell(error.kind === 'cancelled' ? 'warning' : 'error', error.message, {
    'Show responses': async () => {
      const now = await renewRoute(toolkit, route);
      if (now) await showResponsesOf(toolkit, now.from);
    },
  });
}

function askWorkflow(likely: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Send message to MESH mailbox',
    prompt: 'The header does not tell which kind of message this is. Under which workflow id shall it travel?',
    value: likely,
    ignoreFocusOut: true,
    validateInput: (text) => (/^[\x21-\x7e]{1,300}$/.test(text) ? undefined : 'A workflow id holds no spaces.'),
  });
}
