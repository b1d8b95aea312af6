// Entries of the setting `itk3.mailboxes`. Pure: no editor.
import { isObject } from '../core/json';
import { keyOf, type Place, readEndpoint, readMailboxId } from './place';

/** The mailbox of an entry; undefined when it cannot be used. */
export function readPlace(entry: unknown): Place | undefined {
  if (!isObject(entry) || typeof entry.endpoint !== 'string' || typeof entry.mailbox !== 'string') return undefined;
  const endpoint = readEndpoint(entry.endpoint);
  const mailbox = readMailboxId(entry.mailbox);
  if (typeof endpoint === 'string' || mailbox === undefined) return undefined;
  const name = typeof entry.name === 'string' && entry.name ? entry.name : mailbox;
  const file = (property: string): string | undefined =>
    typeof entry[property] === 'string' && entry[property] !== '' ? entry[property] : undefined;
  const [certificate, key, authorities] = [file('certificate'), file('key'), file('authorities')];
  const named = (certificate ?? key ?? authorities) !== undefined;
  return { name, endpoint, mailbox, certificates: named ? { certificate, key, authorities } : undefined };
}

/** The entries with this mailbox as it is now, in the place of the one for it if there is one. */
export function withPlace(entries: readonly unknown[], place: Place): unknown[] {
  const { name, endpoint, mailbox, certificates } = place;
  const written = { name, endpoint: endpoint.href, mailbox, ...certificates };
  const isIt = (entry: unknown): boolean => {
    const known = readPlace(entry);
    return known !== undefined && keyOf(known) === keyOf(place);
  };
  const first = entries.findIndex(isIt);
  return first < 0 ? [...entries, written] : entries.map((entry, i) => (i === first ? written : entry));
}
