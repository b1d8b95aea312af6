// Where received documents come from: what was downloaded in this window.
import type { Downloaded } from '../../exchange/inbox';
import { sentOf } from '../../exchange/received';
import type { SentList } from '../../exchange/sent';
import type { ReceivedSource } from './received-documents';

export function receivedIn(downloaded: Downloaded, sent: SentList): ReceivedSource {
  return {
    find: (key) => downloaded.get(key),
    keyOf: (received) => [...downloaded].find(([, one]) => one === received)?.[0],
    sentAs(received) {
      const known = sentOf(received, sent);
      return known && { attempt: { document: { name: known.document } }, at: known.at, meshId: known.meshId };
    },
  };
}
