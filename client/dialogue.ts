// A dialogue in steps, to go forward and back in. Pure: how it is shown is someone else's business (ask.ts).
import type { Told } from '../core/draft/choices';

/** The person wants the step before. */
export const BACK = Symbol('back');

/** Undefined when the person gives up. */
export type Answer<T> = T | typeof BACK | undefined;

export interface Item<T> extends Told {
  value: T;
  /** Of something other than a choice of the step, which stands apart from those: the name of a codicon. */
  icon?: string;
}

export interface Where {
  step: number;
  steps: number;
}

export interface Question extends Where {
  /** What is asked, short. */
  placeholder: string;
}

export interface Ask {
  /** @param chosen what Enter takes */
  one<T>(question: Question, items: readonly Item<T>[], chosen: T): Promise<Answer<T>>;
  /** At least one. @param chosen what is ticked */
  several<T>(question: Question, items: readonly Item<T>[], chosen: readonly T[]): Promise<Answer<T[]>>;
  /** A secret is shown as dots. @param problem why a text is not taken, as a sentence */
  text(
    question: Question & { prompt: string; secret?: true },
    value: string,
    problem: (text: string) => string | undefined,
  ): Promise<Answer<string>>;
}

export interface Step<S> {
  /** By which a dialogue can begin with it. */
  name?: string;
  /** A step that does not apply is passed by, forwards and backwards. */
  applies?: (state: S) => boolean;
  /** @returns the state after it; "done" with it leaves the steps that follow as they are */
  ask: (state: S, where: Where) => Promise<Answer<S | { done: S }>>;
}

/**
 * Undefined when the person gives up. Answers stay known when the person goes back.
 * @param first the name of the step to begin with, where the answers before it are known
 */
export async function inSteps<S extends object>(
  steps: readonly Step<S>[],
  start: S,
  first?: string,
): Promise<S | undefined> {
  let state = start;
  const applying = steps.filter(({ applies }) => applies?.(start) ?? true);
  let at = Math.max(
    applying.findIndex(({ name }) => name !== undefined && name === first),
    0,
  );
  for (;;) {
    const applying = steps.filter(({ applies }) => applies?.(state) ?? true);
    const step = applying[at];
    if (!step) return state;
    const answer = await step.ask(state, { step: at + 1, steps: applying.length });
    if (answer === undefined) return undefined;
    if (answer === BACK) at = Math.max(at - 1, 0);
    else if ('done' in answer) return answer.done;
    else [state, at] = [answer, at + 1];
  }
}
