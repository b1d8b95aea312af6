// Why something failed, fit for the log: the text of an error that is not ours may quote a message.
import { MeshError } from '../errors';

export function reasonOf(error: unknown): string {
  if (error instanceof MeshError) return error.message;
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : 'no error given';
}
