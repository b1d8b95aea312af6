// Entries of the setting `itk3.mailboxes`. Pure: no editor.
import type { Format } from '../core/document/source-document';
import { isObject } from '../core/json';
import { environmentName, keyOf, type Place, type PlaceSource, readEndpoint, readMailboxId, serverOf } from './place';

/** The mailbox of an entry; undefined when it cannot be used. */
export function readPlace(entry: unknown): Place | undefined {
  if (!isObject(entry) || typeof entry.endpoint !== 'string' || typeof entry.mailbox !== 'string') return undefined;
  const endpoint = readEndpoint(entry.endpoint);
  const mailbox = readMailboxId(entry.mailbox);
  if (typeof endpoint === 'string' || mailbox === undefined) return undefined;
  const name = typeof entry.name === 'string' && entry.name.trim() !== '' ? entry.name : mailbox;
  const file = (property: string): string | undefined =>
    typeof entry[property] === 'string' && entry[property] !== '' ? entry[property] : undefined;
  const [certificate, key, authorities] = [file('certificate'), file('key'), file('authorities')];
  const named = (certificate ?? key ?? authorities) !== undefined;
  const certificates = named ? { certificates: { certificate, key, authorities } } : {};
  const format = readFormat(entry.format);
  return {
    name,
    endpoint,
    mailbox,
    environment: environmentName(endpoint),
    ...certificates,
    ...(format && { format }),
  };
}

/** Undefined of what is none: then the usual one holds. */
export function readFormat(value: unknown): Format | undefined {
  return value === 'xml' || value === 'json' ? value : undefined;
}

/** A server as the team describes it: what holds for every mailbox there. */
export interface TeamEnvironment {
  name: string;
  endpoint: URL;
  live?: true;
  /** Whole path of a file. */
  authorities?: string;
  /** The form in which messages leave for it. */
  format?: Format;
}

export interface PlaceLayer {
  source: PlaceSource;
  places: readonly Place[];
}

/**
 * One list of all layers, which are given nearest first. Of a mailbox that is there several times the nearest says what it is
 * called; what that does not say of certificates comes from the next.
 */
export function mergePlaces(layers: readonly PlaceLayer[], environments: readonly TeamEnvironment[]): Place[] {
  const merged = new Map<string, Place>();
  for (const { source, places } of layers)
    for (const place of places) {
      const nearer = merged.get(keyOf(place));
      merged.set(keyOf(place), nearer ? filledUp(nearer, place) : { ...place, source });
    }
  return [...merged.values()].map((place) => placedIn(environments, place));
}

/** A certificate and its key belong together: they come from one of the two. */
function filledUp(nearer: Place, further: Place): Place {
  const [near, far] = [nearer.certificates ?? {}, further.certificates ?? {}];
  const pair = near.certificate === undefined && near.key === undefined ? far : near;
  const format = nearer.format ?? further.format;
  return withCertificates(
    { ...nearer, ...(format && { format }) },
    { ...pair, authorities: near.authorities ?? far.authorities },
  );
}

function placedIn(environments: readonly TeamEnvironment[], place: Place): Place {
  // Another path makes no live server a test, and of two that speak of it the one counts that warns.
  const server = serverOf(place.endpoint);
  const live = environments.find((one) => one.live && serverOf(one.endpoint) === server);
  const here = environments.filter(({ endpoint }) => endpoint.href === place.endpoint.href);
  const environment = here.find((one) => one.live) ?? here[0];
  if (!environment) return live ? { ...place, environment: live.name, live: true } : place;
  const { name, authorities } = environment;
  const format = place.format ?? environment.format;
  const own = place.certificates ?? {};
  return withCertificates(
    { ...place, environment: live?.name ?? name, ...(live && { live: true as const }), ...(format && { format }) },
    { ...own, authorities: own.authorities ?? authorities },
  );
}

function withCertificates(place: Place, { certificate, key, authorities }: NonNullable<Place['certificates']>): Place {
  const named = (certificate ?? key ?? authorities) !== undefined;
  return { ...place, ...(named && { certificates: { certificate, key, authorities } }) };
}

/** The entries with this mailbox as it is now, in the place of the one that it was if that is there. */
export function withPlace(entries: readonly unknown[], place: Place, was = place): unknown[] {
  const { name, endpoint, mailbox, certificates, format } = place;
  const written = { name, endpoint: endpoint.href, mailbox, ...certificates, ...(format && { format }) };
  const first = entries.findIndex((entry) => isEntryOf(entry, was));
  return first < 0 ? [...entries, written] : entries.map((entry, i) => (i === first ? written : entry));
}

export function withoutPlace(entries: readonly unknown[], place: Place): unknown[] {
  return entries.filter((entry) => !isEntryOf(entry, place));
}

function isEntryOf(entry: unknown, place: Place): boolean {
  const known = readPlace(entry);
  return known !== undefined && keyOf(known) === keyOf(place);
}
