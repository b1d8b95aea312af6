// The Mailboxes view as plain data: environments, their mailboxes, what lies in them. Pure: no editor. Of a patient it shows
// no more than the hint.
import { isLive, keyOf, LIVE, LOCAL_SANDBOX, type Place } from '../../exchange/place';
import type { Received } from '../../exchange/received';
import { shortly } from '../../exchange/when';
import { isLoopback } from '../../mesh/environments';
import { type InboxState, PAGE } from '../following/inboxes';
import type { Item } from './item';
import { itemOfReceived } from './received-item';

/** Where something stands in the view. Menus hand these to commands. */
export type Element =
  | { environment: string }
  | { place: Place }
  | { place: Place; received: Received }
  | { place: Place; older: number }
  | { place: Place; note: Note };

type Note = 'looking' | 'failed' | 'empty' | 'not looked into';

export interface Shown {
  /** The window's own sandbox is the first of them while it runs. */
  places: readonly Place[];
  sandbox: { port: number; strict: boolean; scenario: string | undefined } | undefined;
  state: (place: Place) => InboxState;
  /** When the mailbox was last looked into before this window. */
  lookedBefore: (place: Place) => Date | undefined;
  /** Name of the document that was sent and that this answers. */
  answered: (received: Received) => string | undefined;
  /** What people call a mailbox, seen from another one. */
  nameOf: (place: Place, mailbox: string) => string | undefined;
  now: Date;
}

/** Nothing where there is nothing: then VS Code says what can be done. */
export function childrenOf(element: Element | undefined, shown: Shown): Element[] {
  const { places, state } = shown;
  if (!element) return places.length === 0 ? [] : environmentsOf(shown).map((environment) => ({ environment }));
  if ('environment' in element)
    return places.filter(({ environment }) => environment === element.environment).map((place) => ({ place }));
  if ('received' in element || 'older' in element || 'note' in element) return [];
  const { place } = element;
  const { messages, pending, older, lookedAt, failure, looking } = state(place);
  const note = (told: Note): Element => ({ place, note: told });
  return [
    ...(failure !== undefined ? [note('failed')] : []),
    ...messages.map((received) => ({ place, received })),
    ...(looking && (pending > 0 || !lookedAt) ? [note('looking')] : []),
    ...(older > 0 ? [{ place, older }] : []),
    ...(!looking && lookedAt && messages.length + older === 0 ? [note('empty')] : []),
    ...(!looking && !lookedAt && failure === undefined ? [note('not looked into')] : []),
  ];
}

/** The sandbox first, since nothing can happen there; what is live at the end. */
function environmentsOf({ places }: Shown): string[] {
  const rank = (environment: string): number =>
    environment === LOCAL_SANDBOX ? 0 : liveIn(environment, places) ? 2 : 1;
  const named = new Set([LOCAL_SANDBOX, ...places.map(({ environment }) => environment)]);
  return [...named].sort((one, other) => rank(one) - rank(other));
}

const liveIn = (environment: string, places: readonly Place[]): boolean =>
  places.some((place) => place.environment === environment && isLive(place));

export function parentOf(element: Element): Element | undefined {
  if ('environment' in element) return undefined;
  const { place } = element;
  if ('received' in element || 'older' in element || 'note' in element) return { place };
  return { environment: place.environment };
}

export function itemOf(element: Element, shown: Shown): Item {
  if ('environment' in element) return environmentItem(element.environment, shown);
  if ('received' in element) return itemOfReceived(element.place, element.received, shown);
  if ('older' in element) return olderItem(element.place, element.older);
  if ('note' in element) return noteItem(element.place, element.note, shown);
  return mailboxItem(element.place, shown);
}

