// Codes that are none of those that may stand: the ones that may, with their system and display.
import type { Binding } from '../definitions/definition';
import { join, parentOf, segmentsOf, valueAt } from '../document/pointer';
import { bindingOf, type Spot } from '../draft/spot';
import type { Change, Fix } from '../finding';
import { isObject, type Json } from '../json';
import type { Knowledge } from '../knowledge';
import { nearest } from '../nearest';
import { shortened } from '../validate/wording';
import type { Fixing, FixMaker } from './fixing';
import { placeOf } from './place';

/** More are a list to look through, which completion is for. */
const MOST = 8;

/** Of so many codes the first are no likelier than the last. */
const MANY = 16;

interface Choice {
  system: string;
  code: string;
  display?: string;
}

/** The codes of the value set, or of the code system where no value set asks for one. */
export const rightCode: FixMaker = ({ pointer, rule }, fixing) => {
  const coding = codingAt(pointer, fixing);
  const all = rule === 'code-unknown' ? inSystem(coding?.value, fixing) : [];
  const elsewhere = all.length > 0 && coding ? ofOtherSystem(coding, fixing) : [];
  const bound = elsewhere.length > 0 ? elsewhere : all.length > 0 ? all : boundAt(pointer, fixing);
  if (bound.length === 0) return [];
  // The code is right, and is one of another system.
  const home = pointer.endsWith('/system') ? bound.filter((c) => c.code === coding?.value.code) : [];
  if (home.length > 0) return home.map((choice) => change(choice, pointer, coding, fixing, home.length === 1));
  const written = typeof coding?.value.code === 'string' ? coding.value.code : asWord(valueAt(rootOf(fixing), pointer));
  const slip = bound.find((choice) => bound.length === 1 || isSlip(written, choice, bound));
  const offered = slip ? [slip] : likeliest(bound, written, coding?.value.display);
  return offered.map((choice) => change(choice, pointer, coding, fixing, choice === slip));
};

/** A concept whose code one source asks for and another forbids: the codes of the value set in its place. */
export const otherCode: FixMaker = ({ pointer, message }, fixing) => {
  const value = valueAt(rootOf(fixing), pointer);
  const words = new Set(message.split(/[^\w-]+/));
  // The one that the finding speaks of is the likeliest.
  const isNamed = ({ code }: Choice): number => (words.has(code) ? 0 : 1);
  const bound = boundAt(pointer, fixing).toSorted((a, b) => isNamed(a) - isNamed(b));
  if (!isObject(value) || bound.length === 0) return [];
  return bound.slice(0, MOST).map((choice): Fix => ({
    kind: 'set',
    title: titleOf(choice),
    pointer,
    value: Array.isArray(value.coding) ? { ...value, coding: [choice] } : choice,
    sure: false,
  }));
};

/** A code that is none, beside the display of one that may stand. */
export const codeOfDisplay: FixMaker = ({ pointer }, fixing) => {
  const coding = codingAt(pointer, fixing);
  const display = coding?.value.display;
  if (!coding || typeof display !== 'string') return [];
  const alike = boundAt(pointer, fixing).filter((c) => c.display?.toLowerCase() === display.toLowerCase());
  return alike.map((choice) => change(choice, pointer, coding, fixing, false));
};

/** The coding that a text means, by its code or its display. */
export function codingOf(text: string, binding: Binding | undefined, knowledge: Knowledge): Json | undefined {
  const choices = binding ? inValueSet(binding.valueSet, knowledge) : [];
  const meant = choices.filter((c) => c.code === text || c.display?.toLowerCase() === text.toLowerCase());
  return meant.length === 1 ? { ...meant[0]! } : undefined;
}

interface At {
  pointer: string;
  value: Json;
}

/** The Coding, or the Quantity, of which a code, system or display stands at the pointer. */
function codingAt(pointer: string, fixing: Fixing): At | undefined {
  const name = segmentsOf(pointer).at(-1);
  const own = valueAt(rootOf(fixing), pointer);
  if (isObject(own) && !Array.isArray(own.coding)) return { pointer, value: own };
  if (name !== 'code' && name !== 'system' && name !== 'display') return undefined;
  const parent = parentOf(pointer);
  const value = valueAt(rootOf(fixing), parent);
  const isCoding = placeOf(parent, fixing)?.spot.some((e) => e.types.some((t) => t.code === 'Coding')) === true;
  return isCoding && isObject(value) ? { pointer: parent, value } : undefined;
}

