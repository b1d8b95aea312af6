// What the sandbox listens with: http, or https with a certificate that was given or is made on the spot.
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createRequire } from 'node:module';
import type { TLSSocket } from 'node:tls';
import { MeshError } from '../errors';
import type * as Certificates from './certificates';
import type { SandboxMailbox } from './accounts';

/** PEM texts. */
export interface ServerIdentity {
  /** Whom a client has to trust to trust `certificate`. */
  authority: string;
  certificate: string;
  key: string;
  /** Who makes the client certificates. Default: `authority`. */
  clientAuthority?: string;
}

export interface ListenerOptions {
  /** `true`: a certificate of an authority made for this sandbox alone. */
  tls?: true | ServerIdentity;
  /** Turns away whoever comes without a client certificate of the right authority. */
  clientCertificates?: boolean;
}

export interface Listener {
  server: Server;
  scheme: 'http' | 'https';
  /** What to trust, in PEM. */
  authority?: string;
  /** Fit to get in, in PEM: made when one is demanded and the certificates are the sandbox's own. */
  clientCertificate?: { cert: string; key: string };
  /** The same as PKCS#12. The pass phrase is no secret: whoever has the file may as well take the key. */
  clientPkcs12?: { pfx: Buffer; passphrase: string };
}

export async function createListener(
  { tls, clientCertificates = false }: ListenerOptions,
  { mailbox, odsCode }: Pick<SandboxMailbox, 'mailbox' | 'odsCode'>,
  log: (line: string) => void,
  answer: RequestListener,
): Promise<Listener> {
  if (!tls) {
    if (!clientCertificates) return { server: createServer(answer), scheme: 'http' };
    throw new MeshError('invalid-request', `${CANNOT}: client certificates are part of TLS. Start it with TLS too.`);
  }
  const { clientCertificate, clientPkcs12, ...identity } =
    tls === true ? await make(clientCertificates ? { mailbox, odsCode } : undefined) : { ...tls };
  const server = secure(identity, clientCertificates, answer);
  server.on('tlsClientError', (error: Error & { code?: string }, { authorizationError }: TLSSocket) => {
    // In truth a code, whatever the types say, and empty unless a certificate was judged.
    const code: unknown = authorizationError;
    log(`TLS refused (${typeof code === 'string' ? code : (error.code ?? 'no reason given')})`);
  });
  return { server, scheme: 'https', authority: identity.authority, clientCertificate, clientPkcs12 };
}

function secure(identity: ServerIdentity, demanded: boolean, answer: RequestListener): Server {
  const { authority, certificate, key, clientAuthority = authority } = identity;
  const demands = demanded ? { ca: clientAuthority, requestCert: true, rejectUnauthorized: true } : {};
  try {
    return createSecureServer({ cert: certificate, key, minVersion: 'TLSv1.2', ...demands }, answer);
  } catch {
    // Not its own words: they may quote the file.
    throw new MeshError('certificate', `${CANNOT}: its certificate or key cannot be read, or they are no pair.`);
  }
}

const CANNOT = 'The sandbox cannot start';
const DAY = 24 * 60 * 60 * 1000;

/** The authority's key is gone when this function is done: nobody can make more certificates of it. */
async function make(
  client: Pick<SandboxMailbox, 'mailbox' | 'odsCode'> | undefined,
): Promise<ServerIdentity & Pick<Listener, 'clientCertificate' | 'clientPkcs12'>> {
  // Not an import: the bundler leaves it alone, and in dist/ too the file stands beside this one.
  const load = createRequire(__filename);
  const { createAuthority, createCertificate, clientName, toPkcs12 } = load('./certificates.js') as typeof Certificates;
  // The machine's clock, not the sandbox's: TLS knows no other.
  const now = Date.now();
  const validity = { from: new Date(now - DAY), until: new Date(now + 365 * DAY) };
  const authority = await createAuthority('ITK3 Toolkit sandbox', validity);
  const server = await createCertificate(authority, {
    commonName: 'localhost',
    use: 'server',
    hosts: ['localhost', '127.0.0.1', '::1'],
    ...validity,
  });
  const identity = { authority: authority.cert, certificate: server.cert, key: server.key };
  if (!client) return identity;
  const commonName = clientName(client.mailbox, client.odsCode);
  const clientCertificate = await createCertificate(authority, { commonName, use: 'client', ...validity });
  const passphrase = 'sandbox';
  const pfx = toPkcs12(clientCertificate, authority.cert, passphrase);
  return { ...identity, clientCertificate, clientPkcs12: { pfx, passphrase } };
}
