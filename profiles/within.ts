// A limit on work that has no end by itself: a pattern in users' own profiles, a text that nobody foresaw. One thread can hear
// nothing meanwhile, so node's own watchdog stops it.
import vm from 'node:vm';
import { TooLong } from '../core/too-long';

/** The only code that is run this way: it calls what lies in the place. */
const PLACE = Symbol.for('itk3.work');
const CALL = new vm.Script(`globalThis[Symbol.for('itk3.work')]()`);
const place = globalThis as { [PLACE]?: () => void };

/** @throws {TooLong} when the work was not done in time */
export function within<T>(milliseconds: number, work: () => T): T {
  const outer = place[PLACE];
  let done: { value: T } | undefined;
  place[PLACE] = () => {
    done = { value: work() };
  };
  try {
    CALL.runInThisContext({ timeout: milliseconds, displayErrors: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new TooLong(milliseconds);
    throw error;
  } finally {
    place[PLACE] = outer;
  }
  return done!.value;
}
