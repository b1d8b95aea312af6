// --fix: mends what has one right answer, as the editor does on save, and leaves alone what settings, exceptions, expectations
// and the baseline let stand.
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from '../../core/document/json-document';
import { readDocument } from '../../core/document/read-document';
import type { TextEdit } from '../../core/document/text-edits';
import { except } from '../../core/exceptions/apply';
import { fixAll, type Judged } from '../../core/fixes/fix-all';
import { isOfText } from '../../core/fixes/text';
import { bySeverities, type Severities } from '../../core/severities';
import { checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { CommandError } from '../exit';
import { readInput, STANDARD_INPUT } from '../read-input';
import type { Terminal } from '../terminal';
import { writeFile } from '../write-file';
import type { Baseline } from './baseline';
import { unifiedDiff } from './diff';
import type { NamedFile } from './files';
import { readOne } from './one-message';
import { spotOf } from './told';

export interface Mending {
  severities: Severities;
  baseline: Baseline | undefined;
  /** Only shows what it would do. */
  isDry: boolean;
}

/** What became of a file: a text that is mended, or why it is left as it is. Undefined when there is nothing to mend. */
type Mended = { text: string; edits: TextEdit[]; before: string; count: number } | { left: string } | undefined;

/**
 * Mends a file on the disk, or shows how.
 * @returns what to tell of it, beginning with a verb; undefined when there is nothing to tell
 */
export async function mendFile(file: NamedFile, mending: Mending, terminal: Terminal): Promise<string | undefined> {
  const { name } = file;
  const mended = await mend(file, mending, terminal);
  if (!mended) return undefined;
  if ('left' in mended) return mended.left;
  const { text, edits, before, count } = mended;
  const findings = `${count} ${count === 1 ? 'finding' : 'findings'}`;
  if (mending.isDry) {
    terminal.stdout.write(unifiedDiff(name, before, edits));
    return `would have ${findings} mended.`;
  }
  const place = path.resolve(terminal.cwd, name);
  if (leadsOut(place, terminal.cwd)) return 'is left as it is: it is a link that leads out of this folder.';
  const problem = writeFile(name, startOf(place) + text, { over: true }, terminal);
  return problem ?? `has ${findings} mended.`;
}

/** The text of standard input, mended as far as it can be. Throws CommandError of what is no text. */
export async function mendInput(mending: Mending, terminal: Terminal): Promise<string> {
  const input = await readInput(STANDARD_INPUT, terminal);
  if ('problem' in input) throw new CommandError(`${input.file} ${input.problem}`);
  const stdin = (async function* () {
    yield await Promise.resolve(Buffer.from(input.text));
  })();
  const mended = await mend({ name: STANDARD_INPUT }, mending, { ...terminal, stdin });
  return mended && 'text' in mended ? mended.text : input.text;
}

async function mend({ name, isFound }: NamedFile, mending: Mending, terminal: Terminal): Promise<Mended> {
  const { severities, baseline } = mending;
  const knowledge = terminal.knowledge();
  const input = await readOne({ name, isFound }, terminal);
  if (!input || 'several' in input)
    return input && { left: 'is left as it is: it holds several messages, and only one at a time is mended.' };
  const sidecar = input.beside === undefined ? undefined : readJson(input.beside);
  let root: unknown;
  const judge = (text: string): Judged => {
    const document = readDocument(text, knowledge.registry);
    root = document.value;
    const checked = checkDocument(document, knowledge, { now: terminal.now().getTime() });
    const { findings } = sidecar ? except(checked, root, sidecar, severities) : checked;
    return { ...checked, findings: bySeverities(findings, severities) };
  };
  const isNew = ({ rule, pointer }: PlacedFinding): boolean => !baseline?.knows(name, rule, spotOf(root, pointer));
  const fresh = { now: terminal.now(), randomUUID: terminal.randomUUID, random: terminal.random };
  const { text, edits, count } = fixAll(input.text, judge, { knowledge, fresh }, isNew);
  if (text === input.text) return undefined;
  const more = newErrors(judge(input.text), judge(text));
  if (more.length > 0) return { left: `is left as it is: mending it would bring new errors (${more.join(', ')}).` };
  return { text, edits, before: input.text, count };
}

/** The rules that find more than before. Of a text that could not be read nobody knows what was wrong with it before. */
function newErrors(before: Judged, after: Judged): string[] {
  if (before.findings.some(isOfText)) return [];
  const now = errors(after);
  const then = errors(before);
  return [...now].flatMap(([rule, count]) => (count > (then.get(rule) ?? 0) ? [rule] : []));
}

function errors({ findings }: Judged): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of findings) if (severity === 'error') counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/** Nobody who mends a folder means to change what lies elsewhere. */
export function leadsOut(place: string, cwd: string): boolean {
  if (!fs.lstatSync(place).isSymbolicLink()) return false;
  const way = path.relative(fs.realpathSync(cwd), fs.realpathSync(place));
  return way.startsWith('..') || path.isAbsolute(way);
}

/** The byte order mark of a file, if it has one: it is not part of the text, and stays. */
function startOf(place: string): string {
  const file = fs.openSync(place, 'r');
  try {
    const start = Buffer.alloc(3);
    fs.readSync(file, start, 0, 3, 0);
    return start.equals(Buffer.from('\uFEFF')) ? '\uFEFF' : '';
  } finally {
    fs.closeSync(file);
  }
}
