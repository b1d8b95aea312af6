// Where the sandbox's messages are kept. What a store has resolved survives whatever it was made to survive.
import type { StoredMessage } from './message';

export interface Store {
  /** What is there at the start, in any order. What cannot be read is left where it is, and told in the log. */
  load(): Promise<StoredMessage[]>;
  /** May replace a part of that number. The message itself need not be saved yet. */
  savePart(message: StoredMessage, part: number, bytes: Buffer): Promise<void>;
  /** May replace what was saved under that id. */
  saveMessage(message: StoredMessage): Promise<void>;
  /** Undefined when it is not there. */
  part(message: StoredMessage, part: number): Promise<Buffer | undefined>;
  /** The message and its parts. */
  remove(message: StoredMessage): Promise<void>;
  close(): Promise<void>;
}
