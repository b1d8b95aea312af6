// What is asked of a terminology server about the codes that could not be judged here, and what its answers mean for the
// message. Who asks, and how, is no business of this file.
import { locate } from './locate';
import { join, type Pointer, valueAt } from '../document/pointer';
import type { SourceDocument } from '../document/source-document';
import type { Finding, Source } from '../finding';
import { isObject, list } from '../json';
import type { Knowledge } from '../knowledge';
import { type CheckedDocument, inOrder, placed } from './check-document';
import { SYSTEM_NAMES } from './coding';
import type { UnverifiedCode } from './stage';
import { fhirValue, shortened } from './wording';

/** All that a server is ever told. */
export interface TerminologyQuestion {
  system: string;
  code: string;
  display?: string;
  /** The value set that the code must be of, where that cannot be told here. */
  valueSet?: string;
}

export type TerminologyAnswer =
  | {
      verdict: 'valid';
      /** What the server calls it. */
      display?: string;
      /** The system has it, but no longer for use. */
      inactive?: boolean;
      /** The display that was asked about is none of its names. */
      displayDiffers?: boolean;
      outsideValueSet?: boolean;
    }
  /** Not a code of its system, in the version that the server has. */
  | { verdict: 'invalid'; version?: string }
  /** The server does not know the system, or cannot tell. */
  | { verdict: 'unknown' };

/** What has been heard of a server so far. */
export interface Heard {
  /** Its host, as a person would name it. */
  server: string;
  /** Undefined while the question is open. */
  answerTo(question: TerminologyQuestion): TerminologyAnswer | undefined;
  /** One sentence, when it could not answer. */
  failure?: string;
}

const TERMINOLOGIES: Source = { title: 'FHIR STU3, terminologies', url: 'http://hl7.org/fhir/STU3/terminologies.html' };
const SERVICE: Source = {
  title: 'FHIR STU3, terminology service',
  url: 'http://hl7.org/fhir/STU3/terminology-service.html',
};

export function questionOf(code: UnverifiedCode, { terminology }: Knowledge): TerminologyQuestion {
  const { system, display, binding } = code;
  const question = { system, code: code.code, ...(display !== undefined && { display }) };
  // NHS profiles name a code system where a value set should be: being of the system is all that asks for.
  if (binding?.strength !== 'required' || binding.valueSet === system) return question;
  const expansion = terminology.expand(binding.valueSet);
  // What the value set lists is judged here, and the sources' contradictions are known here alone.
  const isOpen = !expansion || expansion.open || expansion.unlisted.has(system);
  return isOpen ? { ...question, valueSet: binding.valueSet } : question;
}

/** The findings of a document with what the server has said, in the order of the text. */
export function withAnswers(
  checked: CheckedDocument,
  document: SourceDocument,
  heard: Heard,
  knowledge: Knowledge,
): CheckedDocument {
  const open = new Set<string>();
  const answered = checked.unverified.map((code): Answered => {
    const question = questionOf(code, knowledge);
    const answer = heard.answerTo(question);
    if (!answer || answer.verdict === 'unknown') open.add(code.system);
    return { ...code, question, answer };
  });
  const kept = checked.findings.filter((f) => f.rule !== 'not-checked' || open.has(f.source?.url ?? ''));
  const said = new Set(kept.map((f) => f.pointer));
  const fresh = [...judge(answered, checked, heard.server, knowledge)].filter((f) => !said.has(f.pointer));
  if (heard.failure !== undefined) fresh.push(failureFinding(heard.failure));
  const findings = [...kept, ...fresh.map((finding) => placed(finding, document))];
  return { ...checked, findings: inOrder(findings) };
}

interface Answered extends UnverifiedCode {
  question: TerminologyQuestion;
  answer: TerminologyAnswer | undefined;
}

