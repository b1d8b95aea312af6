// A FHIR resource with all resources inside it, and who refers to whom.
import type { Pointer } from '../document/pointer';
import { asText, isObject, type Json, list } from '../json';

/** A resource and where it stands. */
export interface Located {
  resource: Json;
  type: string;
  pointer: Pointer;
  /** The bundle it is an entry of, and the entry's fullUrl. */
  bundle?: Located;
  fullUrl?: string;
  /** The resource that contains it. */
  container?: Located;
}

export interface Message {
  root: Located;
  /** Every resource, outer before inner, in the order of the text. */
  resources: Located[];
  /** The same by their values. */
  located: ReadonlyMap<Json, Located>;
  /** The entries of each bundle. */
  entries: ReadonlyMap<Located, Entries>;
  /** Contained resources by their owner and id. */
  contained: ReadonlyMap<Located, ReadonlyMap<unknown, Located>>;
}

interface Entries {
  all: Located[];
  /** What stands as fullUrl, also beside no readable resource. */
  fullUrls: ReadonlySet<unknown>;
  byFullUrl: Map<string, Located>;
  /** By `Type/id`, from the resource itself and from the end of its fullUrl. */
  byName: Map<string, Located>;
  byType: Map<string, Located[]>;
}

/** Undefined when the value is no resource at all. */
export function readMessage(value: unknown): Message | undefined {
  if (!isObject(value) || typeof value.resourceType !== 'string') return undefined;
  const root: Located = { resource: value, type: value.resourceType, pointer: '' };
  const resources: Located[] = [];
  const visit = (located: Located): void => {
    resources.push(located);
    eachInside(located, (value, pointer, { bundle, fullUrl, container }) => {
      if (!isObject(value) || typeof value.resourceType !== 'string') return;
      visit({ resource: value, type: value.resourceType, pointer, bundle, fullUrl, container });
    });
  };
  visit(root);
  const located = new Map(resources.map((r) => [r.resource, r]));
  return { root, resources, located, entries: entriesByBundle(resources), contained: containedByOwner(resources) };
}

/** A bundle may have thousands of entries and as many references, so they are found by name. */
function entriesByBundle(resources: Located[]): Map<Located, Entries> {
  const bundles = new Map<Located, Entries>();
  for (const entry of resources) {
    if (!entry.bundle || entry.container) continue;
    const entries: Entries = bundles.get(entry.bundle) ?? {
      all: [],
      fullUrls: new Set(list(entry.bundle.resource.entry).map((e) => (isObject(e) ? e.fullUrl : undefined))),
      byFullUrl: new Map(),
      byName: new Map(),
      byType: new Map(),
    };
    bundles.set(entry.bundle, entries);
    entries.all.push(entry);
    const names = [`${entry.type}/${asText(entry.resource.id)}`, endOf(entry.fullUrl)];
    for (const name of names) if (name !== undefined && !entries.byName.has(name)) entries.byName.set(name, entry);
    const alike = entries.byType.get(entry.type);
    if (alike) alike.push(entry);
    else entries.byType.set(entry.type, [entry]);
    if (entry.fullUrl !== undefined && !entries.byFullUrl.has(entry.fullUrl))
      entries.byFullUrl.set(entry.fullUrl, entry);
  }
  return bundles;
}

/** `Patient/1` of an address; undefined of a urn. */
function endOf(fullUrl: string | undefined): string | undefined {
  const slash = fullUrl?.lastIndexOf('/') ?? -1;
  return slash > 0 ? fullUrl!.slice(fullUrl!.lastIndexOf('/', slash - 1) + 1) : undefined;
}

function containedByOwner(resources: Located[]): Map<Located, Map<unknown, Located>> {
  const owners = new Map<Located, Map<unknown, Located>>();
  for (const resource of resources) {
    if (!resource.container) continue;
    const inside = owners.get(resource.container) ?? new Map<unknown, Located>();
    owners.set(resource.container, inside);
    if (!inside.has(resource.resource.id)) inside.set(resource.resource.id, resource);
  }
  return owners;
}

/** Takes a value that may be a resource, and what is known of its place. */
type Take = (
  value: unknown,
  pointer: Pointer,
  where: { bundle?: Located | undefined; fullUrl?: string | undefined; container?: Located },
) => void;

/** Hands on what stands directly inside a resource. */
function eachInside(at: Located, take: Take): void {
  const { resource, pointer } = at;
  list(resource.contained).forEach((contained, i) =>
    take(contained, `${pointer}/contained/${i}`, { bundle: at.bundle, container: at.container ?? at }),
  );
  if (at.type === 'Bundle')
    list(resource.entry).forEach((entry, i) => {
      if (!isObject(entry)) return;
      const inside = `${pointer}/entry/${i}`;
      const fullUrl = typeof entry.fullUrl === 'string' ? entry.fullUrl : undefined;
      take(entry.resource, `${inside}/resource`, { bundle: at, fullUrl });
      if (isObject(entry.response)) take(entry.response.outcome, `${inside}/response/outcome`, {});
    });
  if (at.type === 'Parameters') eachParameter(resource.parameter, `${pointer}/parameter`, take);
}

function eachParameter(value: unknown, pointer: Pointer, take: Take): void {
  list(value).forEach((parameter, i) => {
    if (!isObject(parameter)) return;
    take(parameter.resource, `${pointer}/${i}/resource`, {});
    eachParameter(parameter.part, `${pointer}/${i}/part`, take);
  });
}

/** The resource that a reference made in `from` names: contained in it, or an entry of the same bundle. */
export function resolve(message: Message, from: Located, reference: string): Located | undefined {
  if (reference.startsWith('#')) {
    const owner = from.container ?? from;
    if (reference === '#') return owner;
    return message.contained.get(owner)?.get(reference.slice(1));
  }
  if (!from.bundle) return undefined;
  const entries = message.entries.get(from.bundle);
  const named = entries?.byFullUrl.get(reference) ?? entries?.byName.get(reference);
  if (named) return named;
  // A reference may ask for one version of a resource.
  const [, unversioned, version] = /^(.+)\/_history\/([^/]+)$/.exec(reference) ?? [];
  if (unversioned === undefined) return undefined;
  const current = entries?.byFullUrl.get(unversioned) ?? entries?.byName.get(unversioned);
  const meta = current && isObject(current.resource.meta) ? current.resource.meta : {};
  return meta.versionId === version ? current : undefined;
}

export function entriesOf(message: Message, bundle: Located): Located[] {
  return message.entries.get(bundle)?.all ?? [];
}

/** The first entry of a message bundle when it is a MessageHeader. */
export function headerOf(message: Message): Located | undefined {
  const first = entriesOf(message, message.root)[0];
  return message.root.type === 'Bundle' && first?.type === 'MessageHeader' ? first : undefined;
}

/** What the header says the message is about: for Emergency Supply, the document bundle. */
export function focusOf(message: Message): Located | undefined {
  const header = headerOf(message);
  const reference = header && referenceIn(list(header.resource.focus)[0]);
  return header && reference !== undefined ? resolve(message, header, reference) : undefined;
}

export function referenceIn(value: unknown): string | undefined {
  return isObject(value) && typeof value.reference === 'string' ? value.reference : undefined;
}
