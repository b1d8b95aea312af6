// Many questions to one server: each asked once, a few at a time, within a time; what was answered is kept in memory.
import type { TerminologyAnswer, TerminologyQuestion } from '../core/validate/terminology-answers';
import { createAnswerer } from './answer';
import type { TerminologyClient } from './client';
import type { TerminologyError } from './errors';
import { cancelled, errorFromFailure, isTotal, tooSlow } from './errors';
import { createMemory } from './memory';

export interface EnquiryOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  /** A signal that is aborted after so many milliseconds. */
  after?: (milliseconds: number) => AbortSignal;
  /** Milliseconds for all the questions of one document. */
  timeLimit?: number;
  /** Questions under way at a time. */
  atOnce?: number;
  /** Answers kept. */
  kept?: number;
}

export interface Enquiries {
  /** The host of the server. */
  readonly host: string;
  /** From memory alone; undefined while the question is open. */
  answerTo(question: TerminologyQuestion): TerminologyAnswer | undefined;
  /**
   * Asks what is open. Resolves with the reason if something stays open, which never is the message's fault; rejects only
   * when the signal stops it, with a TerminologyError of kind `cancelled`.
   */
  ask(questions: readonly TerminologyQuestion[], signal: AbortSignal): Promise<TerminologyError | undefined>;
}

/** So long nothing is asked of a server that could not answer anything: while a person types, it would be asked and asked. */
const PAUSE = 10_000;

/** Questions that a server may fail on before it is left alone. */
const PATIENCE = 3;

export function createEnquiries(client: TerminologyClient, options: EnquiryOptions = {}): Enquiries {
  const {
    now = Date.now,
    after = (milliseconds: number) => AbortSignal.timeout(milliseconds),
    timeLimit = 10_000,
    atOnce = 4,
    kept = 5_000,
  } = options;
  const answer = createAnswerer(client);
  const answers = createMemory<TerminologyAnswer>(kept);
  let down: { until: number; failure: TerminologyError } | undefined;

  const askAll = async (open: Map<string, TerminologyQuestion>, limit: AbortSignal, signal: AbortSignal) => {
    const refused = new Set<string>();
    let failure: TerminologyError | undefined;
    let failures = 0;
    let isOver = false;
    const either = AbortSignal.any([signal, limit]);
    const queue = open.entries();
    const work = async (): Promise<void> => {
      for (const [key, question] of queue) {
        if (isOver) return;
        if (refused.has(question.system)) continue;
        try {
          await answers.learn(key, (inner) => answer(question, inner), either);
        } catch (error) {
          if (signal.aborted) throw cancelled();
          const met = limit.aborted ? tooSlow(client.host) : errorFromFailure(error, client.host);
          failure ??= met;
          failures += 1;
          if (met.kind === 'not-allowed') refused.add(question.system);
          else if (isTotal(met) || failures >= PATIENCE) isOver = true;
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return failure;
  };

  return {
    host: client.host,
    answerTo: (question) => answers.recall(keyOf(question))?.value,
    async ask(questions, signal) {
      const open = new Map<string, TerminologyQuestion>();
      for (const question of questions) {
        const key = keyOf(question);
        if (!answers.recall(key)) open.set(key, question);
      }
      if (open.size === 0) return undefined;
      if (down && now() < down.until) return down.failure;
      const failure = await askAll(open, after(timeLimit), signal);
      const isDown = failure !== undefined && ![...open.keys()].some((key) => answers.recall(key));
      down = isDown ? { until: now() + PAUSE, failure } : undefined;
      return failure;
    },
  };
}

function keyOf({ system, code, display, valueSet }: TerminologyQuestion): string {
  return JSON.stringify([system, code, display, valueSet]);
}
