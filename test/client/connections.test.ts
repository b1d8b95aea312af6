import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createConnections } from '../../client/mailboxes/connections';
import { keyOf, type Place } from '../../exchange/place';
import type { SecretKeeper, Secrets } from '../../client/mailboxes/secret-keeper';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { createAuthority, toPkcs12 } from '../../mesh/sandbox/certificates';
import type { Transport } from '../../mesh/transport';

const place: Place = {
  name: 'A',
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26',
  environment: 'mesh.example',
};
const right: Secrets = { password: 'right', sharedKey: 'key' };

/** What a person is asked, in order, with the answers; the network answers every handshake with a status. */
function window(script: {
  secrets?: (Secrets | undefined)[];
  passphrases?: (string | undefined)[];
  status?: number[];
}) {
  const kept = new Map<string, Secrets>();
  const log: string[] = [];
  const statuses = [...(script.status ?? [])];
  const [secrets, passphrases] = [[...(script.secrets ?? [])], [...(script.passphrases ?? [])]];
  const way: { proxy?: URL } = {};
  const clock = { now: Date.parse('2026-01-31T09:30:00Z') };
  const keeper: SecretKeeper = {
    get: (at) => Promise.resolve(kept.get(keyOf(at))),
    keep: (at, known) => {
      kept.set(keyOf(at), known);
      return Promise.resolve();
    },
    forget: (at) => {
      kept.delete('key' in at ? at.key : keyOf(at));
      return Promise.resolve();
    },
    list: () => [],
  };
  const transport: Transport = ({ method, url }) => {
    log.push(`${method} ${url.pathname}`);
    const body = Buffer.from('{ "count": 3 }');
    return Promise.resolve({ status: statuses.shift() ?? 200, headers: {}, body });
  };
  const connections = createConnections({
    keeper,
    createClient: ({ endpoint, mailbox }, { password, sharedKey, passphrase }) => {
      log.push(`client${passphrase === undefined ? '' : ` with ${passphrase}`}`);
      const now = () => new Date(clock.now);
      return createMeshClient({ endpoint, mailbox, password, sharedKey }, { transport, now });
    },
    askSecrets: () => {
      log.push('secrets?');
      return Promise.resolve(secrets.shift());
    },
    askPassphrase: (_at, wrong) => {
      log.push(wrong ? 'pass phrase again?' : 'pass phrase?');
      return Promise.resolve(passphrases.shift());
    },
    proxyOf: () => way.proxy,
    shown: (_at, work) => work(new AbortController().signal),
    now: () => clock.now,
  });
  return { connections, kept, log, clock, way };
}

const HANDSHAKE = 'POST /messageexchange/X26';

