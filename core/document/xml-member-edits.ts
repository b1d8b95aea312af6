// What stands in an element of XML text made another: its attributes, and its children name by name, in STU3's order.
import type { Registry } from '../definitions/registry';
import type { Json } from '../json';
import { isReordered, matches } from './difference';
import type { ElementKind } from './element-kinds';
import { childEdits, type Page, withComments, type Written } from './xml-child-edits';
import { isAttribute, isSingle } from './xml-members';
import { keysOf, namesOf, type Owner, type Place, placesOf, type Slot, slotsOf } from './xml-slots';
import type { TextEdit } from './text-edits';
import { elementsIn } from './xml-style';
import type { XmlElement } from './xml-tree';
import { attributeAdded, attributeRemoval, nameEdits } from './xml-value-edits';

/** What makes the edits, handed down from the root to the last attribute. */
export interface Work extends Page {
  registry: Registry;
  /** Undefined where the text is too broken to say. */
  put(edits: readonly TextEdit[] | undefined): void;
  difference(place: Place, name: string, kind: ElementKind | undefined, before: Slot, after: Slot): void;
  written(owner: XmlElement, name: string, kind: ElementKind | undefined, slot: Slot): Written;
}

interface Member {
  name: string;
  kind: ElementKind | undefined;
  before: Slot[];
  after: Slot[];
  places: Place[];
  isAttribute: boolean;
}

/** What becomes of the children of one element. */
interface Plan {
  owner: Owner;
  removed: Set<XmlElement>;
  added: Map<XmlElement | undefined, Written[]>;
  /** Of elements in which several resources stand, those that go. */
  shared: Map<XmlElement, Set<XmlElement>>;
}

export function memberEdits(owner: Owner, before: Json, after: Json, work: Work): void {
  const members: Member[] = [];
  for (const name of namesOf(owner, before, after)) {
    if (before[name] === after[name] && before[`_${name}`] === after[`_${name}`]) continue;
    const kind = owner.kinds?.get(name);
    const [from, to] = [slotsOf(before, name, owner.kinds), slotsOf(after, name, owner.kinds)];
    const places = placesOf(owner, name, kind, from.length);
    if (!places) {
      work.put(undefined);
      return;
    }
    const isAttr = owner.of !== 'resource' && isAttribute(name, after[name], owner.kinds, owner.element.name);
    members.push({ name, kind, before: from, after: to, places, isAttribute: isAttr });
  }
  const plan: Plan = { owner, removed: new Set(), added: new Map(), shared: new Map() };
  const renamed = new Set<Member>();
  for (const gone of members) {
    const come = gone.after.length === 0 && members.find((one) => !renamed.has(one) && isRenamed(gone, one));
    if (!come) continue;
    renamed.add(gone).add(come);
    rename(gone, come, plan, work);
  }
  for (const member of members) if (!renamed.has(member)) list(member, plan, work);
  for (const [wrapper, inner] of plan.shared)
    if (elementsIn(wrapper).every((one) => inner.has(one))) plan.removed.add(wrapper);
    else work.put(childEdits(wrapper, inner, new Map(), work));
  if (plan.removed.size + plan.added.size > 0) work.put(childEdits(owner.element, plan.removed, plan.added, work));
}

function isRenamed(gone: Member, come: Member): boolean {
  if (come.before.length > 0 || come.isAttribute || gone.before.length !== come.after.length) return false;
  if (gone.places.some((place) => place.attribute !== undefined || place.isShared)) return false;
  if (gone.kind && gone.kind.inside() !== come.kind?.inside()) return false;
  const isPrimitive = gone.before.some(({ value }) => isSingle(value));
  const form = gone.kind?.form ?? (isPrimitive ? 'primitive' : 'complex');
  if (form !== (come.kind?.form ?? (isPrimitive ? 'primitive' : 'complex'))) return false;
  return gone.before.every((slot, i) => isSame(slot, come.after[i]!));
}

function isSame(one: Slot, other: Slot): boolean {
  return one.value === other.value && one.beside === other.beside;
}

function rename({ places }: Member, { name, kind }: Member, plan: Plan, work: Work): void {
  const elements = places.flatMap((place) => (place.attribute ? [] : [place.element]));
  for (const element of elements) {
    const edits = nameEdits(element, name, work.text);
    if (isInPlace(element, kind, plan.owner)) work.put(edits);
    else {
      plan.removed.add(element);
      const { start, end } = element;
      let text = '';
      let at = start;
      for (const edit of edits) {
        text += work.text.slice(at, edit.offset) + edit.text;
        at = edit.offset + edit.length;
      }
      text += work.text.slice(at, end);
      add(orderly(plan.owner, kind), () => text, plan);
    }
  }
}

