// Takes out of the findings of a message what the file beside it excepts and expects.
import { join } from '../document/pointer';
import type { SourceDocument } from '../document/source-document';
import type { Finding } from '../finding';
import type { CheckedDocument, PlacedFinding } from '../validate/check-document';
import type { Severities } from '../severities';
import { type Exception, pathsOf, wildcardTest } from './exception';
import { type Expected, meet, missed } from './expected';
import { readExceptions } from './read';
import { EXCEPTIONS } from './rules';

export interface ExceptedFinding extends PlacedFinding {
  reason: string;
}

export interface Excepted {
  /** What stays. */
  findings: PlacedFinding[];
  excepted: ExceptedFinding[];
  /** What the message is there to have. */
  expected: PlacedFinding[];
  /** Whether the file says what is expected, be it nothing. */
  isFixture: boolean;
  /** What is wrong with the exceptions and expectations themselves, placed in their own text. */
  beside: PlacedFinding[];
}

/** While the message cannot be read to its end, nothing is said to be excepted in vain. */
const UNREADABLE: ReadonlySet<string> = new Set(['json-syntax', 'too-much', 'not-fhir']);

/** What only a terminology server may find, so that without one it is not known to be found no longer. */
const OF_SERVERS: ReadonlySet<string> = new Set(['code-unknown', 'code-inactive', 'display', 'binding']);

export type Checked = Pick<CheckedDocument, 'findings' | 'unverified'>;

/**
 * @param checked the message, with all of its findings, before any setting has switched some off
 * @param value of the message
 * @param severities as settings want them: what they switch off is not expected either
 */
export function except(
  checked: Checked,
  value: unknown,
  sidecar: SourceDocument,
  severities: Severities = {},
): Excepted {
  const { exceptions, expected: expectations, findings: wrong } = readExceptions(sidecar.value);
  const { kept, excepted, unused } = apply(checked, value, exceptions);
  const awaited = (expectations ?? []).filter(({ rule }) => severities[rule] !== 'off');
  const { unexpected, expected, missing } = meet(kept, value, awaited, severities);
  const broken = brokenText(sidecar);
  const isUnread = (findings: readonly Finding[]): boolean => findings.some(({ rule }) => UNREADABLE.has(rule));
  const told = broken
    ? []
    : [
        ...wrong,
        ...(isUnread(checked.findings) ? [] : unused),
        // That it cannot be read may be just what is expected.
        ...(isUnread(unexpected) ? [] : tellMissed(missing, unexpected, checked, value)),
      ];
  const placed = told.map((finding) => ({
    ...finding,
    span: sidecar.spanOf(finding.pointer, finding.part),
    relatedSpans: [],
  }));
  const beside = [...(broken ?? duplicates(sidecar)), ...placed].sort((a, b) => a.span.offset - b.span.offset);
  return { findings: unexpected, excepted, expected, isFixture: expectations !== undefined, beside };
}

function apply(checked: Checked, value: unknown, exceptions: readonly Exception[]) {
  const { findings } = checked;
  const rules = new Map<string, Exception[]>();
  for (const exception of exceptions) {
    const same = rules.get(exception.rule);
    if (same) same.push(exception);
    else rules.set(exception.rule, [exception]);
  }
  const holding = new Map([...rules].map(([rule, same]) => [rule, finder(same)]));
  const kept: PlacedFinding[] = [];
  const excepted: ExceptedFinding[] = [];
  const used = new Set<Exception>();
  const elsewhere = new Map<string, string>();
  for (const finding of findings) {
    const find = holding.get(finding.rule);
    const paths = find ? pathsOf(value, finding.pointer) : [];
    const held = find?.(paths).filter(({ message }) => message === undefined || finding.message.includes(message));
    for (const exception of held ?? []) used.add(exception);
    if (held?.[0]) excepted.push({ ...finding, reason: held[0].reason });
    else kept.push(finding);
    if (held && !held[0] && !elsewhere.has(finding.rule)) elsewhere.set(finding.rule, paths.at(-1)!);
  }
  const idle = exceptions.filter((one) => !used.has(one));
  const unused = withoutOpen(idle, checked, value);
  return { kept, excepted, unused: unused.map((one) => inVain(one, elsewhere.get(one.rule))) };
}

