// Plants secrets, drives the client through everything that can go wrong, and looks for them in all that comes out.
import assert from 'node:assert/strict';
import { createMeshClient } from '../../mesh/client';
import type { Mailbox } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { createTransport } from '../../mesh/transport';
import { createDetector } from './secrets/detector';
import {
  answering,
  everythingKnown,
  FAILURES,
  ON_THE_WIRE,
  PIECES,
  SHAPES,
  startHostile,
  STATUSES,
} from './secrets/hostile';
import type { HostileServer } from './secrets/hostile';
import { MAILBOX, MESSAGE, OPERATIONS, watchedClient } from './secrets/operations';
import { ADDRESS, CREDENTIALS, OUTSIDE, SECRETS } from './secrets/planted';
import { textsIn } from './secrets/texts';

/** The status that MESH gives most of its reasons with. */
const TELLING = 417;

/** One for all, so that a text is looked at once. */
const detector = createDetector();

const NAMES = Object.keys(OPERATIONS);

/** Where no answer is an answer, too. */
const ANSWERED: Record<string, readonly number[]> = { trackByLocalId: [300, 404], whetherArrived: [300, 404] };

/** Nothing planted in anything that hangs on the value. */
function assertClean(value: unknown, when: string): void {
  for (const text of textsIn(value)) assert.deepEqual(detector.find(text), [], `${when}: ${text.slice(0, 300)}`);
}

/** The error of a call that must fail, with nothing planted in it. */
async function failed(call: () => Promise<unknown>, when: string): Promise<MeshError> {
  let thrown: unknown;
  await assert.rejects(
    call,
    (error) => {
      thrown = error;
      return true;
    },
    when,
  );
  assert.ok(thrown instanceof MeshError, `${when}: only MeshErrors come out`);
  assertClean(thrown, when);
  return thrown;
}

