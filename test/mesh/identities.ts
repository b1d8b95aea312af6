// Certificates for tests, made once: a key takes long to make, and none of the tests turns on which it is.
import { createAuthority, createCertificate } from '../../mesh/sandbox/certificates';
import type { Certified, Identity } from '../../mesh/sandbox/certificates';

const DAY = 24 * 60 * 60 * 1000;
const TODAY = Date.now();

/** From and until so many days from today. */
export const days = (from: number, until: number) => ({
  from: new Date(TODAY + from * DAY),
  until: new Date(TODAY + until * DAY),
});

export const VALID = days(-2, 2);

let authorities: Promise<{ ours: Identity; theirs: Identity; key: string }> | undefined;

/** Two authorities, and a key for everything else. */
export function identities() {
  authorities ??= (async () => {
    const [ours, theirs] = await Promise.all([createAuthority('Ours', VALID), createAuthority('Theirs', VALID)]);
    const { key } = await createCertificate(ours, { commonName: 'Any', use: 'client', ...VALID });
    return { ours, theirs, key };
  })();
  return authorities;
}

/** One that is right in everything but what is given. */
export async function certified(by: Identity, wish: Partial<Certified>): Promise<Identity> {
  const { key } = await identities();
  const hosts = wish.use === 'server' ? ['127.0.0.1', 'localhost'] : [];
  return createCertificate(by, { commonName: 'A', use: 'client', hosts, key, ...VALID, ...wish });
}
