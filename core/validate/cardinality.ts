// How often an element may stand. The shape stage has already held STU3's own bounds; here come profiles' and choices'.
import type { TypeReference } from '../definitions/definition';
import { choiceNames, type Element } from '../definitions/element';
import { type Pointer, join } from '../document/pointer';
import type { Finding, Report } from '../finding';
import type { Knowledge } from '../knowledge';
import { nameOf, sourceOf } from './stage';
import { because, either, times } from './wording';

interface Where {
  knowledge: Knowledge;
  report: Report;
}

/** @param owner where it is told that the element is missing: the list, if there is an empty one, else the parent */
export function checkCardinality(count: number, element: Element, owner: Pointer, at: Pointer, where: Where): void {
  const alreadyReported = count === 0 && element.base.min > 0;
  if (count < element.min && !alreadyReported) tooFew(count, element, owner, at, where);
  if (count > element.max) tooMany(count, element, at, where);
}

/** Of a choice such as value[x] only one form may stand, and only one that is allowed here. */
export function checkChoice(
  used: string[],
  names: ReadonlyMap<string, TypeReference>,
  element: Element,
  parent: Pointer,
  where: Where,
): void {
  const allowed = [...names.keys()];
  const choices = allowed.length > 6 ? `${allowed.slice(0, 6).join(', ')} and others` : either(allowed);
  if (used.length === 0 && element.min > 0) {
    say(where, element, 'required', parent, 'key', `${choices} is missing${because(element.short)}`);
  }
  if (used.length > 1) {
    const message = `Only one of ${used.join(', ')} may stand here.`;
    say(where, element, 'choice', join(parent, used[1]!), 'key', message);
  }
  for (const name of used) {
    if (element.max === 0) tooMany(1, element, join(parent, name), where);
    else if (!names.has(name)) {
      const near = allowed.length === 1 ? allowed[0] : undefined;
      const fixes = near === undefined ? {} : { fixes: [rename(join(parent, name), near)] };
      // A name that no type of STU3 has is already reported as unknown.
      if (isStu3Choice(name, element))
        say(where, element, 'choice', join(parent, name), 'key', `${name} is not allowed here: use ${choices}.`, fixes);
    }
  }
}

function isStu3Choice(name: string, element: Element): boolean {
  return choiceNames({ ...element, types: element.base.types }).has(name);
}

function rename(pointer: Pointer, name: string): NonNullable<Finding['fixes']>[number] {
  return { kind: 'rename', title: `Rename to ${name}`, pointer, name };
}

/** Each slice has bounds of its own. One that is missing is told at the list, if there is a list. */
export function checkSlices(
  counts: ReadonlyMap<Element, number>,
  sliced: Element,
  owner: Pointer,
  at: Pointer,
  where: Where,
): void {
  for (const slice of sliced.slices ?? []) {
    const count = counts.get(slice) ?? 0;
    if (count < slice.min) tooFew(count, slice, owner, at, where);
    if (count > slice.max) tooMany(count, slice, at, where);
  }
}

/** An item that belongs to no slice may stand only where slicing is open. */
export function checkUnmatched(sliced: Element, pointer: Pointer, where: Where): void {
  if (sliced.slicing?.rules !== 'closed') return;
  const known = (sliced.slices ?? []).map((s) => s.sliceName).join(', ');
  const message = `This is none of the ${sliced.name} entries allowed here: ${known}.`;
  say(where, sliced, 'slice-closed', pointer, 'key', message);
}

function tooFew(count: number, element: Element, owner: Pointer, list: Pointer, where: Where): void {
  const label = nameOf(element);
  if (count === 0) say(where, element, 'required', owner, 'key', `${label} is missing${because(element.short)}`);
  else {
    const message = `${label} stands ${times(count)}, but must stand at least ${times(element.min)}.`;
    say(where, element, 'required', list, 'key', message);
  }
}

function tooMany(count: number, element: Element, pointer: Pointer, where: Where): void {
  const label = nameOf(element);
  if (element.max === 0)
    say(where, element, 'not-allowed', pointer, 'key', `${label} may not stand here${because(element.short)}`, {
      fixes: [{ kind: 'remove', title: `Remove ${label}`, pointer }],
    });
  else
    say(
      where,
      element,
      'max',
      pointer,
      'key',
      `${label} stands ${times(count)}, but may stand only ${times(element.max)}.`,
    );
}

function say(
  { report, knowledge }: Where,
  element: Element,
  rule: string,
  pointer: Pointer,
  part: 'key' | 'value',
  message: string,
  more: Partial<Finding> = {},
): void {
  report({ rule, severity: 'error', pointer, part, message, source: sourceOf(knowledge.registry, element), ...more });
}
