import type { Verdict } from './check';
import { type Asked, type Flood, METHODS } from './flood';

export function report(name: string, text: string, flooded: Flood, { looked, wrong }: Verdict): string {
  const { edits, rate, asked, settled, published, before, after, said } = flooded;
  const of = (outcome: Asked['outcome']): number => asked.filter((one) => one.outcome === outcome).length;
  const kinds = METHODS.map((method) => {
    const answered = asked.filter((one) => one.outcome === 'answered' && one.method === `textDocument/${method}`);
    const delays = answered.map(({ delay }) => delay);
    return `${method} ${millis(median(delays))}/${millis(Math.max(0, ...delays))}`;
  });
  const lines = [
    `${name} (${Math.round(Buffer.byteLength(text) / 1000)} KB)`,
    `edits: ${edits.length} sent, ${Math.round(rate)} a second`,
    `problems: shown ${published.length} times; of the last text after ${millis(median(settled))} (at most ${millis(Math.max(...settled))}, ${settled.length} floods)`,
    `requests: ${asked.length} asked, ${of('answered')} answered, ${of('cancelled')} taken back, ${of('refused')} refused because the text had changed, ${of('over its limit')} over their limit, ${of('failed')} failed`,
    `answers took (median/most): ${kinds.join(', ')}`,
    `memory: ${mega(before.heap)} of heap and ${mega(before.resident)} resident before, ${mega(after.peak)} resident at most, ${mega(after.heap)} and ${mega(after.resident)} after`,
    `not caught: ${after.uncaught}; said on its log: ${said.length}`,
    `held against a fresh server: ${looked} looked at, ${wrong.length} wrong`,
    ...wrong.map((one) => `WRONG: ${one}`),
    ...said.slice(0, 3).map((one) => `LOG: ${one}`),
  ];
  return lines.map((line, i) => (i === 0 ? `\n${line}` : `  ${line}`)).join('\n');
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const millis = (ms: number): string => `${Math.round(ms)} ms`;
const mega = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
