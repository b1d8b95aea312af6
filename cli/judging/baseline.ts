// --baseline: findings that were there before pass, new ones do not, and those that are gone are told. A finding is known by
// its rule and the spot from its resource on, without places in lists, and by how many there are: that survives edits, and
// says nothing of what stands in a message.
import fs from 'node:fs';
import path from 'node:path';
import { sidecarOf } from '../../core/exceptions/exception';
import { isObject } from '../../core/json';
import { CommandError } from '../exit';
import { SHOWN_INPUT } from '../read-input';
import type { Terminal } from '../terminal';
import { writeFile } from '../write-file';
import { type GoneFinding, inPlace, type JudgedFile, type PassedFinding, type ToldFinding } from './judged';

export interface Baseline {
  /** As it was named. */
  name: string;
  /** Lets through what is known of the file. */
  apply(file: JudgedFile): JudgedFile;
  /** Whether it knows any finding of the rule at that spot of the file. */
  knows(file: string, rule: string, spot: string): boolean;
  /** Once all files have been judged: what was known of them, or of files that are there no longer, and is not found. */
  gone(): GoneFinding[];
  /** Writes what was found; of files that the run did not look at what was known, as long as they are there. */
  write(): void;
}

const ABOUT = 'Findings that itk3 validate knew when this was written: they pass. Refresh it with --update-baseline.';
const FIRST_VERSION = 1;

/**
 * @param named relative to the folder of the terminal
 * @param update whether it is to be written, so that it need not be there and everything in it passes
 */
export function openBaseline(named: string, update: boolean, terminal: Terminal): Baseline {
  const place = path.resolve(terminal.cwd, named);
  const folder = path.dirname(place);
  const entries = readEntries(place, named, update);
  const known = new Map(entries.map((entry) => [keyOf(entry), { ...entry }]));
  const found = new Map<string, GoneFinding>();
  const judged = new Set<string>();
  const nameOf = (file: string): string =>
    path.relative(folder, path.resolve(terminal.cwd, file)).split(path.sep).join('/');
  const isThere = (file: string): boolean => fs.existsSync(path.resolve(folder, file));
  const reason = `known by ${named}`;

  const isKnown = (key: string): boolean => {
    const entry = known.get(key);
    if (update || !entry || entry.count === 0) return update;
    entry.count--;
    return true;
  };
  return {
    name: named,
    apply(one) {
      // What comes through standard input has no name to be known by.
      if (one.file === SHOWN_INPUT) return one;
      const file = nameOf(one.file);
      // Of a file beside a message with nothing wrong in it nobody is told.
      judged.add(file).add(sidecarOf(file));
      const findings: ToldFinding[] = [];
      const passed: PassedFinding[] = [];
      for (const finding of one.findings) {
        const { rule, spot } = finding;
        const key = keyOf({ file, rule, spot });
        if (isCounted(finding)) found.set(key, { file, rule, spot, count: (found.get(key)?.count ?? 0) + 1 });
        if (isCounted(finding) && isKnown(key)) passed.push({ ...finding, by: 'known', reason });
        else findings.push(finding);
      }
      return passed.length === 0 ? one : { ...one, findings, passed: inPlace([...one.passed, ...passed]) };
    },
    knows: (file, rule, spot) => known.has(keyOf({ file: nameOf(file), rule, spot })),
    gone: () =>
      update ? [] : [...known.values()].filter(({ file, count }) => count > 0 && (judged.has(file) || !isThere(file))),
    write() {
      const kept = entries.filter(({ file }) => !judged.has(file) && isThere(file));
      const problem = writeFile(place, textOf([...kept, ...found.values()]), { over: true }, terminal);
      if (problem) throw new CommandError(`${named} ${problem}`);
    },
  };
}

/** What only says what was not looked at comes and goes with servers and packages. */
function isCounted({ severity }: ToldFinding): boolean {
  return severity !== 'hint';
}

function keyOf({ file, rule, spot }: Omit<GoneFinding, 'count'>): string {
  return JSON.stringify([file, rule, spot]);
}

/** One finding a line, in an order of its own, so that two branches rarely meet in the same line. */
function textOf(entries: readonly GoneFinding[]): string {
  const lines = entries
    .map(({ file, rule, spot, count }) => `    ${JSON.stringify({ file, rule, spot, count })}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const known = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "about": ${JSON.stringify(ABOUT)},\n  "version": ${FIRST_VERSION},\n  "known": ${known}\n}\n`;
}

function readEntries(place: string, named: string, update: boolean): GoneFinding[] {
  let text: string;
  try {
    text = fs.readFileSync(place, 'utf8');
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    if (code !== 'ENOENT') throw new CommandError(`The baseline ${named} cannot be read (${code}).`);
    if (update) return [];
    throw new CommandError(`There is no baseline ${named}: --update-baseline writes it.`);
  }
  const value = parsed(text);
  if (!isObject(value) || !Array.isArray(value.known))
    throw new CommandError(`${named} is no baseline: --update-baseline writes one; move this file away before.`);
  if (value.version !== FIRST_VERSION)
    throw new CommandError(`${named} was written by another version of itk3: write it anew with --update-baseline.`);
  return value.known.filter(isEntry);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is GoneFinding {
  if (!isObject(value)) return false;
  const { file, rule, spot, count } = value;
  return [file, rule, spot].every((one) => typeof one === 'string') && Number.isInteger(count) && Number(count) > 0;
}
