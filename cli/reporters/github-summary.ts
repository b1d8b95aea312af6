// The summary of a GitHub job: what came of it, and the files to look at first, as a short table.
import type { PassedFinding, ToldFinding } from '../judging/judged';
import { printable } from '../printable';
import type { Outcome } from './reporter';
import { counted, passedText, tallyOf } from './tally';

export interface GithubSummary {
  add(file: string, findings: readonly ToldFinding[], passed: readonly PassedFinding[]): void;
  unreadable(file: string, problem: string): void;
  /** What it all comes to. */
  line(): string;
  markdown(outcome: Outcome): string;
}

/** Whoever has more to mend has the log. */
const MOST = 20;

interface Row {
  file: string;
  errors: number;
  warnings: number;
  first: string;
}

export function createGithubSummary(): GithubSummary {
  const tally = tallyOf();
  const passed = { exception: 0, expected: 0, known: 0 };
  const rows: Row[] = [];
  const counts = { files: 0, unread: 0, listed: 0 };
  const put = (row: Row): void => {
    counts.listed++;
    rows.push(row);
    rows.sort((a, b) => b.errors - a.errors || b.warnings - a.warnings);
    rows.length = Math.min(rows.length, MOST);
  };
  const line = (): string =>
    [
      `${tally.text()} in ${counted(counts.files, 'file')}`,
      passedText(passed),
      counts.unread > 0 ? `${counted(counts.unread, 'file')} could not be read` : '',
    ]
      .filter(Boolean)
      .join('; ');
  return {
    add(file, findings, through) {
      counts.files++;
      tally.add(findings);
      for (const { by } of through) passed[by]++;
      const own = tallyOf(findings);
      const [errors, warnings] = [own.count('error'), own.count('warning')];
      if (errors + warnings === 0) return;
      const first = findings.find(({ severity }) => severity === (errors > 0 ? 'error' : 'warning'))!;
      put({ file, errors, warnings, first: `${first.message} (${first.rule}, line ${first.place.line})` });
    },
    unreadable(file, problem) {
      counts.unread++;
      put({ file, errors: Infinity, warnings: 0, first: `The file ${problem}` });
    },
    line,
    markdown({ code, why, baseline }) {
      const mark = code === 0 ? '✅' : code === undefined ? '⚠️ Broken off:' : '❌';
      const gone = (baseline?.gone ?? []).reduce((sum, one) => sum + one.count, 0);
      const table = [
        '| File | Errors | Warnings | First |',
        '| --- | ---: | ---: | --- |',
        ...rows.map(({ file, errors, warnings, first }) => {
          const count = Number.isFinite(errors) ? String(errors) : 'not read';
          return `| ${inMarkdown(file)} | ${count} | ${warnings} | ${inMarkdown(first)} |`;
        }),
      ];
      const rest = counts.listed - rows.length;
      const parts = [
        `### itk3 validate\n\n${mark} ${line()}`,
        ...(why ? [inMarkdown(why)] : []),
        ...(rows.length > 0 ? [table.join('\n')] : []),
        ...(rest > 0 ? [`${counted(rest, 'more file')} with findings: see the log.`] : []),
        ...(gone > 0
          ? [`${counted(gone, 'known finding')} gone: refresh the baseline with \`--update-baseline\`.`]
          : []),
      ];
      return `${parts.join('\n\n')}\n\n`;
    },
  };
}

/** Values that are quoted must not become links, tables, mentions or pictures. */
function inMarkdown(text: string): string {
  return printable(text)
    .replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[\\`*_{}[\]()#+!|~@]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/(https?):\/\//g, '$1&#58;//');
}