/** What the spot, or the concept around it, is bound to. */
function boundAt(pointer: string, fixing: Fixing): Choice[] {
  let at = pointer;
  for (let up = 0; up < 4 && at !== ''; up++, at = parentOf(at)) {
    const binding = strongest(placeOf(at, fixing)?.spot ?? []);
    if (binding) return inValueSet(binding.valueSet, fixing.knowledge);
  }
  return [];
}

function strongest(spot: Spot): Binding | undefined {
  const binding = bindingOf(spot);
  return binding && ['required', 'extensible'].includes(binding.strength) ? binding : undefined;
}

function inValueSet(url: string, { terminology }: Knowledge): Choice[] {
  return [...(terminology.expand(url)?.codes ?? [])].flatMap(([system, concepts]) =>
    [...concepts.values()].map(({ code, display }) => ({ system, code, ...(display !== undefined && { display }) })),
  );
}

function inSystem(coding: Json | undefined, { knowledge: { registry } }: Fixing): Choice[] {
  const system = typeof coding?.system === 'string' ? coding.system : undefined;
  const known = system === undefined ? undefined : registry.codeSystem(system);
  return (known?.concepts ?? []).map(({ code, display }) => ({
    system: known!.url,
    code,
    ...(display !== undefined && { display }),
  }));
}

/** The code as it stands, under the system by which the value set has it. */
function ofOtherSystem({ pointer, value }: At, fixing: Fixing): Choice[] {
  return boundAt(pointer, fixing).filter((c) => c.code === value.code && c.system !== value.system);
}

/** Those first that a slip, or the display, speaks for; of many none but those. */
function likeliest(choices: readonly Choice[], written: string, display: unknown): Choice[] {
  const near = nearest(
    written,
    choices.map((c) => c.code),
  );
  const rank = ({ code, display: name }: Choice): number =>
    code === near ? 0 : typeof display === 'string' && name?.toLowerCase() === display.toLowerCase() ? 1 : 2;
  const among = choices.length > MANY ? choices.filter((c) => rank(c) < 2) : choices;
  return among.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

/** A word that is hardly misspelt. Codes of digits, and short ones, differ from each other by as little. */
function isSlip(written: string, { code, display }: Choice, all: readonly Choice[]): boolean {
  const same = (a: string, b: string | undefined): boolean => a.trim().toLowerCase() === b?.toLowerCase();
  if (same(written, code) || same(written, display)) return true;
  const near = nearest(
    written,
    all.map((c) => c.code),
  );
  const rest = all.filter((c) => c.code !== code).map((c) => c.code);
  return near === code && code.length >= 4 && !/\d/.test(code) && nearest(written, rest) === undefined;
}

function change(choice: Choice, pointer: string, coding: At | undefined, fixing: Fixing, sure: boolean): Fix {
  const isSameCode = coding !== undefined && coding.value.code === choice.code && coding.value.system !== choice.system;
  const title = isSameCode ? `Change to ${choice.system}` : titleOf(choice);
  const more = sure ? { sure: true } : { sure: false };
  if (!coding) return { kind: 'set', title, pointer, value: choice.code, ...more };
  const parts: [string, string | undefined][] = [
    ['system', choice.system],
    ['code', choice.code],
    // A display goes with its code.
    ['display', choice.display ?? (coding.value.display === undefined ? undefined : choice.code)],
  ];
  const changes = parts.flatMap(([name, value]): Change[] =>
    value === undefined || coding.value[name] === value || (name === 'display' && !isTold(coding, fixing))
      ? []
      : [{ kind: 'set', pointer: join(coding.pointer, name), value }],
  );
  return changes.length === 1 ? { title, ...changes[0]!, ...more } : { kind: 'all', title, changes, ...more };
}

function isTold({ value, pointer }: At, fixing: Fixing): boolean {
  return value.display !== undefined || placeOf(join(pointer, 'display'), fixing)?.spot.some((e) => e.min > 0) === true;
}

function titleOf({ code, display }: Choice): string {
  const isName = display !== undefined && display.toLowerCase() !== code.toLowerCase();
  const name = isName ? ` ${shortened(display)}` : '';
  return `Change to "${code}"${name}`;
}

function rootOf({ message }: Fixing): Json {
  return message.root.resource;
}

function asWord(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
