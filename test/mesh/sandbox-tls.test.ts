import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { clientName, createAuthority, createCertificate, toPkcs12 } from '../../mesh/sandbox/certificates';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox, SandboxOptions } from '../../mesh/sandbox/sandbox';
import type { TlsOptions } from '../../mesh/transport';

const DAY = 24 * 60 * 60 * 1000;
const NOW = new Date();
const VALID = { from: new Date(NOW.getTime() - DAY), until: new Date(NOW.getTime() + DAY) };

describe('mesh sandbox over TLS', function () {
  // Keys are made, each of which takes a while.
  this.timeout(20_000);
  const sandboxes: Sandbox[] = [];
  afterEach(() => Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.close())));

  async function start(options: SandboxOptions): Promise<Sandbox> {
    const sandbox = await startSandbox({ port: 0, ...options });
    sandboxes.push(sandbox);
    return sandbox;
  }

  const handshake = ({ url }: Sandbox, tls: TlsOptions) =>
    createMeshClient({ endpoint: new URL(url), ...DEFAULT_MAILBOXES[0]!, tls }).handshake();

  it('makes its own certificate, and says whom to trust', async () => {
    const sandbox = await start({ tls: true });
    assert.match(sandbox.url, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(sandbox.clientCertificate, undefined);
    await handshake(sandbox, { ca: sandbox.authority });
    const { port } = sandbox;
    await handshake({ ...sandbox, url: `https://localhost:${port}` }, { ca: sandbox.authority });
  });

  it('makes another authority each time, and gives its key to nobody', async () => {
    const [one, other] = await Promise.all([start({ tls: true }), start({ tls: true })]);
    await assert.rejects(handshake(one, { ca: other.authority }), { name: 'MeshError', kind: 'certificate' });
    assert.doesNotMatch(JSON.stringify(one), /PRIVATE KEY/);
  });

  it('demands a client certificate when told to, and makes one with the name MESH asks for', async () => {
    const lines: string[] = [];
    const sandbox = await start({ tls: true, clientCertificates: true, log: (line) => lines.push(line) });
    const { authority: ca, clientCertificate } = sandbox;
    assert.ok(clientCertificate);
    const { subject } = new X509Certificate(clientCertificate.cert);
    assert.equal(subject, 'CN=X26PHARMACY.X26.api.mesh-client.nhs.uk');
    await handshake(sandbox, { ca, ...clientCertificate });
    await assert.rejects(handshake(sandbox, { ca }), MeshError);
    assert.deepEqual(lines, [
      'POST /messageexchange/{mailbox} 200',
      'TLS refused (ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE)',
    ]);
  });

  it('takes certificates that it is given, and a client certificate as PKCS#12', async () => {
    const authority = await createAuthority('Test authority', VALID);
    const clients = await createAuthority('Test authority of clients', VALID);
    const server = await createCertificate(authority, {
      commonName: 'x',
      use: 'server',
      hosts: ['127.0.0.1'],
      ...VALID,
    });
    const client = await createCertificate(clients, { commonName: clientName('A', 'X26'), use: 'client', ...VALID });
    const tls = { authority: authority.cert, certificate: server.cert, key: server.key, clientAuthority: clients.cert };
    const sandbox = await start({ tls, clientCertificates: true });
    assert.equal(sandbox.clientCertificate, undefined);
    const pfx = toPkcs12(client, clients.cert, 'opens it');
    await handshake(sandbox, { ca: sandbox.authority, pfx, passphrase: 'opens it' });
  });

  it('stops at once, although somebody has connected and said nothing', async () => {
    const sandbox = await start({ tls: true });
    const silent = connect(sandbox.port, '127.0.0.1');
    const ended = once(silent, 'close');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    await sandbox.close();
    await ended;
  });

  it('says so when it cannot: no TLS to demand certificates in, no pair', async () => {
    await assert.rejects(start({ clientCertificates: true }), {
      name: 'MeshError',
      message: 'The sandbox cannot start: client certificates are part of TLS. Start it with TLS too.',
    });
    const [one, other] = await Promise.all([createAuthority('One', VALID), createAuthority('Other', VALID)]);
    await assert.rejects(start({ tls: { authority: one.cert, certificate: one.cert, key: other.key } }), {
      name: 'MeshError',
      message: 'The sandbox cannot start: its certificate or key cannot be read, or they are no pair.',
    });
  });

  it('keeps a common name within its 64 characters', () => {
    assert.equal(clientName('L'.repeat(100), 'X26').length, 64);
    assert.match(clientName('L'.repeat(100), 'X26'), /^L+\.X26\.api\.mesh-client\.nhs\.uk$/);
  });
});
