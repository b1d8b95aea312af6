// What the sandbox does when a scenario plays, seen from outside: which message it hits, when, how often, and that it ends.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { draftMessage } from '../../core/draft/message';
import { readResponse } from '../../core/itk3/response';
import { authorizationHeader } from '../../mesh/authorization';
import { createMeshClient } from '../../mesh/client';
import type { DownloadedMessage, OutgoingMessage } from '../../mesh/client';
import { collect } from '../../mesh/collect';
import { MeshError } from '../../mesh/errors';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createPractice } from '../../mesh/sandbox/receiver';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox, SandboxOptions } from '../../mesh/sandbox/sandbox';
import type { Scenario } from '../../mesh/sandbox/scenario';
import { createTransport } from '../../mesh/transport';
import type { MeshResponse } from '../../mesh/transport';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const PHARMACY = DEFAULT_MAILBOXES[0]!;

/** Time that passes only when a test says so. */
function stoppedClock() {
  let time = Date.parse('2026-01-31T09:30:00Z');
  let timers: { due: number; ring: () => void }[] = [];
  const waits: number[] = [];
  return {
    now: () => new Date(time),
    waits,
    wait: (milliseconds: number, signal: AbortSignal) => {
      waits.push(milliseconds);
      return new Promise<void>((resolve) => {
        timers.push({ due: time + milliseconds, ring: resolve });
        signal.addEventListener('abort', () => resolve());
      });
    },
    pass(milliseconds: number) {
      time += milliseconds;
      const due = timers.filter((timer) => timer.due <= time);
      timers = timers.filter((timer) => timer.due > time);
      for (const { ring } of due) ring();
    },
  };
}

