// The stages of validation, in order. Each works on values only; a finding names its spot by pointer.
import { isWithin, type Pointer } from '../document/pointer';
import type { Finding, Report, Source } from '../finding';
import { type Message, readMessage } from '../itk3/message';
import { isObject } from '../json';
import type { Knowledge } from '../knowledge';
import { ALL_RULES, RULES } from '../rules';
import type { Severities } from '../severities';
import { validateBundles, validateReach } from './bundles';
import { reportUnverified } from './coding';
import { validateInvariants } from './invariants';
import { withoutKnockOns } from './knock-on';
import { validateNarratives } from './narrative';
import { validateProfiles } from './profile';
import { validateShape } from './shape';
import { type Applicable, createRun, type Run, type Stage, type UnverifiedCode } from './stage';

export interface ValidateOptions {
  severities?: Severities;
  /** Milliseconds since 1970; without it nothing is said to lie in the future. */
  now?: number;
  /** Of the text, in UTF-8. */
  bytes?: number;
  /** The same value, where it has been read already. */
  message?: Message;
}

export interface Judgement {
  findings: Finding[];
  /** Undefined when the value is no FHIR resource. */
  message?: Message;
  applicable?: Applicable;
  /** What only a terminology server could judge. */
  unverified: UnverifiedCode[];
}

/** Syntax comes before them: it is the document's own business. */
const STAGES: readonly Stage[] = [
  validateShape,
  validateProfiles,
  validateBundles,
  validateInvariants,
  validateNarratives,
  validateRules,
  validateReach,
  reportUnverified,
];

/** What a rule rests on, where a finding does not say it more closely. */
const SOURCES: ReadonlyMap<string, Source> = new Map(ALL_RULES.map(({ id, source }) => [id, source]));

/** Judges a resource or message. Total: any JSON value gives findings, never an exception. */
export function validate(value: unknown, knowledge: Knowledge, options: ValidateOptions = {}): Judgement {
  const findings = new Map<string, Finding>();
  const report: Report = (finding) => {
    const severity = options.severities?.[finding.rule] ?? finding.severity;
    // Two profiles often ask the same; it is said once.
    const key = `${finding.rule} ${finding.pointer} ${finding.message} ${finding.within?.offset ?? ''}`;
    if (severity !== 'off' && !findings.has(key))
      findings.set(key, { ...finding, severity, source: finding.source ?? SOURCES.get(finding.rule) });
  };
  const message = options.message ?? readMessage(value);
  if (!message) {
    report(notFhir(value));
    return { findings: [...findings.values()], unverified: [] };
  }
  const { now, bytes } = options;
  const bundles = message.resources.filter((r) => r.type === 'Bundle').map((r) => r.pointer);
  let broken: Set<Pointer | undefined> | undefined;
  const isBroken = (bundle: Pointer): boolean => {
    broken ??= new Set(
      [...findings.values()]
        .filter((f) => f.severity === 'error')
        .map((f) => bundles.findLast((b) => isWithin(f.pointer, b))),
    );
    return broken.has(bundle);
  };
  const run = createRun({ message, knowledge, now, bytes }, report, isBroken);
  for (const stage of STAGES) stage(run);
  return {
    findings: withoutKnockOns([...findings.values()]),
    message,
    applicable: run.applicable,
    unverified: [...run.unverified.values()],
  };
}

function validateRules(run: Run): void {
  const { report } = run;
  for (const rule of RULES) {
    const { id, severity, source } = rule;
    rule.check(run, (pointer, text, more) =>
      report({ rule: id, severity, source, pointer, part: 'value', message: text, ...more }),
    );
  }
}

function notFhir(value: unknown): Finding {
  const what = Array.isArray(value) ? 'a list' : isObject(value) ? 'an object without resourceType' : 'a single value';
  return {
    rule: 'not-fhir',
    severity: 'error',
    pointer: '',
    part: 'key',
    message: `This is ${what}, not a FHIR resource: a message starts with { "resourceType": "Bundle", … }.`,
  };
}
