// A store that ends with its process.
import type { Store } from './store';

export function createMemoryStore(): Store {
  const parts = new Map<string, Buffer>();
  const key = (id: string, part: number) => `${id}/${part}`;
  return {
    load: () => Promise.resolve([]),
    savePart(message, part, bytes) {
      parts.set(key(message.id, part), bytes);
      return Promise.resolve();
    },
    saveMessage: () => Promise.resolve(),
    part: (message, part) => Promise.resolve(parts.get(key(message.id, part))),
    remove(message) {
      for (const part of message.parts.keys()) parts.delete(key(message.id, part));
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}