describe('playing scenarios', function () {
  this.timeout(20_000);
  const open: Sandbox[] = [];
  afterEach(async () => {
    for (const sandbox of open.splice(0)) await sandbox.close();
  });

  async function start(options: SandboxOptions = {}) {
    const log: string[] = [];
    const receiver = createPractice(knowledge(), { odsCode: 'X26', now: options.now });
    const sandbox = await startSandbox({ port: 0, receiver, log: (line) => log.push(line), ...options });
    open.push(sandbox);
    const tls = sandbox.authority === undefined ? undefined : { ca: sandbox.authority };
    const client = createMeshClient(
      { endpoint: new URL(sandbox.url), ...PHARMACY, ...(tls && { tls }) },
      { now: options.now, wait: () => Promise.resolve() },
    );
    return { sandbox, client, log };
  }

  function message(senderReference?: string): Loose {
    const fresh = { now: new Date('2026-01-31T09:30:00Z'), randomUUID, random: () => 0 };
    const drafted: Loose = draftMessage('emergency-supply', { knowledge: knowledge(), fresh });
    const keys = drafted.entry[0].resource.extension[0].extension;
    if (senderReference !== undefined)
      keys.find((key: Loose) => key.url === 'SenderReference').valueString = senderReference;
    return drafted;
  }

  const outgoing = (content: unknown): OutgoingMessage => ({
    to: 'X26SURGERY',
    workflowId: 'DIGMED_EMG_MED',
    localId: randomUUID(),
    body: Buffer.from(JSON.stringify(content)),
  });

  const codeOf = ({ body }: DownloadedMessage) => readResponse(JSON.parse(body.toString()), knowledge())?.code;

  /** What waits for the pharmacy, in its order. */
  async function codes(client: ReturnType<typeof createMeshClient>): Promise<(string | undefined)[]> {
    const found: (string | undefined)[] = [];
    await collect(client, (one) => void found.push(one.kind === 'report' ? `report ${one.report.code}` : codeOf(one)));
    return found;
  }

  const failure = async (work: Promise<unknown>): Promise<MeshError> => {
    const error: unknown = await work.then(
      () => assert.fail('it went well'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof MeshError, String(error));
    return error;
  };

  let nonce = 0;
  function ask(sandbox: Sandbox, request: string, headers: Record<string, string> = {}): Promise<MeshResponse> {
    const [method = 'GET', to = '/'] = request.split(' ');
    const token = { ...PHARMACY, nonce: `n${nonce++}`, count: 0, time: new Date() };
    return createTransport()({
      method: method as 'GET',
      url: new URL(sandbox.url + to),
      headers: { Authorization: authorizationHeader(token), ...headers },
    });
  }

  describe('by the SenderReference', () => {
    it('answers that message as it asks, and no other', async () => {
      const { sandbox, client, log } = await start();
      for (const [reference, expected] of [
        ['sandbox:30003', ['20013', '30003']],
        ['sandbox:Out-Of-Order', ['30001', '20013']],
        ['sandbox:silence', []],
        ['sandbox:EPL-153', ['report EPL-153']],
        [undefined, ['20013', '30001']],
      ] as const) {
        const { messageId } = await client.send(outgoing(message(reference)));
        await sandbox.settled();
        assert.deepEqual(await codes(client), expected, reference);
        assert.notEqual(sandbox.told(messageId).length, 0);
        for (const sentence of sandbox.told(messageId)) assert.ok(log.includes(`message ${messageId} ${sentence}`));
      }
      assert.equal(sandbox.scenario, undefined);
    });

    it('goes before what plays for all', async () => {
      const { sandbox, client } = await start({ scenario: 'silence' });
      await client.send(outgoing(message('sandbox:20009')));
      await client.send(outgoing(message()));
      await sandbox.settled();
      assert.deepEqual(await codes(client), ['20009']);
    });

    it('breaks the sending of that message once, also compressed', async () => {
      const { client } = await start();
      for (const compress of [false, true]) {
        const struck = outgoing(message('sandbox:error-500'));
        const error = await failure(client.send(struck, { compress }));
        assert.deepEqual([error.status, error.sent], [500, 'unknown']);
        await client.send(outgoing(message()), { compress });
        await client.send(struck, { compress });
      }
    });

    it('breaks the download of the answers, which repeat the reference', async () => {
      const { sandbox, client, log } = await start();
      await client.send(outgoing(message('sandbox:reset-download')));
      await client.send(outgoing(message()));
      await sandbox.settled();
      assert.deepEqual(await codes(client), ['20013', '30001', '20013', '30001']);
      assert.equal(log.filter((line) => line.endsWith('(reset-download: reset)')).length, 2);
    });

    it('of a scenario that is not there is told in the answer', async () => {
      const { sandbox, client } = await start();
      await client.send(outgoing(message('sandbox:slience')));
      await sandbox.settled();
      const [id = ''] = await client.inbox();
      const response = readResponse(JSON.parse((await client.download(id)).body.toString()), knowledge());
      assert.equal(response?.code, '10007');
      assert.equal(response.diagnostics, 'The sandbox has no scenario of that name. Did you mean "silence"?');
    });
  });

  it('a business answer that the message does not ask for is not sent, and the sandbox says so', async () => {
    const { sandbox, client, log } = await start({ scenario: '30002' });
    const sent = message();
    const keys = sent.entry[0].resource.extension[0].extension;
    keys.find((key: Loose) => key.url === 'BusAckRequested').valueBoolean = false;
    const { messageId } = await client.send(outgoing(sent));
    await sandbox.settled();
    assert.deepEqual(await codes(client), ['20013']);
    const said = 'not answered with 30002 (scenario 30002): the message asks for no business acknowledgement';
    assert.deepEqual(sandbox.told(messageId), ['answered with 20013 (scenario 30002)', said]);
    assert.ok(log.includes(`message ${messageId} ${said}`));
  });

  it('answers planned for later come when their time has come, and not after the end', async () => {
    const clock = stoppedClock();
    const { sandbox, client } = await start({ now: clock.now, wait: clock.wait, scenario: 'slow-answers' });
    await client.send(outgoing(message()));
    await sandbox.settled();
    assert.deepEqual(await codes(client), []);
    clock.pass(29_999);
    assert.deepEqual(await codes(client), []);
    clock.pass(1);
    assert.deepEqual(await codes(client), ['20013']);
    clock.pass(29_999);
    assert.deepEqual(await codes(client), []);
    await sandbox.close();
    clock.pass(1);
    assert.equal((await failure(client.inbox())).kind, 'network');
  });

  describe('faults', () => {
    it('are written in the log, as what they are', async () => {
      const { sandbox, log } = await start({ scenario: 'busy' });
      const inbox = `GET /messageexchange/${PHARMACY.mailbox}/inbox`;
      for (const status of [503, 503, 200]) assert.equal((await ask(sandbox, inbox)).status, status);
      assert.deepEqual(log, [
        'GET /messageexchange/{mailbox}/inbox 503 (busy: status)',
        'GET /messageexchange/{mailbox}/inbox 503 (busy: status)',
        'GET /messageexchange/{mailbox}/inbox 200',
      ]);
    });

    it('are counted for each request on its own, and anew when the scenario is played again', async () => {
      const { sandbox } = await start({ scenario: 'too-many-requests' });
      const mailbox = `/messageexchange/${PHARMACY.mailbox}`;
      const status = async (request: string) => (await ask(sandbox, request)).status;
      assert.equal(await status(`GET ${mailbox}/inbox`), 429);
      assert.equal(await status(`GET ${mailbox}/count`), 429);
      assert.equal(await status(`GET ${mailbox}/inbox?max_results=10`), 429);
      assert.equal(await status(`GET ${mailbox}/inbox`), 200);
      assert.equal(await status(`GET ${mailbox}/count`), 200);
      sandbox.play('too-many-requests');
      assert.equal(await status(`GET ${mailbox}/inbox`), 429);
      sandbox.play(undefined);
      assert.equal(await status(`GET ${mailbox}/inbox`), 200);
    });

    it('have the shapes of those who send them', async () => {
      const { sandbox } = await start({ scenario: 'too-many-requests' });
      const inbox = `GET /messageexchange/${PHARMACY.mailbox}/inbox`;
      assert.equal((await ask(sandbox, inbox)).headers['retry-after'], '2');
      sandbox.play('gateway-page');
      const page = await ask(sandbox, inbox);
      assert.deepEqual([page.status, page.headers['content-type']], [502, 'text/html']);
      assert.match(page.body.toString(), /^<html>/);
    });

    it('leave alone who is not authorised, and what is no mailbox', async () => {
      const { sandbox } = await start({ scenario: 'unavailable' });
      const inbox = `GET /messageexchange/${PHARMACY.mailbox}/inbox`;
      assert.equal((await ask(sandbox, inbox)).status, 503);
      assert.equal((await ask(sandbox, inbox, { Authorization: 'nonsense' })).status, 403);
      assert.equal((await ask(sandbox, 'GET /messageexchange/_ping')).status, 200);
      assert.equal((await ask(sandbox, 'GET /messageexchange/admin/mailbox/X26PHARMACY')).status, 200);
    });

    it('make an answer drip, a second between the drops', async () => {
      const waits: number[] = [];
      const wait = (milliseconds: number) => {
        waits.push(milliseconds);
        return Promise.resolve();
      };
      const { sandbox, client } = await start({ wait });
      await client.send(outgoing(message()));
      await sandbox.settled();
      const [id = ''] = await client.inbox();
      const whole = await client.download(id);
      sandbox.play('trickle');
      const dripping = await client.download(id);
      assert.deepEqual(dripping.body, whole.body);
      assert.ok(waits.length > 1 && waits.every((milliseconds) => milliseconds === 1000));
    });

    it('lose the answer to what was taken, over TLS too', async () => {
      const { client } = await start({ tls: true, scenario: 'lost-answer' });
      const since = new Date();
      const sent = outgoing(message());
      const error = await failure(client.send(sent));
      assert.deepEqual([error.kind, error.sent], ['network', 'unknown']);
      assert.equal((await client.whetherArrived(sent, since)).arrived, true);
    });

    it('that never answer end with the sandbox, and what was taken is dealt with all the same', async () => {
      const mute: Scenario = { name: 'mute', says: 'Taken, and no word.', wire: { does: 'silence', processed: true } };
      let hit: () => void = () => undefined;
      const isHit = new Promise<void>((resolve) => (hit = resolve));
      const lines: string[] = [];
      const log = (line: string) => {
        lines.push(line);
        if (line.endsWith('(mute: silence)')) hit();
      };
      const { sandbox, client } = await start({ scenarios: [mute], scenario: 'mute', log });
      const lost = failure(client.send(outgoing(message())));
      await isHit;
      sandbox.play(undefined);
      await sandbox.settled();
      assert.deepEqual(await codes(client), ['20013', '30001']);
      await sandbox.close();
      assert.deepEqual([(await lost).kind, (await lost).sent], ['network', 'unknown']);
    });

    it('that drip end with the sandbox', async () => {
      const clock = stoppedClock();
      let hit: () => void = () => undefined;
      const isHit = new Promise<void>((resolve) => (hit = resolve));
      const trickle: Scenario = {
        name: 'drops',
        says: 'A byte a second.',
        wire: { at: ['count'], does: 'trickle', bytesPerSecond: 1 },
      };
      const log = (line: string) => {
        if (line.endsWith('(drops: trickle)')) hit();
      };
      const { sandbox, client } = await start({ ...clock, scenarios: [trickle], scenario: 'drops', log });
      const lost = failure(client.count());
      await isHit;
      await sandbox.close();
      assert.equal((await lost).kind, 'network');
    });
  });

  it('waiting keeps no process alive', () => {
    const waiting = path.resolve('out/mesh/sandbox/waiting.js');
    const script = `void require(${JSON.stringify(waiting)}).pause(1e8, new AbortController().signal)`;
    const { status, signal } = spawnSync(process.execPath, ['-e', script], { timeout: 20_000 });
    assert.deepEqual({ status, signal }, { status: 0, signal: null });
  });
});
