// Identifiers of a message made anew: to send it once more as another message, or as one that takes a document's place.
import { changed } from '../document/changes';
import { join } from '../document/pointer';
import { isObject, list, object, text } from '../json';
import { documentOf } from '../itk3/document';
import { headerOf, type Message } from '../itk3/message';
import type { Knowledge } from '../knowledge';
import { withTexts } from './texts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Values by which another message or document is named: they are not this one's to change. */
function othersIn(message: Message): Set<unknown> {
  const others = new Set<unknown>();
  const header = headerOf(message);
  if (header) others.add(header.resource.response);
  for (const { resource, type } of message.resources)
    if (type === 'Composition') list(resource.relatesTo).forEach((relation) => others.add(relation));
  others.delete(undefined);
  return others;
}

/** The UUIDs that the message gives: ids of its resources, the fullUrls of its entries, identifiers of what it is made of. */
function ownUuids(message: Message): Set<string> {
  const own = new Set<string>();
  const add = (value: unknown): void =>
    (text(value)?.match(UUID) ?? []).forEach((uuid) => void own.add(uuid.toLowerCase()));
  for (const { resource, fullUrl } of message.resources) {
    add(resource.id);
    add(fullUrl);
    for (const identifier of [resource.identifier].flat()) if (isObject(identifier)) add(identifier.value);
  }
  return own;
}

/**
 * The message with a fresh UUID for each of its own, wherever it is named: in ids, fullUrls, identifiers, references,
 * SenderReference and text. What names another message or document stays, as does what is no UUID.
 */
export function renewIdentifiers(message: Message, randomUUID: () => string): unknown {
  const fresh = new Map([...ownUuids(message)].map((uuid) => [uuid, randomUUID()]));
  const others = othersIn(message);
  const renew = (words: string): string =>
    words.length < 36 ? words : words.replace(UUID, (uuid) => fresh.get(uuid.toLowerCase()) ?? uuid);
  return withTexts(message.root.resource, renew, (value) => (others.has(value) ? value : undefined));
}

/** Why a document cannot be replaced; undefined where it can. */
export function whyNotReplaced(message: Message, knowledge: Knowledge): string | undefined {
  const composition = documentOf(message, knowledge)?.composition.resource;
  if (!composition) return 'There is no document of a known kind in this message.';
  const { system, value } = object(composition.identifier);
  if (text(system) === undefined || text(value) === undefined)
    return 'The document has no whole Composition.identifier, by which receivers would find it.';
  return undefined;
}

/**
 * The message with fresh identifiers, and its document as one that takes the place of what it was (Digital Medicines 1.2.9,
 * replacement): Composition.relatesTo names the old identifier. A document replaces one other, so an older relation of this
 * kind goes. The message itself where that cannot be.
 */
export function replaceDocument(message: Message, knowledge: Knowledge, randomUUID: () => string): unknown {
  const document = documentOf(message, knowledge);
  if (!document || whyNotReplaced(message, knowledge) !== undefined) return message.root.resource;
  const composition = document.composition.resource;
  const { system, value } = object(composition.identifier);
  const relation = { code: 'replaces', targetIdentifier: { system, value } };
  const renewed = renewIdentifiers(message, randomUUID);
  const relations = list(composition.relatesTo).filter((one) => !isObject(one) || one.code !== 'replaces');
  const pointer = join(document.composition.pointer, 'relatesTo');
  return changed(renewed, { kind: 'set', pointer, value: [...relations, relation], before: 'section' });
}
