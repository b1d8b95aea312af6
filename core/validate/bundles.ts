// Bundles as wholes: what comes first, what entries are called, and whether each is of any use to its bundle.
import { join } from '../document/pointer';
import type { Source } from '../finding';
import { asText, isObject, list } from '../json';
import { labelOf } from '../itk3/label';
import type { Located, Message } from '../itk3/message';
import { isUuid } from '../uuid';
import { TEXT_FORMS } from './primitives';
import { isAbsolute } from './references';
import type { Run } from './stage';
import { article } from './wording';

const FULL_URL: Source = {
  title: 'FHIR STU3, Bundle.entry.fullUrl',
  url: 'http://hl7.org/fhir/STU3/bundle-definitions.html#Bundle.entry.fullUrl',
};
const FIRST: ReadonlyMap<unknown, { type: string; source: Source }> = new Map(
  Object.entries({
    message: {
      type: 'MessageHeader',
      source: { title: 'FHIR STU3, messaging', url: 'http://hl7.org/fhir/STU3/messaging.html' },
    },
    document: {
      type: 'Composition',
      source: { title: 'FHIR STU3, documents', url: 'http://hl7.org/fhir/STU3/documents.html' },
    },
  }),
);

export function validateBundles(run: Run): void {
  checkContained(run);
  for (const bundle of run.message.resources) {
    if (bundle.type !== 'Bundle') continue;
    const kind = FIRST.get(bundle.resource.type);
    if (kind) checkFirst(bundle, kind, run);
    checkFullUrls(bundle, kind !== undefined, run);
  }
}

/** Contained resources are known by their id, inside the resource that contains them. */
function checkContained({ message, report }: Run): void {
  const seen = new Map<Located, Map<unknown, Located>>();
  for (const located of message.resources) {
    if (!located.container) continue;
    const { id } = located.resource;
    const ids = seen.get(located.container) ?? new Map<unknown, Located>();
    seen.set(located.container, ids);
    const first = ids.get(id);
    if (id !== undefined && !first) ids.set(id, located);
    else
      report({
        rule: 'contained-id',
        severity: 'error',
        pointer: id === undefined ? located.pointer : join(located.pointer, 'id'),
        part: id === undefined ? 'key' : 'value',
        message:
          id === undefined
            ? 'id is missing: a contained resource can be referred to only by its id.'
            : 'Another contained resource has the same id, so references to it are ambiguous: each needs its own.',
        related: first && [
          { pointer: join(first.pointer, 'id'), message: 'The first contained resource with this id' },
        ],
      });
  }
}

function checkFirst(
  bundle: Located,
  { type, source }: { type: string; source: Source },
  { message, report }: Run,
): void {
  if (bundle.resource.entry === undefined) {
    const message = `A ${asText(bundle.resource.type)} has entries, of which the first is its ${type}: there are none.`;
    report({ rule: 'first-entry', severity: 'error', pointer: bundle.pointer, part: 'key', message, source });
    return;
  }
  const entries = list(bundle.resource.entry);
  const [first] = entries;
  const resource = isObject(first) && isObject(first.resource) ? first.resource : undefined;
  // What is missing, or of no type that STU3 has, has been told.
  if (!resource || resource.resourceType === type || !message.located.has(resource)) return;
  const wanted = message.entries.get(bundle)?.byType.get(type)?.[0];
  const kind = asText(bundle.resource.type);
  report({
    rule: 'first-entry',
    severity: 'error',
    pointer: join(bundle.pointer, 'entry', 0, 'resource'),
    part: 'key',
    message: wanted
      ? `The first entry of a ${kind} is its ${type}, not ${labelOf(resource)}: move the ${type} to the front.`
      : `The first entry of a ${kind} is ${article(type)}, and there is none.`,
    source,
    related: wanted && [{ pointer: wanted.pointer, message: `The ${type}` }],
  });
}

