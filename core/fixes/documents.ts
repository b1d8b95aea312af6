// Fixes of what the rules find in the document as a whole: what it is known by, and entries that are there twice.
import { join, type Pointer, valueAt } from '../document/pointer';
import { filled } from '../draft/draft';
import { entryOffers } from '../draft/entry';
import type { Change, Fix } from '../finding';
import { documentOf, inDocument, type ItkDocument, textOf } from '../itk3/document';
import { labelIn } from '../itk3/label';
import { namedItems } from '../itk3/named-items';
import { type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { wholeOf } from '../itk3/references';
import { readTime } from '../itk3/times';
import { type Json, list, object, text } from '../json';
import { isUuid, withoutUrn } from '../uuid';
import { resourceAround } from '../validate/locate';
import { withoutRows } from './cells';
import { equal } from '../validate/equal';
import { missingId } from './envelope';
import type { FixMaker } from './fixing';
import { redirected, removing } from './wiring';

const spareDocument: FixMaker = ({ pointer }, { message }) => {
  const at = resourceAround(pointer, message);
  if (!at) return [];
  const title = `Remove this document, ${labelIn(message, at)}`;
  return [{ title, sure: false, kind: 'remove', pointer: wholeOf(at) }];
};

/** Refers to the one wherever the other was meant, which then goes. */
function merged(spare: Located, kept: Located, message: Message): Fix[] {
  const changes = redirected(spare, kept, message);
  if (kept.fullUrl === undefined || spare.container || spare.bundle !== kept.bundle) return [];
  // Two lists of one number may well be lists of different things.
  if (!equal(spare.resource.code, kept.resource.code)) return [];
  return [
    {
      title: `Refer to the first ${kept.type} everywhere and remove this one`,
      sure: equal({ ...spare.resource, id: kept.resource.id }, kept.resource),
      kind: 'all',
      changes: [...changes, { kind: 'remove', pointer: wholeOf(spare) }],
    },
  ];
}

/** The finding says beside which the entry is one too many. */
const spareEntry: FixMaker = ({ pointer, related = [] }, { message }) => {
  const spare = resourceAround(pointer, message);
  const kept = related[0] && resourceAround(related[0].pointer, message);
  return spare && kept && spare !== kept ? merged(spare, kept, message) : [];
};

/** An Encounter that the Composition refers to; of a dispense only a person knows what was supplied. */
const missingEntry: FixMaker = ({ pointer, related }, { message, knowledge, fresh }) => {
  const document = documentOf(message, knowledge);
  if (related || !document?.bundle || document.bundle.pointer !== pointer) return [];
  const { bundle, composition } = document;
  if (inDocument(message, document, 'Encounter').length > 0) return [];
  // The contact was not after the document about it.
  const written = readTime(composition.resource.date)?.from;
  const now = written === undefined ? fresh.now : new Date(written);
  const drafting = { knowledge, fresh: { ...fresh, now }, message, from: bundle };
  const offer = entryOffers(bundle, drafting).find((o) => o.type === 'Encounter');
  const entry = offer && filled(offer.draft);
  const fullUrl = text(object(entry).fullUrl);
  if (!offer || fullUrl === undefined) return [];
  return [
    {
      title: 'Add an Encounter, to be finished by hand',
      sure: false,
      kind: 'all',
      changes: [
        { kind: 'insert', pointer: join(bundle.pointer, 'entry', list(bundle.resource.entry).length), value: entry },
        { kind: 'set', pointer: join(composition.pointer, 'encounter'), value: { reference: fullUrl }, before: 'date' },
      ],
    },
  ];
};

/** Where an identifier is no more than a UUID, a fresh one tells the two apart. */
const renewed: FixMaker = ({ pointer }, { message, fresh }) => {
  const at = resourceAround(pointer, message);
  const changes = list(at?.resource.identifier).flatMap((identifier, i) =>
    renewal(identifier, join(pointer, i), fresh),
  );
  return at && changes.length > 0
    ? [{ title: `Give this ${at.type} an identifier of its own`, sure: false, kind: 'all', changes }]
    : [];
};

function renewal(identifier: unknown, pointer: Pointer, { randomUUID }: { randomUUID: () => string }): Change[] {
  const { value } = object(identifier);
  if (typeof value !== 'string' || !isUuid(withoutUrn(value))) return [];
  const fresh = value.startsWith('urn:') ? `urn:uuid:${randomUUID()}` : randomUUID();
  return [{ kind: 'set', pointer: join(pointer, 'value'), value: fresh }];
}

/** A document that names itself was copied: it needs an identifier of its own, or replaces nothing. */
const selfReplaced: FixMaker = ({ pointer, related = [] }, { message, knowledge, fresh }) => {
  const document = documentOf(message, knowledge);
  const [, index] = /\/relatesTo\/(\d+)\//.exec(pointer) ?? [];
  if (!document || index === undefined) return [];
  const { resource, pointer: composition } = document.composition;
  const relations = join(composition, 'relatesTo');
  const own = join(composition, 'identifier');
  const only = list(resource.relatesTo).length === 1;
  const target = object(object(list(resource.relatesTo)[Number(index)]).targetIdentifier);
  const isSelf = related.some((r) => r.pointer === own);
  const system = text(object(resource.identifier).system);
  // Whoever names another document by halves does mean to replace it.
  const isHalf = /\/target(Identifier|Reference)$/.test(pointer);
  const remove: Fix = {
    title: 'Remove relatesTo: this document replaces none',
    sure: false,
    kind: 'remove',
    pointer: only ? relations : join(relations, index),
  };
  return [
    ...(isSelf ? newIdentifier(renewal(resource.identifier, own, fresh)) : []),
    ...(pointer.endsWith('/targetIdentifier') && target.system === undefined && system !== undefined
      ? [added(system, pointer)]
      : []),
    ...(isHalf ? [] : [remove]),
  ];
};

function newIdentifier(changes: Change[]): Fix[] {
  return changes.map((change) => ({
    title: 'Give this document an identifier of its own, so that it replaces the one named here',
    sure: false,
    ...change,
  }));
}

function added(system: string, pointer: Pointer): Fix {
  const title = `Add the system ${system}, as this document has it`;
  return { title, sure: false, kind: 'set', pointer: join(pointer, 'system'), value: system, before: 'value' };
}

const PDF = 'application/pdf';

/** Of what begins as a PDF. */
const contentType: FixMaker = ({ pointer }, { message }) => {
  const at = resourceAround(pointer, message);
  const content = text(at?.resource.content) ?? '';
  const type = valueAt(message.root.resource, pointer);
  return content.trimStart().startsWith('JVBERi') && type !== PDF
    ? [{ title: `Change to ${PDF}, as which the content begins`, kind: 'set', pointer, value: PDF }]
    : [];
};

/** An allergy that is none leaves the document, its list and its text; the section with them if nothing is left. */
const refusedAllergy: FixMaker = ({ pointer }, { message, knowledge }) => {
  const allergy = resourceAround(pointer, message);
  const document = documentOf(message, knowledge);
  if (!allergy || !document) return [];
  const name = labelIn(message, allergy);
  const others = inDocument(message, document, 'AllergyIntolerance').length - 1;
  const lists = inDocument(message, document, 'List').filter(({ resource }) =>
    list(resource.entry).some((entry) => leadsTo(object(entry).item, allergy, message)),
  );
  const changes = others === 0 ? emptied(lists, document, message) : shortenedLists(lists, allergy, document, message);
  const gone = [...(others === 0 ? lists : []), allergy].toSorted((a, b) => indexOf(b) - indexOf(a));
  return [
    {
      title: `Leave ${name} out of the document, its list and its text`,
      sure: false,
      kind: 'all',
      changes: [...changes, ...gone.map((at): Change => ({ kind: 'remove', pointer: wholeOf(at) }))],
    },
  ];
};

function indexOf(entry: Located): number {
  return Number(wholeOf(entry).slice(wholeOf(entry).lastIndexOf('/') + 1));
}

function leadsTo(reference: unknown, target: Located, message: Message): boolean {
  const url = referenceIn(reference);
  return url !== undefined && resolve(message, target, url) === target;
}

/** Without the sections that led to the lists. */
function emptied(lists: Located[], { sections }: ItkDocument, message: Message): Change[] {
  const empty = sections.filter(({ resource }) => lists.some((at) => leadsTo(list(resource.entry)[0], at, message)));
  return removing(empty.map(({ pointer }) => pointer));
}

function shortenedLists(lists: Located[], allergy: Located, document: ItkDocument, message: Message): Change[] {
  const spots = lists.flatMap(({ resource, pointer }) =>
    list(resource.entry).flatMap((entry, i) =>
      leadsTo((entry as Json | undefined)?.item, allergy, message) ? [join(pointer, 'entry', i)] : [],
    ),
  );
  const texts = namedItems(message, document).flatMap(({ section, items, pointer }): Change[] => {
    const group = items.find(({ located }) => located === allergy)?.group;
    const div = textOf(section)?.div;
    if (!group || div === undefined) return [];
    const rest = withoutRows(div, [group.row, ...group.more]);
    return /<tr\b/.test(rest) ? [{ kind: 'set', pointer, value: rest }] : [];
  });
  return [...texts, ...removing(spots)];
}

export const DOCUMENT_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'one-document': [spareDocument],
  'document-identity': [missingId],
  'document-entries': [spareEntry, missingEntry],
  'duplicate-identifier': [spareEntry, renewed],
  replacement: [selfReplaced],
  attachment: [contentType],
  'allergy-status': [refusedAllergy],
};
