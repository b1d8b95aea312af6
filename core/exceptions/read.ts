// Reads the file beside a message: its exceptions and what is expected of it. What is wrong in it is found, and an item that
// is wrong does not hold.
import { join, type Pointer } from '../document/pointer';
import type { Finding, Fix, Severity } from '../finding';
import { isObject, type Json } from '../json';
import { nearest } from '../nearest';
import { ALL_RULES } from '../rules';
import { shortened } from '../validate/wording';
import type { Exception } from './exception';
import type { Expected } from './expected';
import { EXCEPTION_RULES, EXCEPTIONS } from './rules';

const LISTS = ['exceptions', 'expected'] as const;
const FILE_NAMES = [...LISTS, '$schema'];
const NAMES = ['rule', 'path', 'message', 'reason'];
const EXPECTED_NAMES = ['rule', 'path', 'message', 'severity', 'reason'];
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const EXAMPLE = '{ "exceptions": [ { "rule": "…", "path": "…", "reason": "…" } ] }';
const EXAMPLES = { exceptions: EXAMPLE, expected: '{ "expected": [ { "rule": "…", "path": "…" } ] }' };

/** What speaks of exceptions themselves cannot be excepted. */
const RULES: ReadonlySet<string> = new Set(
  ALL_RULES.filter((one) => !EXCEPTION_RULES.includes(one)).map(({ id }) => id),
);

type Say = (pointer: Pointer, part: Finding['part'], message: string, fixes?: Fix[]) => void;

export interface Beside {
  exceptions: Exception[];
  /** Undefined when nothing is said of it: then the message is no negative fixture. */
  expected?: Expected[];
  /** What is wrong in the file itself. */
  findings: Finding[];
}

export function readExceptions(value: unknown): Beside {
  const findings: Finding[] = [];
  const say: Say = (pointer, part, message, fixes) =>
    findings.push({ rule: 'exception-form', severity: 'error', pointer, part, message, source: EXCEPTIONS, fixes });
  const lists = listsOf(value, say);
  const exceptions = lists.exceptions?.flatMap((one, i) => readException(one, join('', 'exceptions', i), say) ?? []);
  const expected = lists.expected?.flatMap((one, i) => readExpected(one, join('', 'expected', i), say) ?? []);
  return { exceptions: exceptions ?? [], ...(expected && { expected }), findings };
}

function listsOf(value: unknown, say: Say): Partial<Record<(typeof LISTS)[number], unknown[]>> {
  if (!isObject(value)) {
    say('', 'key', `A file of exceptions is an object: ${EXAMPLE}.`);
    return {};
  }
  const strange = sayUnknown(value, FILE_NAMES, '', 'A file of exceptions', say);
  if (strange === 0 && LISTS.every((name) => value[name] === undefined))
    say('', 'key', `exceptions is missing: ${EXAMPLE}.`);
  const lists: ReturnType<typeof listsOf> = {};
  for (const name of LISTS) {
    const items = value[name];
    if (Array.isArray(items)) lists[name] = items;
    else if (items !== undefined) say(`/${name}`, 'value', `${name} is a list: ${EXAMPLES[name]}.`);
  }
  return lists;
}

/** Undefined, and said, when it cannot hold. */
function readException(item: unknown, pointer: Pointer, say: Say): Exception | undefined {
  if (!isObject(item)) {
    say(pointer, 'value', 'An exception is an object: { "rule": "…", "path": "…", "reason": "…" }.');
    return undefined;
  }
  const strange = sayUnknown(item, NAMES, pointer, 'An exception', say);
  const rule = readRule(item.rule, pointer, say);
  const path = readWords(item, 'path', pointer, 'a path as in FHIR, such as Patient.name[0].family', say);
  const message = readWords(item, 'message', pointer, 'words of the finding', say);
  const reason = readReason(item, strange > 0, pointer, say);
  if (rule === undefined || path === null || message === null || reason === undefined) return undefined;
  return { rule, path, message, reason, pointer };
}

