// Codes by themselves: whether their system has them, what it calls them, and the form of those it is not at hand for.
import type { Binding, CodeSystem } from '../definitions/definition';
import { join, type Pointer } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import { isExpression, SNOMED_CT, whyNoConcept } from '../nhs/snomed-id';
import { UCUM } from '../ucum';
import { nearest } from '../nearest';
import type { Run, UnverifiedCode, Visit } from './stage';
import { fhirValue, shortened } from './wording';

/** Judges a Coding, or a Quantity by its unit. */
export function checkCoding(visit: Visit): void {
  const { value, pointer, knowledge } = visit;
  if (!isObject(value)) return;
  const { system, code } = value;
  if (typeof system !== 'string' || typeof code !== 'string') return;
  const codeSystem = knowledge.registry.codeSystem(system);
  if (codeSystem?.complete) checkKnown(value, code, codeSystem, visit);
  else if (system === SNOMED_CT && !isExpression(code) && whyNoConcept(code) !== undefined)
    visit.report({
      rule: 'snomed-id',
      severity: 'error',
      pointer: join(pointer, 'code'),
      part: 'value',
      message: `"${shortened(code)}" is no SNOMED CT concept: ${whyNoConcept(code)!}.`,
    });
  else note(value, pointer, visit.unverified);
}

function checkKnown(value: Json, code: string, { url, name, concepts }: CodeSystem, visit: Visit): void {
  const { pointer, report } = visit;
  const source = { title: `Code system ${name ?? url}`, url };
  const concept = visit.knowledge.terminology.concept(url, code);
  if (!concept) {
    const near = nearest(
      code,
      concepts.map((c) => c.code),
    );
    report({
      rule: 'code-unknown',
      // HL7's own tables have grown since STU3 was published.
      severity: /^http:\/\/hl7\.org\/fhir\/v[23]\//.test(url) ? 'warning' : 'error',
      pointer: join(pointer, 'code'),
      part: 'value',
      message: `${name ?? url} has no code "${shortened(code)}"${near === undefined ? '.' : `: did you mean "${near}"?`}`,
      source,
    });
  } else if (
    typeof value.display === 'string' &&
    concept.display !== undefined &&
    !alike(value.display, concept.display)
  ) {
    const { display } = value;
    // The name of another code: one of the two is wrong, and nobody else knows which.
    const other = concepts.find((c) => c.display !== undefined && alike(c.display, display));
    const [at, right] = [join(pointer, 'display'), concept.display];
    // A name that has nothing of the right one may be what was meant, and the code what is wrong.
    const isOther = other !== undefined || !sharesWord(display, right);
    report({
      rule: 'display',
      severity: 'warning',
      pointer: at,
      part: 'value',
      message: `${code} is called ${fhirValue(right)} in ${name ?? url}, not ${fhirValue(display)}.`,
      source,
      fixes: [
        { kind: 'set', title: `Change to "${right}"`, pointer: at, value: right, ...(isOther && { sure: false }) },
        ...(other
          ? [
              {
                kind: 'set' as const,
                title: `Change the code to "${other.code}"`,
                pointer: join(pointer, 'code'),
                value: other.code,
                sure: false,
              },
            ]
          : []),
      ],
    });
  }
}

/** Case and spaces make no other name. */
function alike(a: string, b: string): boolean {
  return a === b || plain(a) === plain(b);
}

/** Whether two names have a word in common, give or take a slip or an ending. */
function sharesWord(a: string, b: string): boolean {
  const words = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const others = words(b);
  return words(a).some((word) => nearest(word, others) !== undefined);
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function note(value: Json, pointer: Pointer, unverified: Map<Pointer, UnverifiedCode>, binding?: Binding): void {
  const { system, code, display } = value;
  if (typeof system !== 'string' || typeof code !== 'string') return;
  const known = unverified.get(pointer);
  if (known && (!binding || known.binding === binding)) return;
  const bound = stronger(known?.binding, binding);
  unverified.set(pointer, {
    pointer,
    system,
    code,
    ...(typeof display === 'string' && { display }),
    ...(bound && { binding: bound }),
  });
}

const STRENGTHS = ['required', 'extensible', 'preferred', 'example'];

function stronger(a: Binding | undefined, b: Binding | undefined): Binding | undefined {
  if (!a || !b) return a ?? b;
  return STRENGTHS.indexOf(b.strength) < STRENGTHS.indexOf(a.strength) ? b : a;
}

/** Notes what the codes in a value are bound to, for those that cannot be judged here. */
export function noteBinding({ value, pointer, element: { binding }, knowledge, unverified }: Visit): void {
  if (!binding || !isObject(value)) return;
  const codings: [unknown, Pointer][] = Array.isArray(value.coding)
    ? list(value.coding).map((coding, i) => [coding, join(pointer, 'coding', i)])
    : [[value, pointer]];
  for (const [coding, at] of codings) {
    if (!isObject(coding) || typeof coding.system !== 'string') continue;
    const isAtHand = knowledge.registry.codeSystem(coding.system)?.complete === true;
    const isMalformed = coding.system === SNOMED_CT && typeof coding.code === 'string' && whyNoConcept(coding.code);
    if (!isAtHand && !isMalformed) note(coding, at, unverified, binding);
  }
}

/** Of code systems that are not at hand. */
export const SYSTEM_NAMES: Partial<Record<string, string>> = {
  [SNOMED_CT]: 'SNOMED CT',
  [UCUM]: 'UCUM',
};

/** One line for each code system whose codes could not be looked up: never one for each code. */
export function reportUnverified({ unverified, report }: Run): void {
  const counts = new Map<string, number>();
  for (const { system } of unverified.values()) counts.set(system, (counts.get(system) ?? 0) + 1);
  for (const [system, count] of counts) {
    const known = SYSTEM_NAMES[system];
    const what = `${count === 1 ? 'One code' : `${count} codes`} of ${known ?? shortened(system)}`;
    const so = system === SNOMED_CT ? 'checked for form and check digit only' : 'not checked';
    report({
      rule: 'not-checked',
      severity: 'hint',
      pointer: '',
      part: 'key',
      message: `${what} ${count === 1 ? 'was' : 'were'} ${so}: that code system is not at hand.`,
      source: { title: known ?? 'Code system', url: system },
    });
  }
}
