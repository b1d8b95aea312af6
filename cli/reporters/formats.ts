// The list of reporters, and where their reports go: --format, --output, --report.
import path from 'node:path';
import { suggestion } from '../command';
import { CommandError } from '../exit';
import type { Terminal } from '../terminal';
import { githubReporter } from './github';
import { htmlReporter } from './html';
import { jsonReporter } from './json';
import { junitReporter } from './junit';
import { openReportFile, type ReportFile } from './report-file';
import type { Asked, Report, Reporter } from './reporter';
import { sarifReporter } from './sarif';
import { textReporter } from './text';

/** A reporter is one file and one line here. */
const REPORTERS: Readonly<Record<string, Reporter>> = {
  text: textReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  junit: junitReporter,
  github: githubReporter,
  html: htmlReporter,
};

export const FORMATS = Object.keys(REPORTERS);

/** Those that say what would mend a finding, which takes time to find out. */
const WITH_FIXES: ReadonlySet<string> = new Set(['sarif']);

export interface ReportOptions {
  format?: string;
  output?: string;
  /** FORMAT=FILE */
  report?: readonly string[];
}

interface Wanted {
  format: string;
  /** Undefined for standard output. */
  file?: string;
}

export interface Chosen {
  /** Tells all of them. */
  reporter: (terminal: Terminal) => Report;
  /** Whether any of them says what would mend a finding. */
  fixes: boolean;
}

/** Throws CommandError where a format is unknown or two reports would go to one file. */
export function reportsChosen({ format = 'text', output, report = [] }: ReportOptions, asked: Asked): Chosen {
  const wanted: Wanted[] = [{ format: named(format), ...(output && { file: output }) }, ...report.map(fileNamed)];
  return {
    reporter: (terminal) => openAll(wanted, terminal, asked),
    fixes: wanted.some((one) => WITH_FIXES.has(one.format)),
  };
}

function named(format: string): string {
  if (Object.hasOwn(REPORTERS, format)) return format;
  throw new CommandError(`There is no format "${format}": ${suggestion(format, FORMATS, '', 'itk3 validate --help')}`);
}

function fileNamed(word: string): Wanted {
  const [format = '', ...rest] = word.split('=');
  const file = rest.join('=');
  if (file === '')
    throw new CommandError('--report needs a format and a file: for instance --report sarif=itk3.sarif.');
  return { format: named(format), file };
}

function openAll(wanted: readonly Wanted[], terminal: Terminal, asked: Asked): Report {
  const places = new Map<string, string>();
  for (const { file } of wanted) {
    if (file === undefined) continue;
    const place = path.resolve(terminal.cwd, file);
    if (places.has(place))
      throw new CommandError(`Two reports cannot both go to ${file}: give each a file of its own.`);
    places.set(place, file);
  }
  const files: ReportFile[] = [];
  const reports: Report[] = [];
  try {
    for (const { format, file } of wanted) {
      const into = file === undefined ? undefined : openReportFile(file, terminal);
      if (into) files.push(into);
      reports.push(REPORTERS[format]!(into ? { ...terminal, stdout: into } : terminal, asked));
    }
  } catch (error) {
    for (const file of files) file.discard();
    throw error;
  }
  let judgedToo: string | undefined;
  const watch = (file: string) => (judgedToo ??= places.get(path.resolve(terminal.cwd, file)));
  return {
    judged(file) {
      watch(file.file);
      for (const report of reports) report.judged(file);
    },
    unreadable(file) {
      watch(file.file);
      for (const report of reports) report.unreadable(file);
    },
    end(outcome) {
      for (const report of reports) report.end(outcome);
      // Of a run that broke off a file would say that the rest is well.
      const isWhole = outcome.code !== undefined && judgedToo === undefined;
      for (const file of files) {
        if (isWhole) file.keep();
        else file.discard();
      }
      if (judgedToo !== undefined)
        throw new CommandError(`${judgedToo} is one of the files that were judged: name another file for the report.`);
    },
  };
}
