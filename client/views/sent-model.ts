// The view Sent as plain data: a line a message, its steps below it. Pure.
import { oneLine } from '../../exchange/received';
import type { Exchange, ExchangeState, Step } from '../../exchange/timeline';
import { shortly, whenOf } from '../../exchange/when';
import type { Item } from './item';

/** What menus and clicks hand to commands. */
export type SentElement =
  { exchange: Exchange } | { exchange: Exchange; step: Step } | { exchange: Exchange; next: string };

export function childrenOfSent(element: SentElement | undefined, exchanges: readonly Exchange[]): SentElement[] {
  if (!element) return exchanges.map((exchange) => ({ exchange }));
  if ('step' in element || 'next' in element) return [];
  const { exchange } = element;
  const { steps, next } = exchange;
  return [...steps.map((step) => ({ exchange, step })), ...(next === undefined ? [] : [{ exchange, next }])];
}

/** By its id: VS Code asks for it when it reveals one. */
export function parentOfSent(element: SentElement): SentElement | undefined {
  return 'step' in element || 'next' in element ? { exchange: element.exchange } : undefined;
}

const ICONS: Readonly<Record<ExchangeState, [icon: string, colour?: string]>> = {
  departing: ['sync'],
  refused: ['circle-slash', 'disabledForeground'],
  unclear: ['question', 'list.warningForeground'],
  waiting: ['clock'],
  overdue: ['warning', 'list.warningForeground'],
  accepted: ['pass', 'testing.iconPassed'],
  rejected: ['error', 'testing.iconFailed'],
  undelivered: ['circle-slash', 'list.errorForeground'],
  ended: ['debug-disconnect', 'disabledForeground'],
};

const STEPS: Readonly<Record<Step['state'], [icon: string, colour?: string]>> = {
  done: ['check', 'testing.iconPassed'],
  waiting: ['clock'],
  overdue: ['warning', 'list.warningForeground'],
  failed: ['error', 'testing.iconFailed'],
  unclear: ['question', 'list.warningForeground'],
  'not asked': ['dash', 'disabledForeground'],
};

export function itemOfSent(element: SentElement, now: Date): Item {
  const { exchange } = element;
  const { id } = exchange.attempt;
  if ('next' in element)
    return {
      id: `${id} next`,
      label: element.next,
      tooltip: [element.next],
      icon: 'lightbulb',
      spoken: `To do: ${element.next}`,
      context: 'itk3.sent.next',
    };
  return 'step' in element ? itemOfStep(exchange, element.step, now) : itemOfExchange(exchange, now);
}

function itemOfExchange({ attempt, at, state, headline, meshId, next }: Exchange, now: Date): Item {
  const { document, kind, to, from } = attempt;
  const [icon, colour] = ICONS[state];
  const name = oneLine(document.name);
  const when = shortly(at, now);
  return {
    id: attempt.id,
    label: name,
    description: `${headline} · to ${to} · ${when}`,
    tooltip: [
      name,
      headline,
      ...(next === undefined ? [] : [next]),
      ...(kind === undefined ? [] : [oneLine(kind)]),
      `From ${oneLine(from.name)} (${from.mailbox}, ${oneLine(from.environment)}) to ${to}`,
      `Sent ${whenOf(at)}`,
      `Workflow ${oneLine(attempt.workflowId)}`,
      ...(meshId === undefined ? [] : [`MESH id ${oneLine(meshId)}`]),
      ...(attempt.messageId === undefined ? [] : [`Message id ${attempt.messageId}`]),
    ],
    icon,
    ...(colour && { colour }),
    spoken: `${name}, ${headline}, to ${to}, sent ${when}`,
    context: `itk3.sent.${state}${meshId === undefined ? '' : '.mesh'}`,
    below: state === 'unclear' || state === 'overdue' ? 'open' : 'closed',
  };
}

function itemOfStep({ attempt, meshId }: Exchange, { name, state, at, due, says, answer }: Step, now: Date): Item {
  const [icon, colour] = STEPS[state];
  const id = name === 'accepted' ? meshId : answer;
  const waiting = due && (state === 'waiting' ? `overdue from ${shortly(due, now)}` : `since ${shortly(due, now)}`);
  const when = at ? shortly(at, now) : waiting;
  return {
    id: `${attempt.id} ${name}`,
    label: says,
    ...(when !== undefined && { description: when }),
    tooltip: [says, ...(when === undefined ? [] : [when]), ...(id === undefined ? [] : [`MESH id ${oneLine(id)}`])],
    icon,
    ...(colour && { colour }),
    spoken: [says, state === 'done' ? undefined : state, when].filter(Boolean).join(', '),
    context: answer === undefined ? 'itk3.sent.step' : 'itk3.sent.step.answer',
    ...(answer !== undefined && { command: { id: 'itk3.openAnswer', title: 'Open response' } }),
  };
}

/** What the badge of the view counts, and says. */
export function badgeOf(exchanges: readonly Exchange[]): { value: number; tooltip: string } | undefined {
  const count = (state: ExchangeState): number => exchanges.filter((one) => one.state === state).length;
  const [unclear, overdue] = [count('unclear'), count('overdue')];
  if (unclear + overdue === 0) return undefined;
  const told = [...(unclear > 0 ? [`${unclear} to be checked`] : []), ...(overdue > 0 ? [`${overdue} overdue`] : [])];
  return { value: unclear + overdue, tooltip: told.join(', ') };
}
