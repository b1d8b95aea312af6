import { FHIR } from '../document/xml-rules';
import type { SourceDocument, Span, SyntaxProblem } from '../document/source-document';
import { isObject, text } from '../json';
import { nearest } from '../nearest';
import { isWithin } from '../document/pointer';
import type { Finding } from '../finding';
import { ALL_RULES } from '../rules';
import { shortened } from './wording';
import type { Knowledge } from '../knowledge';
import { type Judgement, validate, type ValidateOptions } from './validate';

/** A finding with its place in the text. */
export interface PlacedFinding extends Finding {
  span: Span;
  relatedSpans: { span: Span; message: string }[];
}

export interface CheckedDocument extends Judgement {
  findings: PlacedFinding[];
}

const SOURCES = new Map(ALL_RULES.map(({ id, source }) => [id, source]));

/** What is missing cannot be told while the text itself breaks off: neither can what it would have been. */
const ABSENCES: ReadonlySet<string> = new Set([
  ...ALL_RULES.filter((rule) => rule.absence).map(({ id }) => id),
  'not-fhir',
]);

const MISPLACING: ReadonlySet<string> = new Set(['xml-text', 'xml-attribute']);

/** Judges a text: what is wrong with it as text, and with what it says, in the order of the text. */
export function checkDocument(
  document: SourceDocument,
  knowledge: Knowledge,
  options?: ValidateOptions,
): CheckedDocument {
  const other = otherXml(document, knowledge);
  if (other) return { findings: [other], unverified: [] };
  const ofText = document.problems.map((problem) => ({ problem, finding: told(problem) }));
  const syntax = ofText.map(({ finding }) => finding);
  const broken = document.problems.some(({ isWhole }) => !isWhole);
  const judgement: Judgement =
    document.value === undefined
      ? { findings: [], unverified: [] }
      : validate(document.value, knowledge, { bytes: document.bytes, ...options });
  const known = broken ? judgement.findings.filter((f) => !ABSENCES.has(f.rule)) : judgement.findings;
  // The half of a word that stands where the text breaks off is not worth a word of its own.
  const breaks = ofText.flatMap(({ problem, finding }) => (problem.isWhole ? [] : [finding]));
  // Behind a text that is not closed, names and values are read in each other's place.
  const end = Math.min(...document.problems.map((p) => (p.isOpenText ? p.span.offset : Infinity)));
  const whole = known
    .map((finding) => placed(finding, document))
    .filter((f) => f.span.offset < end && !breaks.some((s) => overlap(s.span, f.span)) && !isEmptied(f, syntax));
  return { ...judgement, findings: inOrder([...syntax, ...whole]) };
}

/** A web page, a project file: what each of its elements is not, nobody wants to read. */
function otherXml({ format, value, problems }: SourceDocument, { registry }: Knowledge): PlacedFinding | undefined {
  const type = format === 'xml' && isObject(value) ? text(value.resourceType) : undefined;
  const foreign = problems.find(({ rule, pointer }) => rule === 'xml-namespace' && pointer === '');
  if (!foreign || type === undefined || nearest(type, registry.resourceTypes()) !== undefined) return undefined;
  const message = `This is <${shortened(type)}>, not a FHIR resource: a message starts with <Bundle xmlns="${FHIR}">.`;
  return told({ rule: 'not-fhir', message, span: foreign.span, pointer: '' });
}

function told({ rule, message, span, pointer, related = [] }: SyntaxProblem): PlacedFinding {
  const source = SOURCES.get(rule);
  const finding = { rule, severity: 'error', pointer, part: 'key', message, span, relatedSpans: related } as const;
  return { ...finding, ...(source && { source }) };
}

/** An element of XML whose value stands where none is read. */
function isEmptied({ rule, pointer }: PlacedFinding, syntax: readonly PlacedFinding[]): boolean {
  return rule === 'empty' && syntax.some((s) => MISPLACING.has(s.rule) && isWithin(s.pointer, pointer));
}

/** Finds the place of a finding in the text. */
export function placed(finding: Finding, document: SourceDocument): PlacedFinding {
  return {
    ...finding,
    span: document.spanOf(finding.pointer, finding.part, finding.within),
    relatedSpans: (finding.related ?? []).map(({ pointer, message }) => ({
      span: document.spanOf(pointer, 'key'),
      message,
    })),
  };
}

/** In the order of the text; what is only a hint comes after what asks for something. */
export function inOrder(findings: readonly PlacedFinding[]): PlacedFinding[] {
  const order = (f: PlacedFinding): number => (f.severity === 'hint' ? Infinity : f.span.offset);
  return findings.toSorted((a, b) => order(a) - order(b) || a.span.offset - b.span.offset);
}

function overlap(a: Span, b: Span): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}
