// One JSON array on standard output, whatever happens: for scripts and pipelines.
import type { Severity } from '../../core/finding';
import type { JudgedFile, PassedFinding, Place, ToldFinding } from '../judging/judged';
import type { Reporter } from './reporter';

interface FileEntry {
  file: string;
  findings: FindingEntry[];
  excepted: PassedEntry[];
  /** Only where there are any. */
  expected?: PassedEntry[];
  known?: PassedEntry[];
}

type PassedEntry = FindingEntry & { reason: string };

/** Lines and columns from 1, columns in UTF-16 code units; the end is the place behind the last character. */
interface FindingEntry {
  rule: string;
  severity: Severity;
  /** JSON Pointer. */
  pointer: string;
  /** FHIR style. */
  path: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  source: { title: string; url: string | null } | null;
  /** Only where there are any. */
  related?: { message: string; line: number; column: number; endLine: number; endColumn: number }[];
  /** Only in a file of several messages. */
  among?: { message: number; of: number };
}

export const jsonReporter: Reporter = ({ stdout }) => {
  let before = '[\n';
  const entry = (value: FileEntry) => {
    // Written file by file, so that a thousand of them need no memory: an array of one without its brackets.
    stdout.write(before + JSON.stringify([value], null, 2).slice(2, -2));
    before = ',\n';
  };
  return {
    judged: (file) => entry(entryOf(file)),
    // A pipeline that only reads this array must not take the file for a good one.
    unreadable: ({ file, problem }) => {
      const nowhere = { pointer: '', path: '', line: 1, column: 1, endLine: 1, endColumn: 1, source: null };
      const finding: FindingEntry = {
        rule: 'unreadable',
        severity: 'error',
        ...nowhere,
        message: `The file ${problem}`,
      };
      entry({ file, findings: [finding], excepted: [] });
    },
    end: () => void stdout.write(before === '[\n' ? '[]\n' : '\n]\n'),
  };
};

function entryOf({ file, findings, passed }: JudgedFile): FileEntry {
  const by = (what: PassedFinding['by']): PassedEntry[] =>
    passed.filter((one) => one.by === what).map((finding) => ({ ...findingEntry(finding), reason: finding.reason }));
  const [expected, known] = [by('expected'), by('known')];
  return {
    file,
    findings: findings.map(findingEntry),
    excepted: by('exception'),
    ...(expected.length > 0 && { expected }),
    ...(known.length > 0 && { known }),
  };
}

function findingEntry({ rule, severity, pointer, path, place, message, source, ...more }: ToldFinding): FindingEntry {
  const related = more.related.map((one) => ({ message: one.message, ...linesOf(one.place) }));
  const shown = source ? { title: source.title, url: source.url ?? null } : null;
  return {
    rule,
    severity,
    pointer,
    path,
    ...linesOf(place),
    message,
    source: shown,
    ...(related.length > 0 && { related }),
    ...(more.among && { among: more.among }),
  };
}

function linesOf({ line, column, endLine, endColumn }: Place) {
  return { line, column, endLine, endColumn };
}