function tellMissed(
  missing: readonly Expected[],
  unexpected: readonly PlacedFinding[],
  checked: Checked,
  value: unknown,
): Finding[] {
  return withoutOpen(missing, checked, value).map((one) => {
    const other = unexpected.find(({ rule }) => rule === one.rule);
    return missed(one, other && pathsOf(value, other.pointer).at(-1));
  });
}

/** Without those that a terminology server might yet find something for. */
function withoutOpen<T extends Pick<Exception, 'rule' | 'path'>>(idle: readonly T[], checked: Checked, value: unknown) {
  const paths = idle.some(({ rule }) => OF_SERVERS.has(rule)) ? openPaths(checked, value) : [];
  const open = new Set(paths.length > 0 ? finder(idle)(paths) : []);
  return idle.filter((one) => !OF_SERVERS.has(one.rule) || !open.has(one));
}

/** Where codes stand that nobody has looked up. */
function openPaths({ findings, unverified }: Checked, value: unknown): string[] {
  const systems = new Set(findings.flatMap(({ rule, source }) => (rule === 'not-checked' ? [source?.url] : [])));
  return unverified
    .filter(({ system }) => systems.has(system))
    .flatMap(({ pointer }) => [pointer, join(pointer, 'code'), join(pointer, 'display')])
    .flatMap((pointer) => pathsOf(value, pointer));
}

/** Of the exceptions of one rule, those that hold at a spot. */
function finder<T extends Pick<Exception, 'path'>>(exceptions: readonly T[]): (paths: readonly string[]) => T[] {
  const anywhere = exceptions.filter(({ path }) => path === undefined);
  const exact = new Map<string, T[]>();
  const wild: { exception: T; holdsAt: (paths: readonly string[]) => boolean }[] = [];
  for (const exception of exceptions) {
    const { path } = exception;
    if (path === undefined) continue;
    if (path.includes('[*]')) wild.push({ exception, holdsAt: wildcardTest(path) });
    else {
      const same = exact.get(path);
      if (same) same.push(exception);
      else exact.set(path, [exception]);
    }
  }
  return (paths) => [
    ...paths.flatMap((path) => exact.get(path) ?? []),
    ...wild.filter(({ holdsAt }) => holdsAt(paths)).map(({ exception }) => exception),
    ...anywhere,
  ];
}

function inVain({ rule, path, message, pointer }: Exception, elsewhere: string | undefined): Finding {
  const where = path === undefined ? 'in this message' : 'here';
  const hint =
    elsewhere === undefined ? '.' : `, or mend it: ${rule} does find something${elsewhere && ` at ${elsewhere}`}.`;
  return {
    rule: 'unused-exception',
    severity: 'warning',
    pointer: join(pointer, path === undefined ? 'rule' : 'path'),
    part: 'value',
    message: `${rule} finds nothing ${where}${message === undefined ? '' : ' in these words'}: remove this exception${hint}`,
    source: EXCEPTIONS,
    fixes: [{ kind: 'remove', title: 'Remove this exception', pointer }],
  };
}

/** Of a text that is no JSON one thing is told; what could be read of it holds, so that nothing flickers while it is written. */
function brokenText({ problems }: SourceDocument): PlacedFinding[] | undefined {
  const first = problems.find(({ isWhole }) => !isWhole);
  return first && [inText(first, 'This is no JSON from here on: mend it, so that all exceptions can be read.')];
}

function duplicates({ problems }: SourceDocument): PlacedFinding[] {
  return problems.map((problem) => inText(problem, problem.message));
}

function inText({ pointer, span, related = [] }: SourceDocument['problems'][number], message: string): PlacedFinding {
  const form = { rule: 'exception-form', severity: 'error', part: 'key', source: EXCEPTIONS } as const;
  return { ...form, pointer, message, span, relatedSpans: related };
}
