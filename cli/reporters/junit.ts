// JUnit's XML, as CI servers read it: a file is a test, which fails once, whatever number of findings it has. So its history
// is that of the file, names are never met twice, and servers that show one failure a test lose none.
import type { JudgedFile, ToldFinding } from '../judging/judged';
import { RANKS } from '../judging/fail-on';
import { printable } from '../printable';
import { collectAsides } from './asides';
import { reportedPath } from './reported-path';
import type { Reporter } from './reporter';
import { passedBy, tallyOf } from './tally';

export const junitReporter: Reporter = (terminal, { failOn, exact }) => {
  const { stdout, now } = terminal;
  const started = now();
  const asides = collectAsides();
  const cases: string[] = [];
  const counts = { failures: 0, errors: 0 };
  const least = failOn === 'never' ? 'error' : failOn;
  const isFailing = ({ severity }: ToldFinding, { isFixture }: JudgedFile): boolean =>
    RANKS[severity] >= Math.min(RANKS[least], exact && isFixture ? RANKS.warning : Infinity);
  const add = (file: string, content: string): void => {
    const start = `<testcase name="${escaped(reportedPath(file, terminal))}" classname="itk3.validate" time="0"`;
    cases.push(content === '' ? `    ${start}/>` : `    ${start}>\n${content}    </testcase>`);
  };
  return {
    judged(file) {
      const findings = file.findings.filter((finding) => !asides.take(file.file, finding));
      const failing = findings.filter((finding) => isFailing(finding, file));
      const others = [
        ...findings.filter((finding) => !failing.includes(finding)).map((finding) => described(finding, file.file)),
        ...file.passed.map(
          (finding) => `${described(finding, file.file)}\n    ${passedBy(finding.by)}: ${printable(finding.reason)}`,
        ),
      ];
      let content = '';
      if (failing.length > 0) {
        counts.failures++;
        const rules = [...new Set(failing.map(({ rule }) => rule))].join(' ');
        const more = failing.length > 1 ? `${tallyOf(failing).text()}: ` : '';
        const text = failing.map((finding) => described(finding, file.file)).join('\n');
        content += `      <failure message="${escaped(more + failing[0]!.message)}" type="${escaped(rules)}">${escaped(text)}</failure>\n`;
      }
      if (others.length > 0) content += `      <system-out>${escaped(others.join('\n'))}</system-out>\n`;
      add(file.file, content);
    },
    unreadable({ file, problem }) {
      counts.errors++;
      const message = escaped(`The file ${problem}`);
      add(file, `      <error message="${message}" type="unreadable">${message}</error>\n`);
    },
    end({ why }) {
      const time = ((now().getTime() - started.getTime()) / 1000).toFixed(3);
      const all = `tests="${cases.length}" failures="${counts.failures}" errors="${counts.errors}" time="${time}"`;
      const notes = [...asides.lines((line) => line), ...(why ? [why] : [])];
      const out = notes.length > 0 ? `    <system-out>${escaped(notes.join('\n'))}</system-out>\n` : '';
      const timestamp = started.toISOString().slice(0, 19);
      // What is summed up stands in front: nothing can be written before everything is known.
      stdout.write(
        `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="itk3 validate" ${all}>\n  <testsuite name="itk3 validate" ${all} skipped="0" timestamp="${timestamp}">\n`,
      );
      for (const one of cases) stdout.write(`${one}\n`);
      stdout.write(`${out}  </testsuite>\n</testsuites>\n`);
    },
  };
};

function described(
  { severity, message, rule, place, path, source, among, related }: ToldFinding,
  file: string,
): string {
  const at = (one: { line: number; column: number }): string => `${printable(file)}:${one.line}:${one.column}`;
  const which = among ? `message ${among.message} of ${among.of}` : '';
  const about = [which, path, source ? `[${source.title}]` : ''].filter(Boolean).join('  ');
  return [
    `${at(place)}  ${severity}  ${printable(message)}  (${rule})`,
    ...(about ? [`    = ${printable(about)}`] : []),
    ...related.map((one) => `    ${at(one.place)}  ${printable(one.message)}`),
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 has no place for, be it escaped, is replaced. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}
