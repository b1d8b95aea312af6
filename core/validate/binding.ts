// Codes against the value sets they are bound to, as far as it can be told here.
import type { Binding, Concept } from '../definitions/definition';
import type { Expansion } from '../definitions/terminology';
import { join, type Pointer, segmentsOf } from '../document/pointer';
import { asText, isObject } from '../json';
import type { Contradiction } from '../itk3/use-case';
import { nearest } from '../nearest';
import type { Knowledge } from '../knowledge';
import { noteBinding } from './coding';
import { sourceOf, type Visit } from './stage';
import { shortened } from './wording';

/** True when the value is in the value set, or may be for all that can be told here. */
export function bindingAllows(value: unknown, binding: Binding, knowledge: Knowledge): boolean {
  const expansion = knowledge.terminology.expand(binding.valueSet);
  return !expansion || expansion.open === true || allows(value, expansion);
}

function allows(value: unknown, expansion: Expansion): boolean {
  if (typeof value === 'string') return expansion.unlisted.size > 0 || systemOf(value, expansion) !== undefined;
  if (!isObject(value)) return true;
  if ('coding' in value) {
    const codings: unknown = value.coding;
    return !Array.isArray(codings) || codings.length === 0 || codings.some((coding) => allows(coding, expansion));
  }
  // What is of the wrong kind is the shape's business.
  const { system, code } = value;
  if ((system !== undefined && typeof system !== 'string') || (code !== undefined && typeof code !== 'string'))
    return true;
  if (system === undefined || code === undefined) return false;
  return expansion.unlisted.has(system) || (expansion.codes.get(system)?.has(code) ?? false);
}

/**
 * Reports codes that a required value set does not hold; of an extensible one, those of a code system that it lists: for
 * concepts that it has no code for it lets others stand.
 */
export function checkBinding(visit: Visit): void {
  const { element, value, knowledge, report } = visit;
  const { binding } = element;
  if (!binding) return;
  noteBinding(visit);
  const isExtensible = binding.strength === 'extensible';
  if (!isExtensible && binding.strength !== 'required') return;
  if (bindingAllows(value, binding, knowledge)) return;
  if (isExtensible && !isOfListed(value, knowledge.terminology.expand(binding.valueSet)!)) return;
  const known = contradictionIn(value, binding.valueSet, knowledge);
  if (known) {
    if (known.severity) {
      const { severity, says: message, source } = known;
      report({
        rule: 'contradiction',
        severity,
        pointer: visit.pointer,
        part: 'value',
        message,
        source: { title: source },
      });
    }
    return;
  }
  const expansion = knowledge.terminology.expand(binding.valueSet)!;
  const { pointer, message } = explain(visit, expansion);
  const unless = isExtensible ? ' Unless none of its codes fits, use one of them.' : '';
  report({
    rule: 'binding',
    severity: isExtensible ? 'information' : 'error',
    pointer,
    part: 'value',
    message: `${message}${unless}`,
    source: sourceOf(knowledge.registry, element),
  });
}

/** Whether a code claims to be of a system whose codes the value set lists. */
function isOfListed(value: unknown, { codes }: Expansion): boolean {
  if (typeof value === 'string') return codes.size > 0;
  if (!isObject(value)) return false;
  if (Array.isArray(value.coding))
    return value.coding.some((coding) => isObject(coding) && codes.has(asText(coding.system)));
  return codes.has(asText(value.system));
}

interface Explanation {
  pointer: Pointer;
  message: string;
}

function explain({ value, pointer, element, knowledge }: Visit, expansion: Expansion): Explanation {
  const set = knowledge.registry.valueSet(element.binding!.valueSet);
  const name = `the value set ${set?.title ?? set?.name ?? element.binding!.valueSet}`;
  const wrong = culprit(value, pointer, expansion);
  if (wrong.code === undefined) {
    const what = segmentsOf(pointer).findLast((s) => !/^\d+$/.test(s)) ?? element.name;
    return { pointer: wrong.pointer, message: `${what} needs ${wrong.lacks} of ${name}: ${choices(expansion)}.` };
  }
  const at = wrong.system === undefined ? wrong.pointer : join(wrong.pointer, 'code');
  const home = wrong.system === undefined ? undefined : systemOf(wrong.code, expansion);
  if (home !== undefined) {
    const message = `"${shortened(wrong.code)}" is in ${name} as a code of ${home}, not of ${shortened(wrong.system ?? '')}.`;
    return { pointer: join(wrong.pointer, 'system'), message };
  }
  const codes = conceptsOf(expansion).map((c) => c.code);
  const near = nearest(wrong.code, codes);
  const hint = near === undefined ? `use ${choices(expansion)}.` : `did you mean "${near}"?`;
  return {
    pointer: at,
    message: `"${shortened(wrong.code)}" is not in ${name}: ${hint}`,
  };
}

interface Culprit {
  pointer: Pointer;
  system?: string;
  code?: string;
  lacks?: string;
}

/** The coding to blame: of several, the first whose system the value set knows. */
function culprit(value: unknown, pointer: Pointer, expansion: Expansion): Culprit {
  if (typeof value === 'string') return { pointer, code: value };
  if (!isObject(value)) return { pointer, lacks: 'a code' };
  if (Array.isArray(value.coding)) {
    const codings: unknown[] = value.coding;
    const known = codings.findIndex((c) => isObject(c) && expansion.codes.has(asText(c.system)));
    const i = Math.max(0, known);
    return culprit(codings[i], join(pointer, 'coding', i), expansion);
  }
  const { system, code } = value;
  if (typeof code !== 'string') return { pointer, lacks: 'a code' };
  if (typeof system !== 'string') return { pointer, lacks: 'a system, so that its code can be one' };
  return { pointer, system, code };
}

/** Some of what may stand, for the end of a sentence. */
function choices({ unlisted, codes }: Expansion): string {
  const concepts = [...codes.values()].flatMap((c) => [...c.keys()]);
  if (concepts.length === 0) return `codes of ${[...unlisted].join(' or ')}`;
  const some = concepts.slice(0, 6).join(', ');
  return concepts.length > 6 ? `one of ${some} and others` : concepts.length === 1 ? some : `one of ${some}`;
}

function conceptsOf({ codes }: Expansion): Concept[] {
  return [...codes.values()].flatMap((c) => [...c.values()]);
}

function systemOf(code: string, { codes }: Expansion): string | undefined {
  return [...codes].find(([, concepts]) => concepts.has(code))?.[0];
}

/** The code in a value that one published source asks for although another forbids it. */
function contradictionIn(value: unknown, valueSet: string, { contradictions }: Knowledge): Contradiction | undefined {
  const codings: unknown[] = isObject(value) ? (Array.isArray(value.coding) ? value.coding : [value]) : [];
  return contradictions.find(
    (known) =>
      known.valueSet === valueSet &&
      codings.some((c) => isObject(c) && c.system === known.system && c.code === known.code),
  );
}
