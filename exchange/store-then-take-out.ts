// Takes a message out of a mailbox, where MESH then deletes it: in this order, so that nothing is lost.
import type { DownloadedMessage } from '../mesh/client';
import { codeIn } from './collected';
import { storeAs } from './store-message';

export interface TakingOut {
  /** These give undefined when the person gives up. */
  download: () => Promise<DownloadedMessage | undefined>;
  /** A whole path. */
  fileFor: (message: DownloadedMessage) => Promise<string | undefined>;
  /** MESH deletes it for good. */
  takeOut: () => Promise<void>;
}

export type TakenOut =
  | { outcome: 'taken out'; file: string }
  | { outcome: 'given up' }
  /** Why, as a sentence. */
  | { outcome: 'not stored'; why: string };

/** Rejects as `download` and `takeOut` do: the message is then in the mailbox still, or MESH did not say. */
export async function storeThenTakeOut({ download, fileFor, takeOut }: TakingOut): Promise<TakenOut> {
  const message = await download();
  if (!message) return { outcome: 'given up' };
  const file = await fileFor(message);
  if (file === undefined) return { outcome: 'given up' };
  try {
    await storeAs(file, message);
  } catch (error) {
    return { outcome: 'not stored', why: `The message could not be stored (${codeIn(error) ?? 'unknown reason'}).` };
  }
  await takeOut();
  return { outcome: 'taken out', file };
}
