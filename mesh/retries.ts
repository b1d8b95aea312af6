// Trying again what may safely be tried again: when, how often, and how long to wait before.
import { setTimeout as sleep } from 'node:timers/promises';
import { amend, couldNot, MeshError } from './errors';

export interface RetryOptions {
  /** Tries after the first. */
  retries: number;
  /** Waits; rejects when the signal is aborted. */
  wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to 1. */
  random: () => number;
}

/** Statuses that pass. */
const PASSING: ReadonlySet<number> = new Set([425, 429, 502, 503, 504]);
/** Connections that were lost or could not be made just now. Not those that nobody listens for: that does not pass by itself. */
const LOST =
  /^(ECONNRESET|EPIPE|ECONNABORTED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ERR_STREAM_PREMATURE_CLOSE|ERR_SSL_UNEXPECTED_EOF_WHILE_READING)$/;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 60_000;

/**
 * Does `attempt` until it succeeds or trying again makes no sense. Only for what does no harm when done twice.
 * `attempt` has to make a new token every time.
 */
export async function repeated<T>(
  attempt: () => Promise<T>,
  options: RetryOptions,
  { action, signal }: { action: string; signal?: AbortSignal },
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof MeshError) || !passes(error)) throw error;
      const pause = pauseAfter(error, tries, options.random);
      if (tries > options.retries || pause > LONGEST_PAUSE)
        throw tries === 1 ? error : amend(error, {}, `It was tried ${tries} times.`);
      await waited(pause, options, { action, signal });
    }
  }
}

function passes({ kind, status, code }: MeshError): boolean {
  if (status !== undefined) return PASSING.has(status);
  return kind === 'timeout' || (kind === 'network' && LOST.test(code ?? ''));
}

/** What MESH asks for, else half a second and twice as long each time, shortened by chance so that clients spread. */
function pauseAfter({ retryAfter }: MeshError, tries: number, random: () => number): number {
  return retryAfter ?? FIRST_PAUSE * 2 ** (tries - 1) * (1 - random() / 2);
}

/** Waits; rejects with a MeshError when it is cancelled meanwhile. */
export async function waited(
  pause: number,
  { wait }: RetryOptions,
  { action, signal }: { action: string; signal?: AbortSignal },
): Promise<void> {
  const cancelled = () => new MeshError('cancelled', couldNot({ action }, 'it was cancelled.'));
  try {
    await wait(pause, signal);
  } catch {
    throw cancelled();
  }
  if (signal?.aborted) throw cancelled();
}

/** The real clock. */
export const realWait: RetryOptions['wait'] = (milliseconds, signal) => sleep(milliseconds, undefined, { signal });
