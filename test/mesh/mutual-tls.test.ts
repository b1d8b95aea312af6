// Mutual TLS over real connections: what gets through, and the sentence for everything that does not.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createSecureServer } from 'node:https';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { inspect } from 'node:util';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { createAuthority, toPkcs12 } from '../../mesh/sandbox/certificates';
import type { Certified, Identity } from '../../mesh/sandbox/certificates';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { SandboxOptions } from '../../mesh/sandbox/sandbox';
import type { TlsOptions } from '../../mesh/transport';
import { certified, days, identities, VALID } from './identities';
import { oldPkcs12 } from './old-pkcs12';

const EXPIRED = days(-2, -1);
const FUTURE = days(1, 2);
const moment = (date: Date) => `${date.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;

const PASSPHRASE = 'Quillfeather opens it';

describe('mesh mutual TLS', function () {
  // Keys are made first, each of which takes a while.
  this.timeout(20_000);

  let ours: Identity;
  let theirs: Identity;
  let key: string;
  let client: Identity;
  let ca: string;
  let itself: string;
  const stops: (() => unknown)[] = [];

  before(async () => {
    ({ ours, theirs, key } = await identities());
    client = await certified(ours, { commonName: 'A.X26.api.mesh-client.nhs.uk' });
    ca = ours.cert;
    itself = (await certified(ours, { commonName: 'Itself', use: 'server' })).cert;
  });

  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  /** A server that is right in everything but what is given. */
  async function serve(wish: Partial<Certified> = {}, authority = ours, options: SandboxOptions = {}): Promise<URL> {
    const { cert } = await certified(authority, { use: 'server', ...wish });
    const tls = { authority: authority.cert, certificate: cert, key, clientAuthority: ours.cert };
    const sandbox = await startSandbox({ port: 0, tls, ...options });
    stops.push(() => sandbox.close());
    return new URL(sandbox.url);
  }

  const demanding = () => serve({}, ours, { clientCertificates: true });

  async function listen(server: Server): Promise<URL> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    stops.push(() => server.close());
    return new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  const shake = async (endpoint: URL, tls: TlsOptions, now = () => new Date()) =>
    createMeshClient({ endpoint, ...DEFAULT_MAILBOXES[0]!, tls }, { retries: 0, now }).handshake();

  /** @param expected HOST stands for the server's name and port */
  async function refused(endpoint: URL, tls: TlsOptions, expected: string, now?: () => Date): Promise<MeshError> {
    const error = await shake(endpoint, tls, now).then(
      () => assert.fail('it got through'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof MeshError, inspect(error));
    assert.equal(error.message, expected.replaceAll('HOST', endpoint.host));
    const everything = inspect(error, { depth: 10, showHidden: true });
    assert.doesNotMatch(everything, /Quillfeather|BEGIN|PRIVATE KEY/);
    return error;
  }

  describe('the right client certificate gets through', () => {
    it('in PEM', async () => shake(await demanding(), { ca, ...client }));

    it('in PEM, its key locked', async () => {
      const locked = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: PASSPHRASE } as const;
      const tls = { ca, cert: client.cert, key: createPrivateKey(key).export(locked), passphrase: PASSPHRASE };
      await shake(await demanding(), tls);
    });

    it('as PKCS#12', async () => {
      const pfx = toPkcs12(client, ours.cert, PASSPHRASE);
      await shake(await demanding(), { ca, pfx, passphrase: PASSPHRASE });
    });

    it('to a server known by name', async () => {
      const url = await demanding();
      await shake(new URL(`https://localhost:${url.port}`), { ca, ...client });
    });
  });

  describe('a client certificate that is not right is told before anything goes out', () => {
    const nowhere = new URL('https://127.0.0.1:9');
    const cases: [what: string, tls: () => TlsOptions | Promise<TlsOptions>, says: string][] = [
      [
        'expired',
        async () => certified(ours, EXPIRED),
        `your client certificate expired on ${moment(EXPIRED.until)}. Ask for a new one, and give its file.`,
      ],
      [
        'expired, as PKCS#12',
        async () => ({ pfx: toPkcs12(await certified(ours, EXPIRED), ours.cert, PASSPHRASE), passphrase: PASSPHRASE }),
        `your client certificate expired on ${moment(EXPIRED.until)}. Ask for a new one, and give its file.`,
      ],
      [
        'not yet valid',
        async () => certified(ours, FUTURE),
        `your client certificate is not valid before ${moment(FUTURE.from)}. Check this machine's clock; if it is right, wait.`,
      ],
      [
        'another key',
        () => ({ cert: client.cert, key: theirs.key }),
        'your client certificate does not belong to the key given with it. Give the key that it was asked for with.',
      ],
      [
        'behind its authority',
        () => ({ cert: ours.cert + client.cert, key }),
        'your client certificate is not the first in its file. Put it before those of its authorities.',
      ],
      [
        'a locked key, no pass phrase',
        () => ({ cert: client.cert, key: lock(key) }),
        'the key of your client certificate is locked. Give its pass phrase.',
      ],
      [
        'a locked key, a wrong pass phrase',
        () => ({ cert: client.cert, key: lock(key), passphrase: `${PASSPHRASE} not` }),
        'the pass phrase does not open the key of your client certificate. Check the pass phrase.',
      ],
      [
        'PKCS#12, no pass phrase',
        () => ({ pfx: toPkcs12(client, ours.cert, PASSPHRASE) }),
        'the PKCS#12 file of your client certificate is locked. Give its pass phrase.',
      ],
      [
        'PKCS#12, a wrong pass phrase',
        () => ({ pfx: toPkcs12(client, ours.cert, PASSPHRASE), passphrase: `${PASSPHRASE} not` }),
        'the pass phrase does not open the PKCS#12 file of your client certificate. Check the pass phrase.',
      ],
      [
        'PKCS#12 of the old kind',
        () => ({ pfx: oldPkcs12(client, PASSPHRASE), passphrase: PASSPHRASE }),
        'the PKCS#12 file of your client certificate is locked in an old way that is not read here. Make it anew: openssl pkcs12 -legacy -in OLD -out BOTH.pem, then openssl pkcs12 -export -in BOTH.pem -out NEW.',
      ],
      [
        'PKCS#12 that is none',
        () => ({ pfx: Buffer.from(client.cert), passphrase: PASSPHRASE }),
        'the PKCS#12 file of your client certificate cannot be read. Give a .p12 or .pfx file.',
      ],
      [
        'no PEM',
        () => ({ cert: 'Quillfeather', key }),
        'the file of your client certificate cannot be read. Give it in PEM, or as PKCS#12.',
      ],
      [
        'a broken PEM',
        () => ({ cert: client.cert.replace(/M/g, 'N'), key }),
        'the file of your client certificate cannot be read. Give it in PEM, or as PKCS#12.',
      ],
      [
        'the request for it',
        () => ({ cert: client.cert.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST'), key }),
        'the file of your client certificate holds the request for it. Give the certificate that came back.',
      ],
      [
        'key and certificate exchanged',
        () => ({ cert: key, key: client.cert }),
        'the file of your client certificate holds a key and no certificate. Perhaps the two files are exchanged.',
      ],
      [
        'a key that is none',
        () => ({ cert: client.cert, key: 'Quillfeather' }),
        'the key of your client certificate cannot be read. Give a private key in PEM.',
      ],
      ['no key', () => ({ cert: client.cert }), 'your client certificate is given without its key. Give the key too.'],
      ['no certificate', () => ({ key }), 'a key is given, and no client certificate. Give the certificate too.'],
      [
        'two of them',
        () => ({ ...client, pfx: toPkcs12(client, ours.cert, PASSPHRASE), passphrase: PASSPHRASE }),
        'your client certificate is given twice, as PEM and as PKCS#12. Give one of them.',
      ],
      [
        'a CA file without authorities',
        () => ({ ca: 'Quillfeather' }),
        'the CA file holds no certificate that can be read. Give the authorities of the environment, in PEM.',
      ],
    ];
    for (const [what, tls, says] of cases) {
      it(what, async () => {
        const error = await refused(nowhere, await tls(), `The mailbox cannot be used: ${says}`);
        assert.equal(error.kind, 'certificate');
      });
    }
  });

  describe('a server that does not accept the client certificate', () => {
    const broken =
      "Could not use mailbox X26PHARMACY: HOST broke the connection. If it does so every time, it does not accept your client certificate: check that its file is this environment's.";

    it('none given', async () => {
      const says =
        'Could not use mailbox X26PHARMACY: your client certificate is missing: HOST asks for one. Give the one made for this mailbox and environment.';
      const error = await refused(await demanding(), { ca }, says);
      assert.equal(error.kind, 'certificate');
    });

    it('of another authority', async () => {
      await refused(await demanding(), { ca, ...(await certified(theirs, {})) }, broken);
    });

    it('expired, and this machine’s clock is behind', async () => {
      const behind = () => new Date(EXPIRED.until.getTime() - 1000);
      await refused(await demanding(), { ca, ...(await certified(ours, EXPIRED)) }, broken, behind);
    });

    it('made for a server', async () => {
      await refused(await demanding(), { ca, ...(await certified(ours, { use: 'server' })) }, broken);
    });

    const missing =
      'your client certificate is missing: HOST asks for one. Give the one made for this mailbox and environment.';
    const another =
      "your client certificate was not accepted by HOST. Check that its file is this mailbox's and this environment's, or ask for a new one.";
    const alerts: [name: string, number: number, given: string, none: string][] = [
      [
        'unknown_ca',
        48,
        "your client certificate comes from an authority that HOST does not accept. Check that its file is this environment's, or ask for a new one.",
        missing,
      ],
      ['handshake_failure', 40, another, missing],
      ['bad_certificate', 42, another, missing],
      ['certificate_required', 116, another, missing],
      ['access_denied', 49, another, missing],
      [
        'certificate_expired',
        45,
        'your client certificate has expired, says HOST. Ask for a new one, and give its file.',
        'your client certificate has expired, says HOST. Ask for a new one, and give its file.',
      ],
      [
        'certificate_revoked',
        44,
        'your client certificate was revoked, says HOST. Ask for a new one, and give its file.',
        'your client certificate was revoked, says HOST. Ask for a new one, and give its file.',
      ],
    ];
    for (const [name, number, given, none] of alerts) {
      it(`and says so in the handshake, as MESH does on the internet: ${name}`, async () => {
        const url = await listen(answering(Buffer.from([0x15, 3, 3, 0, 2, 2, number])));
        const error = await refused(url, { ca, ...client }, `Could not use mailbox X26PHARMACY: ${given}`);
        assert.equal(error.kind, 'certificate');
        await refused(url, { ca }, `Could not use mailbox X26PHARMACY: ${none}`);
      });
    }
  });

  describe('a server whose own certificate is not right', () => {
    const cases: [what: string, start: () => Promise<URL>, trusted: () => string | undefined, says: string][] = [
      [
        'of another authority than the CA file’s',
        () => serve({}, theirs),
        () => ca,
        "the server's certificate (HOST) comes from an authority that is not in the CA file. Check that the file is this environment's.",
      ],
      [
        'of an authority the system does not know',
        () => serve(),
        () => undefined,
        "the server's certificate (HOST) comes from an authority that is not trusted here. Give the environment's CA file.",
      ],
      [
        'of another authority of the same name',
        async () => serve({}, { cert: (await createAuthority('Ours', VALID)).cert, key: theirs.key }),
        () => ca,
        "the server's certificate (HOST) comes from an authority that is not in the CA file. Check that the file is this environment's.",
      ],
      [
        'expired',
        () => serve(EXPIRED),
        () => ca,
        "the server's certificate (HOST) has expired. Check this machine's clock; if it is right, tell the server's owner.",
      ],
      [
        'not yet valid',
        () => serve(FUTURE),
        () => ca,
        "the server's certificate (HOST) is not valid yet. Check this machine's clock; if it is right, tell the server's owner.",
      ],
      [
        'for another name',
        () => serve({ hosts: ['elsewhere.example', '127.0.0.2'] }),
        () => ca,
        "the server's certificate was made for another name than HOST. Check the address.",
      ],
      [
        'its own authority',
        // It carries its issuer's name, and is signed with its own key.
        () => serve({ commonName: 'Itself' }, { cert: itself, key }),
        () => ca,
        "the server's certificate (HOST) is its own authority, which is not trusted here. Check the address; if it is right, give the environment's CA file.",
      ],
      [
        'made for a client',
        () => serve({ use: 'client' }),
        () => ca,
        "the server's certificate (HOST) is not fit for a server. Check the address, and tell the server's owner.",
      ],
    ];
    for (const [what, start, trusted, says] of cases) {
      it(what, async () => {
        const error = await refused(await start(), { ca: trusted() }, `Could not use mailbox X26PHARMACY: ${says}`);
        assert.equal(error.kind, 'certificate');
      });
    }
  });

  describe('a server that speaks something else', () => {
    it('plain http where https was asked for', async () => {
      const sandbox = await startSandbox({ port: 0 });
      stops.push(() => sandbox.close());
      const url = new URL(sandbox.url.replace('http:', 'https:'));
      const says =
        'Could not use mailbox X26PHARMACY: HOST does not speak https. A local sandbox without TLS is reached with http.';
      await refused(url, { ca }, says);
    });

    it('https where plain http was asked for', async () => {
      const url = new URL((await serve()).href.replace('https:', 'http:'));
      const says =
        'Could not use mailbox X26PHARMACY: HOST broke the connection. If it speaks TLS, give its address with https.';
      await refused(url, { ca }, says);
    });

    it('no version of TLS later than 1.1', async () => {
      const { cert } = await certified(ours, { use: 'server' });
      // At any other level this machine's own OpenSSL would not even offer it.
      const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      const url = await listen(createSecureServer({ cert, key, ...old }));
      const says =
        "Could not use mailbox X26PHARMACY: HOST speaks an old version of TLS only, and MESH asks for 1.2 or later. Tell the server's owner.";
      await refused(url, { ca }, says);
    });

    it('nothing: it hangs up in the handshake', async () => {
      const url = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
      const says =
        'Could not use mailbox X26PHARMACY: HOST broke off while the secure connection was being made. Check the address, and whether this machine may reach it.';
      await refused(url, { ca, ...client }, says);
    });
  });

  it('no variable of the environment turns the checks off', async () => {
    const url = await serve({}, theirs);
    const script = `
      const { createMeshClient } = require(${JSON.stringify(require.resolve('../../mesh/client'))});
      const endpoint = new URL(${JSON.stringify(url.href)});
      const mailbox = ${JSON.stringify(DEFAULT_MAILBOXES[0])};
      createMeshClient({ endpoint, ...mailbox, tls: { ca: process.env.AUTHORITY } }, { retries: 0 }).handshake().then(
        () => console.log('got through'),
        (error) => console.log(error.kind + ' ' + error.code),
      );`;
    const run = async (authority: string) => {
      const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', AUTHORITY: authority };
      const child = spawn(process.execPath, ['-e', script], { env, stdio: ['ignore', 'pipe', 'ignore'] });
      let said = '';
      child.stdout.on('data', (text: Buffer) => (said += String(text)));
      await once(child, 'close');
      return said.trim();
    };
    assert.equal(await run(ca), 'certificate UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    assert.equal(await run(theirs.cert), 'got through');
  });

  const lock = (pem: string) =>
    createPrivateKey(pem)
      .export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: PASSPHRASE })
      .toString();

  /** Says these bytes to whoever says something, and hangs up. */
  const answering = (bytes: Buffer) => createServer((socket: Socket) => socket.once('data', () => socket.end(bytes)));
});
