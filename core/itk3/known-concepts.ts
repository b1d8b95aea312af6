// What concepts of code systems that are not at hand are called, as far as guides and value sets at hand name them.
import { isObject } from '../json';
import { SNOMED_CT } from '../nhs/snomed-id';
import type { Knowledge } from '../knowledge';

const KNOWN = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

/** The display of a concept; undefined when nothing at hand names it. */
export function knownDisplay(system: string, code: string, knowledge: Knowledge): string | undefined {
  const { terminology } = knowledge;
  return terminology.concept(system, code)?.display ?? named(knowledge).get(`${system}|${code}`);
}

function named(knowledge: Knowledge): ReadonlyMap<string, string> {
  let known = KNOWN.get(knowledge);
  if (!known) {
    const found = new Map<string, string>();
    gather(knowledge.useCases, found);
    for (const { code, display, unit, unitCode } of knowledge.invented.medicines) {
      found.set(`${SNOMED_CT}|${code}`, display);
      if (unitCode !== undefined) found.set(`${SNOMED_CT}|${unitCode}`, unit);
    }
    KNOWN.set(knowledge, (known = found));
  }
  return known;
}

function gather(value: unknown, into: Map<string, string>): void {
  if (Array.isArray(value)) value.forEach((inner) => gather(inner, into));
  if (!isObject(value)) return;
  const { system, code, display } = value;
  if (typeof system === 'string' && typeof code === 'string' && typeof display === 'string') {
    const key = `${system}|${code}`;
    if (!into.has(key)) into.set(key, display);
  }
  for (const inner of Object.values(value)) gather(inner, into);
}
