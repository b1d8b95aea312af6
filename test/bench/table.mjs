// What a run prints.
import { median } from './median.mjs';

/** Milliseconds, and how many times what ours takes for the same: from the value on, or from the text on. */
export function printTable(sizes, rows) {
  const ours = rows[1];
  const title = [
    'median ms (times ours)',
    ...sizes.map(({ title }) => title),
    'faults found',
    'said of a valid message',
  ];
  const bytes = ['', ...sizes.map(({ text }) => `${Buffer.byteLength(text).toLocaleString('en')} bytes`), '', ''];
  const lines = rows.map(({ name, millis, proof }) => [
    name,
    ...millis.map(cell),
    proof ? `${proof.found} of ${proof.of}` : '',
    proof ? String(proof.noise) : '',
  ]);
  print([title, bytes, ...lines]);
  print([
    ['', ...sizes.map(({ title }) => title)],
    ['ours, in times JSON.parse', ...ours.millis.map(({ timesParse }) => times(timesParse))],
    [
      'ours, ms a megabyte',
      ...ours.millis.map((m, i) => ((m.median * 1e6) / Buffer.byteLength(sizes[i].text)).toFixed(0)),
    ],
    [
      'runs of ours, of the slowest',
      ...sizes.map((_, i) => `${ours.millis[i].runs}, ${Math.min(...rows.map((r) => r.millis[i]?.runs ?? Infinity))}`),
    ],
  ]);
}

/** What we aim for, at sizes[1], [2] and [3]: on a busy machine only the ratios mean something. */
export function printAims(sizes, rows) {
  const { millis } = rows[1];
  const [, small, large, largest] = millis;
  const growth = largest.median / large.median / (sizes[3].text.length / sizes[2].text.length);
  const slowestLead = Math.min(...rows.slice(3).flatMap((row) => row.millis.map((m) => m?.times ?? Infinity)));
  const aims = [
    ['60 KB under 12 ms', small.median < 12, `${small.median.toFixed(1)} ms`],
    ['60 KB under 35 times JSON.parse', small.timesParse < 35, times(small.timesParse)],
    ['1 MB under 200 ms', large.median < 200, `${large.median.toFixed(0)} ms`],
    ['as many ms a megabyte at 5 MB as at 1 MB, or half as many more', growth < 1.5, times(growth)],
    ['three times as fast as each other validator, at each size', slowestLead >= 3, times(slowestLead)],
  ];
  print([['aim', 'reached', ''], ...aims.map(([aim, isReached, value]) => [aim, isReached ? 'yes' : 'no', value])]);
}

/** @param {{ name: string, share: number }[][]} columns of a small and of a large message */
export function printStages([small, large]) {
  const shareIn = (column, name) => column.find((entry) => entry.name === name)?.share ?? 0;
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  const names = [...new Set([...small, ...large].filter(({ share }) => share >= 0.002).map(({ name }) => name))];
  print([
    ['where our time goes', '37 KB', '1 MB'],
    ...names.map((name) => [name, percent(shareIn(small, name)), percent(shareIn(large, name))]),
  ]);
}

/** @param rows of authoring(), @param typed of typing() in the larger text */
export function printAuthoring(sizes, rows, typed) {
  const names = [...new Set(rows.map(({ name }) => name))];
  const of = (size, name, ask, kind) =>
    rows.find((row) => row.size === size && row.name === name && row.ask === ask && row.kind === kind);
  const asked = [...new Map(rows.map(({ ask, kind }) => [`${ask} at ${kind}`, { ask, kind }])).values()];
  const shown = ({ millis, answered }) =>
    `${median(millis).toFixed(1)} (${Math.max(...millis).toFixed(1)}), ${answered} of ${millis.length}`;
  print([
    ['median ms (slowest), answered', ...sizes.flatMap(({ title }) => names.map((name) => `${title}, ${name}`))],
    ...asked.map(({ ask, kind }) => [
      `${ask} at ${kind}`,
      ...sizes.flatMap(({ title }) => names.map((name) => shown(of(title, name, ask, kind)))),
    ]),
  ]);
  const slowest = (title) =>
    Math.max(...rows.filter((row) => row.name === names[0] && row.size === title).map(({ millis }) => median(millis)));
  const [small, large] = sizes.map(({ title }) => slowest(title));
  print([
    ['aim', 'reached', ''],
    ['completion and hover at 60 KB under 10 ms', small < 10 ? 'yes' : 'no', `${small.toFixed(1)} ms`],
    ['completion and hover at 1 MB under 60 ms', large < 60 ? 'yes' : 'no', `${large.toFixed(1)} ms`],
    ['no check while letters are typed in 1 MB', typed.during === 0 ? 'yes' : 'no', String(typed.during)],
    ['one check behind the last letter', typed.checks - typed.during === 1 ? 'yes' : 'no', String(typed.checks)],
  ]);
  print([
    ['typing in 1 MB', 'ms'],
    ['from a letter to its completion', typed.letter.toFixed(1)],
    ['from the last letter to what is wrong', typed.told.toFixed(0)],
  ]);
}

function cell(sample) {
  if (!sample) return 'over a minute';
  return `${sample.median.toFixed(sample.median < 10 ? 2 : 0)} (${times(sample.times)})`;
}

function times(ratio) {
  return `${ratio.toFixed(ratio < 1 ? 2 : ratio < 10 ? 1 : 0)}×`;
}

export function print(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines)
    console.log(
      line
        .map((text, i) => (i === 0 ? text.padEnd(widths[i]) : text.padStart(widths[i])))
        .join('   ')
        .trimEnd(),
    );
  console.log();
}
