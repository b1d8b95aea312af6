// One run over the files that are named: names -> (mended) -> judged, as serious as is wanted and less what is expected -> less what the
// baseline knows -> report -> exit code.
import path from 'node:path';
import type { Enquiries } from '../../terminology/enquiries';
import { CommandError, EXIT } from '../exit';
import { printable } from '../printable';
import { STANDARD_INPUT } from '../read-input';
import type { Chosen } from '../reporters/formats';
import type { Outcome, Report } from '../reporters/reporter';
import type { Terminal } from '../terminal';
import { openBaseline } from './baseline';
import { expectFile } from './expect';
import { type Failing, failingOn } from './fail-on';
import { filesNamed, type NamedFile } from './files';
import { mendFile } from './fix';
import { isUnreadable, type Verdict } from './judged';
import { judgeAll } from './many';
import { type Memory, newMemory } from './memory';
import type { Policy } from './policy';
import { watchProgress } from './progress';

export interface Round {
  /** Files, folders and patterns. */
  names: readonly string[];
  jobs?: number | undefined;
  enquiries?: Enquiries | undefined;
  reports: Chosen;
  policy: Policy;
  /** Whether what has one right answer is mended first, or only shown. */
  fix?: 'mend' | 'show' | undefined;
  /** Of a run before, which judged the same unless something has changed. */
  memory?: Memory | undefined;
}

/** @returns the exit code */
export async function judgeRound(round: Round, terminal: Terminal): Promise<number> {
  const { names, jobs, enquiries, reports, policy, fix, memory = newMemory() } = round;
  const { severities, profiles, ignore } = policy;
  const { files, problems } = await filesNamed(names, { cwd: terminal.cwd, ignore });
  if (files.length === 0 && problems.length === 0) throw new CommandError(`There is nothing to judge: ${NOTHING}`);
  const baseline = policy.baseline === undefined ? undefined : openBaseline(policy.baseline, policy.update, terminal);
  const own = profiles.length > 0 ? (memory.own ??= terminal.withPackages(profiles)) : undefined;
  memory.files = files.length;
  const placeOf = ({ name }: NamedFile): string => path.resolve(terminal.cwd, name);
  const judging = own ? { ...terminal, knowledge: () => own.knowledge } : terminal;
  if (fix) {
    const mending = { severities, baseline, isDry: fix === 'show' };
    const changed = await tellEach(files, (file) => mendFile(file, mending, judging), terminal);
    if (fix === 'show' && problems.length === 0) return changed ? EXIT.findings : EXIT.ok;
  }
  if (policy.updateExpected) await tellEach(files, (file) => expectFile(file, severities, judging), terminal);
  const failing = failingOn(policy.failOn, policy.expect);
  const progress = watchProgress(terminal);
  const { stderr } = progress.terminal;
  const run = reports.reporter(progress.terminal);
  // Who waits for standard input is stopped as any program is.
  const waits = files.some(({ name }) => name === STANDARD_INPUT);
  const signal = waits ? new AbortController().signal : terminal.interrupted();
  const tally = { done: 0, ours: 0, wrong: 0 };
  let worst: number = EXIT.ok;
  let outcome: Outcome = {};
  let all: ReturnType<typeof judgeAll> | undefined;
  try {
    for (const problem of own?.problems ?? []) {
      worst = EXIT.misuse;
      stderr.write(printable(`itk3: ${problem}`) + '\n');
    }
    for (const problem of problems) worst = Math.max(worst, report([problem], run, failing, progress.terminal));
    const pending = files.filter((file) => !memory.verdicts.has(placeOf(file)));
    all = judgeAll(pending, judging, {
      judging: { severities, fixes: reports.fixes, enquiries },
      jobs,
      profiles,
      signal,
    });
    for (const file of files) {
      const place = placeOf(file);
      const isKept = memory.verdicts.has(place);
      const next = isKept ? undefined : await all.next();
      if (signal.aborted || next?.done) break;
      const verdict = isKept ? memory.verdicts.get(place) : next?.value.verdict;
      if (round.memory) memory.verdicts.set(place, verdict);
      tally.done += 1;
      if (verdict) {
        const known = baseline ? verdict.map((one) => (isUnreadable(one) ? one : baseline.apply(one))) : verdict;
        const code = report(known, run, failing, progress.terminal);
        worst = Math.max(worst, code);
        tally.ours += 1;
        if (code !== EXIT.ok) tally.wrong += 1;
      }
      progress.tell(`${tally.done} of ${files.length} files, ${tally.wrong} with errors`);
      await terminal.stdout.drained?.();
    }
    if (!signal.aborted) {
      if (policy.update) baseline?.write();
      const gone = baseline && { name: baseline.name, gone: baseline.gone(), isWritten: policy.update };
      outcome = { code: worst, why: failing.why(), ...(gone && { baseline: gone }) };
    }
  } finally {
    await all?.return();
    progress.end();
    // Also when it breaks off: half an array is no JSON.
    run.end(outcome);
  }
  if (signal.aborted) {
    stderr.write(`itk3: stopped after ${tally.done} of ${files.length} files.\n`);
    return EXIT.interrupted;
  }
  if (tally.ours === 0 && problems.length === 0) throw new CommandError(`There is nothing to judge: ${NOTHING}`);
  return worst;
}

/** Before any is judged. @returns whether there was anything to tell */
async function tellEach(
  files: readonly NamedFile[],
  change: (file: NamedFile) => Promise<string | undefined>,
  terminal: Terminal,
): Promise<boolean> {
  const signal = terminal.interrupted();
  let isChanged = false;
  for (const file of files) {
    if (signal.aborted) break;
    const told = await change(file);
    if (told === undefined) continue;
    isChanged = true;
    terminal.stderr.write(printable(`itk3: ${file.name} ${told}`) + '\n');
  }
  return isChanged;
}

const NOTHING =
  'none of the files there is a FHIR message in JSON or XML, or all of them are left out. Name a file to have it judged all the same.';

/** Tells the report and standard error of a message. @returns the exit code that this message alone would give */
export function report(verdict: Verdict, to: Report, failing: Failing, { stderr }: Pick<Terminal, 'stderr'>): number {
  const codes = verdict.map((file) => {
    if (!isUnreadable(file)) {
      to.judged(file);
      return failing.take(file) ? EXIT.findings : EXIT.ok;
    }
    to.unreadable(file);
    stderr.write(printable(`itk3: ${file.file} ${file.problem}`) + '\n');
    return EXIT.misuse;
  });
  return Math.max(EXIT.ok, ...codes);
}
