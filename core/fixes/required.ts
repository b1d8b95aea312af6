// What is missing is put in, with all that must be inside it. Where only a person can know what to write, a plainly invented
// example stands until they do, so such a fix is never done without asking.
import { isChoice } from '../definitions/element';
import { join, type Pointer } from '../document/pointer';
import { type Draft, filled, filledPlainly, hasHoles, isHole, partsOf } from '../draft/draft';
import type { Drafting } from '../draft/drafting';
import { draftOf, draftProperty } from '../draft/element';
import { insideOf, isForbidden, isMany, leastOf, namesOf, narrowed, slicesOf } from '../draft/spot';
import type { Fix } from '../finding';
import { isObject, type Json } from '../json';
import { type Located, referenceIn, resolve } from '../itk3/message';
import { IS_THE_ONE } from '../validate/references';
import { sliceOf } from '../validate/slicing';
import { fhirValue } from '../validate/wording';
import type { Fixing, FixMaker } from './fixing';
import { draftingAt, type Place, placeOf } from './place';
import { labelIn } from '../itk3/label';

/** More are no help. */
const MOST_CHOICES = 5;

export const addMissing: FixMaker = (finding, fixing) => {
  const { pointer, missing, slice } = finding;
  const place = placeOf(pointer, fixing);
  if (!place) return [];
  if (Array.isArray(place.value))
    return place.value.length === 0 && slice === undefined
      ? fillEmpty(finding, fixing)
      : addItem(pointer, slice, place, place.value, fixing);
  if (!isObject(place.value) || missing === undefined) return [];
  const inside = insideOf(place.spot, fixing.knowledge.registry);
  const child = inside.get(missing);
  // Which extension it is, no example says.
  if (!child || isForbidden(child) || missing === 'url') return [];
  const owner = place.value;
  const known = missing === 'display' ? displayOf(owner, fixing) : undefined;
  if (known !== undefined)
    return [{ kind: 'set', title: `Add display: ${fhirValue(known)}`, pointer: join(pointer, missing), value: known }];
  return namesOf(child)
    .slice(0, MOST_CHOICES)
    .flatMap((name) => {
      const spot = isChoice(child[0]!) ? narrowed(child, name) : child;
      const make = (drafting: Drafting): Draft => draftProperty(spot, drafting);
      const before = nextIn(owner, missing, [...inside.keys()]);
      return added(make, join(pointer, name), place, fixing).map(({ value, sure, says }) => ({
        kind: 'set' as const,
        title: `Add ${slice === undefined ? name : `${name} "${slice}"`}${says}`,
        pointer: join(pointer, name),
        value,
        ...(before !== undefined && { before }),
        // Of several forms only a person can choose.
        ...((!sure || isChoice(child[0]!)) && { sure: false }),
      }));
    });
};

/** What has no value that counts, null or nothing inside, gets one where there must be one. */
export const fillEmpty: FixMaker = ({ pointer }, fixing) => {
  const place = placeOf(pointer, fixing);
  const { value = null } = place ?? {};
  const isNothing = value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  if (!place || !isNothing || leastOf(place.spot) === 0) return [];
  const isList = isMany(place.spot) && !/\/\d+$/.test(pointer);
  const make = (drafting: Drafting): Draft =>
    isList ? draftProperty(place.spot, drafting) : draftOf(place.spot, drafting);
  return added(make, pointer, place, fixing).map(({ value: put, sure, says }) => ({
    kind: 'set',
    title: `Put in what must be there${says}`,
    pointer,
    value: put,
    ...(!sure && { sure: false }),
  }));
};

/** What the code system at hand calls a code. */
function displayOf({ system, code }: Json, { knowledge: { terminology } }: Fixing): string | undefined {
  return typeof system === 'string' && typeof code === 'string'
    ? terminology.concept(system, code)?.display
    : undefined;
}

function addItem(list: Pointer, sliceName: string | undefined, place: Place, items: unknown[], fixing: Fixing): Fix[] {
  const slice = slicesOf(place.spot).find((one) => one[0]!.sliceName === sliceName);
  const spot = sliceName === undefined ? place.spot : slice;
  if (!spot || isForbidden(spot)) return [];
  const name = place.spot[0]!.name;
  const at = slice ? placeInOrder(sliceName!, items, place, fixing) : items.length;
  return added((drafting) => draftOf(spot, drafting), join(list, at), place, fixing).map(({ value, sure, says }) => ({
    kind: 'insert',
    title: `Add ${sliceName === undefined ? name : `${name} "${sliceName}"`}${says}`,
    pointer: join(list, at),
    value,
    ...(!sure && { sure: false }),
  }));
}

