// Annotations of GitHub Actions, and a summary of the job.
import fs from 'node:fs';
import type { Severity } from '../../core/finding';
import type { ToldFinding } from '../judging/judged';
import { printable } from '../printable';
import { collectAsides } from './asides';
import { createGithubSummary } from './github-summary';
import { reportedPath } from './reported-path';
import type { Reporter } from './reporter';
import { countedOf, SEVERITIES, tallyOf } from './tally';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** So many of a kind GitHub shows of a step; it drops the others without a word. */
const MOST = 10;

export const githubReporter: Reporter = (terminal) => {
  const { stdout, stderr, env } = terminal;
  const asides = collectAsides();
  const tally = tallyOf();
  const summary = createGithubSummary();
  const unread: string[] = [];
  const annotate = (finding: ToldFinding, file: string): void => {
    const { severity, rule, place, message, path, source, among } = finding;
    tally.add([finding]);
    const which = among ? `Message ${among.message} of ${among.of}: ` : '';
    // What is more than GitHub shows stands in the log, as a plain line.
    if (tally.count(severity) > MOST) {
      const at = `${file}:${place.line}:${place.column}`;
      stdout.write(`${plainLine(`${at}  ${severity}  ${which}${message}  (${rule})`)}\n`);
      return;
    }
    const properties = {
      file,
      line: place.line,
      // Of a spot over several lines GitHub takes no columns.
      ...(place.line === place.endLine && { col: place.column }),
      endLine: place.endLine,
      ...(place.line === place.endLine && { endColumn: Math.max(place.column, place.endColumn - 1) }),
      title: rule,
    };
    const about = [path, source?.title].filter(Boolean).join(', ');
    stdout.write(
      command(COMMANDS[severity], properties, printable(which + message) + (about && `\n${printable(about)}`)),
    );
  };
  return {
    judged(judged) {
      const file = reportedPath(judged.file, terminal);
      const told = judged.findings.filter((finding) => !asides.take(judged.file, finding));
      for (const finding of told) annotate(finding, file);
      summary.add(file, told, judged.passed);
    },
    unreadable({ file, problem }) {
      unread.push(file);
      const name = reportedPath(file, terminal);
      summary.unreadable(name, problem);
      if (unread.length > MOST) stdout.write(`${plainLine(`${name} ${problem}`)}\n`);
      else stdout.write(command('error', { file: name, title: 'unreadable' }, printable(`The file ${problem}`)));
    },
    end(outcome) {
      const left = SEVERITIES.flatMap((severity) => {
        const more = tally.count(severity) - MOST;
        return more > 0 ? [countedOf(more, severity)] : [];
      });
      const lines = [
        ...asides.lines((line) => line),
        ...(left.length > 0
          ? [`GitHub shows ${MOST} annotations of a kind: ${left.join(', ')} more stand in this log without one.`]
          : []),
        summary.line(),
        ...(outcome.why ? [outcome.why] : []),
      ];
      for (const line of lines) stdout.write(`${plainLine(line)}\n`);
      const place = env.GITHUB_STEP_SUMMARY;
      if (!place) return;
      try {
        fs.appendFileSync(place, summary.markdown(outcome));
      } catch {
        stderr.write('itk3: The summary of the job could not be written: check GITHUB_STEP_SUMMARY.\n');
      }
    },
  };
};

function command(name: string, properties: Readonly<Record<string, string | number>>, data: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapedData(data)}\n`;
}

function escapedData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escapedData(printable(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A line that begins as a command would be taken for one. */
function plainLine(line: string): string {
  return printable(line).replace(/^(?=\s*(?:::|##\[))/, '· ');
}
