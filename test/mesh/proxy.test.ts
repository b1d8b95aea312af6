// The way through a proxy, over real connections.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, createServer as createPlainServer } from 'node:net';
import type { AddressInfo, Server as PlainServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { inspect } from 'node:util';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import type { Identity } from '../../mesh/sandbox/certificates';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createTransport } from '../../mesh/transport';
import type { TlsOptions } from '../../mesh/transport';
import { certified, identities } from './identities';

const USER = 'tester:Quillfeather%40';
const BASIC = `Basic ${Buffer.from('tester:Quillfeather@').toString('base64')}`;
const BEGIN = 'Could not use mailbox X26PHARMACY: ';

describe('mesh proxy', function () {
  // Keys are made first, each of which takes a while.
  this.timeout(20_000);

  let ours: Identity;
  let theirs: Identity;
  let client: Identity;
  let ca: string;
  const open = new Set<Socket>();
  const servers: PlainServer[] = [];

  before(async () => {
    ({ ours, theirs } = await identities());
    client = await certified(ours, {});
    ca = ours.cert;
  });

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    for (const socket of open) socket.destroy();
  });

  async function listen(server: PlainServer): Promise<number> {
    servers.push(server);
    server.on('connection', (socket: Socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** Demands a client certificate, and keeps what it was asked. */
  async function mesh(identity?: Identity) {
    const requests: IncomingMessage[] = [];
    const names: (string | false | undefined)[] = [];
    const { cert, key } = identity ?? (await certified(ours, { use: 'server' }));
    const server = createSecureServer(
      { cert, key, ca, requestCert: true, rejectUnauthorized: true },
      (incoming, outgoing) => {
        requests.push(incoming);
        names.push((incoming.socket as { servername?: string | false }).servername);
        outgoing.end('{}');
      },
    );
    return { port: await listen(server), requests, names };
  }

  interface Asked {
    url?: string;
    headers: IncomingMessage['headers'];
  }

  /** A proxy that lets everybody through, and keeps what it was asked. */
  function letsThrough<T extends Server>(server: T): { server: T; asked: Asked[] } {
    const asked: Asked[] = [];
    server.on('connect', ({ url, headers }: IncomingMessage, socket: Socket) => {
      asked.push({ url, headers });
      const [host, port] = (url ?? '').split(':');
      const onward = connect(Number(port), host);
      onward.on('connect', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      onward.on('error', () => socket.destroy());
      onward.on('close', () => socket.destroy());
      socket.on('close', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    return { server, asked };
  }

  const answers = (text: string) => createPlainServer((socket) => socket.once('data', () => socket.end(text)));

  const shake = (port: number, proxy: URL, tls: TlsOptions = { ca, ...client }, host = '127.0.0.1') =>
    createMeshClient(
      { endpoint: new URL(`https://${host}:${port}`), proxy, ...DEFAULT_MAILBOXES[0]!, tls },
      { retries: 0 },
    ).handshake();

  async function refused(work: () => Promise<unknown>, says: string): Promise<MeshError> {
    const error: unknown = await work().then(
      () => assert.fail('it got through'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof MeshError, inspect(error));
    assert.equal(error.message, says);
    const everything = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
    for (const secret of ['Quillfeather', 'tester', BASIC.slice(6)])
      assert.ok(!everything.includes(secret), everything);
    return error;
  }

  it('is a tunnel: TLS, certificate and request are for the server alone, the password for the proxy alone', async () => {
    const { server, asked } = letsThrough(createServer());
    const proxy = new URL(`http://${USER}@127.0.0.1:${await listen(server)}`);
    const { port, requests } = await mesh();
    await shake(port, proxy);
    assert.equal(asked.length, 1);
    assert.equal(asked[0]!.url, `127.0.0.1:${port}`);
    assert.deepEqual(asked[0]!.headers, {
      'proxy-authorization': BASIC,
      host: `127.0.0.1:${port}`,
      'proxy-connection': 'close',
    });
    assert.equal(requests.length, 1);
    assert.equal(requests[0]!.headers['proxy-authorization'], undefined);
    assert.match(requests[0]!.headers.authorization ?? '', /^NHSMESH /);
  });

  it('gives the server its name, and no name where it is known by number', async () => {
    const proxy = new URL(`http://127.0.0.1:${await listen(letsThrough(createServer()).server)}`);
    const { port, names } = await mesh();
    await shake(port, proxy, undefined, 'localhost');
    await shake(port, proxy);
    assert.deepEqual(names, ['localhost', false]);
  });

  describe('checks the server’s certificate as ever', () => {
    it('its name: the proxy’s is not it', async () => {
      const proxy = new URL(`http://localhost:${await listen(letsThrough(createServer()).server)}`);
      const { port } = await mesh(await certified(ours, { use: 'server', hosts: ['localhost'] }));
      const says = `${BEGIN}the server's certificate was made for another name than 127.0.0.1:${port}. Check the address.`;
      const error = await refused(() => shake(port, proxy), says);
      assert.equal(error.kind, 'certificate');
    });

    it('its authority', async () => {
      const proxy = new URL(`http://127.0.0.1:${await listen(letsThrough(createServer()).server)}`);
      const { port } = await mesh(await certified(theirs, { use: 'server' }));
      const says = `${BEGIN}the server's certificate (127.0.0.1:${port}) comes from an authority that is not in the CA file. Check that the file is this environment's.`;
      await refused(() => shake(port, proxy), says);
    });
  });

  it('lets requests that may be repeated share a tunnel, and no first POST', async () => {
    const { server, asked } = letsThrough(createServer());
    const proxy = new URL(`http://127.0.0.1:${await listen(server)}`);
    const url = new URL(`https://127.0.0.1:${(await mesh()).port}/`);
    const transport = createTransport({ tls: { ca, ...client }, proxy });
    for (const method of ['GET', 'GET', 'POST', 'POST', 'PUT'] as const) await transport({ method, url, headers: {} });
    assert.equal(asked.length, 3);
  });

  it('is not for plain http, which is on this machine', async () => {
    const url = new URL(`http://127.0.0.1:${await listen(createServer((_, outgoing) => outgoing.end('here')))}/`);
    const transport = createTransport({ proxy: new URL('http://127.0.0.1:9') });
    assert.equal((await transport({ method: 'GET', url, headers: {} })).body.toString(), 'here');
  });

  describe('says what is the matter with it', () => {
    const cases: [what: string, answer: string, says: string, code: string | undefined][] = [
      [
        'asks for a password',
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\nQuillfeather',
        'the proxy HOST asks for a user name and password, or does not accept those in its address. Give the right ones.',
        'ERR_PROXY_AUTHENTICATION',
      ],
      [
        'does not let through',
        'HTTP/1.1 403 Forbidden\r\n\r\nQuillfeather',
        'the proxy HOST does not let this machine through to SERVER. Ask whoever runs the proxy.',
        'ERR_PROXY_REFUSED',
      ],
      [
        'answers as a MESH server would',
        'HTTP/1.1 201 Quillfeather\r\nContent-Length: 2\r\n\r\n{}',
        'the proxy HOST does not let this machine through to SERVER. Ask whoever runs the proxy.',
        'ERR_PROXY_REFUSED',
      ],
      [
        'cannot reach the server',
        'HTTP/1.1 502 Bad Gateway\r\n\r\n',
        "the proxy HOST cannot reach SERVER. Check the endpoint's address; if it is right, ask whoever runs the proxy.",
        'ERR_PROXY_CANNOT_REACH',
      ],
      [
        'is no proxy',
        'SSH-2.0-Quillfeather\r\nQuillfeather\r\n\r\n',
        "HOST does not answer as a proxy does. Check the proxy's address.",
        'ERR_PROXY_ANSWER',
      ],
      ['hangs up', '', "HOST does not answer as a proxy does. Check the proxy's address.", 'ERR_PROXY_ANSWER'],
    ];
    for (const [what, answer, says, code] of cases) {
      it(what, async () => {
        const host = `127.0.0.1:${await listen(answers(answer))}`;
        const sentence = BEGIN + says.replaceAll('HOST', host).replaceAll('SERVER', '127.0.0.1:9');
        const error = await refused(() => shake(9, new URL(`http://${USER}@${host}`)), sentence);
        assert.equal(error.code, code);
        assert.equal(error.kind, 'network');
      });
    }

    it('nothing listens there', async () => {
      const says = `${BEGIN}nothing listens at the proxy 127.0.0.1:9. Check the proxy's address.`;
      await refused(() => shake(1, new URL(`http://${USER}@127.0.0.1:9`)), says);
    });

    it('it cannot be found', async () => {
      // No name that could be asked for beyond this machine.
      const says = `${BEGIN}the proxy a..b:9 cannot be found. Check the proxy's address and this machine's network.`;
      await refused(() => shake(1, new URL(`http://${USER}@a..b:9`)), says);
    });

    it('it speaks https, and its certificate is not trusted', async () => {
      const identity = await certified(ours, { use: 'server' });
      const { server, asked } = letsThrough(createSecureServer(identity));
      const host = `127.0.0.1:${await listen(server)}`;
      const says = `${BEGIN}no secure connection to the proxy ${host} could be made. Check the proxy's address, and that this machine trusts its certificate.`;
      const error = await refused(() => shake(1, new URL(`https://${USER}@${host}`)), says);
      assert.equal(error.kind, 'certificate');
      assert.deepEqual(asked, []);
    });

    it('its address cannot be one', async () => {
      const wrong = 'The mailbox cannot be used: its proxy is not an http or https address.';
      await refused(async () => shake(1, new URL(`socks5://${USER}@127.0.0.1:9`)), wrong);
      const percent =
        'The mailbox cannot be used: a "%" in the user name or password of its proxy has to be written as %25.';
      await refused(async () => shake(1, new URL('http://tester:Quillfeather%zz@127.0.0.1:9')), percent);
    });
  });

  it('is let go of when the request is given up while it makes up its mind', async () => {
    const controller = new AbortController();
    const silent = createPlainServer((socket) => socket.once('data', () => controller.abort()));
    const proxy = new URL(`http://127.0.0.1:${await listen(silent)}`);
    const closed = once(silent, 'connection').then(([socket]) => once(socket as Socket, 'close'));
    const transport = createTransport({ tls: { ca }, proxy });
    const request = { method: 'POST', url: new URL('https://127.0.0.1:9/'), headers: {} } as const;
    await assert.rejects(transport(request, controller.signal), { name: 'AbortError' });
    await closed;
  });

  it('sees no client certificate when it speaks TLS itself, and its password does not reach the console', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'itk3-proxy-'));
    try {
      const authority = path.join(folder, 'authority.pem');
      writeFileSync(authority, theirs.cert);
      const identity = await certified(theirs, { use: 'server' });
      const shown: unknown[] = [];
      const asksFor = { ca: ours.cert, requestCert: true, rejectUnauthorized: false };
      const { server, asked } = letsThrough(createSecureServer({ ...identity, ...asksFor }));
      server.on('secureConnection', (socket: TLSSocket) => shown.push(socket.getPeerCertificate()));
      const proxy = `https://${USER}@127.0.0.1:${await listen(server)}`;
      const { port, requests } = await mesh();
      const script = `
        const { createMeshClient } = require(${JSON.stringify(require.resolve('../../mesh/client'))});
        const { tls, mailbox, proxy } = JSON.parse(process.env.GIVEN);
        const endpoint = new URL('https://127.0.0.1:${port}');
        createMeshClient({ endpoint, proxy: new URL(proxy), ...mailbox, tls }).handshake().then(
          () => console.log('got through'),
          (error) => console.log(error.message),
        );`;
      const GIVEN = JSON.stringify({ tls: { ca, ...client }, mailbox: DEFAULT_MAILBOXES[0], proxy });
      const env = { ...process.env, DEBUG: '*', NODE_EXTRA_CA_CERTS: authority, GIVEN };
      const child = spawn(process.execPath, ['-e', script], { env });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += String(text)));
      await once(child, 'close');
      assert.match(said, /got through/);
      assert.match(said, /https-proxy-agent/, 'the package writes to the console, which is what makes this a test');
      for (const secret of ['Quillfeather', BASIC.slice(6), 'PRIVATE KEY']) assert.ok(!said.includes(secret), said);
      assert.deepEqual(shown, [{}]);
      assert.equal(asked[0]?.headers['proxy-authorization'], BASIC);
      assert.equal(requests.length, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
