// What became of an inbox that was collected, in a sentence and a line for each message that stayed. Pure.
import { type Collected, type Failure } from '../mesh/collect';
import { MeshError } from '../mesh/errors';

/** `38 messages stored and taken out, 2 stay in the mailbox.` */
export function tellCollected({ collected, failed }: Collected): string {
  if (collected.length + failed.length === 0) return 'There was nothing to collect.';
  const out = `${counted(collected.length)} stored and taken out`;
  if (failed.length === 0) return `${out}.`;
  return `${out}, ${failed.length} ${failed.length === 1 ? 'stays' : 'stay'} in the mailbox.`;
}

/** Why a message stayed, as a sentence; of the file system no more than its code, since its text repeats paths. */
export function whyStayed({ at, error }: Failure): string {
  const why =
    error instanceof MeshError ? error.message : `It could not be stored (${codeIn(error) ?? 'unknown reason'}).`;
  return at === 'acknowledge' ? `It is stored, but MESH could not be told: ${why}` : why;
}

/** The code of an error of the file system. */
export function codeIn(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'message' : 'messages'}`;
}
