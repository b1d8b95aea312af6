// What fixes ask of a message: who refers to a resource, how it is taken out.
import { join, type Pointer } from '../document/pointer';
import type { Change } from '../finding';
import { type Located, type Message, resolve } from '../itk3/message';
import { type Reference, referencesOf } from '../itk3/references';

/** Many findings ask of one message, so all references are followed once. */
const READ = new WeakMap<Message, ReadonlyMap<Located, Reference[]>>();

/** Who refers to a resource, in the order of the message. */
export function referralsTo(target: Located, message: Message): readonly Reference[] {
  const known = READ.get(message) ?? followed(message);
  READ.set(message, known);
  return known.get(target) ?? [];
}

function followed(message: Message): Map<Located, Reference[]> {
  const found = new Map<Located, Reference[]>();
  for (const one of referencesOf(message)) {
    const target = resolve(message, one.from, one.reference);
    const known = target && found.get(target);
    if (known) known.push(one);
    else if (target) found.set(target, [one]);
  }
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
