import { isWithin, parentOf, type Pointer } from '../document/pointer';
import type { Finding, Severity } from '../finding';
import { isObject } from '../json';
import { RULES } from '../rules';

/**
 * At one spot, a finding of a rule here says it all: those of the rules after it only follow from it, unless they are more
 * serious.
 */
const FOLLOWS: Record<string, readonly string[]> = {
  kind: ['required', 'max', 'empty', 'binding', 'fixed-value', 'primitive-form', 'choice'],
  required: ['empty', 'binding', 'first-entry'],
  empty: ['binding'],
  'primitive-form': ['unknown-profile', 'binding', 'max-length', 'extension', 'full-url', 'reference-missing'],
  'fixed-value': ['binding', 'code-unknown', 'display', 'snomed-id'],
  binding: ['code-unknown', 'snomed-id'],
  'code-unknown': ['binding'],
  'max-length': ['sender-reference'],
  'header-sender': ['fixed-value', 'invariant'],
  'response-event': ['required', 'invariant'],
  'response-content': ['unreachable', 'required', 'invariant'],
  'response-identifier': ['primitive-form'],
  'composition-profile': ['unknown-profile'],
  'obsolete-codes': ['fixed-value', 'binding', 'code-unknown'],
};
const FIRST = Object.keys(FOLLOWS);
const RANK: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

const BEYOND: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));
const ABSENCES: ReadonlySet<string> = new Set(RULES.filter((rule) => rule.absence).map(({ id }) => id));

/** Rules that say of an entry that it does not belong where it is. */
const MISPLACED: readonly string[] = ['one-document', 'attachment', 'document-entries', 'response-content'];

/** A code, its system and its display are right or wrong together. */
const ABOUT_CODES: ReadonlySet<string> = new Set(['binding', 'code-unknown', 'display', 'snomed-id']);

function isSaidBeside(
  pointer: Pointer,
  rule: string,
  rules: ReadonlyMap<Pointer, ReadonlyMap<string, number>>,
): boolean {
  const coding = parentOf(pointer);
  return ['system', 'code'].some((name) => {
    const beside = rules.get(`${coding}/${name}`);
    if (!beside || `${coding}/${name}` === pointer) return false;
    return rule === 'display'
      ? [...beside].some(([id, rank]) => rank === RANK.error || BEYOND.has(id))
      : beside.has('fixed-value');
  });
}

/** Whether a code stands in an object where there should be none; in a list or out of it, it is still a code. */
function isInWrongKind(
  pointer: Pointer,
  rules: ReadonlyMap<Pointer, ReadonlyMap<string, number>>,
  wrapped: ReadonlySet<Pointer>,
): boolean {
  for (let at = parentOf(pointer); at.includes('/'); at = parentOf(at))
    if (rules.get(at)?.has('kind') && !wrapped.has(at)) return true;
  return false;
}

/**
 * Where the values that a rule beyond profiles speaks of are themselves broken, there is nothing to compare yet: they are
 * told first.
 */
function restOnErrors(findings: readonly Finding[]): (finding: Finding) => boolean {
  const broken = new Map<Pointer, string[]>();
  /** Whole entries that are not what they should be. */
  const entries = new Set<Pointer>();
  for (const { rule, pointer, severity } of findings) {
    if (BEYOND.has(rule) || severity !== 'error') continue;
    broken.set(pointer, [...(broken.get(pointer) ?? []), rule]);
    if (rule === 'full-url') entries.add(parentOf(pointer));
  }
  const inBroken = (pointer: Pointer, rule: string): boolean => {
    for (let at = pointer; at.includes('/'); at = parentOf(at)) {
      if (entries.has(at) || broken.get(at)?.some((first) => !FOLLOWS[rule]?.includes(first))) return true;
      if (at.endsWith('/resource')) return entries.has(parentOf(at));
    }
    return false;
  };
  return ({ rule, pointer, related = [] }) =>
    BEYOND.has(rule) && broken.size > 0 && [pointer, ...related.map((r) => r.pointer)].some((at) => inBroken(at, rule));
}

