// Where received documents come from: what was downloaded in this window, or is downloaded again.
import { keyOf, type Place } from '../../exchange/place';
import { knownPlaces } from '../following/known-places';
import type { Toolkit } from '../toolkit';
import type { ReceivedSource } from './received-documents';

export function receivedSource({
  inboxes,
  journal,
  connections,
  sandbox,
}: Pick<Toolkit, 'inboxes' | 'journal' | 'connections' | 'sandbox'>): ReceivedSource {
  const placed = (key: string): { place: Place; meshId: string } | undefined => {
    const at = key.lastIndexOf(' ');
    const place = knownPlaces(sandbox).find((one) => keyOf(one) === key.slice(0, at));
    return place && { place, meshId: key.slice(at + 1) };
  };
  return {
    find(key) {
      const found = placed(key);
      return found && inboxes.find(found.place, found.meshId);
    },
    keyOf({ meshId }) {
      const place = knownPlaces(sandbox).find((one) => inboxes.find(one, meshId));
      return place && `${keyOf(place)} ${meshId}`;
    },
    async again(key) {
      const found = placed(key);
      // A document that VS Code brings back when it starts is no reason to ask for a password.
      const client = found && (await connections.connect(found.place, { quiet: true }));
      return client && inboxes.whole(found.place, found.meshId);
    },
    sentAs: (received) => journal.of(received),
  };
}
