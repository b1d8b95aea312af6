// References: is the resource there, and is it of the right kind?
import { join, parentOf } from '../document/pointer';
import { labelOf } from '../itk3/label';
import { asText, isObject } from '../json';
import { withoutUrn } from '../uuid';
import { type Located, type Message, resolve } from '../itk3/message';
import type { TypeReference } from '../definitions/definition';
import type { Element } from '../definitions/element';
import type { Registry } from '../definitions/registry';
import type { Fix } from '../finding';
import { TEXT_FORMS } from './primitives';
import { type Visit, sourceOf } from './stage';
import { article, either, shortened } from './wording';

/** More repairs than this are no help. */
const MOST_FIXES = 5;

/** Reports a reference that leads nowhere or to the wrong type; gives the resource it leads to. */
export function checkReference(visit: Visit): Located | undefined {
  const { value, message, at, element, pointer, report, knowledge } = visit;
  if (!isObject(value) || typeof value.reference !== 'string') return undefined;
  const reference = value.reference;
  const spot = { pointer: join(pointer, 'reference'), part: 'value' as const, severity: 'error' as const };
  const wanted = targetTypes(visit);
  const target = resolve(message, at, reference);
  if (!target) {
    // What a document replaces is never in the document itself.
    if (element.path.startsWith('Composition.relatesTo.target')) return undefined;
    if (tellsLetters(reference, visit)) return undefined;
    const why = whyMissing(reference, visit);
    if (why !== undefined)
      report({
        ...spot,
        rule: 'reference-missing',
        message: why,
        fixes: repair(visit, wanted, trimmed(reference, visit)),
      });
    else if (at.bundle?.resource.type === 'document' && /^https?:/.test(reference))
      report({
        ...spot,
        rule: 'reference-outside',
        severity: 'warning',
        message:
          'This points outside the document, where its reader cannot follow: put the resource into the document.',
        fixes: repair(visit, wanted),
      });
    return undefined;
  }
  const links = visit.links.get(at) ?? new Set();
  visit.links.set(at, links.add(target));
  // A misspelt type is told where it stands, not at each reference to it.
  if (!knowledge.registry.isResource(target.type)) return undefined;
  if (wanted.length > 0 && !wanted.includes(target.type)) {
    report({
      ...spot,
      rule: 'reference-type',
      message: `${element.path} points at ${article(target.type)}, but must point at ${either(wanted.map(article))}.`,
      source: sourceOf(knowledge.registry, element),
      fixes: repair(visit, wanted),
      related: [{ pointer: target.pointer, message: `The ${target.type} it points at` }],
    });
    return undefined;
  }
  return target;
}

/** Types of which the reference may name an instance; empty when any will do or it cannot be told. */
export function targetTypes({ element, knowledge: { registry } }: Pick<Visit, 'element' | 'knowledge'>): string[] {
  let types = TARGETS.get(element);
  if (!types) TARGETS.set(element, (types = findTargets(element, registry)));
  return types;
}

/** Asked at every reference, so each element's are found once. */
const TARGETS = new WeakMap<Element, string[]>();

function findTargets(element: Element, registry: Registry): string[] {
  // A profile that is not at hand leaves what STU3 itself allows.
  const types = typesNamed(element.types, registry) ?? typesNamed(element.base.types, registry) ?? [];
  return types.includes('Resource') ? [] : types;
}

function typesNamed(types: TypeReference[], registry: Registry): string[] | undefined {
  const urls = types.find((t) => t.code === 'Reference')?.targets ?? [];
  const names = urls.map((url) => registry.definition(url)?.type);
  return names.includes(undefined) ? undefined : [...new Set(names as string[])];
}

/** Whether a url or urn stands on its own, rather than being read from the place where it stands. */
export function isAbsolute(url: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(url);
}

const SMALL = new WeakMap<Located, ReadonlyMap<string, Located>>();

function inSmallLetters(message: Message, bundle: Located): ReadonlyMap<string, Located> {
  let small = SMALL.get(bundle);
  if (!small) {
    const entries = message.entries.get(bundle)?.all ?? [];
    small = new Map(entries.flatMap((e) => (e.fullUrl === undefined ? [] : [[e.fullUrl.toLowerCase(), e] as const])));
    SMALL.set(bundle, small);
  }
  return small;
}

/** A reference that is an entry's fullUrl but for capitals: the capitals are told, once where they are in the fullUrl. */
function tellsLetters(reference: string, { message, at, pointer, report }: Visit): boolean {
  const like = at.bundle && inSmallLetters(message, at.bundle).get(reference.toLowerCase());
  if (like?.fullUrl === undefined || like.container) return false;
  const isInEntry = reference === reference.toLowerCase();
  const right = isInEntry ? reference : like.fullUrl;
  const spot = isInEntry ? join(parentOf(like.pointer), 'fullUrl') : join(pointer, 'reference');
  report({
    rule: isInEntry ? 'full-url' : 'reference-missing',
    severity: 'error',
    pointer: spot,
    part: 'value',
    message: isInEntry
      ? `References to this entry have small letters, ${right}: fullUrl and reference are the same letter for letter.`
      : `The fullUrl of the entry is ${right}: a reference is the same letter for letter.`,
    source: { title: 'FHIR STU3, references in bundles', url: 'http://hl7.org/fhir/STU3/bundle.html#references' },
    fixes: [{ kind: 'set', title: `Change to ${right}`, pointer: spot, value: right }],
    ...(!isInEntry && { related: [{ pointer: like.pointer, message: 'The entry' }] }),
  });
  return true;
}

