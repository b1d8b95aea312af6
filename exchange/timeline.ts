// What a sender sees of a message that was sent: its steps so far, what it waits for, and what there is to do. Pure.
import type { Knowledge } from '../core/knowledge';
import { type Answer, type Facts, factsOf } from './facts';
import { headlineOf, nextOf } from './headline';
import type { Attempt, Entry } from './journal';
import { stepsOf } from './steps';

/** Milliseconds until what has not come is overdue. */
export interface Times {
  collected: number;
  infrastructure: number;
  business: number;
}

export type StepName = 'sent' | 'accepted' | 'collected' | 'infrastructure' | 'business' | 'undelivered';

export interface Step {
  name: StepName;
  state: 'done' | 'waiting' | 'overdue' | 'failed' | 'unclear' | 'not asked';
  /** When it was done, or failed. */
  at?: Date;
  /** Of what is waited for: when it becomes overdue. */
  due?: Date;
  /** A sentence, or the beginning of one. */
  says: string;
  /** MESH id of the answer or report, to open it. */
  answer?: string;
}

export type ExchangeState =
  | 'departing'
  | 'refused'
  | 'unclear'
  | 'waiting'
  | 'overdue'
  | 'accepted'
  | 'rejected'
  | 'undelivered'
  /** Nothing more can come: the sandbox that had it has stopped. */
  | 'ended';

export interface Exchange {
  attempt: Attempt;
  at: Date;
  meshId?: string;
  steps: Step[];
  state: ExchangeState;
  /** E.g. "Accepted: 30001 Patient known here" */
  headline: string;
  /** What the sender must do now, if anything. */
  next?: string;
  /** Each once, doubled answers of a receiver included. */
  answers: readonly Answer[];
  /** MESH id of the report that says it was not delivered. */
  report?: string;
  /** The process that sends it, and whether it goes to a sandbox that ends with that. */
  by?: number;
  passing: boolean;
  /** That sandbox has stopped since. */
  ended?: true;
}

/** A send that is still under way after that has ended without a word. */
const LONGEST_SEND = 30 * 60_000;

/** Undefined when the entries do not tell which message they are about. */
export function timelineOf(
  entries: readonly Entry[],
  now: Date,
  times: Times,
  knowledge: Knowledge,
): Exchange | undefined {
  const facts = factsOf(entries);
  if (!facts) return undefined;
  if (facts.arrival === 'departing' && now.getTime() - facts.at.getTime() > LONGEST_SEND) {
    facts.arrival = 'unclear';
    facts.why = 'Nothing was written down of how the send ended.';
  }
  const steps = stepsOf(facts, now, times, knowledge);
  const state = stateOf(facts, steps);
  const { attempt, at, meshId, answers, by, passing, undelivered, ended } = facts;
  return {
    attempt,
    at,
    ...(meshId !== undefined && { meshId }),
    steps,
    state,
    headline: headlineOf(state, facts, steps, knowledge),
    next: nextOf(state, facts, steps),
    answers,
    ...(undelivered?.meshId !== undefined && { report: undelivered.meshId }),
    ...(by !== undefined && { by }),
    passing,
    ...(ended && { ended: true }),
  };
}

function stateOf({ arrival, answers, undelivered, ended, attempt }: Facts, steps: readonly Step[]): ExchangeState {
  const is = (state: Step['state']): boolean => steps.some((step) => step.state === state);
  if (arrival === 'no') return 'refused';
  if (arrival !== 'yes') return ended ? 'ended' : arrival === 'departing' ? 'departing' : 'unclear';
  if (undelivered && answers.length === 0) return 'undelivered';
  if (steps.some(({ name, state }) => isAnswer(name) && state === 'failed')) return 'rejected';
  if (steps.some(({ name, state }) => isAnswer(name) && state === 'unclear')) return 'unclear';
  if (is('overdue')) return 'overdue';
  const { infrastructure, business } = attempt.asks;
  const open = steps.some(
    ({ name, state }) => state === 'waiting' && (isAnswer(name) || !(infrastructure || business)),
  );
  if (open) return 'waiting';
  const isMissing = (name: StepName): boolean => steps.some((step) => step.name === name && step.at === undefined);
  if (
    ended &&
    (infrastructure || business ? isMissing(business ? 'business' : 'infrastructure') : isMissing('collected'))
  )
    return 'ended';
  return 'accepted';
}

function isAnswer(name: StepName): boolean {
  return name === 'infrastructure' || name === 'business';
}

/** When the next thing becomes overdue, or a send that is under way too long. */
export function nextChange(exchanges: readonly Exchange[], now: Date): Date | undefined {
  const times = exchanges.flatMap(({ state, at, steps }) =>
    state === 'departing' ? [new Date(at.getTime() + LONGEST_SEND + 1)] : steps.flatMap(({ due }) => due ?? []),
  );
  return times.filter((time) => time > now).sort((one, other) => one.getTime() - other.getTime())[0];
}

/** True when MESH certainly has it. */
export function hasArrived({ steps }: Exchange): boolean {
  return steps.some(({ name, state }) => name === 'accepted' && state === 'done');
}

/** True when no answer to it and no news of it is to be expected. */
export function isFinished({ state }: Exchange): boolean {
  return ['refused', 'accepted', 'rejected', 'undelivered', 'ended'].includes(state);
}

/** True when a person has to look. */
export function needsLook({ state }: Exchange): boolean {
  return state === 'unclear' || state === 'overdue';
}

/**
 * Since when something that was sent from a mailbox has waited for an answer; undefined when nothing does.
 * @param exchanges newest first
 * @param place its key (`keyOf`)
 */
export function awaitedSince(exchanges: readonly Exchange[], place: string): Date | undefined {
  return exchanges.findLast((one) => one.attempt.place === place && !isFinished(one))?.at;
}
