// A thread that sees when a case never ends: nothing else could, in a process of one thread.
import fs from 'node:fs';
import { parentPort } from 'node:worker_threads';

const LONGEST = 120_000;

let timer: NodeJS.Timeout | undefined;

parentPort?.on('message', (running: string) => {
  clearTimeout(timer);
  if (running === '') return;
  timer = setTimeout(() => {
    // By hand: what a worker logs goes through the thread that hangs.
    fs.writeSync(1, `\n✖ ${running} has not ended in ${LONGEST / 1000} s\n`);
    process.kill(process.pid, 'SIGKILL');
  }, LONGEST);
});
