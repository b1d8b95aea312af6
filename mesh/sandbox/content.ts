// What a message holds, read from its parts: compressed or not, and never more of it than is asked for.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Mailboxes } from './mailboxes';
import type { StoredMessage } from './message';

/** Bytes. What is larger is no ITK3 message: nobody looks further into it, whatever memory there is. */
export const LARGEST_READ = 8 * 1024 * 1024;

/** As far as it can be read: parts may be missing, or not be what their sender said. */
export async function beginningOf(
  message: StoredMessage,
  mailboxes: Mailboxes,
  most: number,
): Promise<{ content: Buffer; more: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for (let number = 1; number <= message.of && length <= most; number++) {
    const stored = await mailboxes.part(message, number);
    if (!stored) break;
    const source = message.encoding === 'gzip' ? Readable.from([stored]).pipe(createGunzip()) : [stored];
    try {
      for await (const piece of source as AsyncIterable<Buffer> | Buffer[]) {
        pieces.push(piece);
        length += piece.length;
        // A small part may unfold into a machine's whole memory.
        if (length > most) break;
      }
    } catch {
      break;
    }
  }
  return { content: Buffer.concat(pieces).subarray(0, most), more: length > most };
}