describe('a mailbox that the window connects to', () => {
  it('is asked for its secrets once, tried, and they are kept', async () => {
    const { connections, kept, log } = window({ secrets: [right] });
    const client = await connections.connect(place);
    assert.deepEqual(log, ['secrets?', 'client', HANDSHAKE]);
    assert.deepEqual([...kept.values()], [right]);
    assert.equal(await connections.connect(place), client, 'one client');
    assert.deepEqual(log.length, 3, 'nothing is asked again');
  });

  it('is left alone in quiet where its secrets are not known, and used where they are', async () => {
    const { connections, kept, log } = window({ secrets: [right] });
    assert.equal(await connections.connect(place, { quiet: true }), undefined);
    assert.deepEqual(log, []);
    kept.set(keyOf(place), right);
    assert.ok(await connections.connect(place, { quiet: true }));
    assert.deepEqual(log, ['client', HANDSHAKE]);
  });

  it('is tried before its first use, though the secrets are known', async () => {
    const { connections, kept, log } = window({});
    kept.set(keyOf(place), right);
    await connections.connect(place);
    assert.deepEqual(log, ['client', HANDSHAKE]);
  });

  it('is tried again after an hour, and after the clock was set back', async () => {
    const { connections, kept, log, clock } = window({});
    kept.set(keyOf(place), right);
    const shaken = async (minutes: number): Promise<number> => {
      clock.now += minutes * 60_000;
      await connections.connect(place);
      return log.filter((line) => line === HANDSHAKE).length;
    };
    assert.deepEqual([await shaken(0), await shaken(59), await shaken(1), await shaken(-90)], [1, 1, 2, 3]);
    assert.equal(log.filter((line) => line === 'client').length, 1);
  });

  it('keeps no secrets that do not work', async () => {
    const { connections, kept, log } = window({ secrets: [right, right], status: [403] });
    await assert.rejects(connections.connect(place), MeshError);
    assert.equal(kept.size, 0);
    await connections.connect(place);
    assert.deepEqual(
      log.filter((line) => line !== 'client'),
      ['secrets?', HANDSHAKE, 'secrets?', HANDSHAKE],
    );
    assert.equal(kept.size, 1);
  });

  it('is left alone when the person gives up', async () => {
    const { connections, kept, log } = window({ secrets: [undefined] });
    assert.equal(await connections.connect(place), undefined);
    assert.deepEqual([log, kept.size], [['secrets?'], 0]);
  });

  it('has another client after its secrets or its address changed', async () => {
    const { connections } = window({ secrets: [right, { ...right, password: 'new' }] });
    const first = await connections.connect(place);
    await connections.keeper.forget(place);
    const second = await connections.connect(place);
    assert.notEqual(second, first);
    assert.equal(await connections.connect(place), second);
  });

  it('is proved with secrets that are not kept yet, and then needs no more', async () => {
    const { connections, kept, log } = window({});
    assert.equal(await connections.prove(place, right), true);
    assert.deepEqual([...kept.values()], [right]);
    await connections.connect(place);
    assert.deepEqual(log, ['client', HANDSHAKE]);
  });

  it('is asked and tried once when two want it at once', async () => {
    const { connections, log } = window({ secrets: [right] });
    const [one, other] = await Promise.all([connections.connect(place), connections.connect(place)]);
    assert.ok(one);
    assert.equal(one, other);
    assert.deepEqual(log, ['secrets?', 'client', HANDSHAKE]);
  });

  it('is tried once when somebody looks quietly at the same time', async () => {
    const { connections, kept, log } = window({});
    kept.set(keyOf(place), right);
    await Promise.all([
      connections.connect(place),
      connections.connect(place, { quiet: true }),
      connections.test(place),
    ]);
    assert.equal(log.filter((line) => line === HANDSHAKE).length, 1);
  });

  it('is tried by one who asks after another failed', async () => {
    const { connections, kept, log } = window({ status: [403] });
    kept.set(keyOf(place), right);
    const both = await Promise.allSettled([connections.connect(place), connections.connect(place, { quiet: true })]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.ok(await connections.connect(place));
    assert.equal(log.filter((line) => line === HANDSHAKE).length, 2);
  });

  it('has another client when the way to it leads through another proxy', async () => {
    const { connections, kept, way } = window({});
    kept.set(keyOf(place), right);
    const first = await connections.connect(place);
    way.proxy = new URL('http://proxy.example:8080');
    assert.notEqual(await connections.connect(place), first);
  });

  it('is tested by a handshake, and within an hour of one by its inbox, unless a person insists', async () => {
    const { connections, kept, log, clock } = window({});
    kept.set(keyOf(place), right);
    assert.equal(connections.provedAt(place), undefined);
    assert.deepEqual(await connections.test(place), { by: 'handshake' });
    const shaken = new Date(clock.now);
    assert.equal(connections.provedAt(place), clock.now);
    clock.now += 59 * 60_000;
    assert.deepEqual(await connections.test(place), { by: 'count', waiting: 3, shaken });
    assert.deepEqual(await connections.test(place, { again: true }), { by: 'handshake' });
    clock.now += 60 * 60_000;
    assert.deepEqual(await connections.test(place), { by: 'handshake' });
    assert.deepEqual(log, ['client', HANDSHAKE, `GET /messageexchange/X26/count`, HANDSHAKE, HANDSHAKE]);
  });

  it('is tested with secrets that are asked for, and a test that fails keeps none', async () => {
    const { connections, kept, log } = window({ secrets: [right, undefined], status: [403] });
    await assert.rejects(connections.test(place), MeshError);
    assert.equal(await connections.test(place), undefined);
    assert.deepEqual([log, kept.size], [['secrets?', 'client', HANDSHAKE, 'secrets?'], 0]);
  });

  it('of the sandbox is asked nothing and tried by nothing', async () => {
    const { connections, kept, log } = window({});
    const sandbox: Place = { ...place, sandbox: { mailbox: 'X26', password: 'public', sharedKey: 'public' } };
    await connections.connect(sandbox);
    const elsewhere = { ...sandbox, endpoint: new URL('http://127.0.0.1:9') };
    assert.notEqual(await connections.connect(elsewhere), await connections.connect(sandbox));
    assert.ok(log.every((line) => line === 'client'));
    assert.equal(kept.size, 0);
  });
});

describe('a mailbox whose certificate has a pass phrase', () => {
  let folder: string;
  let locked: Place;
  before(async function () {
    // Making keys takes a while on a busy machine.
    this.timeout(20_000);
    folder = mkdtempSync(path.join(os.tmpdir(), 'connections-'));
    const validity = { from: new Date('2026-01-01'), until: new Date('2036-01-01') };
    const identity = await createAuthority('Somebody', validity);
    const certificate = path.join(folder, 'client.p12');
    writeFileSync(certificate, toPkcs12(identity, identity.cert, 'right'));
    locked = { ...place, certificates: { certificate } };
  });
  after(() => rmSync(folder, { recursive: true }));

  it('is asked for it until it opens, and it is kept with the other secrets', async () => {
    const { connections, kept, log } = window({ secrets: [right], passphrases: ['wrong', 'right'] });
    await connections.connect(locked);
    assert.deepEqual(log, ['secrets?', 'pass phrase?', 'pass phrase again?', 'client with right', HANDSHAKE]);
    assert.deepEqual([...kept.values()], [{ ...right, passphrase: 'right' }]);
    await connections.connect(locked);
    assert.equal(log.length, 5);
  });

  it('is asked for it where password and shared key were kept before it had one', async () => {
    const { connections, kept, log } = window({ passphrases: ['right'] });
    kept.set(keyOf(locked), right);
    await connections.connect(locked);
    assert.deepEqual(log, ['pass phrase?', 'client with right', HANDSHAKE]);
    assert.equal([...kept.values()][0]?.passphrase, 'right');
  });

  it('is left alone when the person gives up', async () => {
    const { connections, kept, log } = window({ passphrases: [undefined] });
    assert.equal(await connections.prove(locked, right), false);
    assert.deepEqual([log, kept.size], [['pass phrase?'], 0]);
  });
});
