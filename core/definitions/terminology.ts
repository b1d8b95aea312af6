// Which codes a value set holds, as far as it can be told from the code systems at hand.
import type { Concept, ValueSetPart } from './definition';
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
}

export function createTerminology(registry: Registry): Terminology {
  const expansions = new Map<string, Expansion | undefined>();

  const expand = (url: string): Expansion | undefined => {
    if (expansions.has(url)) return expansions.get(url);
    expansions.set(url, undefined); // a value set that includes itself adds nothing
    const valueSet = registry.valueSet(url);
    if (!valueSet) return undefined;
    const expansion: Expansion = { codes: new Map(), unlisted: new Set() };
    // Told in words alone, or elsewhere: nothing can be said not to be in it.
    if (valueSet.include.length === 0) expansion.open = true;
    for (const part of valueSet.include) include(expansion, part);
    for (const part of valueSet.exclude ?? []) exclude(expansion, part);
    expansions.set(url, expansion);
    return expansion;
  };

  const include = (expansion: Expansion, part: ValueSetPart): void => {
    const { system } = part;
    if (system !== undefined) {
      const concepts = conceptsOf(part, system);
      if (concepts) for (const concept of concepts) codesOf(expansion, system).set(concept.code, concept);
      else expansion.unlisted.add(system);
    }
    for (const url of part.valueSets ?? []) {
      const inner = expand(url);
      if (!inner || inner.open) expansion.open = true;
      if (!inner) continue;
      for (const [innerSystem, codes] of inner.codes)
        for (const [code, concept] of codes) codesOf(expansion, innerSystem).set(code, concept);
      for (const innerSystem of inner.unlisted) expansion.unlisted.add(innerSystem);
    }
  };

  const exclude = (expansion: Expansion, part: ValueSetPart): void => {
    if (part.system === undefined) return;
    for (const concept of conceptsOf(part, part.system) ?? []) expansion.codes.get(part.system)?.delete(concept.code);
  };

  /** The codes that a part names; undefined when they cannot be told here. */
  const conceptsOf = (part: ValueSetPart, system: string): Concept[] | undefined => {
    const codeSystem = registry.codeSystem(system);
    if (part.concepts) {
      const known = new Map(codeSystem?.concepts.map((c) => [c.code, c]));
      return part.concepts.map((c) => ({ ...known.get(c.code), ...c }));
    }
    if (!codeSystem?.complete) return undefined;
    if (!part.filters) return codeSystem.concepts;
    const [filter] = part.filters;
    if (part.filters.length > 1 || filter?.property !== 'concept' || !['is-a', 'descendent-of'].includes(filter.op))
      return undefined;
    const below = new Set([filter.value]);
    for (const concept of codeSystem.concepts)
      if (concept.parent !== undefined && below.has(concept.parent)) below.add(concept.code);
    return codeSystem.concepts.filter((c) => below.has(c.code) && (filter.op === 'is-a' || c.code !== filter.value));
  };

  return { expand };
}

function codesOf(expansion: Expansion, system: string): Map<string, Concept> {
  const codes = expansion.codes.get(system) ?? new Map<string, Concept>();
  expansion.codes.set(system, codes);
  return codes;
}
