// Every text that hangs on a value: what a log, a crash report or a curious person could get out of it.
import { inspect } from 'node:util';

/** Texts, numbers and bytes in all own and inherited properties, and the value as JSON, as text and as Node shows it. */
export function textsIn(value: unknown): string[] {
  const texts = new Set<string>();
  const seen = new Set<unknown>();
  const walk = (part: unknown): void => {
    if (typeof part === 'string') texts.add(part);
    if (typeof part === 'number' || typeof part === 'bigint' || typeof part === 'symbol') texts.add(String(part));
    if ((typeof part !== 'object' && typeof part !== 'function') || part === null || seen.has(part)) return;
    seen.add(part);
    if (part instanceof Uint8Array) {
      texts.add(Buffer.from(part).toString('utf8')).add(Buffer.from(part).toString('latin1'));
      return;
    }
    if (part instanceof Map || part instanceof Set) for (const entry of part as Iterable<unknown>) walk(entry);
    for (let holder: unknown = part; isOurs(holder); holder = Object.getPrototypeOf(holder))
      for (const key of Reflect.ownKeys(holder)) {
        texts.add(String(key));
        walk(attempt(() => Reflect.get(holder, key, part)));
      }
  };
  walk(value);
  texts.add(String(attempt(() => JSON.stringify(value))));
  texts.add(String(attempt(() => String(value))));
  texts.add(
    inspect(value, {
      depth: Infinity,
      showHidden: true,
      maxArrayLength: null,
      maxStringLength: null,
      breakLength: Infinity,
    }),
  );
  texts.add(inspect(value));
  return [...texts];
}

/** Built-in prototypes hold nothing of anybody's. */
function isOurs(holder: unknown): holder is object {
  return holder !== null && holder !== undefined && !BUILT_IN.has(holder);
}

const BUILT_IN = new Set<unknown>([Object, Function, Array, Map, Set, Promise, Date].map((made) => made.prototype));

function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return error;
  }
}
