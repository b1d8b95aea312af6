// Which codes a value set holds, as far as it can be told from the code systems at hand.
import type { CodeSystem, Concept, Filter, ValueSetPart } from './definition';
import type { Registry } from './registry';

export interface Expansion {
  /** system -> code -> concept */
  codes: Map<string, Map<string, Concept>>;
  /** Systems of which the value set holds codes that cannot be listed here, such as SNOMED CT. */
  unlisted: Set<string>;
  /** A value set that it includes is not at hand, so nothing can be said not to be in it. */
  open?: boolean;
}

export interface Terminology {
  /** Undefined when nothing is known of the value set. */
  expand(valueSet: string): Expansion | undefined;
  /** The concept that a code stands for in its system; undefined when the system is not at hand or has none. */
  concept(system: string, code: string): Concept | undefined;
}

export function createTerminology(registry: Registry): Terminology {
  const expansions = new Map<string, Expansion | undefined>();

  const expand = (url: string): Expansion | undefined => {
    if (expansions.has(url)) return expansions.get(url);
    expansions.set(url, undefined); // a value set that includes itself adds nothing
    const valueSet = registry.valueSet(url);
    if (!valueSet) return undefined;
    const expansion: Expansion = { codes: new Map(), unlisted: new Set() };
    for (const part of valueSet.include) include(expansion, part);
    for (const part of valueSet.exclude ?? []) exclude(expansion, part);
    expansions.set(url, expansion);
    return expansion;
  };

  const include = (expansion: Expansion, part: ValueSetPart): void => {
    const { system } = part;
    if (system !== undefined) {
      const concepts = conceptsOf(part, system);
      if (!concepts) expansion.unlisted.add(system);
      else {
        // Of several things that an include says, all must hold.
        const also = part.valueSets && intersection(part.valueSets);
        for (const concept of concepts)
          if (!also || also.open || also.unlisted.has(system) || also.codes.get(system)?.has(concept.code))
            codesOf(expansion, system).set(concept.code, concept);
      }
    }
    if (system === undefined && part.valueSets) addAll(expansion, intersection(part.valueSets));
  };

  const exclude = (expansion: Expansion, part: ValueSetPart): void => {
    if (part.system !== undefined)
      for (const concept of conceptsOf(part, part.system) ?? []) expansion.codes.get(part.system)?.delete(concept.code);
    else if (part.valueSets)
      for (const [system, codes] of intersection(part.valueSets).codes)
        for (const code of codes.keys()) expansion.codes.get(system)?.delete(code);
  };

  /** What all of several value sets hold. */
  const intersection = (urls: readonly string[]): Expansion => {
    const [first, ...others] = urls.map((url) => expand(url) ?? UNKNOWN);
    return others.reduce(inBoth, first ?? NOTHING);
  };

  /** The codes that a part names; undefined when they cannot be told here. */
  const conceptsOf = (part: ValueSetPart, system: string): Concept[] | undefined => {
    const codeSystem = registry.codeSystem(system);
    if (part.concepts) {
      const known = new Map(codeSystem?.concepts.map((c) => [c.code, c]));
      return part.concepts.map((c) => ({ ...known.get(c.code), ...c }));
    }
    if (!codeSystem?.complete) return undefined;
    return (part.filters ?? []).reduce<Concept[] | undefined>(
      (kept, filter) => kept && filtered(kept, filter, codeSystem),
      codeSystem.concepts,
    );
  };

  const bySystem = new Map<string, Map<string, Concept>>();
  const concept = (system: string, code: string): Concept | undefined => {
    let concepts = bySystem.get(system);
    if (!concepts) {
      concepts = new Map(registry.codeSystem(system)?.concepts.map((c) => [c.code, c]));
      bySystem.set(system, concepts);
    }
    return concepts.get(code);
  };

  return { expand, concept };
}

function codesOf(expansion: Expansion, system: string): Map<string, Concept> {
  const codes = expansion.codes.get(system) ?? new Map<string, Concept>();
  expansion.codes.set(system, codes);
  return codes;
}

const UNKNOWN: Expansion = { codes: new Map(), unlisted: new Set(), open: true };
const NOTHING: Expansion = { codes: new Map(), unlisted: new Set() };

function addAll(expansion: Expansion, { codes, unlisted, open }: Expansion): void {
  if (open) expansion.open = true;
  for (const [system, concepts] of codes)
    for (const [code, concept] of concepts) codesOf(expansion, system).set(code, concept);
  for (const system of unlisted) expansion.unlisted.add(system);
}

/** What cannot be listed on one side may still be in both. */
function inBoth(a: Expansion, b: Expansion): Expansion {
  const both: Expansion = { codes: new Map(), unlisted: new Set(), ...(a.open && b.open && { open: true }) };
  for (const [mine, theirs] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const [system, concepts] of mine.codes)
      for (const [code, concept] of concepts)
        if (theirs.open || theirs.unlisted.has(system) || theirs.codes.get(system)?.has(code))
          codesOf(both, system).set(code, concept);
    for (const system of mine.unlisted) if (theirs.open || theirs.unlisted.has(system)) both.unlisted.add(system);
  }
  return both;
}

/** The concepts that a filter keeps; undefined when that cannot be told here (http://hl7.org/fhir/STU3/valueset-filter-operator.html). */
function filtered(
  concepts: Concept[],
  { property, op, value }: Filter,
  { concepts: all }: CodeSystem,
): Concept[] | undefined {
  const isConcept = property === 'concept' || property === 'code';
  const of = (c: Concept): string | undefined =>
    isConcept
      ? c.code
      : property === 'display'
        ? c.display
        : property === 'parent'
          ? c.parent
          : c.properties?.[property];
  const isSaid =
    isConcept || property === 'display' || property === 'parent' || all.some((c) => c.properties?.[property]);
  if (!isSaid) return undefined;
  const values = new Set(value.split(',').map((v) => v.trim()));
  switch (op) {
    case 'is-a':
    case 'descendent-of':
    case 'is-not-a': {
      if (!isConcept) return undefined;
      const below = new Set([value]);
      for (const concept of all) if (concept.parent !== undefined && below.has(concept.parent)) below.add(concept.code);
      if (op === 'is-not-a') return concepts.filter((c) => !below.has(c.code));
      return concepts.filter((c) => below.has(c.code) && (op === 'is-a' || c.code !== value));
    }
    case '=':
      return concepts.filter((c) => of(c) === value);
    case 'in':
      return concepts.filter((c) => values.has(of(c) ?? ''));
    case 'not-in':
      return concepts.filter((c) => !values.has(of(c) ?? ''));
    case 'exists':
      return concepts.filter((c) => (of(c) !== undefined) === (value === 'true'));
    default:
      return undefined;
  }
}
