// From which mailbox to which: one list, with what was done last on top.
import * as vscode from 'vscode';
import { isNhsNumber } from '../core/nhs/nhs-number';
import { maskAddress } from '../mesh/errors';
import { addMailbox } from './add-mailbox';
import { ensureSandbox } from './ensure-sandbox';
import { configuredPlace, configuredPlaces } from './mailboxes';
import { keyOf, type Place, readRecipient, SANDBOX, whereIs } from './place';
import { pharmacyOf, PHARMACY, PRACTICE } from './sandbox';
import type { Toolkit } from './toolkit';

export interface Route {
  from: Place;
  to: string;
}

type Choice = vscode.QuickPickItem & { route?: () => Promise<Route | undefined> };

/** Undefined when the person gives up. */
export async function chooseRoute(toolkit: Toolkit): Promise<Route | undefined> {
  const title = 'Send message to MESH mailbox';
  const placeHolder = 'From which mailbox to which?';
  const choices = choicesFor(toolkit);
  const choice = await vscode.window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true });
  return choice?.route?.();
}

/** A route named by its ends, as keybindings and tests give it: a configured mailbox, or one of the sandbox. */
export async function findRoute(toolkit: Toolkit, from: string, to: string): Promise<Route | string> {
  const recipient = readRecipient(to);
  if (recipient === undefined) return 'The recipient is no mailbox id.';
  const id = from.toUpperCase();
  const place =
    id === PHARMACY.mailbox
      ? pharmacyOf(await ensureSandbox(toolkit))
      : configuredPlaces().find(({ mailbox, name }) => mailbox === id || name === from);
  return place ? { from: place, to: recipient } : `There is no mailbox ${from} in the setting itk3.mailboxes.`;
}

function choicesFor(toolkit: Toolkit): Choice[] {
  const { recent, sandbox } = toolkit;
  const fromSandbox = async (to: string): Promise<Route> => ({ from: pharmacyOf(await ensureSandbox(toolkit)), to });
  const typed = async (from: Place): Promise<Route | undefined> => {
    const to = await askRecipient(from);
    return to === undefined ? undefined : { from, to };
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
    if (!from) return [];
    return [
      {
        label: `$(history) ${from.name} $(arrow-right) ${maskAddress(to)}`,
        description: whereIs(from),
        route: () => Promise.resolve({ from, to }),
      },
    ];
  });
  const sandboxWasLast = [undefined, SANDBOX].includes(recent.routes[0]?.from);
  const places = configuredPlaces().map((place): Choice => ({
    label: `$(mail) ${place.name} $(arrow-right) …`,
    description: whereIs(place),
    route: () => typed(place),
  }));
  return [
    ...(sandboxWasLast ? [toPractice, ...used] : [...used, toPractice]),
    separator('To a mailbox that you name'),
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

async function askRecipient(from: Place): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: `Send from ${from.name}`,
    prompt: 'To which mailbox?',
    placeHolder: from.sandbox ? PRACTICE.mailbox : 'A mailbox id, or GPPROVIDER_<NHS number>_<yyyyMMdd>_<surname>',
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (readRecipient(value) === undefined)
        return /^\s*GPPROVIDER/i.test(value)
          ? 'A practice is addressed as GPPROVIDER_<NHS number>_<yyyyMMdd>_<surname>.'
          : 'A mailbox id holds letters, digits, "_" and "-" only.';
      const number = /^GPPROVIDER_(\d{10})/i.exec(value.trim())?.[1];
      return number !== undefined && !isNhsNumber(number) ? 'The NHS number in this address is not one.' : undefined;
    },
  });
  return text === undefined ? undefined : readRecipient(text);
}

/** The route as the settings have it now; undefined when its mailbox is there no more. */
export async function renewRoute(toolkit: Toolkit, { from, to }: Route): Promise<Route | undefined> {
  const place = from.sandbox ? pharmacyOf(await ensureSandbox(toolkit)) : configuredPlace(keyOf(from));
  return place && { from: place, to };
}

/** Puts a route that worked on top of the list. */
export function rememberRoute({ recent }: Toolkit, route: Route): void {
  const [from, to] = [keyOf(route.from), route.to];
  recent.routes = [{ from, to }, ...recent.routes.filter((one) => one.from !== from || one.to !== to)].slice(0, 5);
  recent.mailbox = from;
}

function separator(label: string): Choice {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
