// For a person: each finding with its line of text and the spot marked, as compilers do.
import { fhirPath } from '../../core/document/pointer';
import type { Span } from '../../core/document/source-document';
import type { Severity } from '../../core/finding';
import type { PlacedFinding } from '../../core/validate/check-document';
import { printable } from '../printable';
import { collectAsides } from './asides';
import { type Colour, COLOURS, painterFor, type Paint } from './colours';
import { excerptOf } from './excerpt';
import { type Lines, linesOf } from './lines';
import type { Judged, Reporter } from './reporter';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information'];
const WIDTH = 100;
const NARROWEST = 40;

export const textReporter: Reporter = (terminal) => {
  const { stdout } = terminal;
  const paint = painterFor(terminal);
  const width = Math.max(NARROWEST, stdout.columns ?? WIDTH);
  const asides = collectAsides();
  const counts = new Map<Severity, number>();
  let read = 0;
  let unread = 0;
  let excepted = 0;
  return {
    judged(file) {
      read++;
      excepted += file.excepted.length;
      const lines = linesOf(file.text);
      for (const finding of file.findings) {
        if (asides.take(file.file, finding)) continue;
        counts.set(finding.severity, (counts.get(finding.severity) ?? 0) + 1);
        stdout.write(`${describe(finding, file, lines, width, paint).join('\n')}\n\n`);
      }
    },
    unreadable() {
      unread++;
    },
    end() {
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
        ...(excepted > 0 ? [`${counted(excepted, 'finding')} excepted`] : []),
        ...(unread > 0 ? [`${counted(unread, 'file')} could not be read`] : []),
      ];
      stdout.write(`${summary.join('; ')}\n`);
    },
  };
};

function describe(finding: PlacedFinding, file: Judged, lines: Lines, width: number, paint: Paint): string[] {
  const { severity, span, rule, source } = finding;
  const colour = COLOURS[severity];
  const spots = [{ span, message: '' }, ...finding.relatedSpans];
  const gutter = Math.max(...spots.map((spot) => String(lines.placeOf(spot.span.offset).line).length));
  const spotLines = (at: Span, mark: string, ...markColours: Colour[]) => {
    const { line, column } = lines.placeOf(at.offset);
    const room = width - gutter - 5;
    const text = lines.textOf(line);
    const excerpt = excerptOf(text, column - 1, column - 1 + at.length, room);
    return [
      `  ${paint(`${String(line).padStart(gutter)} |`, 'dim')} ${excerpt.text}`,
      `  ${paint(`${' '.repeat(gutter)} |`, 'dim')} ${' '.repeat(excerpt.indent)}${paint(mark.repeat(excerpt.width), ...markColours)}`,
    ];
  };
  const margin = ' '.repeat(gutter + 3);
  const path = fhirPath(file.value, finding.pointer);
  const about = [path, source && `[${source.title}]`].filter(Boolean).join('  ');
  return [
    `${paint(placeText(file.file, lines, span), 'bold')}  ${paint(severity, 'bold', colour)}  ${printable(finding.message)}  ${paint(`(${rule})`, 'dim')}`,
    ...spotLines(span, '^', 'bold', colour),
    ...(about ? [margin + paint(`= ${printable(about)}`, 'dim')] : []),
    ...finding.relatedSpans.flatMap(({ span: at, message }) => [
      `${margin}${paint(`${placeText(file.file, lines, at)}  ${printable(message)}`, 'cyan')}`,
      ...spotLines(at, '-', 'cyan'),
    ]),
  ];
}

function placeText(file: string, lines: Lines, { offset }: Span): string {
  const { line, column } = lines.placeOf(offset);
  return `${printable(file)}:${line}:${column}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