/** Entries are found by their fullUrl, so each has one of its own that does not contradict its resource. */
function checkFullUrls(bundle: Located, mustHave: boolean, { message, report }: Run): void {
  const seen = new Map<string, number>();
  list(bundle.resource.entry).forEach((entry, i) => {
    if (!isObject(entry)) return;
    const at = join(bundle.pointer, 'entry', i);
    const resource = isObject(entry.resource) ? entry.resource : {};
    const { fullUrl } = entry;
    if (fullUrl === undefined) {
      if (mustHave && message.located.has(resource))
        report({
          rule: 'full-url',
          severity: 'error',
          pointer: at,
          part: 'key',
          message: 'fullUrl is missing: other entries can refer to this one only by its fullUrl.',
          source: FULL_URL,
          ...(isUuid(resource.id) && {
            fixes: [
              {
                kind: 'set' as const,
                title: 'Add fullUrl from the id',
                pointer: join(at, 'fullUrl'),
                value: `urn:uuid:${resource.id}`,
              },
            ],
          }),
        });
      return;
    }
    if (typeof fullUrl !== 'string') return;
    // One with a space has been told by the stage of shape.
    if (TEXT_FORMS.uri!.test(fullUrl) && !isAbsolute(fullUrl)) {
      const right = isUuid(fullUrl)
        ? `urn:uuid:${fullUrl}`
        : isUuid(resource.id)
          ? `urn:uuid:${resource.id}`
          : undefined;
      report({
        rule: 'full-url',
        severity: 'error',
        pointer: join(at, 'fullUrl'),
        part: 'value',
        message: `A fullUrl is an absolute url, such as ${right ?? 'urn:uuid: and a UUID'}, so that references find the entry by it.`,
        source: FULL_URL,
        ...(right !== undefined && {
          fixes: [{ kind: 'set', title: `Change to ${right}`, pointer: join(at, 'fullUrl'), value: right }],
        }),
      });
      return;
    }
    const meta = isObject(resource.meta) ? resource.meta : {};
    const key = `${fullUrl} ${asText(meta.versionId)}`;
    const first = seen.get(key);
    if (first !== undefined)
      report({
        rule: 'full-url',
        severity: 'error',
        pointer: join(at, 'fullUrl'),
        part: 'value',
        message:
          'Another entry of this bundle has the same fullUrl, so references to it are ambiguous: each entry needs its own.',
        source: FULL_URL,
        related: [
          { pointer: join(bundle.pointer, 'entry', first, 'fullUrl'), message: 'The first entry with this fullUrl' },
        ],
      });
    else seen.set(key, i);
    const named = idIn(fullUrl);
    if (first === undefined && typeof resource.id === 'string' && named !== undefined && disagrees(named, resource.id))
      report({
        rule: 'full-url',
        severity: named.isUuid ? 'warning' : 'error',
        pointer: join(at, 'fullUrl'),
        part: 'value',
        message: `The fullUrl names ${named.id}, but the id of the resource is ${resource.id}: they must agree.`,
        source: FULL_URL,
        related: [{ pointer: join(at, 'resource', 'id'), message: 'The id of the resource' }],
      });
  });
}

interface NamedId {
  id: string;
  isUuid: boolean;
}

function idIn(fullUrl: string): NamedId | undefined {
  const uuid = /^urn:uuid:(.*)$/.exec(fullUrl)?.[1];
  if (uuid !== undefined) return { id: uuid, isUuid: true };
  const rest = /^https?:.*\/[A-Z][A-Za-z]+\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/.exec(fullUrl)?.[1];
  return rest === undefined ? undefined : { id: rest, isUuid: false };
}

/** An id that is no UUID says nothing about a UUID beside it. */
function disagrees(named: NamedId, id: string): boolean {
  return named.isUuid ? isUuid(id) && isUuid(named.id) && id.toLowerCase() !== named.id.toLowerCase() : named.id !== id;
}

/**
 * Entries that nothing leads to: a reader of a document never comes upon them. While something in the bundle is broken it
 * cannot be told what leads where, so this looks only at bundles without an error.
 */
export function validateReach({ message, links, report, isBroken }: Run): void {
  for (const [bundle, { all }] of message.entries) {
    const [start] = all;
    const kind = FIRST.get(bundle.resource.type);
    if (!start || start.type !== kind?.type || isBroken(bundle.pointer)) continue;
    const reached = new Set<Located>([start]);
    const roles = all.filter(({ type }) => type === 'PractitionerRole');
    for (const resource of reached) {
      for (const target of linksOf(resource, message, links)) reached.add(target.container ?? target);
      // The guides list roles, and leave no element that could refer to one: the person leads to it.
      for (const role of resource.type === 'Practitioner' ? roles : [])
        if ([...linksOf(role, message, links)].includes(resource)) reached.add(role);
    }
    for (const entry of all) {
      // A Provenance points at what it is about, not the other way.
      if (reached.has(entry) || entry.type === 'Provenance') continue;
      report({
        rule: 'unreachable',
        severity: start.type === 'Composition' ? 'warning' : 'information',
        pointer: entry.pointer,
        part: 'key',
        message: `Nothing leads from the ${start.type} to this ${entry.type}, so a reader may never come upon it: refer to it or leave it out.`,
        source: kind.source,
      });
    }
  }
}

/** A resource leads to what it, and what it contains, refers to. */
function* linksOf(resource: Located, message: Message, links: Run['links']): Generator<Located> {
  yield* links.get(resource) ?? [];
  for (const contained of message.contained.get(resource)?.values() ?? []) yield* links.get(contained) ?? [];
}