/** The same: of what is expected, nobody need say why. */
function readExpected(item: unknown, pointer: Pointer, say: Say): Expected | undefined {
  if (!isObject(item)) {
    say(pointer, 'value', 'What is expected is an object: { "rule": "…", "path": "…" }.');
    return undefined;
  }
  sayUnknown(item, EXPECTED_NAMES, pointer, 'What is expected', say);
  const rule = readRule(item.rule, pointer, say);
  const path = readWords(item, 'path', pointer, 'a path as in FHIR, such as Patient.name[0].family', say);
  const message = readWords(item, 'message', pointer, 'words of the finding', say);
  const reason = readWords(item, 'reason', pointer, 'why it is expected', say);
  const severity = SEVERITIES.find((one) => one === item.severity);
  if (item.severity !== undefined && !severity)
    say(
      join(pointer, 'severity'),
      'value',
      `severity is one of ${SEVERITIES.join(', ')}; leave it out if any will do.`,
    );
  if (rule === undefined || path === null || message === null || reason === null) return undefined;
  if (item.severity !== undefined && !severity) return undefined;
  return { rule, path, message, severity, pointer };
}

function readRule(rule: unknown, pointer: Pointer, say: Say): string | undefined {
  const at = join(pointer, 'rule');
  if (rule === undefined) say(pointer, 'key', 'rule is missing: the name of a rule stands behind each finding.');
  else if (typeof rule !== 'string') say(at, 'value', 'rule is the name of a rule, as it stands behind each finding.');
  else {
    if (RULES.has(rule)) return rule;
    const near = nearest(rule, RULES);
    const hint = near === undefined ? 'the name of a rule stands behind each finding.' : `did you mean "${near}"?`;
    const fixes: Fix[] =
      near === undefined ? [] : [{ kind: 'set', title: `Change to "${near}"`, pointer: at, value: near }];
    say(at, 'value', `No rule for messages is called "${shortened(rule)}": ${hint}`, fixes);
  }
  return undefined;
}

/** Undefined when there are none, null, and said, when there is something else. */
function readWords(item: Json, name: string, pointer: Pointer, what: string, say: Say): string | undefined | null {
  const words = item[name];
  if (words === undefined) return undefined;
  if (typeof words === 'string' && /^\s*[^/\s]/.test(words)) return words;
  const isPointer = name === 'path' && typeof words === 'string' && words.startsWith('/');
  say(
    join(pointer, name),
    'value',
    isPointer ? `This is a JSON Pointer, but path is ${what}.` : `${name} is ${what}; leave it out if there is none.`,
  );
  return null;
}

/** @param isMisspelt that it may stand there under another name: that has been said */
function readReason(item: Json, isMisspelt: boolean, pointer: Pointer, say: Say): string | undefined {
  const { reason } = item;
  if (typeof reason === 'string' && reason.trim() !== '') return reason;
  const why = 'so this exception does not hold: say why the finding may stay.';
  if (reason === undefined) {
    if (!isMisspelt) say(pointer, 'key', `reason is missing, ${why}`);
  } else {
    const what = typeof reason === 'string' ? 'empty' : 'not a text';
    say(join(pointer, 'reason'), 'value', `The reason is ${what}, ${why}`);
  }
  return undefined;
}

/** Gives the number of properties that nobody knows. */
function sayUnknown(value: Json, names: readonly string[], pointer: Pointer, what: string, say: Say): number {
  const strange = Object.keys(value).filter((name) => !names.includes(name));
  for (const name of strange) {
    const at = join(pointer, name);
    const near = nearest(
      name,
      names.filter((one) => !Object.hasOwn(value, one)),
    );
    const hint = near === undefined ? `it knows ${names.join(', ')}.` : `did you mean "${near}"?`;
    say(at, 'key', `${what} has no property "${shortened(name)}": ${hint}`, [
      ...(near === undefined ? [] : [{ kind: 'rename' as const, title: `Rename to ${near}`, pointer: at, name: near }]),
      { kind: 'remove', title: `Remove ${shortened(name)}`, pointer: at },
    ]);
  }
  return strange.length;
}
