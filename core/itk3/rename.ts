// A new id for a resource, everywhere in its message: the id itself, the fullUrl, references, identifiers of the same UUID.
import type { Span } from '../document/source-document';
import { type Pointer, valueAt } from '../document/pointer';
import { isUuid } from '../uuid';
import { type Mention, type Mentions, uuidOf } from './mentions';
import type { Located, Message } from './message';

export interface Named extends Mention {
  name: Span;
}

/** The places that change together with the one at a pointer; none when no resource is named there. */
export function renamedWith(pointer: Pointer, message: Message, mentions: Mentions): Named[] {
  const here = mentions.at.get(pointer);
  if (!here?.name) return [];
  const word = wordOf(here, message);
  return namesakes(here.resource, message)
    .flatMap((resource) => mentions.of.get(resource) ?? [])
    .filter((mention): mention is Named => mention.name !== undefined && isSame(wordOf(mention, message), word));
}

/** Why a resource may not be called so, in one sentence; undefined when it may. */
export function whyNot(name: string, renamed: readonly Named[], message: Message): string | undefined {
  const [first] = renamed;
  if (!first) return undefined;
  const isUrn = renamed.some(({ kind, resource }) => kind === 'fullUrl' && resource.fullUrl?.startsWith('urn:uuid:'));
  if (isUrn && !(isUuid(name) && name === name.toLowerCase()))
    return `"${shown(name)}" is no UUID in small letters, and the fullUrl of this entry is urn:uuid: and a UUID.`;
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(name))
    return `"${shown(name)}" is no id: an id is 1 to 64 letters, digits, "-" and ".".`;
  const own = new Set(renamed.map(({ resource }) => resource));
  const taken = message.resources.some((other) => !own.has(other) && wouldClash(other, first.resource, name));
  return taken ? `Another resource of this message is already called ${name}.` : undefined;
}

function shown(name: string): string {
  return name.length > 64 ? `${name.slice(0, 63)}…` : name;
}

/** A UUID means the same thing in every bundle of the message: the sender stands in two of them. */
function namesakes(resource: Located, { resources }: Message): Located[] {
  const uuid = uuidOf(resource);
  return uuid === undefined ? [resource] : resources.filter((one) => one === resource || uuidOf(one) === uuid);
}

function wordOf({ pointer, name }: Mention, { root }: Message): string {
  const text = valueAt(root.resource, pointer);
  return typeof text === 'string' && name ? text.slice(name.offset, name.offset + name.length) : '';
}

function isSame(a: string, b: string): boolean {
  return a === b || (isUuid(a) && a.toLowerCase() === b.toLowerCase());
}

/** Ids are read within their owner or bundle and with their type, UUIDs everywhere. */
function wouldClash(other: Located, renamed: Located, name: string): boolean {
  if (renamed.container || other.container) return other.container === renamed.container && other.resource.id === name;
  if (isUuid(name)) return uuidOf(other) === name.toLowerCase();
  return other.bundle === renamed.bundle && other.type === renamed.type && other.resource.id === name;
}
