// itk3 convert: writes messages in the other form, as FHIR XML or FHIR JSON.
import fs from 'node:fs';
import path from 'node:path';
import { converted } from '../core/document/convert';
import { formatted } from '../core/document/format';
import { fhirPath } from '../core/document/pointer';
import { readDocument } from '../core/document/read-document';
import type { Format, SourceDocument, SyntaxProblem } from '../core/document/source-document';
import { FHIR } from '../core/document/xml-rules';
import { sidecarOf } from '../core/exceptions/exception';
import type { Registry } from '../core/definitions/registry';
import { isObject, text } from '../core/json';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { formNamed, FORMS } from './forms';
import { printable } from './printable';
import { type Input, messagesNamed, readInput, readSidecar, STANDARD_INPUT } from './read-input';
import { linesOf } from './judging/lines';
import type { Terminal } from './terminal';
import { writeFile } from './write-file';

const OPTIONS = {
  to: { type: 'string', value: FORMS },
  out: { type: 'string', value: 'file' },
  write: { type: 'boolean' },
  check: { type: 'boolean' },
  force: { type: 'boolean' },
} as const;

export const convert: Command = {
  name: 'convert',
  summary: 'Writes messages as FHIR XML, the form that travels, or as FHIR JSON',
  options: OPTIONS,
  help: `itk3 convert --to ${FORMS.join('|')} [OPTION]… FILE…

  itk3 convert --to xml message.json              Print it as FHIR XML
  itk3 convert --to xml --out sent.xml my.json    Keep it
  itk3 convert --to json - < received.xml         From standard input
  itk3 convert --to xml fixtures/*.json           Many: a.xml beside a.json, and so on
  itk3 convert --to xml --write --force *.xml     What is XML already is laid out anew, in place
  itk3 convert --to xml --check fixtures/*.json   For pipelines: is the XML beside them still what they say?

Values stay as they were written, 1.50 and dates and narratives to the letter, and elements come in the order of STU3.
What the other form cannot say is told with its place. Comments stay in XML; JSON has none, so it is told that they are
left out. The exceptions beside a file (see itk3 validate --help) come along. What holds no FHIR resource is left alone.

Options
  --to ${FORMS.join('|').padEnd(12)} the form to write; what is of that form already is laid out anew, two spaces a level
  --out PATH        the file to write, of one message; without it one message is printed
  --write           write beside each file, under its name with the other ending: always so of several files. The names
                    of the files that were written are printed
  --check           write nothing; print the names of the files that --write would make or change
  --force           write over files that are there already
  --                what follows is a file, even if it starts with "-"

Exit codes
  0  all was converted, and nothing is missing; with --check: nothing is to be written
  1  something could not be said in the other form; with --check: there are files to be written
  2  misuse, or a file that could not be read or written; the other files are converted all the same
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 convert');
    if (values.to === undefined) throw new CommandError('convert needs to know the form: --to xml or --to json.');
    const to = formNamed(values.to, 'itk3 convert');
    const files = messagesNamed(positionals);
    const { out, force = false, check = false } = values;
    const isBeside = values.write === true || check || files.length > 1;
    if (files.length === 0)
      throw new CommandError(`convert needs a file: itk3 convert --to ${to} message.json, or - for standard input.`);
    if (out !== undefined && isBeside)
      throw new CommandError('--out names the file for one message: give one, without --write and --check.');
    if (isBeside && files.includes(STANDARD_INPUT))
      throw new CommandError('Standard input has no file beside which to write: give - alone, with --out to keep it.');
    const { registry } = terminal.knowledge();
    const targets = new Set<string>();
    let worst: number = EXIT.ok;
    for (const file of files) {
      const input = await readInput(file, terminal);
      const made = 'problem' in input ? input : conversionOf(input, to, registry);
      if ('problem' in made) {
        worst = failed(input.file, made.problem, terminal);
        continue;
      }
      for (const said of made.told) tell(said, terminal);
      if (made.isShort) worst = Math.max(worst, EXIT.findings);
      const target = out ?? (isBeside ? besideOf(file, to) : undefined);
      if (target === undefined) terminal.stdout.write(made.text);
      else if (targets.has(target))
        worst = failed(target, 'is what two of these files would become: rename one.', terminal);
      else worst = Math.max(worst, await put(made.text, { file, target, force, check }, terminal));
      if (target !== undefined) targets.add(target);
    }
    return worst;
  },
};

interface Conversion {
  text: string;
  /** Whether something is missing in it. */
  isShort: boolean;
  /** Sentences about what is not in it. */
  told: string[];
}

function conversionOf(input: Input, to: Format, registry: Registry): Conversion | { problem: string } {
  const { file } = input;
  if (input.text.trim() === '') return { problem: 'is empty: there is nothing to be written.' };
  const document = readDocument(input.text, registry);
  const broken = document.problems.find(({ isWhole }) => !isWhole);
  // What stands in broken JSON may not have been read.
  if (!isFhir(document, registry) && (document.format === 'xml' || !broken))
    return { problem: 'is left alone, for it holds no FHIR resource: check that it is the right file.' };
  if (document.format === to) return layingOut(document, broken);
  const made = converted(input.text, to, registry);
  if ('problem' in made) return { problem: `cannot be converted: ${startingSmall(made.problem)}` };
  const { left, asides } = made;
  const { value } = document;
  const told = left.map(({ pointer, message }) => `${file}, ${fhirPath(value, pointer)}: ${message}`);
  const type = typeOf(document);
  const isUnknown = to === 'json' && !registry.isResource(type!);
  if (isUnknown)
    told.push(
      `${file}: STU3 has no resource type "${type}", so what in it is a number, or true and false, is written as text.`,
    );
  if (asides > 0)
    told.push(`${file}: ${asides === 1 ? 'A comment is' : `${asides} comments are`} left out, for JSON has none.`);
  return { text: made.text, isShort: left.length > 0 || isUnknown, told };
}

/** By its type; one with a slip in it is told by what else says FHIR. */
function isFhir(document: SourceDocument, registry: Registry): boolean {
  const type = typeOf(document);
  if (type === undefined) return false;
  return registry.isResource(type) || document.format === 'json' || document.text.includes(FHIR);
}

function typeOf({ value }: SourceDocument): string | undefined {
  return isObject(value) ? text(value.resourceType) : undefined;
}

function startingSmall(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

function layingOut(document: SourceDocument, broken: SyntaxProblem | undefined): Conversion | { problem: string } {
  if (!broken) return { text: formatted(document.text), isShort: false, told: [] };
  const { line } = linesOf(document.text).placeOf(broken.span.offset);
  return { problem: `cannot be laid out: line ${line} must be mended before that. ${broken.message}` };
}

/** The same name with the ending of the form. */
function besideOf(file: string, to: Format): string {
  return `${file.replace(/\.(json|xml)$/i, '')}.${to}`;
}

interface Place {
  file: string;
  target: string;
  force: boolean;
  check: boolean;
}

/** Writes a message and what is excepted of it, where that is not there yet; resolves with the exit code. */
async function put(text: string, { file, target, force, check }: Place, terminal: Terminal): Promise<number> {
  const beside = await readSidecar(file, terminal);
  if (beside && 'problem' in beside) return failed(beside.file, beside.problem, terminal);
  const wanted = [{ place: target, content: text, like: file }];
  // First the exceptions: a message without them is found fault with.
  if (beside) wanted.unshift({ place: sidecarOf(target), content: beside.text, like: beside.file });
  const due = wanted.filter(({ place, content }) => contentOf(place, terminal) !== content);
  if (check) {
    for (const { place } of due) terminal.stdout.write(`${printable(place)}\n`);
    return due.length > 0 ? EXIT.findings : EXIT.ok;
  }
  const taken = force ? undefined : due.find(({ place }) => isFile(place, terminal));
  if (taken) return failed(taken.place, 'is there already: --force writes over it.', terminal);
  for (const { place, content, like } of due) {
    const problem = writeFile(place, content, { over: force, ...(like !== STANDARD_INPUT && { like }) }, terminal);
    if (problem !== undefined) return failed(place, problem, terminal);
    if (place === target) terminal.stdout.write(`${printable(place)}\n`);
  }
  return EXIT.ok;
}

/** A folder is there too, but no force writes over it. */
function isFile(place: string, { cwd }: Terminal): boolean {
  const there = path.resolve(cwd, place);
  return fs.existsSync(there) && !fs.statSync(there).isDirectory();
}

function contentOf(place: string, { cwd }: Terminal): string | undefined {
  try {
    return fs.readFileSync(path.resolve(cwd, place), 'utf8');
  } catch {
    return undefined;
  }
}

function tell(said: string, { stderr }: Terminal): void {
  stderr.write(printable(`itk3: ${said}`) + '\n');
}

function failed(file: string, problem: string, terminal: Terminal): number {
  tell(`${file} ${problem}`, terminal);
  return EXIT.misuse;
}
