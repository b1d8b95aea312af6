// What fixes ask of a message: in which resource a spot lies, who refers to a resource, how it is taken out.
import { join, parentOf, type Pointer } from '../document/pointer';
import type { Change } from '../finding';
import { labelOf } from '../itk3/label';
import { type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { isObject } from '../json';

/** What a person would call a resource of the message. */
export function nameIn(message: Message, located: Located): string {
  return labelOf(located.resource, (reference) => resolve(message, located, reference)?.resource);
}

export interface Referral {
  from: Located;
  /** Of the Reference. */
  pointer: Pointer;
}

/** Many findings ask of one message, so all references are followed once. */
const READ = new WeakMap<Message, Map<Located, Referral[]>>();

/** Who refers to a resource, in the order of the message. */
export function referralsTo(target: Located, message: Message): readonly Referral[] {
  const known = READ.get(message) ?? followed(message);
  READ.set(message, known);
  return known.get(target) ?? [];
}

function followed(message: Message): Map<Located, Referral[]> {
  const found = new Map<Located, Referral[]>();
  const visit = (value: unknown, pointer: Pointer, from: Located): void => {
    if (typeof value !== 'object' || value === null) return;
    const inner = isObject(value) ? message.located.get(value) : undefined;
    // What stands inside a resource is visited on its own.
    if (inner && inner !== from) return;
    const url = referenceIn(value);
    const target = url === undefined ? undefined : resolve(message, from, url);
    const known = target && found.get(target);
    if (known) known.push({ from, pointer });
    else if (target) found.set(target, [{ from, pointer }]);
    for (const [name, part] of Object.entries(value)) visit(part, join(pointer, name), from);
  };
  for (const from of message.resources) visit(from.resource, from.pointer, from);
  return found;
}

/** Lets everyone who refers to one resource refer to another. */
export function redirected(from: Located, to: Located, message: Message): Change[] {
  if (to.fullUrl === undefined) return [];
  return referralsTo(from, message).map(({ pointer }) => ({
    kind: 'set',
    pointer: join(pointer, 'reference'),
    value: to.fullUrl,
  }));
}

/** The entry of a bundle in which a resource stands. */
export function entryAt({ pointer }: Located): Pointer {
  return parentOf(pointer);
}

/** Takes out what stands at the pointers, which are in the order of the message: the last first, so that places hold. */
export function removing(pointers: readonly Pointer[]): Change[] {
  return pointers.toReversed().map((pointer) => ({ kind: 'remove', pointer }));
}

/** The bare UUID of a urn. */
export function uuidIn(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(url)?.[1];
}

/** Puts a property in front of all but the type of a resource, where people look for its id. */
export function setFirst({ resource, pointer }: Located, name: string, value: unknown): Change {
  return { kind: 'set', pointer: join(pointer, name), value, before: Object.keys(resource)[1] };
}
