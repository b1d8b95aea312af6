import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createTransport } from '../../mesh/transport';
import type { MeshRequest, TransportOptions } from '../../mesh/transport';

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
});