function* judge(
  codes: readonly Answered[],
  { message, applicable }: CheckedDocument,
  server: string,
  knowledge: Knowledge,
): Generator<Finding> {
  const root = message?.root.resource;
  const outside = conceptsOutside(codes, root);
  for (const coded of codes) {
    const { pointer, code, display, answer } = coded;
    if (!answer || answer.verdict === 'unknown') continue;
    const parent = isObject(valueAt(root, pointer));
    const at = parent ? join(pointer, 'code') : pointer;
    const name = systemName(coded.system, knowledge);
    if (answer.verdict === 'invalid') {
      const version = answer.version === undefined ? '' : ` (version ${shortened(lastPart(answer.version))})`;
      const message = `${name} has no code "${shortened(code)}", says ${server}${version}: check it for a slip.`;
      yield { rule: 'code-unknown', severity: 'error', pointer: at, part: 'value', message, source: TERMINOLOGIES };
      continue;
    }
    const called = answer.display === undefined ? '' : ` ${fhirValue(answer.display)}`;
    if (outside.has(pointer)) {
      const url = coded.question.valueSet!;
      const set = knowledge.registry.valueSet(url);
      const title = set?.title ?? set?.name ?? url;
      const message = `"${shortened(code)}"${called} is not in the value set ${title}, says ${server}: use one of its codes.`;
      yield { rule: 'binding', severity: 'error', pointer: at, part: 'value', message, source: { title, url } };
    } else if (answer.inactive) {
      const message = `"${shortened(code)}"${called} is no longer in use in ${name}, says ${server}: use the code that took its place.`;
      yield { rule: 'code-inactive', severity: 'warning', pointer: at, part: 'value', message, source: TERMINOLOGIES };
    }
    if (!answer.displayDiffers || !parent || display === undefined || answer.display === undefined) continue;
    const where = join(pointer, 'display');
    // Where a profile fixes the display, there is nothing the writer could do about it.
    const elements = message && applicable ? (locate(where, message, applicable, knowledge)?.elements ?? []) : [];
    if (!elements.some((element) => element.fixed !== undefined))
      yield displayFinding(where, coded, answer.display, name, server);
  }
}

function displayFinding(
  pointer: Pointer,
  { code, display }: Answered,
  right: string,
  name: string,
  server: string,
): Finding {
  return {
    rule: 'display',
    severity: 'warning',
    pointer,
    part: 'value',
    message: `"${shortened(code)}" is called ${fhirValue(right)} in ${name}, says ${server}, not ${fhirValue(display)}.`,
    source: TERMINOLOGIES,
    fixes: [{ kind: 'set', title: `Change to "${shortened(right)}"`, pointer, value: right }],
  };
}

/** Of a concept with several codings one in the value set is enough: the first coding of each concept that has none. */
function conceptsOutside(codes: readonly Answered[], root: unknown): Set<Pointer> {
  const outside = new Map<Pointer, Pointer[]>();
  for (const { pointer, answer, question } of codes) {
    if (answer?.verdict !== 'valid' || !answer.outsideValueSet || question.valueSet === undefined) continue;
    const concept = pointer.replace(/\/coding\/\d+$/, '');
    outside.set(concept, [...(outside.get(concept) ?? []), pointer]);
  }
  const wanted = [...outside].flatMap(([concept, pointers]) => {
    const count = concept === pointers[0] ? 1 : list(valueAt(root, join(concept, 'coding'))).length;
    return pointers.length >= count ? pointers.slice(0, 1) : [];
  });
  return new Set(wanted);
}

/** The message is not to blame. */
function failureFinding(message: string): Finding {
  return { rule: 'terminology-server', severity: 'information', pointer: '', part: 'key', message, source: SERVICE };
}

function systemName(url: string, { registry }: Knowledge): string {
  return SYSTEM_NAMES[url] ?? registry.codeSystem(url)?.name ?? shortened(url);
}

/** Versions of SNOMED CT are addresses that end in a date. */
function lastPart(version: string): string {
  return version.slice(version.lastIndexOf('/') + 1);
}
