// Codes: what they are called and mean, which value sets have them, and whether that could be checked.
import { join, parentOf, type Pointer } from '../../core/document/pointer';
import type { Binding } from '../../core/definitions/definition';
import { isObject, type Json, list, text } from '../../core/json';
import { bindingsAt, codingPart } from '../bindings';
import { type Coded, codesOf, valueSetName } from '../describe';
import { sameWords } from './explain';
import { knownDisplay } from '../../core/itk3/known-concepts';
import { code, link, prose } from './markdown';
import { snomed } from './snomed';
import { from } from './sources';
import type { Spot } from './spot';

/** A code and where it stands. */
export interface CodeAt {
  system?: string;
  code: string;
  display?: string;
  /** Of the Coding, or of the code itself where it stands alone. */
  at: Pointer;
}

export function coded(spot: Spot): string | undefined {
  const found = codeAt(spot);
  if (!found) return undefined;
  const { knowledge, elementsAt, saidOf } = spot;
  const isAlone = found.at === spot.pointer && typeof spot.value === 'string';
  const bindings = bindingsAt(isAlone ? found.at : join(found.at, 'code'), elementsAt);
  const known = codesOf(bindings, knowledge).find(
    (c) => c.code === found.code && (found.system === undefined || found.system === c.system),
  );
  const system = known?.system ?? found.system;
  const said = saidOf(found.at);
  const heard = said?.answer.verdict === 'valid' ? said.answer : undefined;
  const concept = system === undefined ? undefined : knowledge.terminology.concept(system, found.code);
  const display = heard?.display ?? known?.display ?? (system && knownDisplay(system, found.code, knowledge));
  const meaning = known?.definition ?? concept?.definition;
  const contradiction = knowledge.contradictions.find(
    (c) => c.code === found.code && c.system === found.system && bindings.some((b) => b.valueSet === c.valueSet),
  );
  if (display === undefined && known === undefined && isAlone) return undefined;
  const title = display ?? found.display ?? known?.code;
  const lines = [
    titled(title, found.code, meaning),
    said && heard && `${heard.inactive ? 'No longer in use, says' : 'Says'} ${prose(said.server)}`,
    meaning && !sameWords(meaning, display) && !sameWords(title ?? '', found.code) && prose(meaning),
    display !== undefined &&
      found.display !== undefined &&
      !sameWords(found.display, display) &&
      `Called ${prose(found.display)} here`,
    said?.answer.verdict === 'invalid' && `Not a code of its system, says ${prose(said.server)}`,
    contradiction && `${prose(contradiction.says)} ${from(contradiction.source)}`,
    snomed(system, found.code, said !== undefined) ?? unchecked(found, known, spot, heard !== undefined),
    known && inSets(bindings, known, spot),
  ];
  return lines.filter(Boolean).join('\n\n');
}

/** A code that is a word needs no other name, so what it means stands beside it. */
function titled(title: string | undefined, word: string, meaning: string | undefined): string {
  if (title !== undefined && !sameWords(title, word)) return `**${prose(title)}** ${code(word)}`;
  return meaning === undefined || sameWords(meaning, word) ? code(word) : `${code(word)} · ${prose(meaning)}`;
}

/** The code that is meant at a spot: there, around it, or the first inside. */
export function codeAt({ pointer, value, beside, type, elementsAt, besideAt }: Spot): CodeAt | undefined {
  if (typeof value === 'string') {
    if (type === 'code' && codingPart(pointer, elementsAt) === undefined && !isUnit(besideAt, elementsAt))
      return { code: value, at: pointer };
    const part = codingPart(pointer, elementsAt);
    return part === undefined || part === 'system' ? undefined : inCoding(beside, parentOf(pointer));
  }
  if (type === 'Coding' && isObject(value)) return inCoding(value, pointer);
  if (type !== 'CodeableConcept' || !isObject(value)) return undefined;
  const [first] = list(value.coding);
  return isObject(first) ? inCoding(first, join(pointer, 'coding', 0)) : undefined;
}

function inCoding({ system, code: word, display }: Json, at: Pointer): CodeAt | undefined {
  return typeof word === 'string' ? { system: text(system), code: word, display: text(display), at } : undefined;
}

const QUANTITIES = new Set(['Quantity', 'Age', 'Count', 'Distance', 'Duration', 'Money']);

export function isUnit(besideAt: Pointer, elementsAt: Spot['elementsAt']): boolean {
  return elementsAt(besideAt).some(({ types }) => types.length === 1 && QUANTITIES.has(types[0]!.code));
}

function unchecked({ system, code: word }: CodeAt, known: Coded | undefined, { knowledge }: Spot, wasHeard: boolean) {
  if (system === undefined || known || wasHeard) return undefined;
  const codeSystem = knowledge.registry.codeSystem(system);
  if (!codeSystem?.complete) return `Not checked: ${code(system)} is not at hand`;
  const isThere = knowledge.terminology.concept(system, word) !== undefined;
  return `${isThere ? 'A' : 'Not a'} code of ${link(codeSystem.name ?? system, system)}`;
}

function inSets(bindings: readonly Binding[], { system, code: word }: Coded, { knowledge }: Spot): string | undefined {
  const sets = bindings.filter((b) => knowledge.terminology.expand(b.valueSet)?.codes.get(system)?.has(word));
  const names = new Map(sets.map((b) => [b.valueSet, link(valueSetName(b.valueSet, knowledge.registry), b.valueSet)]));
  return names.size === 0 ? undefined : `In ${[...names.values()].join(', ')}`;
}