function environmentItem(environment: string, { places, sandbox }: Shown): Item {
  const common = { id: environment, label: environment, below: 'open' as const };
  if (environment === LOCAL_SANDBOX) {
    if (!sandbox)
      return {
        id: `${environment} stopped`,
        label: environment,
        description: 'not running',
        tooltip: ['A MESH of your own on this machine, with a GP practice that answers. Nothing leaves the machine.'],
        icon: 'circle-outline',
        spoken: `${environment}, not running`,
        context: 'itk3.environment.sandbox.stopped',
      };
    const { port, strict, scenario } = sandbox;
    const description = [`port ${port}`, ...(strict ? ['strict'] : []), ...(scenario ? [scenario] : [])].join(' · ');
    return {
      ...common,
      description,
      tooltip: [
        `Runs on port ${port} of this machine. Nothing leaves the machine.`,
        ...(scenario ? [`Every message meets the scenario "${scenario}".`] : []),
      ],
      icon: scenario ? 'beaker' : 'broadcast',
      ...(scenario && { colour: 'list.warningForeground' }),
      spoken: `${environment}, ${description}`,
      context: 'itk3.environment.sandbox.running',
    };
  }
  if (liveIn(environment, places))
    return {
      ...common,
      description: environment === 'LIVE' ? 'real people' : 'LIVE: real people',
      tooltip: [LIVE],
      icon: 'alert',
      colour: 'list.errorForeground',
      spoken: `${environment}, live: messages there are about real people`,
      context: 'itk3.environment.live',
      alarming: true,
    };
  return {
    ...common,
    icon: 'server-environment',
    spoken: environment,
    context: 'itk3.environment',
  };
}

function mailboxItem(place: Place, shown: Shown): Item {
  const { name, mailbox, endpoint, sandbox } = place;
  const { messages, pending, older, failure, looking, lookedAt } = shown.state(place);
  const before = shown.lookedBefore(place);
  const waiting = messages.length + pending + older;
  const count = waiting === 0 ? 'empty' : waiting === 1 ? '1 message' : `${waiting} messages`;
  const when = lookedAt ?? before;
  const how = looking
    ? 'looking…'
    : failure !== undefined
      ? 'could not be read'
      : lookedAt
        ? count
        : before
          ? `last looked into ${shortly(before, shown.now)}`
          : 'not looked into yet';
  const live = isLive(place);
  return {
    id: keyOf(place),
    label: name,
    description: [how, ...(name === mailbox ? [] : [mailbox])].join(' · '),
    tooltip: [
      `${name} (${mailbox})`,
      sandbox ? 'In the sandbox of this window' : `At ${endpoint.host}${isLoopback(endpoint) ? ', this machine' : ''}`,
      ...(live ? [LIVE] : []),
      when ? `Last looked into ${shortly(when, shown.now)}` : 'Not looked into yet',
      ...(lookedAt ? [`${count}${older > 0 ? `, ${messages.length} of them downloaded` : ''}`] : []),
      ...(failure !== undefined ? [failure] : []),
    ],
    icon: failure !== undefined ? 'warning' : 'inbox',
    ...(failure !== undefined && { colour: 'list.warningForeground' }),
    spoken: `${name}, mailbox ${mailbox}${live ? ', live' : ''}, ${how}`,
    context: sandbox ? 'itk3.mailbox.sandbox' : 'itk3.mailbox',
    below: sandbox ? 'open' : 'closed',
  };
}

function olderItem(place: Place, older: number): Item {
  const label = `Show ${Math.min(PAGE, older)} older (${older} left)`;
  return {
    id: `${keyOf(place)} older`,
    label,
    icon: 'history',
    tooltip: ['Downloads them too. Reading takes nothing out of the mailbox.'],
    spoken: label,
    context: 'itk3.older',
    command: { id: 'itk3.loadOlder', title: 'Show older messages' },
  };
}

function noteItem(place: Place, note: Note, { state }: Shown): Item {
  const { pending, failure = '' } = state(place);
  const id = `${keyOf(place)} ${note}`;
  const look = { id: 'itk3.lookIntoMailbox', title: 'Look into the mailbox' };
  switch (note) {
    case 'looking': {
      const label = pending > 0 ? `Reading ${pending} more…` : 'Looking…';
      return { id, label, icon: 'loading~spin', spoken: label, context: 'itk3.note' };
    }
    case 'failed':
      return {
        id,
        label: failure,
        tooltip: [failure, 'A click tries it again.'],
        icon: 'refresh',
        spoken: `${failure} Press Enter to try again.`,
        context: 'itk3.note',
        command: look,
      };
    case 'empty':
      return { id, label: 'No messages', spoken: 'No messages', context: 'itk3.note' };
    case 'not looked into':
      return {
        id,
        label: 'Look into this mailbox',
        tooltip: ['Lists what lies there. Reading takes nothing out.'],
        icon: 'refresh',
        spoken: 'Look into this mailbox',
        context: 'itk3.note',
        command: look,
      };
  }
}
