// From which mailbox to which: one list, with what was done last on top.
import * as vscode from 'vscode';
import type { Addressed } from '../../core/itk3/addressing';
import { addMailbox } from '../mailboxes/add-mailbox';
import { askIn } from '../ask';
import { ensureSandbox } from '../ensure-sandbox';
import { configuredPlace, configuredPlaces } from '../mailboxes/mailboxes';
import { isLive, keyOf, type Place, readRecipient, SANDBOX, whereIs } from '../../exchange/place';
import { withProgress } from '../progress';
import {
  chooseRecipient,
  isByPatient,
  type Listed,
  type NotFound,
  type Recipient,
  unrouted,
} from './recipient-dialogue';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { pharmacyOf, PHARMACY, PRACTICE } from '../sandbox';
import type { Toolkit } from '../toolkit';

export interface Route extends Recipient {
  from: Place;
}

type Choice = vscode.QuickPickItem & { route?: () => Promise<Route | undefined> };

/** Undefined when the person gives up. */
export async function chooseRoute(
  toolkit: Toolkit,
  addressed: Addressed,
  title = 'Send message to MESH mailbox',
): Promise<Route | undefined> {
  const placeHolder = 'From which mailbox to which?';
  const choices = choicesFor(toolkit, addressed, title);
  const choice = await vscode.window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true });
  return choice?.route?.();
}

/**
 * A route named by its ends, as keybindings and tests give it: a configured mailbox, or one of the sandbox, and to whom;
 * `GPPROVIDER` alone is the practice of the message's patient.
 */
export async function findRoute(
  toolkit: Toolkit,
  addressed: Addressed,
  from: string,
  to: string,
): Promise<Route | string> {
  const id = from.toUpperCase();
  const place =
    id === PHARMACY.mailbox
      ? pharmacyOf(await ensureSandbox(toolkit))
      : configuredPlaces().find(({ mailbox, name }) => mailbox === id || name === from);
  if (!place) return `There is no mailbox ${from} among those of the settings and the team’s file.`;
  const isPractice = /^\s*GPPROVIDER\s*$/i.test(to);
  const recipient = isPractice ? byMessage(reachable(toolkit, addressed, place)) : readGiven(to);
  return typeof recipient === 'string' ? recipient : { from: place, ...recipient };
}

function reachable({ sandbox }: Toolkit, addressed: Addressed, from: Place): Addressed {
  return from.sandbox && sandbox.running?.strict !== true ? unrouted(addressed) : addressed;
}

function readGiven(text: string): Recipient | string {
  const to = readRecipient(text);
  return to === undefined ? 'The recipient is no mailbox id.' : { to };
}

/** Or a sentence that says why the message gives no address. */
function byMessage({ to, whyNot }: Addressed): Recipient | string {
  return to === undefined ? (whyNot ?? 'The message gives no address.') : { to, byMessage: true };
}

function choicesFor(toolkit: Toolkit, addressed: Addressed, title: string): Choice[] {
  const { recent, sandbox } = toolkit;
  const fromSandbox = async (to: string): Promise<Route> => ({ from: pharmacyOf(await ensureSandbox(toolkit)), to });
  const typed = async (from: Place): Promise<Route | undefined> => {
    const recipient = await askRecipient(toolkit, addressed, from, title);
    return recipient && { from, ...recipient };
  };
  const toPractice: Choice = {
    label: `$(beaker) ${PHARMACY.name} $(arrow-right) ${PRACTICE.name}`,
    description: `${PHARMACY.mailbox} to ${PRACTICE.mailbox}`,
    detail: sandbox.running
      ? `At ${sandbox.running.url}: nothing leaves this machine`
      : 'Starts the sandbox: nothing leaves this machine',
    route: () => fromSandbox(PRACTICE.mailbox),
  };
  const used = recent.routes.flatMap(({ from: key, to }): Choice[] => {
    const from = configuredPlace(key);
    const recipient = to === undefined ? byMessage(addressed) : { to };
    if (!from || typeof recipient === 'string') return [];
    const whom = isByPatient(recipient.to) ? 'the patient’s practice' : recipient.to;
    return [
      {
        label: `$(history) ${from.name} $(arrow-right) ${whom}`,
        description: whereIs(from),
        route: () => Promise.resolve({ from, ...recipient }),
      },
    ];
  });
  const sandboxWasLast = [undefined, SANDBOX].includes(recent.routes[0]?.from);
  const places = configuredPlaces().map((place): Choice => ({
    label: `${isLive(place) ? '$(warning)' : '$(mail)'} ${place.name} $(arrow-right) …`,
    description: whereIs(place),
    route: () => typed(place),
  }));
  return [
    ...(sandboxWasLast ? [toPractice, ...used] : [...used, toPractice]),
    separator('To a practice or mailbox that you choose'),
    ...places,
    {
      label: `$(beaker) ${PHARMACY.name} $(arrow-right) …`,
      description: PHARMACY.mailbox,
      route: async () => typed(pharmacyOf(await ensureSandbox(toolkit))),
    },
    separator(''),
    {
      label: '$(add) Add a mailbox…',
      route: async () => {
        const place = await addMailbox(toolkit);
        return place && typed(place);
      },
    },
  ];
}

/** A directory asks MESH, so the mailbox is tried before the first question of it. */
async function askRecipient(
  toolkit: Toolkit,
  addressed: Addressed,
  from: Place,
  title: string,
): Promise<Recipient | undefined> {
  const lookup = async (odsCode: string, workflowId: string): Promise<readonly Listed[] | NotFound | undefined> => {
    try {
      const client = await toolkit.connections.connect(from);
      const looking = `Looking for the mailboxes of ${odsCode}`;
      return client && (await withProgress(looking, from, (signal) => client.lookup(odsCode, workflowId, { signal })));
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      const forget = (): Promise<void> => toolkit.connections.keeper.forget(from);
      const isPassword = error.kind === 'authentication' && !from.sandbox;
      return { failure: sentenceOf(error), ...(isPassword && { forget }) };
    }
  };
  const example = from.sandbox ? PRACTICE.mailbox : 'X26OT001';
  return chooseRecipient(askIn(`${title}, from ${from.name}`), {
    addressed: reachable(toolkit, addressed, from),
    example,
    lookup,
  });
}

/** The route as settings and message have it now, or a sentence that says why it is there no more. */
export async function renewRoute(toolkit: Toolkit, addressed: Addressed, route: Route): Promise<Route | string> {
  const { sandbox } = route.from;
  const from = sandbox ? pharmacyOf(await ensureSandbox(toolkit)) : configuredPlace(keyOf(route.from));
  if (!from) return `Mailbox ${route.from.mailbox} is not configured any more.`;
  const recipient = route.byMessage ? byMessage(reachable(toolkit, addressed, from)) : { to: route.to };
  return typeof recipient === 'string' ? recipient : { from, ...recipient };
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
