// How often an element may stand. The shape stage has already held STU3's own bounds; here come profiles' and choices'.
import type { TypeReference } from '../definitions/definition';
import { baseChoiceNames, type Element, isChoice, isExtension } from '../definitions/element';
import { type Pointer, join } from '../document/pointer';
import type { Finding, Report } from '../finding';
import { isObject } from '../json';
import type { Knowledge } from '../knowledge';
import { nearest } from '../nearest';
import { type Slip, slipIn } from './slicing';
import { nameOf, sourceOf } from './stage';
import { because, either, fhirValue, times } from './wording';

type Walking = Where & Parameters<typeof slipIn>[2];

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
  // As it nearly always is: one form, and a right one.
  if (used.length === 1 && element.max > 0 && names.has(used[0]!)) return;
  if (used.length === 0 && element.min === 0) return;
  const allowed = [...names.keys()];
  const choices = allowed.length > 6 ? `${allowed.slice(0, 6).join(', ')} and others` : either(allowed);
  if (used.length === 0 && element.min > 0) {
    say(where, element, 'required', parent, 'key', `${choices} is missing${because(element.short)}`, {
      missing: element.name,
    });
  }
  // A name that no type of STU3 has is told as unknown.
  const real = used.filter((name) => baseChoiceNames(element).has(name));
  // One that is not allowed at all says more than that there are two.
  if (real.length > 1 && names.has(real[1]!)) {
    const message = `Only one of ${real.join(', ')} may stand here.`;
    say(where, element, 'choice', join(parent, real[1]!), 'key', message);
  }
  for (const name of used) {
    if (element.max === 0) tooMany(1, element, join(parent, name), where);
    else if (!names.has(name)) {
      const near =
        allowed.length === 1 && isPlain(names, allowed[0]!) && isPlain(baseChoiceNames(element), name)
          ? allowed[0]
          : undefined;
      const fixes = near === undefined ? {} : { fixes: [rename(join(parent, name), near)] };
      if (real.includes(name))
        say(where, element, 'choice', join(parent, name), 'key', `${name} is not allowed here: use ${choices}.`, fixes);
    }
  }
}

/** Plain values are written alike in most forms of a choice. */
function isPlain(names: ReadonlyMap<string, TypeReference>, name: string): boolean {
  return /^[a-z]/.test(names.get(name)?.code ?? '');
}

function rename(pointer: Pointer, name: string): NonNullable<Finding['fixes']>[number] {
  return { kind: 'rename', title: `Rename to ${name}`, pointer, name };
}

/**
 * Each slice has bounds of its own, and slicing may ask for an order.
 * @param items of the list, @param found the slice that each belongs to, if any
 * @param owner where it is told that a slice is missing: the list, if there is one, else the parent
 */
export function checkSlices(
  items: readonly unknown[],
  found: readonly (Element | undefined)[],
  sliced: Element,
  owner: Pointer,
  at: Pointer,
  where: Walking,
): void {
  const slipped = new Set<Element>();
  found.forEach((slice, i) => {
    const slip = slice ? undefined : slipIn(items[i], sliced, where);
    if (!slip) return;
    const count = found.filter((f) => f === slip.slice).length;
    if (count >= slip.slice.max) return;
    slipped.add(slip.slice);
    tellSlip(slip, count < slip.slice.min, join(at, i) + slip.pointer, where);
  });
  // An extension without a url might be any of those that are missing; that it has none has been told.
  let unclear = isExtension(sliced) ? items.filter((item) => isObject(item) && typeof item.url !== 'string').length : 0;
  for (const slice of sliced.slices ?? []) {
    const count = found.filter((f) => f === slice).length;
    if (count < slice.min && !slipped.has(slice) && !isMisspelt(slice, items) && unclear-- <= 0)
      tooFew(count, slice, owner, at, where);
    if (count > slice.max) tooMany(count, slice, at, where);
  }
  const { rules, ordered } = sliced.slicing ?? {};
  if (rules === 'closed')
    found.forEach((f, i) => f || checkUnmatched(sliced, isChoice(sliced) ? at : join(at, i), where));
  if (rules === 'openAtEnd' || ordered) checkOrder(found, sliced, at, where);
}

