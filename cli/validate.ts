// itk3 validate: judges files and says what is wrong with them.
import type { Severities } from '../core/severities';
import { createTerminologyClient } from '../terminology/client';
import { createEnquiries, type Enquiries } from '../terminology/enquiries';
import { TerminologyError } from '../terminology/errors';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { type Baseline, openBaseline } from './judging/baseline';
import { type Failing, failingOn, type FailOn, failOnNamed } from './judging/fail-on';
import { judge } from './judging/judge';
import { isUnreadable, type Verdict } from './judging/judged';
import { severitiesNamed } from './judging/severities';
import { printable } from './printable';
import { messagesNamed } from './read-input';
import { FORMATS, reportsChosen } from './reporters/formats';
import type { Outcome, Report } from './reporters/reporter';
import type { Terminal } from './terminal';

const OPTIONS = {
  format: { type: 'string', value: FORMATS },
  output: { type: 'string', value: 'file' },
  report: { type: 'string', multiple: true },
  'fail-on': { type: 'string' },
  rule: { type: 'string', multiple: true },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean' },
  expect: { type: 'boolean' },
  profiles: { type: 'string', multiple: true },
  terminology: { type: 'string' },
} as const;

export const validate: Command = {
  name: 'validate',
  summary: 'Says what is wrong with messages, where, and what would be right',
  help: `itk3 validate [--format ${FORMATS.join('|')}] [--fail-on SEVERITY] [--rule ID=SEVERITY]… [--baseline FILE]
              [--expect] [--profiles PATH]… [--terminology URL] FILE…

  itk3 validate message.json                    One message
  itk3 validate fixtures/*                      Many, FHIR JSON and FHIR XML alike
  itk3 new emergency-supply | itk3 validate -   From standard input
  itk3 validate --format json *.json | jq -r '.[] | select(any(.findings[]; .severity == "error")).file'
                                                For scripts: the files with errors
  itk3 validate --profiles ./our-profiles message.json
                                                By profiles of your own as well
  itk3 validate --fail-on warning --rule time-in-future=off fixtures/*
                                                Warnings fail too, and one rule asks nothing
  itk3 validate --baseline known.json fixtures/*
                                                Only what is new fails
  itk3 validate --expect fixtures/*             Negative fixtures have exactly the mistakes they are made for

Options
  --format text   for a person: the line of text, the spot marked beneath (the default)
  --format json   for scripts: one array on standard output,
                  [{ "file", "findings": [{ "rule", "severity", "pointer", "path", "line", "column",
                  "endLine", "endColumn", "message", "source" }], "excepted": [{ …, "reason" }] }]
                  Lines and columns start at 1, columns count UTF-16 code units, the end is exclusive.
                  A file that cannot be read has one finding of the rule "unreadable".
                  "expected" and "known" stand beside "excepted" where there are any.
  --fail-on SEVERITY
                  what makes the exit code 1: error (the default), warning, information (each with what is worse), or never
  --rule ID=SEVERITY
                  how serious a rule is: error, warning, information, hint or off. Give it again for more.
  --baseline FILE findings that the file knows pass, new ones do not, and those that are gone are told. Known is a
                  finding by its rule and its place in its resource, so that it stays known when lines and lists move.
  --update-baseline
                  writes what is found into the baseline; what it knows of files that you do not name now stays
  --expect        holds negative fixtures to what stands beside them (below)
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
  each other error or warning.

Exit codes
  0  nothing that --fail-on asks about (by default: no errors)
  1  errors, or what --fail-on asks about
  2  misuse, or a file or package that cannot be read; the other files are judged all the same
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 validate');
    const files = messagesNamed(positionals);
    if (files.length === 0)
      throw new CommandError('validate needs a file: itk3 validate message.json, or - for standard input.');
    const enquiries = values.terminology === undefined ? undefined : enquiriesTo(values.terminology);
    const policy = policyOf(values, terminal);
    const { severities, baseline } = policy;
    const { failOn, expect: exact } = policy;
    const { reporter, fixes } = reportsChosen(values, { failOn, exact, hasBaseline: baseline !== undefined });
    const run = reporter(terminal);
    let outcome: Outcome = {};
    try {
      const own = values.profiles && terminal.withPackages(values.profiles);
      const failing = failingOn(policy.failOn, policy.expect);
      let code: number = own && own.problems.length > 0 ? EXIT.misuse : EXIT.ok;
      for (const problem of own?.problems ?? []) terminal.stderr.write(printable(`itk3: ${problem}`) + '\n');
      const judging = own ? { ...terminal, knowledge: () => own.knowledge } : terminal;
      for (const file of files) {
        const judged = await judge(file, judging, { severities, fixes, enquiries });
        const known = judged.map((one) => (isUnreadable(one) || !baseline ? one : baseline.apply(one)));
        code = Math.max(code, report(known, run, failing, terminal));
      }
      if (policy.update) baseline?.write();
      outcome = {
        code,
        why: failing.why(),
        ...(baseline && { baseline: { name: baseline.name, gone: baseline.gone(), isWritten: policy.update } }),
      };
    } finally {
      // Also when it breaks off: half an array is no JSON.
      run.end(outcome);
    }
    return outcome.code ?? EXIT.misuse;
  },
};

/** What is asked of findings, whichever files they are in. */
interface Policy {
  severities: Severities;
  failOn: FailOn;
  expect: boolean;
  baseline?: Baseline;
  /** Whether the baseline is to be written. */
  update: boolean;
}

interface Values {
  'fail-on'?: string;
  rule?: string[];
  expect?: boolean;
  baseline?: string;
  'update-baseline'?: boolean;
}

function policyOf(values: Values, terminal: Terminal): Policy {
  const update = values['update-baseline'] ?? false;
  if (update && values.baseline === undefined)
    throw new CommandError('--update-baseline needs to know which file: give --baseline FILE too.');
  const expect = values.expect ?? false;
  return {
    failOn: failOnNamed(values['fail-on'] ?? 'error'),
    expect,
    severities: { ...(expect && { 'missing-expected': 'error' }), ...severitiesNamed(values.rule ?? []) },
    ...(values.baseline !== undefined && { baseline: openBaseline(values.baseline, update, terminal) }),
    update,
  };
}

function enquiriesTo(address: string): Enquiries {
  try {
    return createEnquiries(createTerminologyClient(address));
  } catch (error) {
    if (error instanceof TerminologyError) throw new CommandError(error.message);
    throw error;
  }
}

/** Tells the report and standard error of a message. @returns the exit code that this message alone would give */
export function report(verdict: Verdict, to: Report, failing: Failing, { stderr }: Terminal): number {
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