/** The fullUrl that a reference means which lacks urn:uuid:, or has spaces or braces around its UUID. */
function trimmed(reference: string, { message, at }: Visit): string | undefined {
  const bare = reference
    .trim()
    .replace(/^urn:uuid:/i, '')
    .replace(/^\{(.*)\}$/, '$1')
    .toLowerCase();
  const fullUrl = `urn:uuid:${bare}`;
  return at.bundle && message.entries.get(at.bundle)?.byFullUrl.has(fullUrl) ? fullUrl : undefined;
}

function whyMissing(reference: string, { message, at }: Visit): string | undefined {
  if (reference.startsWith('#')) return `No contained resource here has the id "${reference.slice(1)}".`;
  const relative = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}(\/_history\/[A-Za-z0-9\-.]{1,64})?$/.test(reference);
  // Of an empty text another stage speaks.
  if (!relative && !isAbsolute(reference) && reference.trim() !== '')
    return `"${shortened(reference)}" is no reference: it is the fullUrl of an entry, such as urn:uuid: and a UUID, or a type and an id.`;
  const inBundle = at.bundle && ['document', 'message'].includes(asText(at.bundle.resource.type));
  if (!inBundle || !(relative || /^urn:(uuid|oid):/.test(reference))) return undefined;
  // An entry without a readable resource is reported there, not at each reference to it.
  const { fullUrls } = message.entries.get(at.bundle!)!;
  if (fullUrls.has(reference) || unnamedIn(message, at.bundle!).has(withoutUrn(reference))) return undefined;
  const elsewhere = [...message.entries.values()].some(({ byFullUrl }) => byFullUrl.has(reference));
  const bundle = at.bundle!.pointer === '' ? 'message bundle' : `${asText(at.bundle!.resource.type)} bundle`;
  return elsewhere
    ? `This points into another bundle: a reference must lead to an entry of its own ${bundle}.`
    : relative
      ? `No entry of this ${bundle} is ${reference}.`
      : `No entry of this ${bundle} has the fullUrl "${reference}".`;
}

const UNNAMED = new WeakMap<Located, ReadonlySet<unknown>>();

/** Ids of entries whose fullUrl is missing or malformed: that is told once, not at each reference to them. */
function unnamedIn(message: Message, bundle: Located): ReadonlySet<unknown> {
  const known = UNNAMED.get(bundle);
  if (known) return known;
  const entries = message.entries.get(bundle)!.all;
  const unnamed = new Set(
    entries
      .filter(({ fullUrl }) => fullUrl === undefined || !TEXT_FORMS.uri!.test(fullUrl) || !isAbsolute(fullUrl))
      .flatMap((e) => [e.resource.id, e.fullUrl]),
  );
  UNNAMED.set(bundle, unnamed);
  return unnamed;
}

/** A document is about one patient and one contact. Of others the one meant may be the one that is missing. */
export const IS_THE_ONE: ReadonlySet<string> = new Set(['Patient', 'Encounter', 'Bundle', 'Composition']);

function repair({ message, at, pointer, value }: Visit, wanted: string[], meant?: string): Fix[] {
  const entries = at.bundle && message.entries.get(at.bundle);
  const named = meant === undefined ? undefined : entries?.byFullUrl.get(meant);
  const told = typeNamed(value);
  // What says that it is a Practitioner is no Patient, though a Patient might stand there too.
  const types =
    told !== undefined && wanted.includes(told) ? [told, ...wanted.filter((type) => type !== told)] : wanted;
  const ofType = types.flatMap((type) => entries?.byType.get(type)?.slice(0, MOST_FIXES) ?? []);
  const fitting = [...(named ? [named] : []), ...ofType.filter((e) => e !== named)].slice(0, MOST_FIXES);
  return fitting.flatMap((entry): Fix[] => {
    if (entry.fullUrl === undefined) return [];
    const title = `Point at ${labelOf(entry.resource)}`;
    const isMeant = wanted.length === 1 || told === entry.type;
    const sure = entry === named || (isMeant && IS_THE_ONE.has(entry.type)) ? {} : { sure: false };
    return [{ kind: 'set', title, pointer: join(pointer, 'reference'), value: entry.fullUrl, ...sure }];
  });
}

/** The type that a relative reference or a url names: Practitioner of `https://example.org/fhir/Practitioner/1`. */
function typeNamed(value: unknown): string | undefined {
  const reference = isObject(value) && typeof value.reference === 'string' ? value.reference : '';
  return /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/.exec(reference)?.[1];
}
