import assert from 'node:assert/strict';
import { createTerminologyClient, type TerminologyClient } from '../../terminology/client';
import { TerminologyError, type TerminologyErrorKind } from '../../terminology/errors';
import { createTransport } from '../../terminology/transport';
import { outcome, send, type ServerOptions, SNOMED, startTerminologyServer, type TerminologyServer } from './server';

const NEVER = new AbortController().signal;
const SECRET = { system: SNOMED, code: '73211009' };

describe('terminology client', () => {
  const servers: TerminologyServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

  async function start(options: ServerOptions = {}): Promise<{ server: TerminologyServer; client: TerminologyClient }> {
    const server = await startTerminologyServer(options);
    servers.push(server);
    return { server, client: createTerminologyClient(server.address) };
  }

  /** One sentence for a person, without what was asked. */
  async function fails(asked: Promise<unknown>, kind: TerminologyErrorKind, says: RegExp, host: string): Promise<void> {
    await assert.rejects(asked, (error: unknown) => {
      assert.ok(error instanceof TerminologyError);
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, says);
      assert.match(error.message, /^The terminology server \S+ could not answer: [^\n]*\.$/);
      assert.ok(error.message.includes(host));
      assert.doesNotMatch(error.message, /73211009|snomed/);
      return true;
    });
  }

  const answering = (status: number, body: unknown, headers: Record<string, string> = {}): ServerOptions => ({
    instead: (_path, _query, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      send(response, status, body);
      return true;
    },
  });

  for (const [fhirVersion, dialect] of [
    ['3.0.1', 'STU3'],
    ['3.0.2', 'STU3'],
    ['4.0.1', 'R4'],
    ['4.3.0', 'R4'],
    ['5.0.0', 'R4'],
  ])
    it(`finds that FHIR ${fhirVersion!} is the dialect ${dialect!}`, async () => {
      const { client } = await start({ fhirVersion });
      assert.equal(await client.dialect(NEVER), dialect);
    });

  const STATUSES: [status: number, kind: TerminologyErrorKind, says: RegExp][] = [
    [401, 'not-allowed', /sign-in/],
    [403, 'not-allowed', /sign-in/],
    [429, 'busy', /try again later/],
    [503, 'busy', /try again later/],
    [504, 'timeout', /in time/],
    [500, 'server', /HTTP 500/],
  ];
  for (const [status, kind, says] of STATUSES)
    it(`says in a person's words what HTTP ${status} means`, async () => {
      const { client, server } = await start(answering(status, outcome('exception', `no 73211009 of ${SNOMED}`)));
      await fails(client.lookup(SECRET, NEVER), kind, says, server.host);
    });

  for (const [name, body] of Object.entries({
    'a web page': '<html>Welcome</html>',
    nothing: '',
    'a list': '[]',
    'JSON of another kind': '{"name": "a server"}',
    'half a resource': '{"resourceType": "Para',
  }))
    it(`says that ${name} is not FHIR`, async () => {
      const { client, server } = await start(answering(200, body));
      await fails(client.dialect(NEVER), 'not-fhir', /not FHIR/, server.host);
      await fails(client.validateInSystem(SECRET, 'R4', NEVER), 'not-fhir', /not FHIR/, server.host);
    });

  for (const [name, options] of Object.entries({
    'nothing at /metadata': answering(404, 'Not found'),
    'a resource that is no CapabilityStatement': answering(200, { resourceType: 'Patient' }),
    'a CapabilityStatement without a version': answering(200, { resourceType: 'CapabilityStatement' }),
  }))
    it(`says so of ${name}, too`, async () => {
      const { client, server } = await start(options);
      await fails(client.dialect(NEVER), 'not-fhir', /\/fhir/, server.host);
    });

  it('follows no redirect', async () => {
    const { server: other } = await start();
    for (const status of [301, 302, 307, 308]) {
      const { client, server } = await start(answering(status, '', { Location: `${other.address}/metadata` }));
      await fails(client.dialect(NEVER), 'redirect', /another address/, server.host);
      assert.equal(server.asked.length, 1);
    }
    assert.deepEqual(other.asked, []);
  });

  it('says when nothing listens, and when a server speaks no https', async () => {
    const { client, server } = await start();
    const secure = createTerminologyClient(server.address.replace('http:', 'https:'));
    await fails(secure.dialect(NEVER), 'certificate', /https/, server.host);
    await server.stop();
    await fails(client.dialect(NEVER), 'network', /nothing listens/, server.host);
  });

  it('says when a name cannot be found, when a certificate is wrong, and when the connection breaks', async () => {
    const failing = (code: string) =>
      createTerminologyClient('https://tx.example.org/fhir', () =>
        Promise.reject(Object.assign(new Error('about 73211009'), { code })),
      ).lookup(SECRET, NEVER);
    for (const [code, kind, says] of [
      ['ENOTFOUND', 'network', /cannot be found/],
      ['ENETUNREACH', 'network', /VPN/],
      ['ETIMEDOUT', 'timeout', /in time/],
      ['CERT_HAS_EXPIRED', 'certificate', /out of date/],
      ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', /not trusted here/],
      ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', /another name/],
      ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate', /secure connection/],
      ['HPE_INVALID_CONSTANT', 'not-fhir', /web server/],
      ['ECONNRESET', 'network', /broke/],
    ] as const)
      await fails(failing(code), kind, says, 'tx.example.org');
  });

  it('says when an answer breaks off', async () => {
    const { client, server } = await start({
      instead: (_path, _query, response) => {
        response.writeHead(200, { 'Content-Length': 100 });
        response.write('half');
        response.socket?.end();
        return true;
      },
    });
    await fails(client.dialect(NEVER), 'network', /broke/, server.host);
  });

  it('takes no answer that is far too large', async () => {
    const { server } = await start(answering(200, { resourceType: 'Parameters', id: 'x'.repeat(2000) }));
    const client = createTerminologyClient(server.address, createTransport(1000));
    await fails(client.lookup(SECRET, NEVER), 'not-fhir', /far larger/, server.host);
  });

  it('stops when it is told to: before, and while waiting', async () => {
    const { client, server } = await start({ instead: () => true });
    await assert.rejects(client.dialect(AbortSignal.abort()), { kind: 'cancelled' });
    assert.deepEqual(server.asked, []);
    const stop = new AbortController();
    const { client: waiting } = await start({
      instead: () => {
        stop.abort();
        return true;
      },
    });
    await assert.rejects(waiting.dialect(stop.signal), { kind: 'cancelled' });
  });

  it('asks again, once, when the server has just closed the connection that was kept', async () => {
    let count = 0;
    const { client, server } = await start({
      instead: (path, _query, response) => {
        count += 1;
        if (path !== 'metadata' && count === 2) response.socket?.destroy();
        return path !== 'metadata' && count === 2;
      },
    });
    await client.dialect(NEVER);
    assert.equal((await client.lookup(SECRET, NEVER))?.display, 'Diabetes mellitus');
    assert.equal(server.asked.length, 3);
  });

  it('asks with no more than four connections', async () => {
    let open = 0;
    let most = 0;
    const { client } = await start({
      instead: (_path, _query, response) => {
        open += 1;
        most = Math.max(most, open);
        setImmediate(() => {
          open -= 1;
          send(response, 404, outcome('not-found', 'no'));
        });
        return true;
      },
    });
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        client.lookup({ system: SNOMED, code: String(i) }, new AbortController().signal),
      ),
    );
    assert.ok(most <= 4, String(most));
    assert.equal(open, 0);
  });

  describe('has an address', () => {
    for (const address of [
      'https://tx.example.org',
      'https://tx.example.org/fhir/',
      'https://tx.example.org/fhir/metadata',
      ' https://tx.example.org:8443/a/b ',
      'http://localhost:8080/fhir',
      'http://127.0.0.1:8080/fhir',
      'http://[::1]:8080/fhir',
    ])
      it(`such as ${address}`, () => {
        assert.ok(createTerminologyClient(address).host.length > 0);
      });

    for (const [address, says] of Object.entries({
      '': /such as https/,
      'tx.example.org/fhir': /such as https/,
      'ftp://tx.example.org/fhir': /such as https/,
      'file:///etc/hosts': /such as https/,
      'http://tx.example.org/fhir': /https:\/\//,
      'http://127.0.0.1.example.org/fhir': /https:\/\//,
      'https://somebody:hunter2@tx.example.org/fhir': /password/,
      'https://tx.example.org/fhir?token=abc': /"\?"/,
    }))
      it(`but not ${address || 'an empty one'}`, () => {
        assert.throws(
          () => createTerminologyClient(address),
          (error: unknown) => {
            assert.ok(error instanceof TerminologyError);
            assert.equal(error.kind, 'invalid-address');
            assert.match(error.message, says);
            assert.doesNotMatch(error.message, /somebody|hunter2|abc/);
            return true;
          },
        );
      });

    it('below which everything is asked', async () => {
      const asked: string[] = [];
      const client = createTerminologyClient('https://tx.example.org/a/fhir//', (url) => {
        asked.push(url.href);
        return Promise.resolve({ status: 404, body: '' });
      });
      await client.lookup({ system: 'urn:x', code: 'a b&c=d' }, NEVER);
      assert.deepEqual(asked, ['https://tx.example.org/a/fhir/CodeSystem/$lookup?system=urn%3Ax&code=a+b%26c%3Dd']);
    });
  });
});
