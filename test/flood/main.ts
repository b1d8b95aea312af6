// The flood: `npm run flood -- --seconds 60`. Prints what was reached, and ends with 1 when something was not as it must be.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EDITOR } from '../server/client';
import { check } from './check';
import { flood, type FloodOptions } from './flood';
import { messageOf } from './messages';
import { report } from './report';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '1000' },
    requests: { type: 'string', default: '20' },
    bursts: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});

const SIZES = [
  ['60 KB', 60_000],
  ['1 MB', 1_000_000],
] as const;

async function main(): Promise<void> {
  console.log(
    `Node ${process.version}, ${values.rate} edits and ${values.requests} requests a second, seed ${values.seed}`,
  );
  let isWrong = false;
  for (const [size, bytes] of SIZES)
    for (const languageId of ['json', 'xml'] as const) {
      const name = `${size} of ${languageId.toUpperCase()}`;
      if (!name.includes(values.only)) continue;
      const options: FloodOptions = {
        server: { module: path.resolve('dist/server.js'), capabilities: EDITOR },
        text: messageOf(bytes, languageId),
        languageId,
        seconds: Number(values.seconds),
        bursts: Number(values.bursts),
        editsPerSecond: Number(values.rate),
        requestsPerSecond: Number(values.requests),
        seed: Number(values.seed),
      };
      const flooded = await flood(options);
      const verdict = await check(flooded, options);
      console.log(report(name, options.text, flooded, verdict));
      isWrong ||= verdict.wrong.length > 0;
    }
  process.exitCode = isWrong ? 1 : 0;
}

void main();
