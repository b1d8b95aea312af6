// What every proof of secrets asks: an error, only ever a MeshError, with nothing planted in anything that hangs on it.
import assert from 'node:assert/strict';
import { MeshError } from '../../../mesh/errors';
import { createDetector } from './detector';
import { textsIn } from './texts';

/** One for all, so that a text is looked at once. */
export const detector = createDetector();

export function assertClean(value: unknown, when: string): void {
  for (const text of textsIn(value)) assert.deepEqual(detector.find(text), [], `${when}: ${text.slice(0, 300)}`);
}

/** The error of a call that must fail. */
export async function failed(call: () => Promise<unknown>, when: string): Promise<MeshError> {
  let thrown: unknown;
  await assert.rejects(
    call,
    (error) => {
      thrown = error;
      return true;
    },
    when,
  );
  assert.ok(thrown instanceof MeshError, `${when}: only MeshErrors come out`);
  assertClean(thrown, when);
  return thrown;
}

/** Writes down what this process says to the console, and Node's warnings, until the function returned is called. */
export function recordOutput(): () => string[] {
  const said: string[] = [];
  const streams = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array, ...rest: []) => {
      said.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return write(chunk, ...rest);
    };
    return () => {
      stream.write = write;
    };
  });
  const warned = (warning: Error) => said.push(...textsIn(warning));
  process.on('warning', warned);
  return () => {
    process.off('warning', warned);
    for (const restore of streams) restore();
    return said;
  };
}
