// itk3 validate: judges files and says what is wrong with them.
import path from 'node:path';
import { ALL_RULES } from '../core/rules';
import { LEVELS } from '../core/severities';
import { createTerminologyClient } from '../terminology/client';
import { createEnquiries, type Enquiries } from '../terminology/enquiries';
import { TerminologyError } from '../terminology/errors';
import { type Command, readArguments } from './command';
import { CommandError } from './exit';
import { FAIL_ON } from './judging/fail-on';
import type { Memory } from './judging/memory';
import { type Policy, policyOf } from './judging/policy';
import { watchRuns } from './judging/watch';
import { mendInput } from './judging/fix';
import { judgeRound, type Round } from './judging/round';
import { STANDARD_INPUT } from './read-input';
import { FORMATS, reportsChosen } from './reporters/formats';
import type { Terminal } from './terminal';

const RULES = ALL_RULES.map(({ id }) => id);

const OPTIONS = {
  format: { type: 'string', value: FORMATS },
  output: { type: 'string', value: 'file' },
  report: { type: 'string', multiple: true, value: { keys: FORMATS, then: 'file' } },
  jobs: { type: 'string' },
  ignore: { type: 'string', multiple: true },
  'fail-on': { type: 'string', value: FAIL_ON },
  rule: { type: 'string', multiple: true, value: { keys: RULES, then: LEVELS } },
  baseline: { type: 'string', value: 'file' },
  'update-baseline': { type: 'boolean' },
  expect: { type: 'boolean' },
  'update-expected': { type: 'boolean' },
  fix: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  watch: { type: 'boolean' },
  config: { type: 'string', value: 'file' },
  'no-config': { type: 'boolean' },
  profiles: { type: 'string', multiple: true, value: 'file' },
  terminology: { type: 'string' },
} as const;

