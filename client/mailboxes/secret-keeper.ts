// Where the secrets of mailboxes are kept: VS Code's SecretStorage, and beside it a list of whose they are. Pure: nobody is
// asked here.
import type * as vscode from 'vscode';
import { keyOf, type Place, type PlaceSource } from '../../exchange/place';

export interface Secrets {
  password: string;
  sharedKey: string;
  /** Of the client's certificate or its key, where they have one. */
  passphrase?: string;
}

/** A mailbox whose secrets are kept. */
export interface Kept {
  key: string;
  endpoint: URL;
  mailbox: string;
  /** Where it was configured when they were kept. */
  source?: PlaceSource;
}

export interface SecretKeeper {
  get(place: Place): Promise<Secrets | undefined>;
  keep(place: Place, secrets: Secrets): Promise<void>;
  forget(place: Place | Kept): Promise<void>;
  /** Of SecretStorage nobody can ask what is in it. */
  list(): Kept[];
}

const LISTED = 'itk3.kept ';

/**
 * By address and mailbox: a workspace's settings cannot point a kept password at another server.
 * @param names gets addresses and mailbox ids, no secret
 */
export function createSecretKeeper(storage: vscode.SecretStorage, names: vscode.Memento): SecretKeeper {
  const stored = (key: string): string => `itk3.mailbox ${key}`;
  return {
    async get(place) {
      const kept = await storage.get(stored(keyOf(place)));
      if (kept === undefined) return undefined;
      const { password, sharedKey, passphrase } = JSON.parse(kept) as Partial<Secrets>;
      return password && sharedKey ? { password, sharedKey, ...(passphrase && { passphrase }) } : undefined;
    },
    async keep(place, { password, sharedKey, passphrase }) {
      // The name first: a secret that nobody knows of could not be found again.
      await names.update(`${LISTED}${keyOf(place)}`, place.source ?? 'user');
      await storage.store(stored(keyOf(place)), JSON.stringify({ password, sharedKey, passphrase }));
    },
    async forget(of) {
      const key = 'key' in of ? of.key : keyOf(of);
      await storage.delete(stored(key));
      await names.update(`${LISTED}${key}`, undefined);
    },
    list: () =>
      names.keys().flatMap((name) => {
        const key = name.startsWith(LISTED) ? name.slice(LISTED.length) : '';
        const [address = '', mailbox = ''] = key.split(' ');
        if (!URL.canParse(address) || names.get(name) === undefined) return [];
        return [{ key, endpoint: new URL(address), mailbox, source: names.get<PlaceSource>(name) }];
      }),
  };
}

/**
 * Those of mailboxes that stood in the person's own settings and do so no more. What another workspace has configured cannot be
 * seen from here, so nothing is said of that.
 */
export function orphansOf(kept: readonly Kept[], places: readonly Place[]): Kept[] {
  const configured = new Set(places.map(keyOf));
  return kept.filter(({ key, source }) => source === 'user' && !configured.has(key));
}