/** Whether an element of that kind may stand where one stands. */
function isInPlace(element: XmlElement, kind: ElementKind | undefined, { element: owner, kinds }: Owner): boolean {
  if (!kind || !kinds) return true;
  const siblings = elementsIn(owner);
  const at = siblings.indexOf(element);
  const known = (one: XmlElement): boolean => one.name !== element.name && kinds.has(one.name);
  const before = siblings.slice(0, at).findLast(known);
  const behind = siblings.slice(at + 1).find(known);
  return (
    (!before || kinds.get(before.name)!.order <= kind.order) && (!behind || kinds.get(behind.name)!.order >= kind.order)
  );
}

function list(member: Member, plan: Plan, work: Work): void {
  const { name, kind, before, after, places } = member;
  const [from, to] = keysOf(before, after) as [unknown[], unknown[]];
  const isWhole = places.every((place) => !place.attribute && !place.isShared);
  if (isWhole && isReordered(from, to)) {
    reorder(member, from, to, plan.owner, work);
    return;
  }
  const gone: number[] = [];
  const come: { anchor: XmlElement | undefined; slot: Slot; key: unknown }[] = [];
  let hasAttribute = false;
  let previous: Place | undefined;
  let at = 0;
  const keep = (): void => {
    previous = places[at++];
    if (previous?.attribute) hasAttribute = true;
  };
  const pass = (until: number, start: number, end: number): void => {
    // Between what is kept, items are the same by their place; what is over on one side was removed or added.
    for (let j = start; j < end; j++) {
      const [slot, place] = [after[j]!, places[at]];
      if (at < until && place && !(place.attribute && !member.isAttribute)) {
        if (!isSame(before[at]!, slot)) work.difference(place, name, kind, before[at]!, slot);
        keep();
      } else come.push({ anchor: behind(previous, member, plan.owner), slot, key: to[j] });
    }
    while (at < until) gone.push(at++);
  };
  let next = 0;
  for (const [i, j] of matches(from, to)) {
    pass(i, next, j);
    keep();
    next = j + 1;
  }
  pass(places.length, next, after.length);
  for (const i of gone) remove(places[i]!, plan, work);
  for (const { anchor, slot, key } of come) {
    if (member.isAttribute && !hasAttribute && isSingle(slot.value)) {
      work.put([attributeAdded(plan.owner.element, name, String(slot.value), work.style)]);
      hasAttribute = true;
      continue;
    }
    // What was only moved is moved as it is written.
    const source = places[gone.find((i) => from[i] === key && typeof key === 'object') ?? -1];
    const written =
      source && !source.attribute && !source.isShared
        ? () => work.text.slice(source.element.start, source.element.end)
        : work.written(plan.owner.element, name, asElement(kind), slot);
    add(anchor, written, plan);
  }
}

/** What cannot be an attribute, as two of one name cannot, is written as the element that it would be. */
function asElement(kind: ElementKind | undefined): ElementKind | undefined {
  return kind?.form === 'attribute' ? { ...kind, form: 'primitive' } : kind;
}

/** Each place gets the text of what comes there, with the comments that speak of it. */
function reorder({ places }: Member, from: unknown[], to: unknown[], { element }: Owner, work: Work): void {
  const { text } = work;
  const stretches = places.flatMap((place) => (place.attribute ? [] : [withComments(place.element, element, text)]));
  to.forEach((key, i) => {
    if (key === from[i]) return;
    const [here, there] = [stretches[i]!, stretches[from.indexOf(key)]!];
    work.put([{ offset: here.start, length: here.end - here.start, text: text.slice(there.start, there.end) }]);
  });
}

function remove(place: Place, { owner, removed, shared }: Plan, work: Work): void {
  if (place.attribute) work.put([attributeRemoval(owner.element, place.attribute)]);
  else if (!place.isShared) removed.add(place.element);
  else shared.set(place.element, new Set(shared.get(place.element)).add(place.inner!));
}

function add(anchor: XmlElement | undefined, written: Written, { added }: Plan): void {
  added.set(anchor, [...(added.get(anchor) ?? []), written]);
}

/** The child behind which an item goes: the one before it in its list, or what stands before the list. */
function behind(previous: Place | undefined, { places, kind }: Member, owner: Owner): XmlElement | undefined {
  if (previous && !previous.attribute) return previous.element;
  const first = places.find((place) => !place.attribute);
  if (!first) return orderly(owner, kind);
  const siblings = elementsIn(owner.element);
  return siblings[siblings.indexOf(first.element) - 1];
}

/** The child behind which an element goes by STU3's order; what STU3 does not know goes to the end. */
function orderly({ element, kinds }: Owner, kind: ElementKind | undefined): XmlElement | undefined {
  const siblings = elementsIn(element);
  if (!kind) return siblings.at(-1);
  let anchor: XmlElement | undefined;
  for (const sibling of siblings) {
    const order = kinds?.get(sibling.name)?.order;
    if (order !== undefined && order > kind.order) break;
    if (order !== undefined) anchor = sibling;
  }
  return anchor;
}
