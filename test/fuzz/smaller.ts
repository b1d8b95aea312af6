// Makes what failed smaller, so that a person can see why.

/** Without one stretch after another: halves first, single items last. */
export function* shorterList<T>(list: readonly T[], most = 400): Generator<T[]> {
  for (const [from, to] of cuts(list.length, most)) yield [...list.slice(0, from), ...list.slice(to)];
}

export function* shorterBytes(bytes: Buffer, most = 400): Generator<Buffer> {
  for (const [from, to] of cuts(bytes.length, most)) yield Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
}

function* cuts(length: number, most: number): Generator<[number, number]> {
  let left = most;
  for (let size = Math.ceil(length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < length; from += size) {
      if (left-- <= 0) return;
      yield [from, Math.min(length, from + size)];
    }
}

/** JSON stays JSON as long as that helps; any other text loses lines, then letters. */
export function* smallerText(text: string): Generator<string> {
  const read = parsed(text);
  const isFlat = !text.trim().includes('\n');
  if (read)
    for (const value of smallerValues(read.value)) {
      const written = JSON.stringify(value, null, isFlat ? 0 : 2);
      if (written.length < text.length) yield written;
    }
  const lines = text.split('\n');
  if (lines.length > 1) for (const some of shorterList(lines)) yield some.join('\n');
  for (const [from, to] of cuts(text.length, read ? 50 : 400)) yield text.slice(0, from) + text.slice(to);
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const MOST = 1500;

/** Without one of its parts, outer ones first; then with short words for long ones. */
function* smallerValues(value: unknown): Generator {
  const paths: string[][] = [];
  const words: string[][] = [];
  for (let level: [string[], unknown][] = [[[], value]]; level.length > 0 && paths.length < MOST;)
    level = level.flatMap(([path, owner]) =>
      Object.entries(typeof owner === 'object' && owner !== null ? owner : {}).map(
        ([name, inner]): [string[], unknown] => {
          const at = [...path, name];
          paths.push(at);
          if (typeof inner === 'string' && inner.length > 8) words.push(at);
          return [at, inner];
        },
      ),
    );
  // A part alone may be enough.
  if (typeof value === 'object' && value !== null) yield* Object.values(value);
  for (const path of paths.slice(0, MOST)) yield without(value, path);
  for (const path of words.slice(0, MOST)) yield shortened(value, path);
}

function without(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (Array.isArray(value))
    return rest.length > 0
      ? value.with(Number(name), without(value[Number(name)], rest))
      : value.toSpliced(Number(name), 1);
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, inner]) =>
      key !== name ? [[key, inner]] : rest.length > 0 ? [[key, without(inner, rest)]] : [],
    ),
  );
}

function shortened(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (typeof value === 'string') return value.slice(0, Math.floor(value.length / 2));
  if (Array.isArray(value)) return value.with(Number(name), shortened(value[Number(name)], rest));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]) => [key, key === name ? shortened(inner, rest) : inner]),
  );
}
