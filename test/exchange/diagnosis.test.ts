import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { diagnose, provedBy } from '../../exchange/diagnosis';
import { createMeshClient, type Mailbox } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import type { Identity } from '../../mesh/sandbox/certificates';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import { certified, days, identities } from '../mesh/identities';

const [pharmacy] = DEFAULT_MAILBOXES;
const { mailbox, password, sharedKey } = pharmacy!;

/** What a handshake that fails is put down to. */
async function diagnosed(change: Partial<Mailbox> & { endpoint: URL }) {
  const proxy = change.proxy;
  const tried = { endpoint: change.endpoint, proxy, hasCertificate: change.tls?.cert !== undefined };
  try {
    const client = createMeshClient({ mailbox, password, sharedKey, ...change }, { retries: 0 });
    await client.handshake();
  } catch (error) {
    assert.ok(error instanceof MeshError);
    return diagnose(error, tried);
  }
  throw new Error('it worked');
}

describe('the diagnosis of a mailbox that does not work', function () {
  // Keys take a while to make on a busy machine.
  this.timeout(20_000);
  const servers: Server[] = [];
  let ours: Identity;
  let theirs: Identity;
  let server: Identity;
  let client: Identity;

  before(async () => {
    ({ ours, theirs } = await identities());
    server = await certified(ours, { use: 'server' });
    client = await certified(ours, {});
  });
  afterEach(() => {
    for (const one of servers.splice(0)) {
      one.close();
      one.closeAllConnections();
    }
  });

  async function listen(one: Server): Promise<number> {
    servers.push(one);
    one.listen(0, '127.0.0.1');
    await once(one, 'listening');
    return (one.address() as AddressInfo).port;
  }

  const answering = (status: number, body = '', headers = {}) =>
    createServer((_, response) => response.writeHead(status, headers).end(body));

  async function secure(identity = server, status = 200): Promise<URL> {
    const options = { ...identity, ca: ours.cert, requestCert: true, rejectUnauthorized: true };
    const port = await listen(createSecureServer(options, (_, response) => response.writeHead(status).end()));
    return new URL(`https://127.0.0.1:${port}`);
  }

  const plain = async (...answer: Parameters<typeof answering>): Promise<URL> =>
    new URL(`http://127.0.0.1:${await listen(answering(...answer))}`);

  it('the name of the server', async () => {
    const { what, answers, right, setting } = await diagnosed({ endpoint: new URL('https://mesh.example.invalid') });
    assert.deepEqual([what, answers[0], right], ['the name of the server', 'endpoint', []]);
    assert.equal(setting, 'http.proxy', 'a proxy may be missing');
  });

  it('nothing listens', async () => {
    const one = answering(200);
    const port = await listen(one);
    servers.pop();
    one.close();
    await once(one, 'close');
    const { what, answers } = await diagnosed({ endpoint: new URL(`http://127.0.0.1:${port}`) });
    assert.deepEqual([what, answers[0]], ['the address of the server', 'endpoint']);
  });

  it('the proxy, which is no answer of the dialogue', async () => {
    const refusing = createServer();
    refusing.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Who are you\r\n\r\n'));
    const proxy = new URL(`http://127.0.0.1:${await listen(refusing)}`);
    const { what, answers, setting } = await diagnosed({ endpoint: await secure(), proxy, tls: { ca: ours.cert } });
    assert.deepEqual([what, answers, setting], ['the proxy', [], 'http.proxy']);
  });

  it('the authorities', async () => {
    const endpoint = await secure();
    const { what, answers, right } = await diagnosed({ endpoint, tls: { ca: theirs.cert, ...client } });
    assert.deepEqual([what, answers[0]], ['the authorities that the server is checked by', 'authorities']);
    assert.deepEqual(right, [`${endpoint.host} can be reached`]);
  });

  it('the name in the server’s certificate', async () => {
    const endpoint = await secure(await certified(ours, { use: 'server', hosts: ['other.example'] }));
    const { what, answers } = await diagnosed({ endpoint, tls: { ca: ours.cert, ...client } });
    assert.deepEqual([what, answers[0]], ['the address of the server', 'endpoint']);
  });

  it('the server’s certificate or the clock', async () => {
    const endpoint = await secure(await certified(ours, { use: 'server', hosts: ['127.0.0.1'], ...days(-2, -1) }));
    const { what } = await diagnosed({ endpoint, tls: { ca: ours.cert, ...client } });
    assert.equal(what, 'the server’s certificate, or this machine’s clock');
  });

  for (const [name, tls] of [
    ['missing', () => ({ ca: ours.cert })],
    ['somebody else’s', async () => ({ ca: ours.cert, ...(await certified(theirs, {})) })],
    ['expired', async () => ({ ca: ours.cert, ...(await certified(ours, days(-2, -1))) })],
  ] as const)
    it(`the client certificate that is ${name}`, async () => {
      const { what, answers } = await diagnosed({ endpoint: await secure(), tls: await tls() });
      assert.match(what, /client certificate/);
      assert.equal(answers[0], 'certificate');
    });

  it('the key that is not the certificate’s', async () => {
    const { key } = theirs;
    const tls = { ca: ours.cert, cert: client.cert, key };
    const { answers } = await diagnosed({ endpoint: await secure(), tls });
    assert.ok(answers.includes('key'));
  });

  it('the file of authorities that is none', async () => {
    const { what, answers } = await diagnosed({ endpoint: await secure(), tls: { ca: 'no certificate' } });
    assert.deepEqual([what, answers], ['the file of authorities', ['authorities']]);
  });

  describe('by what MESH says', () => {
    let sandbox: Awaited<ReturnType<typeof startSandbox>>;
    let endpoint: URL;
    before(async () => {
      sandbox = await startSandbox({ port: 0 });
      endpoint = new URL(sandbox.url);
    });
    after(() => sandbox.close());

    for (const [what, wrong, answer] of [
      ['the password or the shared key', { password: 'wrong' }, 'password'],
      ['the password or the shared key', { sharedKey: 'wrong' }, 'password'],
      ['the mailbox id', { mailbox: 'NOBODY' }, 'mailbox'],
    ] as const)
      it(`${what}: ${Object.keys(wrong)[0]}`, async () => {
        const { what: told, answers, right } = await diagnosed({ endpoint, ...wrong });
        assert.deepEqual([told, answers[0]], [what, answer]);
        assert.deepEqual(right, [`${endpoint.host} can be reached`]);
      });
  });

  it('this machine’s clock', async () => {
    const headers = { date: new Date(Date.now() - 5 * 3_600_000).toUTCString() };
    const { what, answers } = await diagnosed({ endpoint: await plain(403, '', headers) });
    assert.deepEqual([what, answers], ['this machine’s clock', []]);
  });

  it('an address at which there is no MESH', async () => {
    const { what, answers } = await diagnosed({ endpoint: await plain(404, 'Not here') });
    assert.deepEqual([what, answers[0]], ['the address: this is no MESH server', 'endpoint']);
  });

  it('the server itself', async () => {
    const { what, answers, right } = await diagnosed({ endpoint: await plain(500) });
    assert.deepEqual([what, answers, right.length], ['the server', [], 1]);
  });

  it('an address that asks for another kind of authorisation', async () => {
    const headers = { 'www-authenticate': 'Basic' };
    const { what, answers } = await diagnosed({ endpoint: await plain(401, '', headers) });
    assert.deepEqual([what, answers[0]], ['the address: another kind of authorisation is asked for there', 'endpoint']);
  });

  it('probably the client certificate, where the request is refused before MESH reads it', async () => {
    const endpoint = await secure(server, 400);
    const { what, answers, right } = await diagnosed({ endpoint, tls: { ca: ours.cert, ...client } });
    assert.deepEqual([what, answers[0]], ['probably the client certificate', 'certificate']);
    assert.equal(right.length, 2, 'not that the certificate is taken');
  });

  it('the address or the proxy, where the one or the other cannot be used at all', async () => {
    const address = await diagnosed({ endpoint: new URL('ftp://mesh.example') });
    assert.deepEqual([address.what, address.answers[0], address.right], ['the address', 'endpoint', []]);
    const proxy = new URL('socks://proxy.example:1080');
    const byProxy = await diagnosed({ endpoint: new URL('https://mesh.example'), proxy });
    assert.deepEqual([byProxy.what, byProxy.answers, byProxy.setting], ['the proxy', [], 'http.proxy']);
  });

  it('the mailbox id, which MESH does not know', () => {
    const tried = { endpoint: new URL('https://mesh.example'), hasCertificate: false };
    const { what, answers, right } = diagnose(new MeshError('unknown-recipient', 'Nobody.', { status: 404 }), tried);
    assert.deepEqual([what, answers, right.length], ['the mailbox id', ['mailbox'], 2]);
  });

  it('nothing, when it was cancelled', () => {
    const tried = { endpoint: new URL('https://mesh.example'), hasCertificate: true };
    const { what, answers, right } = diagnose(new MeshError('cancelled', 'It was cancelled.'), tried);
    assert.deepEqual([what, answers, right], ['nothing yet: it was cancelled', [], []]);
  });

  it('a mailbox that is switched off', async () => {
    const refusal = JSON.stringify({ errorCode: '100', errorDescription: 'Mailbox not enabled' });
    const { what, answers } = await diagnosed({ endpoint: await plain(403, refusal) });
    assert.deepEqual([what, answers[0]], ['the mailbox itself', 'mailbox']);
  });
});

describe('what a handshake shows', () => {
  it('is told in the order in which it is tried', () => {
    const endpoint = new URL('https://mesh.example');
    const proxy = new URL('http://proxy.example:8080');
    assert.deepEqual(provedBy({ endpoint, proxy, hasCertificate: true }), [
      'mesh.example can be reached, through the proxy proxy.example:8080',
      'its certificate is from an authority that is trusted',
      'it takes your client certificate',
      'MESH knows the mailbox, and its password and shared key are right',
    ]);
    assert.equal(provedBy({ endpoint: new URL('http://localhost:8700'), hasCertificate: false }).length, 2);
  });
});
