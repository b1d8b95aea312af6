// What concerns no one spot of a message, and is no fault of it: told in a line at the end, once for all files.
import type { ToldFinding } from '../judging/judged';
import { printable } from '../printable';
import { COLOURS, type Paint } from './colours';

interface Aside {
  file: string;
  finding: ToldFinding;
}

export interface Asides {
  /** False for a finding that deserves a picture of its place. */
  take(file: string, finding: ToldFinding): boolean;
  /** Of severity `information`, each counted once. */
  notes(): number;
  lines(paint: Paint): string[];
}

export function collectAsides(): Asides {
  const groups = new Map<string, Aside[]>();
  return {
    take(file, finding) {
      const { severity, pointer, rule, message } = finding;
      if (severity !== 'hint' && (severity !== 'information' || pointer !== '')) return false;
      const key = severity === 'hint' ? rule : `${rule} ${message}`;
      const group = groups.get(key);
      if (group) group.push({ file, finding });
      else groups.set(key, [{ file, finding }]);
      return true;
    },
    notes: () => [...groups.values()].filter((group) => group[0]!.finding.severity === 'information').length,
    lines: (paint) => [...groups.values()].flatMap((group) => linesOf(group, paint)),
  };
}

function linesOf(group: readonly Aside[], paint: Paint): string[] {
  const { severity, rule, message } = group[0]!.finding;
  const files = new Set(group.map(({ file }) => file)).size;
  if (severity === 'hint') {
    const texts =
      files > 1
        ? [`${files} files: ${inCommon(group)}`]
        : group.map(({ file, finding }) => `${file}: ${finding.message}`);
    return texts.map((text) => paint(`${printable(text)}  (${rule})`, 'dim'));
  }
  const where = files > 1 ? `${files} files` : group[0]!.file;
  const label = paint(severity, 'bold', COLOURS[severity]);
  return [`${printable(where)}: ${label}  ${printable(message)}  ${paint(`(${rule})`, 'dim')}`];
}

/** Files differ in how many codes of a system they have, which nobody needs to know of all of them. */
function inCommon(group: readonly Aside[]): string {
  const systems = new Set(
    group.flatMap(({ finding: { source } }) =>
      source ? [source.title === 'Code system' ? source.url : source.title] : [],
    ),
  );
  return `codes of ${[...systems].join(', ')} were not looked up, because these code systems are not at hand.`;
}