export const validate: Command = {
  name: 'validate',
  summary: 'Says what is wrong with messages, where, and what would be right',
  options: OPTIONS,
  help: `itk3 validate [--format ${FORMATS.join('|')}] [OPTION]… FILE|FOLDER|PATTERN…

  itk3 validate message.json                    One message
  itk3 validate fixtures                        All in a folder, FHIR JSON and FHIR XML alike
  itk3 validate 'fixtures/**/*.xml' '!**/old'   By patterns; what ! says is left out
  itk3 validate messages.ndjson                 Several messages in one file
  itk3 new emergency-supply | itk3 validate -   From standard input
  itk3 validate --format json *.json | jq -r '.[] | select(any(.findings[]; .severity == "error")).file'
                                                For scripts: the files with errors
  itk3 validate --profiles ./our-profiles message.json
                                                By profiles of your own as well
  itk3 validate --fail-on warning --rule time-in-future=off fixtures/*
                                                Warnings fail too, and one rule asks nothing
  itk3 validate --report sarif=itk3.sarif --report html=itk3.html fixtures
                                                For a person, and of the same run for code scanning and for a browser
  itk3 validate --baseline known.json fixtures/*
                                                Only what is new fails
  itk3 validate --fix --dry-run fixtures      What could be mended without asking
  itk3 validate --watch fixtures              Again whenever something changes
  itk3 validate --expect fixtures/*             Negative fixtures have exactly the mistakes they are made for

Files
  A folder stands for the .json, .xml and .ndjson files in it and in its folders that hold FHIR. The rest is passed over,
  and so are hidden files and node_modules; a pattern with ** goes through folders likewise. A file that you name is
  always judged. No file is judged twice, and the order is always the same. Quote patterns that your shell should leave alone.
  A file may hold several messages: a JSON list of them, one a line (NDJSON), or one behind the other. Each is judged by
  itself: its findings are at [2].entry[0], counted from 0, and say which message it is. Exceptions stand beside the file,
  for one message by that path, for each of them by [*].entry[0] or by the path from a resource on (Patient.gender).

Options
  --jobs N        threads that judge at a time: as many as the machine has cores, of a few files one. With --terminology
                  always one, which asks each code once
  --ignore PATTERN
                  leave out the files and folders that match, wherever they are named; give it again for more.
                  A name without / is meant wherever it stands
  --format FORMAT what the report is, on standard output
                  text    for a person: the line of text, the spot marked beneath (the default, in pipelines too)
                  html    for a person with a browser: one page without a script, to be filed or printed
                  json    for scripts: one array, as below
                  sarif   SARIF 2.1.0, for code scanning: with rules, fixes, fingerprints, and what is let through
                          (left out in GitHub Actions, for GitHub would show it as open)
                  junit   for CI servers: a file is a test
                  github  annotations of GitHub Actions, and a summary of the job. GitHub shows ten of a kind:
                          the others stand in the log
                  Only text and html quote lines of a message; in all of them a sentence may quote a value.
  --output FILE   the report goes to this file, which is written whole or not at all
  --report FORMAT=FILE
                  one more report of the same run, to a file: --report sarif=itk3.sarif --report junit=itk3.xml

  JSON            [{ "file", "findings": [{ "rule", "severity", "pointer", "path", "line", "column",
                  "endLine", "endColumn", "message", "source" }], "excepted": [{ …, "reason" }] }]
                  Lines and columns start at 1, columns count UTF-16 code units, the end is exclusive.
                  A file that cannot be read has one finding of the rule "unreadable".
                  Where there are any: "expected" and "known" beside "excepted"; in a finding "related" places, and
                  "among": { "message", "of" } in a file of several messages.

  --fail-on SEVERITY
                  what makes the exit code 1: error (the default), warning, information (each with what is worse), or never
  --rule ID=SEVERITY
                  how serious a rule is: error, warning, information, hint or off. Give it again for more.
  --baseline FILE findings that the file knows pass, new ones do not, and those that are gone are told. Known is a
                  finding by its rule and its place in its resource, so that it stays known when lines and lists move.
  --update-baseline
                  writes what is found into the baseline; what it knows of files that you do not name now stays
  --expect        holds negative fixtures to what stands beside them (below)
  --update-expected
                  writes there what is found now, of each message with errors or warnings or such a list, and does --expect
  --fix           first mends what has one right answer, as VS Code does on save: a file is written whole or not at all,
                  and not if that would bring new errors. What is excepted, expected or known stays. Of standard input
                  the mended text goes to standard output, and the report to standard error
  --fix --dry-run shows what it would change, as a diff, and ends with 1 if there is anything
  --watch         judges again what changes, messages and what they are judged by, until Ctrl+C
  --config FILE   the team's file: rules, profiles, failOn, ignore, baseline and expect under "validate" in it. Without it
                  .vscode/itk3.json counts, from this folder upwards to that of the repository: VS Code goes by it too.
                  Options win; --no-config looks for none
  --profiles PATH profiles, value sets, code systems and message definitions of your own: a folder, a .tgz FHIR
                  package, or a file, in JSON or XML. Give it again for more: later ones win, and all of them win
                  over what is built in. What is broken in them is named, and the rest is used.
  --terminology URL
                  ask a FHIR terminology server (STU3 or R4) about codes of systems that are not at hand, such as
                  SNOMED CT and dm+d. It is told codes, their systems, displays and value sets, and nothing else of
                  the message; it is asked without a sign-in. If it cannot answer, that is a note, never an error.
  --              what follows is a file, even if it starts with "-"

Exceptions
  Beside message.json may stand message.json.itk3, which says what may stay as it is, and why:
  { "exceptions": [{ "rule": "nhs-number", "path": "Patient.identifier[0].value", "reason": "…" }] }
  Rule and path stand with each finding. [*] is any item of a list; without a path the rule is excepted everywhere.
  An exception that excepts nothing is a warning, one without a reason is an error. RULES.md lists the rules.

Negative fixtures
  In the same file stands what a message is there to have wrong:
  { "expected": [{ "rule": "nhs-number", "path": "Patient.identifier[0].value", "severity": "error" }] }
  Each names one finding, which then passes; path, severity and message (words of it) may be left out. One that is not
  found is a warning there. With --expect that is an error, and a message with such a list, be it empty, fails for
  each other error or warning. --update-expected writes the lists; look at what it wrote before you keep it.

Exit codes
  0  nothing that --fail-on asks about (by default: no errors)
  1  errors, or what --fail-on asks about
  2  misuse, or a file or package that cannot be read; the other files are judged all the same
  130  stopped with Ctrl+C; the report is whole as far as it goes
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 validate');
    const jobs = values.jobs === undefined ? undefined : numberOfJobs(values.jobs);
    if (positionals.length === 0)
      throw new CommandError('validate needs a file or a folder: itk3 validate message.json, or - for standard input.');
    const enquiries = values.terminology === undefined ? undefined : enquiriesTo(values.terminology);
    const policy = policyOf(values, terminal);
    const { failOn, expect: exact, baseline } = policy;
    const reports = reportsChosen(values, { failOn, exact, hasBaseline: baseline !== undefined });
    const fix = values['dry-run'] ? 'show' : values.fix ? 'mend' : undefined;
    if (values['dry-run'] && !values.fix)
      throw new CommandError('--dry-run is about mending: give it with --fix, to see what that would change.');
    const round = { names: positionals, jobs, enquiries, reports, policy, fix } as const;
    if (values.watch) {
      // A report that is written into a folder that is watched would begin the next run.
      const writes =
        Boolean(fix) ||
        policy.update ||
        policy.updateExpected ||
        values.output !== undefined ||
        values.report !== undefined;
      if (writes || positionals.includes(STANDARD_INPUT))
        throw new CommandError('--watch only looks: leave out what writes files, and standard input.');
      // Each run reads the team's file anew.
      const policyNow = (): Policy => policyOf(values, terminal);
      const run = (memory: Memory) => judgeRound({ ...round, policy: policyNow(), memory }, terminal);
      return watchRuns({ names: positionals, others: () => besides(policyNow(), terminal), run }, terminal);
    }
    if (!fix || !positionals.includes(STANDARD_INPUT)) return judgeRound(round, terminal);
    if (fix === 'show' || positionals.length > 1)
      throw new CommandError('--fix mends standard input alone: itk3 validate --fix - < draft.json > mended.json');
    return mendThrough(round, terminal);
  },
};

/** What a run depends on beside the messages. */
function besides({ config, baseline, profiles }: Policy, { cwd }: Terminal): string[] {
  // Its folder may have to come first.
  const team = config?.file ?? '.vscode';
  return [team, ...(baseline === undefined ? [] : [baseline]), ...profiles].map((one) => path.resolve(cwd, one));
}

/** The mended text is the output, so that the report goes where errors go. */
async function mendThrough(round: Round, terminal: Terminal): Promise<number> {
  const { severities, profiles } = round.policy;
  const own = profiles.length > 0 ? terminal.withPackages(profiles) : undefined;
  const judging = own ? { ...terminal, knowledge: () => own.knowledge } : terminal;
  const text = await mendInput({ severities, baseline: undefined, isDry: false }, judging);
  terminal.stdout.write(text);
  const stdin = (async function* () {
    yield await Promise.resolve(Buffer.from(text));
  })();
  return judgeRound({ ...round, fix: undefined }, { ...terminal, stdin, stdout: terminal.stderr });
}

function numberOfJobs(text: string): number {
  const jobs = Number(text);
  if (/^\d+$/.test(text) && jobs > 0 && jobs <= MOST_JOBS) return jobs;
  throw new CommandError(`--jobs is a number of threads from 1 to ${MOST_JOBS}, not "${text}".`);
}

const MOST_JOBS = 64;

function enquiriesTo(address: string): Enquiries {
  try {
    return createEnquiries(createTerminologyClient(address));
  } catch (error) {
    if (error instanceof TerminologyError) throw new CommandError(error.message);
    throw error;
  }
}
