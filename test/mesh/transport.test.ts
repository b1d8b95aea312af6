import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createTransport } from '../../mesh/transport';
import type { MeshRequest, TlsOptions, TransportOptions } from '../../mesh/transport';
import { certified, identities } from './identities';

describe('mesh transport', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.close();
      server.closeAllConnections();
    }
  });

  async function serve(listener: RequestListener): Promise<URL> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=c%20d`);
  }

  const get = (url: URL, options: TransportOptions = {}, signal?: AbortSignal) =>
    createTransport(options)({ method: 'GET', url, headers: {} }, signal);

  it('sends method, path, headers and bytes as they are, with a length', async () => {
    const url = await serve((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { 'mex-subject': subject, 'content-length': length } = incoming.headers;
        const body = Buffer.concat(chunks).toString('hex');
        outgoing.end(JSON.stringify([incoming.method, incoming.url, subject, length, body]));
      });
    });
    const request: MeshRequest = {
      method: 'POST',
      url,
      headers: { 'Mex-Subject': 'Zoë' },
      body: Buffer.from([0xff, 0x00, 0xc3]),
    };
    const response = await createTransport()(request);
    assert.deepEqual(JSON.parse(response.body.toString()), ['POST', '/a?b=c%20d', 'Zoë', '3', 'ff00c3']);
  });

  it('gives any status as an answer, and follows no redirect', async () => {
    let requests = 0;
    const url = await serve((_incoming, outgoing) => {
      requests++;
      outgoing.writeHead(302, { Location: '/elsewhere', 'X-Mixed-Case': 'v' }).end('moved');
    });
    const response = await get(url);
    assert.equal(response.status, 302);
    assert.equal(response.headers['x-mixed-case'], 'v');
    assert.equal(response.body.toString(), 'moved');
    assert.equal(requests, 1);
  });

  it('decompresses by Content-Encoding, and takes the header away', async () => {
    const url = await serve((_incoming, outgoing) =>
      outgoing.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('plain')),
    );
    const response = await get(url);
    assert.equal(response.body.toString(), 'plain');
    assert.equal(response.headers['content-encoding'], undefined);
  });

  it('does not decompress by Mex-Content-Compressed', async () => {
    const bytes = gzipSync('stays as it is');
    const url = await serve((_incoming, outgoing) =>
      outgoing.writeHead(200, { 'Mex-Content-Compressed': 'Y' }).end(bytes),
    );
    assert.deepEqual((await get(url)).body, bytes);
  });

  for (const [what, encoding, body] of [
    ['broken gzip', 'gzip', 'no gzip'],
    ['an encoding it did not ask for', 'br', 'x'],
  ] as const) {
    it(`rejects ${what}`, async () => {
      const url = await serve((_incoming, outgoing) =>
        outgoing.writeHead(200, { 'Content-Encoding': encoding }).end(body),
      );
      await assert.rejects(get(url), { code: 'ERR_CONTENT_ENCODING' });
    });
  }

  it('rejects an answer that is too large, as sent or once decompressed', async () => {
    const plain = await serve((_incoming, outgoing) => outgoing.end(Buffer.alloc(1001)));
    const small = await serve((_incoming, outgoing) =>
      outgoing.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1001))),
    );
    await assert.rejects(get(plain, { maximumBytes: 1000 }), { code: 'ERR_BODY_TOO_LARGE' });
    await assert.rejects(get(small, { maximumBytes: 1000 }), { code: 'ERR_BODY_TOO_LARGE' });
    assert.equal((await get(plain, { maximumBytes: 1001 })).body.length, 1001);
  });

  it('rejects an answer that stops in the middle', async () => {
    const url = await serve((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'Content-Length': 100 });
      outgoing.write('half');
      outgoing.socket?.end();
    });
    await assert.rejects(get(url), { code: 'ECONNRESET' });
  });

  it('stops when the time is over: no answer, or one that does not end', async () => {
    const silent = await serve(() => undefined);
    const endless = await serve((_incoming, outgoing) => outgoing.write('begun'));
    for (const url of [silent, endless]) await assert.rejects(get(url, { timeLimit: 20 }), { name: 'TimeoutError' });
  });

  it('stops when it is told to: before, while waiting, while reading', async () => {
    await assert.rejects(get(new URL('http://127.0.0.1:1/'), {}, AbortSignal.abort()), { name: 'AbortError' });

    const waiting = new AbortController();
    const silent = await serve(() => waiting.abort('a reason of any kind'));
    await assert.rejects(get(silent, {}, waiting.signal), { name: 'AbortError' });

    const reading = new AbortController();
    const endless = await serve((_incoming, outgoing) => outgoing.write('begun', () => reading.abort()));
    await assert.rejects(get(endless, {}, reading.signal), { name: 'AbortError' });
  });

  it('rejects with Node’s code when nothing listens, and when https meets http', async () => {
    const url = await serve((_incoming, outgoing) => outgoing.end());
    await assert.rejects(
      get(new URL(url.href.replace('http:', 'https:'))),
      (error: Error & { code?: string }) => error.code === 'EPROTO' || /^ERR_SSL_/.test(error.code ?? ''),
    );
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    await assert.rejects(get(url), { code: 'ECONNREFUSED' });
  });

  it('rejects a client certificate that cannot be read', async () => {
    const transport = createTransport({ tls: { cert: 'no PEM', key: 'no PEM' } });
    const request: MeshRequest = { method: 'GET', url: new URL('https://127.0.0.1:1/'), headers: {} };
    await assert.rejects(transport(request), (error: Error & { code?: string }) => /^ERR_OSSL_/.test(error.code ?? ''));
  });

  describe('gives up on what stands still, and on nothing else', () => {
    /** A clock that stands: what is due at which time, done when the test says so. */
    function standingClock() {
      let time = 0;
      let due: { at: number; then: () => void }[] = [];
      const restarts: (() => void)[] = [];
      return {
        later: (then: () => void, milliseconds: number) => {
          const entry = { at: time + milliseconds, then };
          due.push(entry);
          restarts.splice(0).forEach((tell) => tell());
          return () => (due = due.filter((other) => other !== entry));
        },
        pass(milliseconds: number) {
          time += milliseconds;
          const now = due.filter(({ at }) => at <= time);
          now.forEach(({ then }) => then());
        },
        /** Resolves when the transport next sees a byte. */
        restarted: () => new Promise<void>((resolve) => restarts.push(resolve)),
        pending: () => due.length,
      };
    }

    const LIMITS = { idleLimit: 60_000, timeLimit: 600_000 };

    it('a trickle goes on for as long as the whole may take, and no longer', async () => {
      const clock = standingClock();
      let drip: () => void = () => undefined;
      const url = await serve((_incoming, outgoing) => {
        drip = () => outgoing.write('.');
        outgoing.write('.');
      });
      const begun = new Promise<void>((resolve) => servers.at(-1)?.once('request', () => resolve()));
      const answer = get(url, { ...LIMITS, later: clock.later });
      let over = false;
      const rejected = assert.rejects(answer, { name: 'TimeoutError' }).then(() => (over = true));
      await begun;
      for (let seconds = 50; seconds < 600; seconds += 50) {
        clock.pass(50_000);
        const seen = clock.restarted();
        drip();
        await seen;
      }
      assert.equal(over, false);
      clock.pass(50_000);
      await rejected;
      assert.equal(clock.pending(), 0);
    });

    it('silence for a minute is the end', async () => {
      const clock = standingClock();
      const url = await serve((_incoming, outgoing) => outgoing.write('.'));
      const begun = new Promise<void>((resolve) => servers.at(-1)?.once('request', () => resolve()));
      const rejected = assert.rejects(get(url, { ...LIMITS, later: clock.later }), (error: Error) => {
        assert.equal(error.name, 'TimeoutError');
        assert.deepEqual((error as Error & { circumstances?: unknown }).circumstances, {
          secure: false,
          connected: true,
          certificate: false,
          authorities: false,
        });
        return true;
      });
      await begun;
      clock.pass(60_000);
      await rejected;
      assert.equal(clock.pending(), 0);
    });

    it('nothing is left to wait for when the answer is there', async () => {
      const clock = standingClock();
      const url = await serve((_incoming, outgoing) => outgoing.end('done'));
      await get(url, { ...LIMITS, later: clock.later });
      assert.equal(clock.pending(), 0);
    });
  });

  it('carries a large request and a large answer byte for byte, with and without a length', async () => {
    const body = Buffer.alloc(3 * 1024 * 1024 + 17, 'not a multiple of anything');
    const url = await serve((incoming, outgoing) => {
      if (incoming.headers['x-known']) outgoing.setHeader('Content-Length', incoming.headers['content-length']!);
      incoming.pipe(outgoing);
    });
    for (const headers of [{ 'X-Known': 'yes' }, {}] as Record<string, string>[]) {
      const answer = await createTransport()({ method: 'POST', url, headers, body });
      assert.ok(answer.body.equals(body));
    }
  });

  it('hears an answer that comes before the request is out', async () => {
    const url = await serve((_incoming, outgoing) => outgoing.writeHead(413).end('too large'));
    const request = { method: 'POST', url, headers: {}, body: Buffer.alloc(50 * 1024 * 1024) } as const;
    assert.equal((await createTransport()(request)).status, 413);
  });

  it('has no body in the answer to HEAD, whatever the length says', async () => {
    const url = await serve((_incoming, outgoing) => outgoing.writeHead(200, { 'Content-Length': 1000 }).end());
    assert.equal((await createTransport()({ method: 'HEAD', url, headers: {} })).body.length, 0);
  });

  describe('over TLS', function () {
    // Keys are made first, each of which takes a while.
    this.timeout(20_000);

    async function secure(listener: RequestListener): Promise<{ url: URL; tls: TlsOptions; sockets: Set<Socket> }> {
      const { ours } = await identities();
      const sockets = new Set<Socket>();
      const server = createSecureServer(await certified(ours, { use: 'server' }), listener);
      server.on('request', ({ socket }) => sockets.add(socket));
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      return { url, tls: { ca: ours.cert }, sockets };
    }

    it('shares a connection among requests that may be repeated, and gives any other one of its own', async () => {
      const { url, tls, sockets } = await secure((incoming, outgoing) => {
        incoming.resume().on('end', () => outgoing.end('{}'));
      });
      const transport = createTransport({ tls });
      const send = async (method: MeshRequest['method'], repeatable?: boolean) => {
        await transport({ method, url, headers: {}, body: Buffer.alloc(100_000), repeatable });
        return sockets.size;
      };
      assert.equal(await send('GET'), 1);
      assert.equal(await send('PUT'), 1);
      assert.equal(await send('POST'), 2);
      assert.equal(await send('POST'), 3);
      assert.equal(await send('POST', true), 3);
      assert.equal(await send('GET', false), 4);
      assert.equal(await send('HEAD'), 4);
    });

    it('does not keep a connection on which the rest of a request is still to come', async () => {
      const { url, tls, sockets } = await secure((_incoming, outgoing) => outgoing.writeHead(413).end());
      const transport = createTransport({ tls });
      const body = Buffer.alloc(20 * 1024 * 1024);
      assert.equal((await transport({ method: 'PUT', url, headers: {}, body })).status, 413);
      assert.equal((await transport({ method: 'GET', url, headers: {} })).status, 413);
      assert.equal(sockets.size, 2);
    });

    it('keeps no process from ending while a connection is kept', async () => {
      const { url, tls } = await secure((_incoming, outgoing) => outgoing.end('{}'));
      const script = `
        const { createTransport } = require(${JSON.stringify(require.resolve('../../mesh/transport'))});
        const { tls, href } = JSON.parse(process.env.GIVEN);
        const sockets = [];
        require('node:diagnostics_channel').subscribe('http.client.response.finish', ({ request }) => sockets.push(request.socket));
        process.once('beforeExit', () => console.log('nothing to do, closed:', sockets.map(({ destroyed }) => destroyed)));
        createTransport({ tls })({ method: 'GET', url: new URL(href), headers: {} });`;
      const env = { ...process.env, GIVEN: JSON.stringify({ tls, href: url.href }) };
      const child = spawn(process.execPath, ['-e', script], { env });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += String(text)));
      await once(child, 'close');
      assert.equal(said.trim(), 'nothing to do, closed: [ false ]');
    });

    it('tells how far it had come', async () => {
      const { url, tls } = await secure((_incoming, outgoing) => outgoing.destroy());
      const request = { method: 'POST', url, headers: {} } as const;
      const circumstances = { secure: true, connected: true, certificate: false, authorities: true };
      await assert.rejects(createTransport({ tls })(request), { code: 'ECONNRESET', circumstances });
      const untrusting = createTransport({ tls: { ca: (await identities()).theirs.cert } });
      const before = { ...circumstances, connected: false };
      await assert.rejects(untrusting(request), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', circumstances: before });
    });
  });
});
