// For a person: each finding with its line of text and the spot marked, as compilers do.
import type { Severity } from '../../core/finding';
import type { Place, ToldFinding } from '../judging/judged';
import { printable } from '../printable';
import { collectAsides } from './asides';
import { type Colour, COLOURS, painterFor, type Paint } from './colours';
import { excerptOf } from './excerpt';
import type { Outcome, Reporter } from './reporter';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information'];
const WIDTH = 100;
const NARROWEST = 40;
/** Whoever mends many at once need not read of each. */
const MOST_GONE = 20;

export const textReporter: Reporter = (terminal) => {
  const { stdout } = terminal;
  const paint = painterFor(terminal);
  const width = Math.max(NARROWEST, stdout.columns ?? WIDTH);
  const asides = collectAsides();
  const counts = new Map<Severity, number>();
  let read = 0;
  let unread = 0;
  const passed = { exception: 0, expected: 0, known: 0 };
  return {
    judged(file) {
      read++;
      for (const { by } of file.passed) passed[by]++;
      for (const finding of file.findings) {
        if (asides.take(file.file, finding)) continue;
        counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
        stdout.write(`${describe(finding, file.file, width, paint).join('\n')}\n\n`);
      }
    },
    unreadable() {
      unread++;
    },
    end({ why, baseline }) {
      for (const line of asides.lines(paint)) stdout.write(`${line}\n`);
      counts.set('information', (counts.get('information') ?? 0) + asides.notes());
      const tallies = SEVERITIES.flatMap((severity) => {
        const count = counts.get(severity) ?? 0;
        if (count === 0 && severity !== 'error') return [];
        const text = counted(count, severity === 'information' ? 'note' : severity);
        return [count === 0 ? text : paint(text, 'bold', COLOURS[severity])];
      });
      const summary = [
        ...(read > 0 || unread === 0 ? [`${tallies.join(', ')} in ${counted(read, 'file')}`] : []),
        ...(passed.exception > 0 ? [`${counted(passed.exception, 'finding')} excepted`] : []),
        ...(passed.expected > 0 ? [`${passed.expected} expected`] : []),
        ...(passed.known > 0 ? [`${passed.known} known`] : []),
        ...(unread > 0 ? [`${counted(unread, 'file')} could not be read`] : []),
      ];
      stdout.write(`${summary.join('; ')}\n`);
      if (baseline) for (const line of aboutBaseline(baseline)) stdout.write(`${printable(line)}\n`);
      if (why) stdout.write(`${paint(why, 'bold')}\n`);
    },
  };
};

function* aboutBaseline({ name, gone, isWritten }: NonNullable<Outcome['baseline']>): Generator<string> {
  if (isWritten) yield `${name} is written.`;
  const count = gone.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return;
  for (const { file, rule, spot, count: times } of gone.slice(0, MOST_GONE))
    yield `${file}: gone  ${rule}  ${spot}${times > 1 ? `, ${times} times` : ''}`;
  if (gone.length > MOST_GONE) yield `… and ${gone.length - MOST_GONE} more.`;
  yield `${counted(count, 'known finding')} gone: --update-baseline takes ${count === 1 ? 'it' : 'them'} out of ${name}.`;
}

function describe(finding: ToldFinding, file: string, width: number, paint: Paint): string[] {
  const { severity, place, rule, source, path, related, among } = finding;
  const colour = COLOURS[severity];
  const gutter = Math.max(...[place, ...related.map((one) => one.place)].map(({ line }) => String(line).length));
  const spotLines = ({ line, around }: Place, mark: string, ...markColours: Colour[]) => {
    const excerpt = excerptOf(around.text, around.start, around.end, width - gutter - 5);
    return [
      `  ${paint(`${String(line).padStart(gutter)} |`, 'dim')} ${excerpt.text}`,
      `  ${paint(`${' '.repeat(gutter)} |`, 'dim')} ${' '.repeat(excerpt.indent)}${paint(mark.repeat(excerpt.width), ...markColours)}`,
    ];
  };
  const margin = ' '.repeat(gutter + 3);
  const which = among && `message ${among.message} of ${among.of}`;
  const about = [which, path, source && `[${source.title}]`].filter(Boolean).join('  ');
  return [
    `${paint(placeText(file, place), 'bold')}  ${paint(severity, 'bold', colour)}  ${printable(finding.message)}  ${paint(`(${rule})`, 'dim')}`,
    ...spotLines(place, '^', 'bold', colour),
    ...(about ? [margin + paint(`= ${printable(about)}`, 'dim')] : []),
    ...related.flatMap(({ place: at, message }) => [
      `${margin}${paint(`${placeText(file, at)}  ${printable(message)}`, 'cyan')}`,
      ...spotLines(at, '-', 'cyan'),
    ]),
  ];
}

function placeText(file: string, { line, column }: Place): string {
  return `${printable(file)}:${line}:${column}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