/** An extension that is known but for a slip is told by its url. */
function isMisspelt(slice: Element, items: readonly unknown[]): boolean {
  const url = isExtension(slice) ? slice.types[0]?.profiles?.[0] : undefined;
  if (url === undefined) return false;
  return items.some(
    (item) =>
      isObject(item) && typeof item.url === 'string' && item.url !== url && nearest(item.url, [url]) !== undefined,
  );
}

function tellSlip({ slice, value, wanted }: Slip, isMissed: boolean, pointer: Pointer, where: Where): void {
  say(
    where,
    slice,
    'fixed-value',
    pointer,
    'value',
    `${fhirValue(value)} is not known here: did you mean ${fhirValue(wanted)}?`,
    {
      severity: isMissed ? 'error' : 'warning',
      fixes: [{ kind: 'set', title: `Change to ${fhirValue(wanted)}`, pointer, value: wanted }],
    },
  );
}

/** Slices in their order where that is asked for; in `openAtEnd` what belongs to none comes last. */
function checkOrder(found: readonly (Element | undefined)[], sliced: Element, at: Pointer, where: Where): void {
  const { rules, ordered } = sliced.slicing!;
  const slices = sliced.slices ?? [];
  let last = 0;
  found.forEach((slice, i) => {
    if (!slice) {
      const matchedAfter = rules === 'openAtEnd' ? found.slice(i).find((f) => f !== undefined) : undefined;
      if (!matchedAfter) return;
      // STU3 wants the slices ordered where others come last; the NHS profiles ask for the one without the other.
      const unordered = ordered ? {} : { severity: 'warning' as const };
      const message = `This is none of the named ${sliced.name} entries, so it should stand after them: move it behind ${nameOf(matchedAfter)}.`;
      say(where, sliced, 'slice-order', join(at, i), 'key', message, unordered);
    } else if (ordered && slices.indexOf(slice) < last) {
      const message = `${nameOf(slice)} must stand before ${nameOf(slices[last]!)}.`;
      say(where, sliced, 'slice-order', join(at, i), 'key', message);
    } else last = slices.indexOf(slice);
  });
}

/** An item that belongs to no slice may stand only where slicing is open. */
function checkUnmatched(sliced: Element, pointer: Pointer, where: Where): void {
  const known = (sliced.slices ?? []).map((s) => s.sliceName).join(', ');
  const message = `This is none of the ${sliced.name} entries allowed here: ${known}.`;
  say(where, sliced, 'slice-closed', pointer, 'key', message);
}

function tooFew(count: number, element: Element, owner: Pointer, list: Pointer, where: Where): void {
  const label = nameOf(element);
  if (count === 0)
    say(where, element, 'required', owner, 'key', `${label} is missing${because(element.short)}`, {
      missing: element.name,
      ...sliceOf(element),
    });
  else {
    const message = `${label} stands ${times(count)}, but must stand at least ${times(element.min)}.`;
    say(where, element, 'required', list, 'key', message, sliceOf(element));
  }
}

function tooMany(count: number, element: Element, pointer: Pointer, where: Where): void {
  const label = nameOf(element);
  if (element.max === 0)
    say(where, element, 'not-allowed', pointer, 'key', `${label} may not stand here${because(element.short)}`, {
      // In a resource it may be what somebody wanted to tell, which then belongs elsewhere.
      fixes: [
        { kind: 'remove', title: `Remove ${label}`, pointer, sure: /^(Bundle|MessageHeader)\b/.test(element.path) },
      ],
    });
  else
    say(
      where,
      element,
      'max',
      pointer,
      'key',
      `${label} stands ${times(count)}, but may stand only ${times(element.max)}.`,
      sliceOf(element),
    );
}

function sliceOf({ sliceName }: Element): Pick<Finding, 'slice'> {
  return sliceName === undefined ? {} : { slice: sliceName };
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