describe('the detector of secrets', () => {
  const DISGUISES: Record<string, (secret: string) => string> = {
    'as it is': (secret) => secret,
    'in capitals': (secret) => secret.toUpperCase(),
    'in small letters': (secret) => secret.toLowerCase(),
    'its beginning': (secret) => secret.slice(0, 9),
    'its end': (secret) => secret.slice(-9),
    'in JSON': (secret) => JSON.stringify({ secret }),
    'in JSON within JSON': (secret) => JSON.stringify(JSON.stringify({ secret })),
    'in JSON, escaped to ASCII': (secret) =>
      JSON.stringify(secret).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    'in HTML': (secret) =>
      secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;').replaceAll('"', '&#x22;'),
    'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
    'in hexadecimal, in capitals': (secret) => `0${Buffer.from(secret).toString('hex').toUpperCase()}`,
    'in base64': (secret) => Buffer.from(secret).toString('base64'),
    'in base64, behind one byte': (secret) => Buffer.from(`a${secret}`).toString('base64'),
    'in base64, behind two bytes': (secret) => Buffer.from(`ab${secret}`).toString('base64'),
    'in base64 for URLs': (secret) => `token=${Buffer.from(`ab${secret}`).toString('base64url')};`,
    'in base64 of capitals': (secret) => Buffer.from(secret.toUpperCase()).toString('base64'),
    'percent-encoded': (secret) => encodeURIComponent(secret),
    'percent-encoded, every byte': (secret) => Buffer.from(secret).toString('hex').replace(/../g, '%$&'),
    'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
    'UTF-8 read as Latin-1': (secret) => Buffer.from(secret).toString('latin1'),
    'as bytes in JSON': (secret) => JSON.stringify(Buffer.from(secret)),
    'over several lines': (secret) => secret.replace(/(.{5})/g, "$1' +\n  '"),
    'with spaces between digits': (secret) => secret.replace(/(\d{3})(\d{3})(\d{4})/, '$1 $2 $3'),
  };

  const CARRIERS: Record<string, (text: string) => unknown> = {
    'its message': (text) => new Error(text),
    'a stack': (text) => Object.assign(new Error('x'), { stack: text }),
    'a property': (text) => Object.assign(new Error('x'), { headers: { authorization: text } }),
    'a property that is not listed': (text) => Object.defineProperty(new Error('x'), 'hidden', { value: text }),
    'a property with a symbol': (text) => Object.assign(new Error('x'), { [Symbol('hidden')]: { text } }),
    'a symbol': (text) => Object.assign(new Error('x'), { [Symbol(text)]: 1 }),
    'a name': (text) => Object.assign(new Error('x'), { [text]: 1 }),
    'an inherited getter': (text) =>
      new (class extends Error {
        get told() {
          return text;
        }
      })('x'),
    'a cause of a cause': (text) => new Error('x', { cause: new Error('x', { cause: new Error(text) }) }),
    'one error of several': (text) => new AggregateError([new Error('x'), new Error(text)]),
    'a Buffer': (text) => Object.assign(new Error('x'), { rawPacket: Buffer.from(text) }),
    'a Map': (text) => Object.assign(new Error('x'), { headers: new Map([['x', [text]]]) }),
    'toJSON alone': (text) => Object.assign(new Error('x'), { toJSON: () => ({ text }) }),
    'a circle': (text) => {
      const error = Object.assign(new Error('x'), { self: {}, request: { text } });
      error.self = error;
      return error;
    },
  };

  const isFound = (value: unknown, name: string) => textsIn(value).some((text) => detector.find(text).includes(name));

  for (const [disguise, disguised] of Object.entries(DISGUISES))
    it(`finds each secret ${disguise}`, () => {
      for (const [name, [secret = '']] of Object.entries(SECRETS))
        assert.ok(isFound(new Error(`Could not: ${disguised(secret)}`), name), name);
    });

  for (const [carrier, carry] of Object.entries(CARRIERS))
    it(`finds each secret in ${carrier}`, () => {
      for (const [name, [secret = '']] of Object.entries(SECRETS)) assert.ok(isFound(carry(secret), name), name);
    });

  it('finds a birth date however it is written', () => {
    for (const date of ['19610829', '1961-08-29', '29/08/1961', '29.08.1961', '1961-08-29T00:00:00Z'])
      assert.ok(isFound(new Error(`born ${date}`), 'birth date'), date);
  });

  it('finds all of them in what hostile servers and networks say', () => {
    const all = Object.keys(SECRETS).sort();
    assert.deepEqual(detector.find(everythingKnown()).sort(), all);
    for (const [shape, make] of Object.entries(SHAPES)) {
      const answer = make(everythingKnown());
      if (!shape.includes('short')) assert.deepEqual(detector.find(JSON.stringify(answer)).sort(), all, shape);
    }
    for (const failure of ['ECONNRESET', 'several at once', 'a text', 'an object'])
      for (const name of all) assert.ok(isFound(FAILURES[failure]?.(everythingKnown()), name), `${failure}: ${name}`);
  });

  it('finds a token that was planted later, and nothing in what holds no secret', () => {
    assertClean(new MeshError('server', 'Could not send the message: GPPROVIDER_*** is not known.'), 'clean');
    const own = createDetector();
    assert.deepEqual(own.find('0123456789abcdef'), []);
    own.plant('token', '0123456789abcdef');
    assert.deepEqual(own.find('x 23456789AB'), ['token']);
  });
});

