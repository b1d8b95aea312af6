// itk3 validate: judges files and says what is wrong with them.
import { createTerminologyClient } from '../terminology/client';
import { createEnquiries, type Enquiries } from '../terminology/enquiries';
import { TerminologyError } from '../terminology/errors';
import { type Command, readArguments, suggestion } from './command';
import { CommandError, EXIT } from './exit';
import { judge } from './judging/judge';
import { isUnreadable, type Verdict } from './judging/judged';
import { printable } from './printable';
import { messagesNamed } from './read-input';
import { jsonReporter } from './reporters/json';
import type { Report, Reporter } from './reporters/reporter';
import { textReporter } from './reporters/text';
import type { Terminal } from './terminal';

/** A reporter is one file and one line here. */
const REPORTERS: Readonly<Record<string, Reporter>> = {
  text: textReporter,
  json: jsonReporter,
};

const FORMATS = Object.keys(REPORTERS);

export const validate: Command = {
  name: 'validate',
  summary: 'Says what is wrong with messages, where, and what would be right',
  help: `itk3 validate [--format ${FORMATS.join('|')}] [--profiles PATH]… [--terminology URL] FILE…

  itk3 validate message.json                    One message
  itk3 validate fixtures/*                      Many, FHIR JSON and FHIR XML alike
  itk3 new emergency-supply | itk3 validate -   From standard input
  itk3 validate --format json *.json | jq -r '.[] | select(any(.findings[]; .severity == "error")).file'
                                                For scripts: the files with errors
  itk3 validate --profiles ./our-profiles message.json
                                                By profiles of your own as well

Options
  --format text   for a person: the line of text, the spot marked beneath (the default)
  --format json   for scripts: one array on standard output,
                  [{ "file", "findings": [{ "rule", "severity", "pointer", "path", "line", "column",
                  "endLine", "endColumn", "message", "source" }], "excepted": [{ …, "reason" }] }]
                  Lines and columns start at 1, columns count UTF-16 code units, the end is exclusive.
                  A file that cannot be read has one finding of the rule "unreadable".
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

Exit codes
  0  no errors (warnings are fine)
  1  errors
  2  misuse, or a file or package that cannot be read; the other files are judged all the same
`,
  async run(args, terminal) {
    const options = {
      format: { type: 'string' },
      profiles: { type: 'string', multiple: true },
      terminology: { type: 'string' },
    } as const;
    const { values, positionals } = readArguments(args, options, 'itk3 validate');
    const reporter = reporterNamed(values.format ?? 'text');
    const files = messagesNamed(positionals);
    if (files.length === 0)
      throw new CommandError('validate needs a file: itk3 validate message.json, or - for standard input.');
    const enquiries = values.terminology === undefined ? undefined : enquiriesTo(values.terminology);
    const run = reporter(terminal);
    let worst: number = EXIT.ok;
    try {
      const own = values.profiles && terminal.withPackages(values.profiles);
      for (const problem of own?.problems ?? []) {
        worst = EXIT.misuse;
        terminal.stderr.write(printable(`itk3: ${problem}`) + '\n');
      }
      const judging = own ? { ...terminal, knowledge: () => own.knowledge } : terminal;
      for (const file of files) worst = Math.max(worst, report(await judge(file, judging, enquiries), run, terminal));
    } finally {
      // Also when it breaks off: half an array is no JSON.
      run.end();
    }
    return worst;
  },
};

function reporterNamed(format: string): Reporter {
  const reporter = Object.hasOwn(REPORTERS, format) ? REPORTERS[format] : undefined;
  if (reporter) return reporter;
  throw new CommandError(`There is no format "${format}": ${suggestion(format, FORMATS, '', 'itk3 validate --help')}`);
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
export function report(verdict: Verdict, to: Report, { stderr }: Terminal): number {
  const codes = verdict.map((file) => {
    if (!isUnreadable(file)) {
      to.judged(file);
      return file.findings.some(({ severity }) => severity === 'error') ? EXIT.findings : EXIT.ok;
    }
    to.unreadable(file);
    stderr.write(printable(`itk3: ${file.file} ${file.problem}`) + '\n');
    return EXIT.misuse;
  });
  return Math.max(EXIT.ok, ...codes);
}