/** Behind the slices that come before it, in front of all others. */
export function placeInOrder(
  name: string,
  items: readonly unknown[],
  { at, spot }: Pick<Place, 'at' | 'spot'>,
  { knowledge, message }: Fixing,
): number {
  const sliced = spot.find((e) => e.slices?.some((slice) => slice.sliceName === name));
  const order = (sliced?.slices ?? []).map((slice) => slice.sliceName);
  const places = items.map((item) => {
    const found = sliced && sliceOf(item, sliced, { knowledge, message, at });
    return found ? order.indexOf(found.sliceName) : Infinity;
  });
  const after = places.findLastIndex((place) => place <= order.indexOf(name));
  if (after >= 0) return after + 1;
  const others = places.findIndex((place) => place !== Infinity);
  return others >= 0 ? others : places.length === 0 ? 0 : sliced?.slicing?.rules === 'openAtEnd' ? 0 : items.length;
}

interface Added {
  value: unknown;
  /** No part of it is an example or the time of day: it could be no other. */
  sure: boolean;
  /** The value, where it is short enough for a title. */
  says: string;
}

/** A draft as it may be put in; of a choice between few plain values, one for each. */
function added(make: (drafting: Drafting) => Draft, pointer: Pointer, place: Place, fixing: Fixing): Added[] {
  const { at } = place;
  const drafting = draftingAt(at, pointer, fixing);
  const draft = make(drafting);
  if (isHole(draft) && draft.choices && draft.choices.length <= MOST_CHOICES)
    return draft.choices.map((value) => ({ value, sure: false, says: `: ${fhirValue(value)}` }));
  const value = filledPlainly(draft);
  if (isObject(value) && Object.keys(value).length === 0) return [];
  return [
    {
      value,
      sure: isTechnical(value, place, fixing) && !hasHoles(draft) && !dependsOnNow(make, drafting, value),
      says: `${saidOf(value, at, fixing)}${isInvented(draft) ? ', an example to be replaced' : ''}`,
    },
  ];
}

/** What nobody knows but who writes the message must not be taken for what the message knows. Texts say what it knows. */
function isInvented(draft: Draft): boolean {
  if (isHole(draft)) return !draft.choices;
  return !partsOf(draft) && typeof draft === 'object' && draft !== null && Object.values(draft).some(isInvented);
}

function saidOf(value: unknown, at: Located, { message }: Fixing): string {
  const reference = referenceIn(value);
  const target = reference === undefined ? undefined : resolve(message, at, reference);
  const short = target ? labelIn(message, target) : typeof value === 'object' ? '' : fhirValue(value);
  return short === '' || short.length > 60 ? '' : `: ${short}`;
}

/**
 * Of the envelope, and of who a document is about, there is one thing to say. What else a resource says is a fact that somebody
 * must know: that a number was traced, that a supply was completed.
 */
function isTechnical(value: unknown, { at }: Place, { message }: Fixing): boolean {
  if (at.type === 'Bundle' || at.type === 'MessageHeader') return true;
  const reference = referenceIn(value);
  const target = reference === undefined ? undefined : resolve(message, at, reference);
  return target !== undefined && IS_THE_ONE.has(target.type);
}

/** A time that is only now's is no fact of the message. Identifiers that are fresh each time are what they should be. */
function dependsOnNow(make: (drafting: Drafting) => Draft, drafting: Drafting, value: unknown): boolean {
  const fresh = { ...drafting.fresh, now: new Date(drafting.fresh.now.getTime() - 40 * 24 * 3600 * 1000) };
  const anonymous = (of: unknown): string =>
    JSON.stringify(of).replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');
  return anonymous(filled(make({ ...drafting, fresh }))) !== anonymous(value);
}

/** The property before which a new one goes, so that they stand in STU3's order. */
function nextIn(owner: Json, name: string, order: readonly string[]): string | undefined {
  const rank = (of: string): number =>
    order.findIndex((n) => n === of || (n.endsWith('[x]') && of.startsWith(n.slice(0, -3))));
  const own = rank(name);
  return own < 0 ? undefined : Object.keys(owner).find((key) => rank(key) > own);
}

/** Whether a place must have a value, so that taking it away mends nothing. */
export function isNeeded(pointer: Pointer, fixing: Fixing): boolean {
  const place = placeOf(pointer, fixing);
  return place !== undefined && leastOf(place.spot) > 0;
}
