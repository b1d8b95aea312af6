// One JSON array on standard output, whatever happens: for scripts and pipelines.
import type { Severity } from '../../core/finding';
import type { JudgedFile, ToldFinding } from '../judging/judged';
import type { Reporter } from './reporter';

interface FileEntry {
  file: string;
  findings: FindingEntry[];
  excepted: (FindingEntry & { reason: string })[];
}

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
  return {
    file,
    findings: findings.map(findingEntry),
    excepted: passed.map((finding) => ({ ...findingEntry(finding), reason: finding.reason })),
  };
}

function findingEntry({ rule, severity, pointer, path, place, message, source }: ToldFinding): FindingEntry {
  const { line, column, endLine, endColumn } = place;
  const shown = source ? { title: source.title, url: source.url ?? null } : null;
  return { rule, severity, pointer, path, line, column, endLine, endColumn, message, source: shown };
}
