// What must be true after a flood, held against a server that has seen nothing of it.
import { isDeepStrictEqual } from 'node:util';
import type { Flood, FloodOptions } from './flood';
import { METHODS, URI } from './flood';
import { startServer } from './server-process';
import { apply } from './typist';

/** Of the sets of problems that were shown, and of the answers to each method, so many are looked at. */
const SAMPLE = 6;

/** What was looked at, and one sentence for each thing that was not as it must be. */
export interface Verdict {
  looked: number;
  wrong: string[];
}

export async function check(
  flood: Flood,
  options: Pick<FloodOptions, 'server' | 'text' | 'languageId'>,
): Promise<Verdict> {
  const { edits, published, asked, after } = flood;
  const wrong: string[] = [];
  const last = edits.length + 1;
  const shown = published.filter(({ version }) => version !== undefined);
  const ends = shown.at(-1);
  if (ends?.version !== last)
    wrong.push(`The last problems are of version ${ends?.version ?? 0}, the text of ${last}.`);
  const older = shown.filter(({ version }, i) => i > 0 && version! < shown[i - 1]!.version!);
  if (older.length > 0) wrong.push(`${older.length} times older problems were shown after newer ones.`);
  const failed = asked.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) wrong.push(`${failed.length} requests failed.`);
  if (after.uncaught > 0) wrong.push(`${after.uncaught} rejections or exceptions were not caught.`);

  const answers = METHODS.map((method) =>
    asked.filter((one) => one.outcome === 'answered' && one.method === `textDocument/${method}`),
  );
  const looks = [
    ...sampled(shown).map(({ version, diagnostics }) => ({ version: version!, what: 'problems', said: diagnostics })),
    ...answers
      .flatMap((all) => sampled(all))
      .map(({ version, method, params, result }) => ({
        version,
        what: method,
        said: result,
        params,
      })),
  ].sort((a, b) => a.version - b.version);

  const lines = options.text.split('\n');
  let version = 1;
  for (const look of looks) {
    while (version < look.version) {
      apply(lines, edits[version - 1]!);
      version++;
    }
    const fresh = await startServer(options.server);
    const text = lines.join('\n');
    const textDocument = { uri: URI, languageId: options.languageId, version, text };
    await fresh.connection.sendNotification('textDocument/didOpen', { textDocument });
    const said: unknown =
      'params' in look
        ? await fresh.connection.sendRequest(look.what, look.params)
        : (await fresh.until((one) => one.version === version)).diagnostics;
    if (!isDeepStrictEqual(plain(said), plain(look.said)))
      wrong.push(`${look.what} of version ${version} of ${last} are not what a fresh server says of that text.`);
    await fresh.stop();
  }
  return { looked: looks.length, wrong };
}

/** The first, the last, and evenly between. */
function sampled<T>(all: readonly T[]): T[] {
  const few = Math.min(SAMPLE, all.length);
  return Array.from({ length: few }, (_, i) => all[Math.round((i * (all.length - 1)) / Math.max(1, few - 1))]!);
}

/** Without what is new each time: ids that are invented, and the time of day. */
function plain(said: unknown): unknown {
  const text = JSON.stringify(said ?? null)
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'uuid')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, 'now');
  return JSON.parse(text);
}
