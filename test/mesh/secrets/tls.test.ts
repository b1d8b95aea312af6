// Secrets of certificates and proxies: keys, pass phrases, a proxy's password, and what a server's certificate may name.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createMeshClient } from '../../../mesh/client';
import type { Mailbox } from '../../../mesh/client';
import { createAuthority, createCertificate, toPkcs12 } from '../../../mesh/sandbox/certificates';
import type { Identity } from '../../../mesh/sandbox/certificates';
import { detector, failed } from './expect';
import { everythingKnown, ON_THE_WIRE, startHostile } from './hostile';
import { MAILBOX, MESSAGE } from './operations';
import { CREDENTIALS, PATIENT } from './planted';

const DAY = 24 * 60 * 60 * 1000;
const days = (from: number, until: number) => ({
  from: new Date(Date.now() + from * DAY),
  until: new Date(Date.now() + until * DAY),
});
const VALID = days(-1, 1);

describe('no secret of a certificate or proxy comes out of the client', function () {
  // Keys are made first, each of which takes a while.
  this.timeout(30_000);

  let authority: Identity;
  let other: Identity;
  let client: Identity;
  let stranger: Identity;
  let locked: string;
  let pfx: Buffer;
  const servers: { close(): unknown }[] = [];

  before(async () => {
    [authority, other] = await Promise.all([createAuthority('Ours', VALID), createAuthority('Theirs', VALID)]);
    client = await createCertificate(authority, { commonName: 'A.X26', use: 'client', ...VALID });
    stranger = await createCertificate(other, { commonName: 'B.X26', use: 'client', ...VALID });
    locked = createPrivateKey(client.key)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: CREDENTIALS.passPhrase })
      .toString();
    pfx = toPkcs12(client, authority.cert, CREDENTIALS.passPhrase);
    for (const [name, pem] of Object.entries({ client: client.key, stranger: stranger.key, locked }))
      detector.plant(`key of ${name}`, pem.replace(/-----[A-Z ]+-----|\s/g, ''));
    detector.plant('PKCS#12', pfx.toString('base64'));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  async function serve(server: Server, scheme: string): Promise<URL> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push({ close: () => new Promise((resolve) => server.close(resolve)) });
    return new URL(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** Its certificate names the patient, as no certificate should. */
  async function server(
    made: { by?: Identity; hosts?: string[]; validity?: typeof VALID } = {},
    answer: RequestListener = (_, outgoing) => outgoing.writeHead(500).end(everythingKnown()),
  ): Promise<URL> {
    const { by = authority, hosts = ['127.0.0.1'], validity = VALID } = made;
    const commonName = `${PATIENT.givenName} ${PATIENT.surname}`;
    const { cert, key } = await createCertificate(by, { commonName, use: 'server', hosts, ...validity });
    return serve(
      createServer({ cert, key, ca: authority.cert, requestCert: true, rejectUnauthorized: true }, answer),
      'https',
    );
  }

  const stopped = new URL('https://127.0.0.1:1');
  const tlsOf = (tls: Mailbox['tls']): Partial<Mailbox> => ({ tls: { ca: authority.cert, ...tls } });

  const CASES: Record<string, () => Promise<Partial<Mailbox>> | Partial<Mailbox>> = {
    'a locked key and the wrong pass phrase': () =>
      tlsOf({ cert: client.cert, key: locked, passphrase: CREDENTIALS.password }),
    'a locked key and no pass phrase': () => tlsOf({ cert: client.cert, key: locked }),
    'a key that breaks off': () => tlsOf({ cert: client.cert, key: client.key.slice(0, 900) }),
    'the key of another': () => tlsOf({ cert: client.cert, key: stranger.key }),
    'key and certificate exchanged': () => tlsOf({ cert: client.key, key: client.cert }),
    'a key and no certificate': () => tlsOf({ key: client.key }),
    'a certificate that is a letter': () => tlsOf({ cert: everythingKnown(), key: client.key }),
    'PKCS#12 and the wrong pass phrase': () => tlsOf({ pfx, passphrase: CREDENTIALS.sharedKey }),
    'PKCS#12 and no pass phrase': () => tlsOf({ pfx }),
    'PKCS#12 that is a letter': () =>
      tlsOf({ pfx: Buffer.from(everythingKnown()), passphrase: CREDENTIALS.passPhrase }),
    'authorities that are a key': () => ({ tls: { ca: client.key, cert: client.cert, key: client.key } }),
    'no certificate where one is asked for': async () => ({ ...tlsOf({}), endpoint: await server() }),
    'a certificate of a strange authority': async () => ({ ...tlsOf(stranger), endpoint: await server() }),
    'a server of a strange authority': async () => ({ ...tlsOf(client), endpoint: await server({ by: other }) }),
    'a server of another name': async () => ({
      ...tlsOf(client),
      endpoint: await server({ hosts: [`${PATIENT.givenName}.${PATIENT.nhsNumber}.${PATIENT.birthDate}.example`] }),
    }),
    'a server of yesterday': async () => ({
      ...tlsOf(client),
      endpoint: await server({ validity: days(-3, -2) }),
    }),
    'a server that tells it all': async () => ({
      ...tlsOf({ pfx, passphrase: CREDENTIALS.passPhrase }),
      endpoint: await server(),
    }),
    'a server that breaks off': async () => ({
      ...tlsOf({ cert: client.cert, key: locked, passphrase: CREDENTIALS.passPhrase }),
      endpoint: await server({}, (_, outgoing) => {
        outgoing.write(everythingKnown());
        outgoing.socket?.destroy();
      }),
    }),
    'a server without TLS': async () => {
      const hostile = await startHostile((told) => told, true);
      servers.push(hostile);
      return { ...tlsOf(client), endpoint: new URL(hostile.url.href.replace('http:', 'https:')) };
    },
  };

  for (const [what, mailbox] of Object.entries(CASES))
    it(what, async () => {
      const change = await mailbox();
      const made = () => createMeshClient({ ...MAILBOX, endpoint: stopped, ...change }, { retries: 0 });
      const calls = [() => made().handshake(), () => made().send(MESSAGE), () => made().download('ID')];
      for (const call of calls) await failed(async () => call(), what);
    });

  describe('behind a proxy with a password', () => {
    const withPassword = (proxy: URL) => {
      proxy.username = 'clerk';
      proxy.password = encodeURIComponent(CREDENTIALS.proxyPassword);
      return proxy;
    };
    const listening = async (answer: (told: string) => string | Buffer | undefined) => {
      const hostile = await startHostile(answer);
      servers.push(hostile);
      return hostile.url;
    };
    const PROXIES: Record<string, () => Promise<URL> | URL> = {
      'that is not there': () => new URL('http://127.0.0.1:1'),
      'that is no proxy': () => new URL('ftp://127.0.0.1:1'),
      'that asks for another': () =>
        listening(
          (told) => `HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="${told.replace(/\s/g, ' ')}"\r\n\r\n${told}`,
        ),
      'that refuses with a page': () => listening((told) => `HTTP/1.1 403 No\r\n\r\n<html>${told}</html>`),
      'that cannot reach the server': () => listening((told) => `HTTP/1.1 502 Bad\r\n\r\n${told}`),
      'that hands on what is no TLS': () => listening((told) => `HTTP/1.1 200 OK\r\n\r\n${told}`),
      ...Object.fromEntries(
        Object.entries(ON_THE_WIRE).map(([behaviour, answer]) => [
          `that answers with ${behaviour}`,
          () => listening(answer),
        ]),
      ),
      'that speaks http only': async () =>
        serve(
          createHttpServer((_, outgoing) => outgoing.end(everythingKnown())),
          'http',
        ),
    };
    for (const [what, made] of Object.entries(PROXIES))
      it(what, async () => {
        const proxy = withPassword(await made());
        const mailbox = { ...MAILBOX, ...tlsOf(client), endpoint: stopped, proxy };
        const behind = () => createMeshClient(mailbox, { retries: 0 });
        for (const call of [() => behind().handshake(), () => behind().send(MESSAGE)]) {
          const error = await failed(async () => call(), what);
          assert.doesNotMatch(error.message, /clerk/);
        }
      });

    it('whose password has a % that is none', async () => {
      const proxy = new URL(`http://clerk:${CREDENTIALS.proxyPassword.replace('@', '%')}@127.0.0.1:1`);
      const made = () => createMeshClient({ ...MAILBOX, endpoint: stopped, proxy }).handshake();
      await failed(() => Promise.resolve().then(made), 'proxy');
    });
  });
});
