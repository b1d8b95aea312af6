// How often a server that ends by itself is started again: one that ends each time must not go round for ever.

/** So many ends within so many milliseconds are one too many. */
const MOST = 5;
const WITHIN = 3 * 60_000;

export interface Restarts {
  /** The server has ended. @returns whether it is to be started again */
  ended(now: number): boolean;
  /** A person has started it: what was before counts no more. */
  forget(): void;
}

export function createRestarts(): Restarts {
  let ends: number[] = [];
  return {
    ended(now) {
      ends = [...ends.filter((end) => now - end < WITHIN), now];
      return ends.length < MOST;
    },
    forget() {
      ends = [];
    },
  };
}

export const GIVEN_UP = `The language server of ITK3 ended ${MOST} times within ${WITHIN / 60_000} minutes, so messages are not checked any more. Nothing that you wrote is lost; sending and receiving go on.`;
