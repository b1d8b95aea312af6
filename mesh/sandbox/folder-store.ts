// A store that survives a kill at any moment, in the layout of NHS England's own sandbox: `<mailbox>/in/<id>/<part>`.
import { mkdir, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError } from '../errors';
import { flushFolder, makeFolder, writeDurably } from './durable';
import { readMessage, writeMessage } from './folder-format';
import { LOCK, lockFolder } from './folder-lock';
import type { StoredMessage } from './message';
import type { Store } from './store';

/** Where messages to nobody are: those that could not be routed. No mailbox's id looks like this. */
const NOBODY = '(unrouted)';

/**
 * Rejects with a MeshError when the folder cannot be had.
 * @param log told how many files are no messages; they stay where they are
 */
export async function openFolderStore(folder: string, log: (line: string) => void): Promise<Store> {
  const { root, unlock } = await openFolder(folder);
  const made = new Map<string, Promise<string>>();
  const working = new Set<Promise<unknown>>();
  let closed = false;

  const inboxOf = ({ to }: StoredMessage): Promise<string> => {
    const name = to.mailbox === '' ? NOBODY : to.mailbox;
    if (name !== NOBODY && !/^[\w-]{1,100}$/.test(name)) throw new RangeError('No name for a folder');
    const known = made.get(name) ?? makeFolder(root, name, 'in');
    made.set(name, known);
    known.catch(() => made.delete(name));
    return known;
  };

  /** The lock is not given up while something is still written. */
  const work = <T>(task: () => Promise<T>): Promise<T> => {
    if (closed) return Promise.reject(new Error('The store is closed'));
    const done = task().catch((error: unknown) => {
      throw codeOf(error) === undefined ? error : cannotKeep(error);
    });
    working.add(done);
    const forget = () => working.delete(done);
    done.then(forget, forget);
    return done;
  };

  return {
    load: () => work(() => loadAll(root, log)),
    savePart: (message, part, bytes) =>
      work(async () => {
        const place = join(await inboxOf(message), message.id);
        // That the folder itself stays is seen to when the message is saved in its parent, before anybody is answered.
        await mkdir(place, { recursive: true });
        await writeDurably(join(place, String(part)), bytes);
      }),
    saveMessage: (message) =>
      work(async () => writeDurably(join(await inboxOf(message), `${message.id}.json`), writeMessage(message))),
    part: (message, part) =>
      work(async () => {
        try {
          return await readFile(join(await inboxOf(message), message.id, String(part)));
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return undefined;
          throw error;
        }
      }),
    remove: (message) =>
      work(async () => {
        const inbox = await inboxOf(message);
        await rm(join(inbox, `${message.id}.json`), { force: true });
        await flushFolder(inbox);
        await rm(join(inbox, message.id), { recursive: true, force: true });
      }),
    async close() {
      closed = true;
      await Promise.allSettled(working);
      await unlock();
    },
  };
}

async function openFolder(folder: string): Promise<{ root: string; unlock: () => Promise<void> }> {
  try {
    await mkdir(folder, { recursive: true });
    const root = await realpath(folder);
    return { root, unlock: await lockFolder(root) };
  } catch (error) {
    throw error instanceof MeshError ? error : cannotKeep(error);
  }
}

function cannotKeep(error: unknown): MeshError {
  const code = codeOf(error);
  const reason = FOLDER_PROBLEMS[code ?? ''] ?? 'the system does not allow it';
  const sentence = `The sandbox cannot keep its messages in that folder: ${reason}. Choose another folder.`;
  return new MeshError('invalid-request', sentence, { code });
}

const FOLDER_PROBLEMS: Record<string, string> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'nothing can be written there',
  EEXIST: 'it is a file',
  ENOTDIR: 'a part of its path is a file',
  ENOSPC: 'no space is left',
};

async function loadAll(root: string, log: (line: string) => void): Promise<StoredMessage[]> {
  const messages: StoredMessage[] = [];
  let aside = 0;
  for (const mailbox of await readdir(root, { withFileTypes: true })) {
    if (!mailbox.isDirectory()) {
      if (mailbox.name !== LOCK) aside++;
      continue;
    }
    const inbox = join(root, mailbox.name, 'in');
    const names = new Set(await readdir(inbox).catch(() => []));
    for (const name of names) {
      const id = name.replace(/\.json$/, '');
      if (id === name && names.has(`${id}.json`)) continue;
      const message = id === name ? undefined : await loadOne(inbox, id, mailbox.name);
      if (message) messages.push(message);
      else aside++;
    }
  }
  // Not their names: a person may have put anything there.
  if (aside > 0) log(`left aside in the folder, being no whole messages: ${aside}`);
  return messages;
}

/** Undefined when it is not what its place says. */
async function loadOne(inbox: string, id: string, mailbox: string): Promise<StoredMessage | undefined> {
  try {
    const parts = new Map<number, number>();
    for (const name of await readdir(join(inbox, id)).catch(() => [])) {
      if (/^[1-9]\d{0,8}$/.test(name)) parts.set(Number(name), (await stat(join(inbox, id, name))).size);
    }
    const message = readMessage(await readFile(join(inbox, `${id}.json`), 'utf8'), parts);
    const expected = message.to.mailbox === '' ? NOBODY : message.to.mailbox;
    return message.id === id && expected === mailbox ? message : undefined;
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown) => (error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined);
