// Ours, measured in a process of its own: `client.mjs URL JOB`, where JOB is JSON; prints one line of JSON.
import { createRequire } from 'node:module';
import { contentOf, digestOf, wholeOf } from './content.mjs';

const require = createRequire(import.meta.url);
const { createMeshClient } = require('../../../out/mesh/client.js');

const [endpoint, text] = process.argv.slice(2);
const job = JSON.parse(text);
const WORKFLOW = 'BENCH';
const clientOf = (mailbox) =>
  createMeshClient({ endpoint: new URL(endpoint), mailbox, password: 'password', sharedKey: 'TestKey' });
const sender = clientOf(job.from);
const recipient = clientOf(job.to);

const memory = watchMemory();
const answer = job.count ? await messages(job) : await large(job);
console.log(JSON.stringify({ ...answer, memory: memory.end() }));

/** One after the other, as both clients do it. */
async function messages({ count, bytes }) {
  const body = await wholeOf(bytes);
  const wanted = await digestOf([body]);
  const send = await each(count, () => sender.send({ to: job.to, workflowId: WORKFLOW, body }));
  const list = await each(1, () => recipient.inbox());
  const [ids] = list.results;
  if (ids.length !== count) throw new Error(`${ids.length} of ${count} messages are listed`);
  const download = await each(count, async (number) => {
    const message = await recipient.download(ids[number]);
    if ((await digestOf([message.body])) !== wanted) throw new Error('A message is not as it was sent');
  });
  const acknowledge = await each(count, (number) => recipient.acknowledge(ids[number]));
  return {
    steps: { send: send.millis, list: list.millis, download: download.millis, acknowledge: acknowledge.millis },
  };
}

async function large({ bytes, partSize, compress }) {
  const body = { bytes, read: () => contentOf(bytes) };
  const wanted = await digestOf(contentOf(bytes));
  const onProgress = ({ part, of }) => part === Math.ceil(of / 2) && memory.next();
  const options = { partSize, compress, onProgress };
  const send = await each(1, () => sender.send({ to: job.to, workflowId: WORKFLOW, body }, options));
  memory.next();
  const [{ messageId }] = send.results;
  const read = await each(1, async () => {
    const { parts, chunk } = await recipient.open(messageId);
    return digestOf(halved(parts, chunk.of));
  });
  if (read.results[0] !== wanted) throw new Error('The message is not as it was sent');
  await recipient.acknowledge(messageId);
  return { steps: { send: send.millis, download: read.millis } };
}

async function* halved(parts, of) {
  let number = 0;
  for await (const part of parts) {
    yield part;
    if (++number === Math.ceil(of / 2)) memory.next();
  }
}

async function each(count, run) {
  const millis = [];
  const results = [];
  for (let number = 0; number < count; number++) {
    const from = performance.now();
    results.push(await run(number));
    millis.push(performance.now() - from);
  }
  return { millis, results };
}

/** The peak of each phase: sending and reading, each in halves. What has not been collected yet counts: the machine has to hold it. */
function watchMemory() {
  global.gc?.();
  const now = () => {
    const { rss, external } = process.memoryUsage();
    return { rss, external };
  };
  const start = now();
  const peaks = [start];
  const look = () => {
    const { rss, external } = now();
    const peak = peaks.at(-1);
    peaks[peaks.length - 1] = { rss: Math.max(peak.rss, rss), external: Math.max(peak.external, external) };
  };
  const timer = setInterval(look, 5);
  return {
    next: () => peaks.push(now()),
    end() {
      look();
      clearInterval(timer);
      global.gc?.();
      return { start, peaks, end: now() };
    },
  };
}
