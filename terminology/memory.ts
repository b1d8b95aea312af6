/** What was found out once. Work that several wait for is done once, and stopped when none of them waits any more. */
export interface Memory<T> {
  /** Undefined when it is not known. */
  recall(key: string): { value: T } | undefined;
  remember(key: string, value: T): void;
  /** Recalls, or does the work and remembers. Rejects as the work does, or when the signal stops the waiting. */
  learn(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Work<T> {
  promise: Promise<T>;
  waiting: number;
  stop: AbortController;
}

/** @param limit how much is kept; the oldest is forgotten first */
export function createMemory<T>(limit: number): Memory<T> {
  const known = new Map<string, { value: T }>();
  const underWay = new Map<string, Work<T>>();

  const remember = (key: string, value: T): void => {
    known.delete(key);
    known.set(key, { value });
    for (const oldest of known.keys()) {
      if (known.size <= limit) break;
      known.delete(oldest);
    }
  };

  const begin = (key: string, work: (signal: AbortSignal) => Promise<T>): Work<T> => {
    const stop = new AbortController();
    const promise = work(stop.signal).then(
      (value) => {
        remember(key, value);
        end();
        return value;
      },
      (error: unknown) => {
        end();
        throw error;
      },
    );
    const begun = { promise, waiting: 0, stop };
    const end = (): void => {
      if (underWay.get(key) === begun) underWay.delete(key);
    };
    underWay.set(key, begun);
    return begun;
  };

  return {
    recall: (key) => known.get(key),
    remember,
    learn(key, work, signal) {
      const answer = known.get(key);
      if (answer) return Promise.resolve(answer.value);
      if (signal.aborted) return Promise.reject(new DOMException('Cancelled', 'AbortError'));
      const shared = underWay.get(key) ?? begin(key, work);
      shared.waiting += 1;
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          signal.removeEventListener('abort', leave);
          shared.waiting -= 1;
          if (shared.waiting === 0) {
            if (underWay.get(key) === shared) underWay.delete(key);
            shared.stop.abort();
          }
          reject(new DOMException('Cancelled', 'AbortError'));
        };
        signal.addEventListener('abort', leave);
        const stay = (): void => signal.removeEventListener('abort', leave);
        shared.promise.then(
          (value) => {
            stay();
            resolve(value);
          },
          (error: unknown) => {
            stay();
            reject(error instanceof Error ? error : new Error('Failed'));
          },
        );
      });
    },
  };
}
