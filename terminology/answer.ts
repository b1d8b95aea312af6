// From what a server says to an answer that can be trusted: a code is called wrong only where the server has its system,
// and where neither of the two ways to ask for it finds it.
import type { TerminologyAnswer, TerminologyQuestion } from '../core/validate/terminology-answers';
import type { Dialect, TerminologyClient } from './client';
import { createMemory } from './memory';
import type { Validation } from './parameters';
import { mayBeElsewhere, namespaceOf, SNOMED_CT } from './snomed';

/** Rejects with a TerminologyError, or an AbortError when the signal stops it. */
export type Answerer = (question: TerminologyQuestion, signal: AbortSignal) => Promise<TerminologyAnswer>;

const UNKNOWN = { verdict: 'unknown' } as const;
const KEPT = 500;

/** Asks one server no more than a question needs, and remembers what it has not got. */
export function createAnswerer(client: TerminologyClient): Answerer {
  const dialects = createMemory<Dialect>(1);
  const systems = createMemory<boolean | undefined>(KEPT);
  const missingValueSets = createMemory<true>(KEPT);
  /** The same code often comes by several displays, or bound to several value sets. */
  const concepts = createMemory<Found>(KEPT);

  const isMissing = (system: string): boolean => systems.recall(system)?.value === false;
  const hasSystem = (system: string, signal: AbortSignal): Promise<boolean | undefined> =>
    systems.learn(system, (inner) => client.hasSystem(system, inner), signal);

  /** A concept found, or the verdict that there is none. */
  const find = async ({ system, code }: TerminologyQuestion, dialect: Dialect, signal: AbortSignal): Promise<Found> => {
    const said = await client.validateInSystem({ system, code }, dialect, signal);
    if (said?.result) return { verdict: 'valid', display: said.display, inactive: said.inactive };
    if (said && isAboutSystem(said)) {
      systems.remember(system, false);
      return UNKNOWN;
    }
    // Some say no to codes that are only out of use.
    const concept = await client.lookup({ system, code }, signal);
    if (concept) return { verdict: 'valid', ...concept };
    if (!said) {
      const isNational = system === SNOMED_CT && namespaceOf(code) !== undefined;
      return !isNational && (await hasSystem(system, signal)) === true ? { verdict: 'invalid' } : UNKNOWN;
    }
    if (system === SNOMED_CT && mayBeElsewhere(code, said.version)) return UNKNOWN;
    // A server that names the version has the system.
    if (said.version === undefined && (await hasSystem(system, signal)) === false) return UNKNOWN;
    return { verdict: 'invalid', version: said.version };
  };

  /** The preferred display where the one given is none of the concept's names. */
  const otherDisplay = async (
    { system, code, display }: TerminologyQuestion,
    found: Concept,
    dialect: Dialect,
    signal: AbortSignal,
  ): Promise<string | undefined> => {
    if (display === undefined || sameName(display, found.display)) return undefined;
    if (found.names?.some((name) => sameName(display, name))) return undefined;
    const isToldAll = found.names !== undefined && (found.names.length > 1 || system !== SNOMED_CT);
    if (isToldAll) return found.display;
    if (display.length > LONGEST) return found.display;
    const said = await client.validateInSystem({ system, code, display }, dialect, signal);
    if (!said || (said.result && !isAboutDisplay(said))) return undefined;
    const right = said.display ?? found.display;
    return sameName(display, right) ? undefined : right;
  };

  const isOutside = async ({ system, code, valueSet }: TerminologyQuestion, signal: AbortSignal): Promise<boolean> => {
    if (valueSet === undefined || missingValueSets.recall(valueSet)) return false;
    const said = await client.validateInValueSet({ system, code }, valueSet, signal);
    if (said && !isAboutValueSet(said) && !isAboutSystem(said)) return !said.result;
    missingValueSets.remember(valueSet, true);
    return false;
  };

  return async (question, signal) => {
    const { system, code } = question;
    if (!isAskable(question) || isMissing(system)) return UNKNOWN;
    const dialect = await dialects.learn('', (inner) => client.dialect(inner), signal);
    const key = JSON.stringify([system, code]);
    const found = await concepts.learn(key, (inner) => find({ system, code }, dialect, inner), signal);
    if (found.verdict !== 'valid') return found;
    const right = await otherDisplay(question, found, dialect, signal);
    // Value sets leave out what is no longer in use: that is the thing to say then.
    const outside = !found.inactive && (await isOutside(question, signal));
    const display = right ?? found.display;
    return {
      verdict: 'valid',
      ...(display !== undefined && { display }),
      ...(found.inactive && { inactive: true }),
      ...(right !== undefined && { displayDiffers: true }),
      ...(outside && { outsideValueSet: true }),
    };
  };
}

interface Concept {
  verdict: 'valid';
  display?: string;
  /** All names, where the server was asked for them. */
  names?: string[];
  inactive: boolean;
}

type Found = Concept | Exclude<TerminologyAnswer, { verdict: 'valid' }>;

/** What is longer is no code, system or name, but something that came to stand in its place. */
const LONGEST = 500;

function isAskable({ system, code }: TerminologyQuestion): boolean {
  return system.length <= LONGEST && code.length <= LONGEST && /^[a-z][a-z0-9+.-]*:\S+$/i.test(system) && code !== '';
}

/** Case and spaces make no other name. */
function sameName(a: string, b: string | undefined): boolean {
  return b !== undefined && plain(a) === plain(b);
}

function plain(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

// Where servers do not say by a code what their no is about, their words do.

function isAboutSystem({ isSystemUnknown, message }: Validation): boolean {
  return (
    isSystemUnknown ||
    /(unknown|usable|unable to find( a)?( matching)?|definition (for|of)( the)?) code ?system|code ?system \S+ (is |was |could )?(unknown|not (found|known|supported|available|be))|unable to provide validation/i.test(
      message,
    )
  );
}

function isAboutValueSet({ message }: Validation): boolean {
  return /(unknown|usable|unable to (find|expand|resolve)( the)?|definition (for|of)( the)?) value ?set|value ?set \S+ (is |was |could )?(unknown|not (found|known|supported|available|be))/i.test(
    message,
  );
}

function isAboutDisplay({ issues, message }: Validation): boolean {
  return issues.has('invalid-display') || /\bdisplay\b/i.test(message);
}
