// What all profiles together say about one element, in words for a person.
import type { Binding, Concept, TypeReference } from '../core/definitions/definition';
import type { Element } from '../core/definitions/element';
import { lastPart, type Registry } from '../core/definitions/registry';
import type { Source } from '../core/finding';
import type { Knowledge } from '../core/knowledge';
import { sourceOf } from '../core/validate/stage';

/** The elements that apply to one spot, taken together: what is said holds for all of them. */
export interface Described {
  elements: Element[];
  min: number;
  /** Infinity for any number. */
  max: number;
  base: { min: number; max: number };
  types: TypeReference[];
  short?: string;
  definition?: string;
  fixed?: unknown;
  pattern?: unknown;
  bindings: Binding[];
  mustSupport: boolean;
  sources: Source[];
}

/** Undefined when nothing is known of the spot. */
export function describe(elements: Element[], registry: Registry): Described | undefined {
  const [first] = elements;
  if (!first) return undefined;
  const byTypes = [...elements].sort((a, b) => a.types.length - b.types.length);
  const bindings = elements.flatMap((e) => e.binding ?? []);
  return {
    elements,
    min: Math.max(...elements.map((e) => e.min)),
    max: Math.min(...elements.map((e) => e.max)),
    base: first.base,
    types: byTypes[0]!.types,
    short: elements.find((e) => e.short)?.short,
    definition: elements.find((e) => e.definition)?.definition,
    fixed: elements.find((e) => e.fixed !== undefined)?.fixed,
    pattern: elements.find((e) => e.pattern !== undefined)?.pattern,
    bindings: [...new Map(bindings.map((b) => [b.valueSet, b])).values()],
    mustSupport: elements.some((e) => e.mustSupport),
    sources: uniqueSources(elements.map((e) => sourceOf(registry, e))),
  };
}

function uniqueSources(sources: Source[]): Source[] {
  return [...new Map(sources.map((source) => [source.url, source])).values()];
}

/** `0..*` */
export function cardinality({ min, max }: { min: number; max: number }): string {
  return `${min}..${max === Infinity ? '*' : max}`;
}

/** `required, may repeat` */
export function cardinalityWords({ min, max }: { min: number; max: number }): string {
  if (max === 0) return 'not allowed here';
  const must = min === 0 ? 'optional' : min === 1 ? 'required' : `at least ${min}`;
  if (max === 1) return must;
  return max === Infinity ? `${must}, may repeat` : `${must}, at most ${max}`;
}

/** `HumanName`, `Reference(Patient | Organization)` */
export function typeWords(types: TypeReference[], registry: Registry): string {
  const words = types.slice(0, 4).map(({ code, targets }) => {
    const names = [...new Set((targets ?? []).map((url) => registry.definition(url)?.type ?? lastPart(url)))];
    return names.length > 0 && names.length <= 6 ? `${code}(${names.join(' | ')})` : code;
  });
  return words.join(' | ') + (types.length > 4 ? ' | …' : '');
}

/** A code with where it comes from. */
export interface Coded extends Concept {
  system: string;
}

/** The codes that may be listed of what bindings allow; where one is required, of that one alone. */
export function codesOf(bindings: Binding[], { terminology }: Knowledge): Coded[] {
  const known = bindings.filter((b) => b.strength !== 'example');
  const required = known.filter((b) => b.strength === 'required');
  const codes = new Map<string, Coded>();
  for (const { valueSet } of required.length > 0 ? required : known)
    for (const [system, concepts] of terminology.expand(valueSet)?.codes ?? [])
      for (const concept of concepts.values()) codes.set(`${system}|${concept.code}`, { ...concept, system });
  return [...codes.values()];
}

export function valueSetName(url: string, registry: Registry): string {
  const valueSet = registry.valueSet(url);
  return valueSet?.title ?? valueSet?.name ?? lastPart(url);
}
