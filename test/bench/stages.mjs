// Where the time goes, by the samples of V8's profiler: below validate() stand the stages, below the last one the rules.
import { Session } from 'node:inspector/promises';

const SAMPLE_MICROS = 100;

/** @returns for each text, the share of each stage and rule, largest first */
export async function stages({ prepare, run }, ...texts) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROS });
  const shares = [];
  for (const text of texts) {
    const values = Array.from({ length: Math.ceil(2_000_000 / text.length) + 3 }, () => prepare(text));
    await session.post('Profiler.start');
    for (const value of values) run(value);
    const { profile } = await session.post('Profiler.stop');
    shares.push(sharesOf(profile));
  }
  session.disconnect();
  return shares;
}

function sharesOf({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const child of node.children ?? []) byId.get(child).parent = node;
  const micros = new Map();
  let total = 0;
  for (const [i, id] of samples.entries()) {
    const name = stageOf(byId.get(id));
    if (name === undefined) continue;
    micros.set(name, (micros.get(name) ?? 0) + timeDeltas[i]);
    total += timeDeltas[i];
  }
  return [...micros].map(([name, spent]) => ({ name, share: spent / total })).sort((a, b) => b.share - a.share);
}

/** The function that validate() called on the way to this sample; undefined when validate() was not under way. */
function stageOf(node) {
  if (node.callFrame.functionName === '(garbage collector)') return '(garbage collector)';
  const path = [];
  for (let at = node; at; at = at.parent) path.unshift(at);
  const from = path.findIndex(
    ({ callFrame }) => callFrame.functionName === 'validate' && isIn(callFrame, 'validate/validate.js'),
  );
  if (from < 0) return undefined;
  const rule = path.findLast(({ callFrame }) => isIn(callFrame, '/core/rules/'));
  if (rule) return `rule ${rule.callFrame.url.match(/([\w-]+)\.js$/)[1]}`;
  const below = path[from + 1]?.callFrame;
  if (!below) return 'validate itself';
  // A call that the compiler has drawn into validate() itself.
  return isIn(below, '/dist/shapes.js') ? 'validateShape' : below.functionName;
}

function isIn({ url }, part) {
  return url.replaceAll('\\', '/').includes(part);
}
