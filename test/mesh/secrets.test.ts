// Plants secrets, drives the client through everything that can go wrong, and looks for them in all that comes out.
import assert from 'node:assert/strict';
import { createMeshClient } from '../../mesh/client';
import type { Mailbox } from '../../mesh/client';
import { createTransport } from '../../mesh/transport';
import { assertClean, detector, failed, recordOutput } from './secrets/expect';
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
import { ADDRESS, CREDENTIALS, OUTSIDE } from './secrets/planted';

/** The status that MESH gives most of its reasons with. */
const TELLING = 417;

const NAMES = Object.keys(OPERATIONS);

/** Where no answer is an answer, too. */
const ANSWERED: Record<string, readonly number[]> = { trackByLocalId: [300, 404], whetherArrived: [300, 404] };

describe('no secret comes out of the client', () => {
  let written: () => string[];
  before(() => {
    written = recordOutput();
  });
  after(() => {
    for (const text of written()) assert.deepEqual(detector.find(text), []);
  });

  for (const [shape, make] of Object.entries(SHAPES))
    it(`when a server repeats it in ${shape}`, async () => {
      for (const name of NAMES)
        for (const status of STATUSES)
          for (const piece of status === TELLING ? PIECES : [undefined]) {
            const client = watchedClient(answering(status, make, piece));
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
          const client = watchedClient((request) => Promise.reject(make(piece ?? everythingKnown(request))));
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
          const client = watchedClient(network, { endpoint: server.url });
          await failed(() => OPERATIONS[name]!(client), name);
        }
      });

    it('never answers', async () => {
      server = await startHostile(() => '');
      const silent = createTransport({ timeLimit: 20 });
      for (const name of NAMES) {
        const client = watchedClient(silent, { endpoint: server.url });
        await failed(() => OPERATIONS[name]!(client), name);
      }
    });

    it('is not there', async () => {
      server = await startHostile(() => undefined);
      await server.close();
      for (const name of NAMES) {
        const client = watchedClient(createTransport(), { endpoint: server.url });
        const error = await failed(() => OPERATIONS[name]!(client), name);
        assert.equal(error.code, 'ECONNREFUSED', name);
      }
    });
  });

  it('when it is cancelled, whatever the reason given', async () => {
    const reason = Object.assign(new Error(everythingKnown()), { told: everythingKnown() });
    for (const name of NAMES) {
      const before = watchedClient(createTransport());
      const early = await failed(() => OPERATIONS[name]!(before, AbortSignal.abort(reason)), name);
      assert.equal(early.kind, 'cancelled', name);
      const controller = new AbortController();
      const during = watchedClient(() => {
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
          const client = watchedClient(() => assert.fail('nothing is sent'));
          const error = await failed(() => client.send({ ...MESSAGE, [field]: value }), field);
          assert.equal(error.kind, 'invalid-request');
        });

    it('as a message id that is an address', async () => {
      for (const operation of ['head', 'download', 'open', 'acknowledge', 'track'] as const)
        for (const status of STATUSES) {
          const client = watchedClient(answering(status, () => ({ body: '' })));
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