describe('no secret comes out of the client', () => {
  for (const [shape, make] of Object.entries(SHAPES))
    it(`when a server repeats it in ${shape}`, async () => {
      for (const name of NAMES)
        for (const status of STATUSES)
          for (const piece of status === TELLING ? PIECES : [undefined]) {
            const client = watchedClient(detector, answering(status, make, piece));
            const when = `${name}, ${status}, ${piece ?? 'everything'}`;
            if (!ANSWERED[name]?.includes(status)) await failed(() => OPERATIONS[name]!(client), when);
            else assertClean(await OPERATIONS[name]!(client).catch((error: unknown) => error), when);
          }
    });

  for (const [failure, make] of Object.entries(FAILURES))
    it(`when the network fails with ${failure}`, async () => {
      for (const name of NAMES)
        for (const piece of PIECES) {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a library may throw anything
          const client = watchedClient(detector, (request) => Promise.reject(make(piece ?? everythingKnown(request))));
          await failed(() => OPERATIONS[name]!(client), `${name}, ${piece ?? 'everything'}`);
        }
    });

  describe('when a server', () => {
    let server: HostileServer | undefined;
    afterEach(() => server?.close());

    for (const [behaviour, answer] of Object.entries(ON_THE_WIRE))
      it(`answers with ${behaviour}`, async () => {
        server = await startHostile(answer);
        const network = createTransport({ maximumBytes: 100_000 });
        for (const name of NAMES) {
          const client = watchedClient(detector, network, { endpoint: server.url });
          await failed(() => OPERATIONS[name]!(client), name);
        }
      });

    it('never answers', async () => {
      server = await startHostile(() => '');
      const silent = createTransport({ timeLimit: 20 });
      for (const name of NAMES) {
        const client = watchedClient(detector, silent, { endpoint: server.url });
        await failed(() => OPERATIONS[name]!(client), name);
      }
    });

    it('is not there', async () => {
      server = await startHostile(() => undefined);
      await server.close();
      for (const name of NAMES) {
        const client = watchedClient(detector, createTransport(), { endpoint: server.url });
        const error = await failed(() => OPERATIONS[name]!(client), name);
        assert.equal(error.code, 'ECONNREFUSED', name);
      }
    });
  });

  it('when it is cancelled, whatever the reason given', async () => {
    const reason = Object.assign(new Error(everythingKnown()), { told: everythingKnown() });
    for (const name of NAMES) {
      const before = watchedClient(detector, createTransport());
      const early = await failed(() => OPERATIONS[name]!(before, AbortSignal.abort(reason)), name);
      assert.equal(early.kind, 'cancelled', name);
      const controller = new AbortController();
      const during = watchedClient(detector, () => {
        controller.abort(reason);
        return Promise.reject(reason);
      });
      const late = await failed(() => OPERATIONS[name]!(during, controller.signal), name);
      assert.equal(late.kind, 'cancelled', name);
    }
  });

  describe('when the message cannot be right', () => {
    for (const field of ['to', 'workflowId', 'subject', 'localId', 'fileName', 'partnerId'] as const)
      for (const [what, end] of Object.entries({
        'a line end': '\r\nMex-To: x',
        'a tab': '\t',
        'a character of no header': ' ☤',
        'too many characters': ' .'.repeat(300),
      }))
        it(`${field} with ${what}`, async () => {
          const value = `${OUTSIDE.subject} ${ADDRESS}${end}x`;
          const client = watchedClient(detector, () => assert.fail('nothing is sent'));
          const error = await failed(() => client.send({ ...MESSAGE, [field]: value }), field);
          assert.equal(error.kind, 'invalid-request');
        });

    it('as a message id that is an address', async () => {
      for (const operation of ['head', 'download', 'open', 'acknowledge', 'track'] as const)
        for (const status of STATUSES) {
          const client = watchedClient(
            detector,
            answering(status, () => ({ body: '' })),
          );
          await failed(() => client[operation](ADDRESS), operation);
        }
    });
  });

  describe('when the mailbox cannot be right', () => {
    const proxied = `http://clerk:${encodeURIComponent(CREDENTIALS.proxyPassword)}@127.0.0.1:1`;
    const cases: Record<string, Partial<Mailbox>> = {
      'a password in the endpoint': { endpoint: new URL(proxied) },
      'plain http to another machine': { endpoint: new URL(`http://mesh.example/${encodeURIComponent(ADDRESS)}`) },
      'another scheme': {
        endpoint: new URL(`ftp://clerk:${encodeURIComponent(CREDENTIALS.proxyPassword)}@mesh.example`),
      },
      'an id that is an address': { mailbox: ADDRESS },
      'an id that is the password': { mailbox: CREDENTIALS.password },
      'no password': { password: '' },
      'no shared key': { sharedKey: '' },
    };
    for (const [what, change] of Object.entries(cases))
      it(what, async () => {
        const make = () => Promise.resolve().then(() => createMeshClient({ ...MAILBOX, ...change }));
        const error = await failed(make, what);
        assert.equal(error.kind, 'invalid-request');
      });
  });
});
