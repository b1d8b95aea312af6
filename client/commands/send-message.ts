// Sends the message in front, or a file: judged first, told in full unless it goes to the window's sandbox, and never twice at once.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { type Addressed, addressOf } from '../../core/itk3/addressing';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import { doubtsAbout } from '../../core/itk3/practice-address';
import { isObject } from '../../core/json';
import { MeshError } from '../../mesh/errors';
import { answeredBy } from '../../exchange/answered';
import { attemptOf } from '../../exchange/attempt';
import type { Answered } from '../sending/answers';
import { carry, tellFailure } from '../sending/carry';
import { confirmDeparture, confirmErrors } from '../sending/confirm';
import { hasChanged, type OpenMessage, openMessage } from '../documents';
import { knowledge } from '../knowledge';
import { chooseRoute, findRoute, renewRoute, type Route } from '../sending/route';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** What keybindings and tests may answer beforehand. The questions that guard patients are asked all the same. */
interface SendOptions {
  from: string;
  /** A mailbox id, or GPPROVIDER for the practice of the message's patient. */
  to: string;
  /** Send although there are errors. */
  anyway?: boolean;
}

type ChooseRoute = (message: OpenMessage, addressed: Addressed) => Promise<Route | string | undefined>;

/**
 * @param uri a file; without one, the editor in front
 * @param options SendOptions; anything else (menus pass things of their own) is ignored
 * @returns what was sent and what came back; undefined when nothing was sent
 */
export async function sendMessage(toolkit: Toolkit, uri?: unknown, options?: unknown): Promise<Answered | undefined> {
  const given = isObject(options) && typeof options.from === 'string' && typeof options.to === 'string';
  return depart(toolkit, uri instanceof vscode.Uri ? uri : undefined, async (message, addressed) => {
    const { from, to, anyway } = (given ? options : {}) as Partial<SendOptions>;
    if (anyway !== true && !(await confirmErrors(message))) return undefined;
    if (from === undefined || to === undefined) return chooseRoute(toolkit, addressed);
    return findRoute(toolkit, addressed, from, to);
  });
}

/** @param choose a route, a sentence that says why there is none, or undefined when the person gives up */
async function depart(
  toolkit: Toolkit,
  uri: vscode.Uri | undefined,
  choose: ChooseRoute,
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
    const addressed = address(message, toolkit);
    const route = await choose(message, addressed);
    if (typeof route === 'string') tell('warning', route);
    else if (route) return await send(toolkit, message, addressed, route);
    return undefined;
  } finally {
    departing.delete(key);
  }
}

function address({ outgoing }: OpenMessage, { inboxes }: Toolkit): Addressed {
  const documents = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === 'json');
  const known = { received: inboxes.all(), open: documents.map((document) => document.getText()) };
  const answered = answeredBy(outgoing.message, known, knowledge());
  return addressOf(outgoing.message, knowledge(), { randomUUID, answered });
}

async function send(
  toolkit: Toolkit,
  message: OpenMessage,
  addressed: Addressed,
  route: Route,
): Promise<Answered | undefined> {
  const { outgoing, uri, name } = message;
  const { from, to, byMessage } = route;
  const again = (): unknown =>
    depart(toolkit, uri, async (now, address) => {
      const renewed = await renewRoute(toolkit, address, route);
      if (typeof renewed === 'string') return renewed;
      return now.outgoing.text === outgoing.text || (await confirmErrors(now)) ? renewed : undefined;
    });
  try {
    const workflowId = addressed.workflowId ?? (await askWorkflow(message));
    if (workflowId === undefined) return undefined;
    const before = toolkit.journal.last(outgoing.messageId);
    const doubts = doubtsAbout(to, knowledge().envelope.practiceAddress, addressed.to);
    const departure = { outgoing, from, to, byMessage, workflowId, addressed, doubts, before };
    if (!(await confirmDeparture(departure))) return undefined;
    const client = await toolkit.connections.connect(from);
    if (!client) return undefined;
    if (await hasChanged(message)) {
      tell('warning', `${name} has changed since it was checked, so it was not sent.`, { 'Check and send': again });
      return undefined;
    }
    toolkit.departing.set(uri.toString(), 'sending');
    const { subject, localId, fileName } = addressed;
    const body = Buffer.from(outgoing.text);
    const letter = { to, workflowId, subject, localId, fileName, contentType: 'application/fhir+json', body };
    const document = { name, ...(uri.scheme !== 'untitled' && { uri: uri.toString() }) };
    const attempt = attemptOf(departure, { id: randomUUID(), environment: from.environment, document });
    return await carry(toolkit, { client, letter, attempt, route, again });
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    tellFailure(toolkit, error, route, again);
    return undefined;
  }
}

function askWorkflow({ outgoing }: OpenMessage): Thenable<string | undefined> {
  const announced = readAnnounced(outgoing.message, knowledge());
  const workflow = knowledge().useCases[0]?.workflow;
  const answer = announced !== undefined && isResponse(announced, knowledge());
  return vscode.window.showInputBox({
    title: 'Send message to MESH mailbox',
    prompt: `${answer ? 'The message that is answered is not known here' : 'The header does not tell which kind of message this is'}. Under which workflow id shall it travel?`,
    value: answer ? workflow?.acknowledgement : workflow?.request,
    ignoreFocusOut: true,
    validateInput: (text) => (/^[\x21-\x7e]{1,300}$/.test(text) ? undefined : 'A workflow id holds no spaces.'),
  });
}
