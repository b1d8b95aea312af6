// Codes for a draft: the one that a value set holds, the few to choose from, or a place for one.
import type { Concept } from '../definitions/definition';
import type { Knowledge } from '../knowledge';
import { SNOMED_CT } from '../nhs/snomed-id';
import { type Draft, hole } from './draft';
import { bindingOf, type Spot } from './spot';

/** More than these are no choice that a person reads. */
export const MANY = 60;

/** Of several statuses and uses, the first of these is the likeliest in a message about what has happened. */
const LIKELY = [
  'final',
  'completed',
  'finished',
  'active',
  'current',
  'official',
  'snapshot',
  'generated',
  'phone',
  'work',
  'collection',
];

interface Listed extends Concept {
  system: string;
}

export function codeDraft(spot: Spot, knowledge: Knowledge): Draft {
  const codes = codesFor(spot, knowledge);
  const [first] = codes;
  if (!first) return hole('example');
  return choice(codes.map((c) => c.code));
}

/** A whole Coding: system, code and display. */
export function codingDraft(spot: Spot, knowledge: Knowledge, fixedSystem: unknown): Record<string, Draft> | undefined {
  const binding = bindingOf(spot);
  const codes = codesFor(spot, knowledge).filter((c) => fixedSystem === undefined || c.system === fixedSystem);
  const [first] = codes;
  if (first) {
    // Of several systems a person would read little else than these.
    return together(codes.filter((c) => c.system === first.system));
  }
  const others = (binding && knowledge.terminology.expand(binding.valueSet)?.unlisted) ?? [];
  const unlisted = typeof fixedSystem === 'string' ? fixedSystem : [...others][0];
  if (unlisted === undefined) return undefined;
  return unlisted === SNOMED_CT
    ? { system: unlisted, code: hole('138875005'), display: hole('SNOMED CT Concept') }
    : { system: unlisted, code: hole('example'), display: hole('Example') };
}

/** @param codes of one system: what belongs together is chosen together */
function together(codes: readonly Listed[]): Record<string, Draft> {
  const { system, code, display } = codes[0]!;
  const displays = codes.flatMap((c) => c.display ?? []);
  const isShown = displays.length === codes.length;
  if (codes.length === 1) return { system, code, ...(isShown && { display }) };
  if (codes.length > MANY) return { system, code: hole(code), ...(isShown && { display: hole(display!) }) };
  const choices = codes.map((c) => c.code);
  if (!isShown) return { system, code: hole(code, { choices }) };
  return { system, code: hole(code, { choices, beside: { display: displays } }), display };
}

function choice(values: string[]): Draft {
  const [first] = values;
  if (new Set(values).size === 1) return first;
  return values.length > MANY ? hole(first!) : hole(first!, { choices: [...new Set(values)] });
}

/** The likeliest first. */
export function codesFor(spot: Spot, { terminology }: Knowledge): Listed[] {
  const binding = bindingOf(spot);
  const codes = binding && terminology.expand(binding.valueSet)?.codes;
  if (!codes) return [];
  const all = [...codes].flatMap(([system, concepts]) => [...concepts.values()].map((c) => ({ ...c, system })));
  const likeliest = LIKELY.map((code) => all.find((c) => c.code === code)).find((c) => c !== undefined);
  return likeliest ? [likeliest, ...all.filter((c) => c !== likeliest)] : all;
}