/**
 * What a rule beyond profiles misses may be there but for a slip in what tells it apart. The slip is told, as serious as what
 * it makes missing.
 */
function withSlipsForAbsences(findings: readonly Finding[]): Finding[] {
  const slips = findings.filter((f) => f.rule === 'fixed-value' && f.severity !== 'error');
  if (slips.length === 0) return [...findings];
  const serious = new Map<Finding, Severity>();
  const kept = findings.filter(({ rule, pointer, severity }) => {
    const slip = ABSENCES.has(rule) && slips.find((s) => isWithin(s.pointer, pointer));
    if (!slip) return true;
    const before = serious.get(slip) ?? slip.severity;
    serious.set(slip, RANK[severity] < RANK[before] ? severity : before);
    return false;
  });
  return kept.map((f) => ({ ...f, severity: serious.get(f) ?? f.severity }));
}

/** Findings without those that another finding has caused. */
export function withoutKnockOns(all: readonly Finding[]): Finding[] {
  const findings = withSlipsForAbsences(all);
  const restsOnErrors = restOnErrors(findings);
  const rules = new Map<Pointer, Map<string, number>>();
  const meant = new Map<Pointer, Set<string>>();
  // A code of a code system that was given up is no code of the one that is required.
  const obsolete = new Set<Pointer>();
  const wrapped = new Set<Pointer>();
  for (const { pointer, rule, severity, fixes } of findings) {
    const here = rules.get(pointer) ?? new Map<string, number>();
    rules.set(pointer, here.set(rule, RANK[severity]));
    if (rule === 'kind' && fixes) wrapped.add(pointer);
    if (rule === 'obsolete-codes') obsolete.add(parentOf(pointer));
    // A misspelt property is also the missing one.
    if (rule !== 'unknown-property' && rule !== 'choice') continue;
    for (const fix of fixes ?? []) {
      // A coding where its parts belong brings them all.
      if (fix.kind === 'set' && isObject(fix.value)) meant.set(fix.pointer, new Set(Object.keys(fix.value)));
      if (fix.kind !== 'rename') continue;
      const names = meant.get(parentOf(pointer)) ?? new Set();
      meant.set(parentOf(pointer), names.add(fix.name));
    }
  }
  const textsDiffer = findings.flatMap((f) =>
    f.rule === 'patient-in-text' || f.rule === 'named-in-text' ? (f.related ?? []).map((r) => r.pointer) : [],
  );
  return findings.filter((finding) => {
    const { pointer, rule, severity, missing } = finding;
    if (restsOnErrors(finding)) return false;
    // Where the text too calls it otherwise, the resource is the odd one out, and the text is where that is told.
    if (rule === 'reference-display' && finding.related?.some((r) => textsDiffer.some((p) => isWithin(p, r.pointer))))
      return false;
    if (
      rule === 'unreachable' &&
      MISPLACED.some((id) => rules.get(`${pointer}/type`)?.has(id) || rules.get(pointer)?.has(id))
    )
      return false;
    if (missing !== undefined && meant.get(pointer)?.has(missing)) return false;
    if (rule === 'binding' && obsolete.has(parentOf(pointer))) return false;
    if (ABOUT_CODES.has(rule) && isInWrongKind(pointer, rules, wrapped)) return false;
    if (ABOUT_CODES.has(rule) && isSaidBeside(pointer, rule, rules)) return false;
    const here = rules.get(pointer)!;
    if (here.size === 1) return true;
    return ![...here].some(([first, rank]) => {
      if (!FOLLOWS[first]?.includes(rule)) return false;
      return FOLLOWS[rule]?.includes(first) && FIRST.indexOf(rule) < FIRST.indexOf(first)
        ? rank < RANK[severity]
        : rank <= RANK[severity];
    });
  });
}
