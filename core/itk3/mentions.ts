// Every place of a message that names one of its resources: what references are found by, and what a rename changes.
import type { Span } from '../document/source-document';
import { join, parentOf, type Pointer } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import { isUuid, withoutUrn } from '../uuid';
import { handlingKeys } from './handling';
import { type Located, type Message, resolve } from './message';
import { entryAround, referencesOf, resourcesLedTo, wholeOf } from './references';
import type { Envelope } from './use-case';

export interface Mention {
  resource: Located;
  /** Of the text that names it. */
  pointer: Pointer;
  /** Its own id and fullUrl, a business identifier of its own with the same UUID, or what leads to it from elsewhere. */
  kind: 'id' | 'fullUrl' | 'identifier' | 'reference';
  /** The part of the text that is the id; undefined where the text has none. */
  name?: Span;
}

export interface Mentions {
  /** Of each resource that is named anywhere: its own names first. */
  of: ReadonlyMap<Located, readonly Mention[]>;
  at: ReadonlyMap<Pointer, Mention>;
}

/** Several features ask at every key stroke; a message is never changed once it is read. */
const READ = new WeakMap<Message, Mentions>();

export function mentionsIn(message: Message, envelope: Envelope): Mentions {
  const known = READ.get(message);
  if (known) return known;
  const read = readMentions(message, envelope);
  READ.set(message, read);
  return read;
}

function readMentions(message: Message, envelope: Envelope): Mentions {
  const of = new Map<Located, Mention[]>();
  const at = new Map<Pointer, Mention>();
  const add = (resource: Located, pointer: Pointer, kind: Mention['kind'], name: Span | undefined): void => {
    const mention: Mention = { resource, pointer, kind, ...(name && { name }) };
    const others = of.get(resource);
    if (others) others.push(mention);
    else of.set(resource, [mention]);
    at.set(pointer, mention);
  };
  const byUuid = new Map<string, Located>();
  for (const located of message.resources) {
    for (const { pointer, kind, text } of ownNames(located)) add(located, pointer, kind, nameIn(text));
    const uuid = uuidOf(located);
    if (uuid !== undefined && !byUuid.has(uuid)) byUuid.set(uuid, located);
  }
  for (const { from, pointer, reference } of referencesOf(message)) {
    const target = resolve(message, from, reference);
    if (target) add(target, join(pointer, 'reference'), 'reference', nameIn(reference));
  }
  // Many may stand in one text, which is no place of any one of them.
  for (const located of message.resources)
    for (const { target, pointer, name } of linksOf(located, message))
      of.get(target)?.push({ resource: target, pointer, kind: 'reference', name });
  const sender = handlingKeys(message, envelope)?.find((key) => key.url === 'SenderReference');
  if (sender?.name !== undefined && typeof sender.value === 'string') {
    // It names an activity; where that is a resource of the message, the guide's own example names the Encounter so.
    const target = byUuid.get(withoutUrn(sender.value).toLowerCase());
    if (target) add(target, join(sender.pointer, sender.name), 'reference', nameIn(sender.value));
  }
  return { of, at };
}

/** In small letters; undefined where neither fullUrl nor id is one. */
export function uuidOf({ fullUrl, resource, container }: Located): string | undefined {
  if (container) return undefined;
  return [fullUrl && withoutUrn(fullUrl), resource.id].find(isUuid)?.toLowerCase();
}

/** Where a resource says itself what it is called. */
function ownNames(located: Located): { pointer: Pointer; kind: Mention['kind']; text: string }[] {
  const { resource, pointer, fullUrl, container } = located;
  const names: ReturnType<typeof ownNames> = [];
  if (fullUrl !== undefined && !container)
    names.push({ pointer: join(parentOf(pointer), 'fullUrl'), kind: 'fullUrl', text: fullUrl });
  if (typeof resource.id === 'string') names.push({ pointer: join(pointer, 'id'), kind: 'id', text: resource.id });
  const uuid = uuidOf(located);
  if (uuid === undefined) return names;
  const identifiers: [Pointer, unknown][] = Array.isArray(resource.identifier)
    ? resource.identifier.map((one, i) => [join(pointer, 'identifier', i), one])
    : [[join(pointer, 'identifier'), resource.identifier]];
  for (const [at, identifier] of identifiers) {
    const text = isObject(identifier) ? identifier.value : undefined;
    if (typeof text === 'string' && withoutUrn(text).toLowerCase() === uuid)
      names.push({ pointer: join(at, 'value'), kind: 'identifier', text });
  }
  return names;
}

interface Link {
  target: Located;
  pointer: Pointer;
  name: Span;
}

/** Pictures and links in the texts of a resource that lead to what it contains. */
function linksOf(located: Located, message: Message): Link[] {
  if (!message.contained.has(located)) return [];
  return divsOf(located.resource, located.pointer).flatMap(([pointer, div]) =>
    Array.from(div.matchAll(/\b(?:href|src)\s*=\s*["']#([A-Za-z0-9\-.]{1,64})["']/g)).flatMap((match) => {
      const id = match[1]!;
      const target = resolve(message, located, `#${id}`);
      // What the text itself calls so, it means.
      if (!target || new RegExp(`\\bid\\s*=\\s*["']${id.replaceAll('.', '\\.')}["']`).test(div)) return [];
      return [{ target, pointer, name: { offset: match.index + match[0].length - 1 - id.length, length: id.length } }];
    }),
  );
}

/** The texts of a resource, and of the sections of a document. */
function divsOf(value: Json, pointer: Pointer): [Pointer, string][] {
  const div = isObject(value.text) ? value.text.div : undefined;
  const own: [Pointer, string][] = typeof div === 'string' ? [[join(pointer, 'text', 'div'), div]] : [];
  const sections = list(value.section).flatMap((section, i) =>
    isObject(section) ? divsOf(section, join(pointer, 'section', i)) : [],
  );
  return [...own, ...sections];
}

/** The id in `urn:uuid:…`, `#…`, `Type/…`, an address of that end, with or without a version, or a bare id. */
function nameIn(text: string): Span | undefined {
  const unversioned = text.replace(/\/_history\/[^/]*$/, '');
  const offset = Math.max(unversioned.lastIndexOf('/'), unversioned.lastIndexOf(':'), unversioned.lastIndexOf('#')) + 1;
  return offset < unversioned.length ? { offset, length: unversioned.length - offset } : undefined;
}

/** What leads to a resource from elsewhere. */
export function referencesTo(resource: Located, { of }: Mentions): readonly Mention[] {
  return (of.get(resource) ?? []).filter(({ kind }) => kind === 'reference');
}

/** The resources that a spot is about: what is named there, what a Reference leads to, or what begins there. */
export function resourcesMeant(pointer: Pointer, message: Message, mentions: Mentions): Located[] {
  const named = mentions.at.get(pointer)?.resource;
  if (named) return [named];
  const ledTo = resourcesLedTo(pointer, message);
  if (ledTo.length > 0) return ledTo;
  const around = entryAround(pointer, message);
  const beginnings = [around.pointer, wholeOf(around), join(around.pointer, 'resourceType')];
  return beginnings.includes(pointer) ? [around] : [];
}
