// Every scenario is played to a real client; scenario-outcomes.json holds what it did. UPDATE=1 writes that file anew.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readResponse } from '../../core/itk3/response';
import { draftMessage } from '../../core/draft/message';
import { createMeshClient } from '../../mesh/client';
import type { DownloadedMessage, OutgoingMessage, Upload } from '../../mesh/client';
import { collect } from '../../mesh/collect';
import { MeshError } from '../../mesh/errors';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createPractice } from '../../mesh/sandbox/receiver';
import type { Scenario } from '../../mesh/sandbox/scenario';
import { findScenario, SCENARIOS } from '../../mesh/sandbox/scenarios';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const FILE = path.resolve('test/mesh/scenario-outcomes.json');
const [PHARMACY, SURGERY] = DEFAULT_MAILBOXES.map((account) => account) as [
  (typeof DEFAULT_MAILBOXES)[0],
  (typeof DEFAULT_MAILBOXES)[0],
];
/** Nobody answers here: what arrives waits to be collected. */
const CLINIC = { ...SURGERY, mailbox: 'X26CLINIC', name: 'Sandbox clinic', answered: false };
const WORKFLOW = 'DIGMED_EMG_MED';
const FIRST_POST = 'POST /messageexchange/{mailbox}/outbox ';

async function begin(settings: { scenario?: string } = {}) {
  let time = Date.parse('2026-01-31T09:30:00Z');
  const now = () => new Date(time);
  const log: string[] = [];
  let current = new AbortController();
  const sandbox = await startSandbox({
    port: 0,
    mailboxes: [PHARMACY, SURGERY, CLINIC],
    receiver: createPractice(knowledge(), { odsCode: 'X26', now }),
    now,
    // Time passes when somebody waits for it.
    wait: (milliseconds) => {
      time += milliseconds;
      return Promise.resolve();
    },
    log: (line) => {
      log.push(line);
      // Nobody waits for ever: whoever gets no answer gives up.
      if (line.includes('never-answers')) current.abort();
    },
    ...settings,
  });
  const waits: number[] = [];
  const clientOf = (account: typeof PHARMACY) =>
    createMeshClient(
      { endpoint: new URL(sandbox.url), ...account },
      {
        now,
        random: () => 0,
        wait: (milliseconds) => {
          waits.push(milliseconds / 1000);
          time += milliseconds;
          return Promise.resolve();
        },
      },
    );
  return {
    sandbox,
    log,
    waits,
    now,
    pharmacy: clientOf(PHARMACY),
    clinic: clientOf(CLINIC),
    posts: () => log.filter((line) => line.startsWith(FIRST_POST)).length,
    /** Everything the client rejects with is a MeshError; anything else fails the test. */
    attempt: async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<{ value: T } | { error: MeshError }> => {
      current = new AbortController();
      try {
        return { value: await work(current.signal) };
      } catch (error) {
        assert.ok(error instanceof MeshError);
        return { error };
      }
    },
  };
}

/** What was done, by what it was done for. */
type Outcome = Record<string, string>;

type Stage = Awaited<ReturnType<typeof begin>>;

const stages: Stage[] = [];
async function open(settings?: { scenario?: string }): Promise<Stage> {
  const stage = await begin(settings);
  stages.push(stage);
  return stage;
}

function itk3Message(senderReference?: string): Loose {
  const fresh = { now: new Date('2026-01-31T09:30:00Z'), randomUUID, random: () => 0 };
  const message: Loose = draftMessage('emergency-supply', { knowledge: knowledge(), fresh });
  const keys = message.entry[0].resource.extension[0].extension;
  const key = keys.find((e: Loose) => e.url === 'SenderReference');
  if (senderReference !== undefined) key.valueString = senderReference;
  return message;
}

const outgoing = (to: string, body: unknown): OutgoingMessage => {
  const name = randomUUID();
  const content = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return { to, workflowId: WORKFLOW, localId: name, fileName: `${name}.json`, body: content };
};

/** A sentence without what changes from run to run. */
const plain = ({ message }: MeshError, { sandbox }: Stage) =>
  message.replaceAll(new URL(sandbox.url).host, 'the server').replaceAll(/\b\d{20}_[0-9A-F]{6}\b/g, 'ID');

/** How often something was tried again by the client itself, and after how long a pause. */
function again(waits: number[]): string {
  const [least, most] = [Math.min(...waits), Math.max(...waits)];
  const pause = least === most ? `${least} s` : `${least} to ${most} s`;
  return `${waits.length === 1 ? 'once' : `${waits.length} times`}, after ${pause}`;
}

/** What the sender's person does: sends, and when that goes wrong what the error says, until the message is there. */
async function deliver(stage: Stage, message: OutgoingMessage, { wire }: Scenario, partSize?: number) {
  const { sandbox, pharmacy, attempt, posts, waits, now } = stage;
  const did: string[] = [];
  let upload: Upload | undefined;
  for (let tries = 1; tries <= 10; tries++) {
    const since = now();
    const [before, waited] = [posts(), waits.length];
    const resumed = upload;
    const outcome = await attempt((signal) =>
      resumed ? pharmacy.resume(resumed, message.body, { signal }) : pharmacy.send(message, { signal, partSize }),
    );
    assert.equal(posts() - before, resumed ? 0 : 1, 'one send is one first POST, whatever happens');
    const what = resumed ? 'resumed' : tries === 1 ? 'sent' : 'sent again';
    const repeated = waits.slice(waited);
    did.push(repeated.length === 0 ? what : `${what}, parts repeated ${again(repeated)}`);
    if ('value' in outcome) return { id: outcome.value.messageId, did: did.join('; ') };
    const { error } = outcome;
    did.push(`"${plain(error, stage)}"`);
    assert.ok(error.sent, 'the error says whether MESH may have the message');
    // A fault that never ends is ended here, as a person waits for better times.
    if (wire?.times === undefined) sandbox.play(undefined);
    upload = error.upload;
    // To go on is safe even where the last part may have arrived.
    if (upload || error.sent === 'no') continue;
    const arrival = await pharmacy.whetherArrived(message, since);
    if (arrival.arrived) {
      did.push('tracking finds it');
      return { id: arrival.messageId, did: did.join('; ') };
    }
    assert.equal(arrival.arrived, false, 'tracking knows');
    did.push('tracking does not find it');
  }
  throw new Error('The message never arrives');
}

/** Collects as a recipient's system does, and once more when all is well again. */
async function read(stage: Stage, expected: number) {
  const { sandbox, clinic, attempt, waits } = stage;
  const stored: DownloadedMessage[] = [];
  const store = (message: DownloadedMessage) => void stored.push(message);
  const waited = waits.length;
  const first = await attempt((signal) => collect(clinic, store, { signal }));
  const repeated = waits.slice(waited);
  const did = [repeated.length === 0 ? 'asked' : `asked again ${again(repeated)}`];
  if ('error' in first) did.push(`"${plain(first.error, stage)}"`);
  else {
    assert.deepEqual(first.value.failed, []);
    did.push(`${first.value.collected.length} collected`);
  }
  sandbox.play(undefined);
  const { collected, failed } = await collect(clinic, store);
  assert.deepEqual(failed, []);
  if (collected.length > 0) did.push(`when all is well again, ${collected.length} collected`);
  assert.equal(stored.length, expected, 'each message is collected once');
  assert.deepEqual(await clinic.inbox(), []);
  return { stored, did: did.join('; ') };
}

/** What the sender of a message finds in the inbox afterwards. */
async function findings({ pharmacy }: Stage, sent: Loose): Promise<string[]> {
  const found: string[] = [];
  await collect(pharmacy, (message) => {
    if (message.kind === 'report') {
      found.push(`report ${message.report.code}: ${message.report.meaning}`);
      return;
    }
    found.push(meaningOf(message.body, sent));
  });
  return found;
}

function meaningOf(body: Buffer, sent: Loose): string {
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch {
    return 'something unreadable, kept';
  }
  const response = readResponse(value, knowledge());
  if (response?.answers === undefined) return `${response?.code} to no message`;
  return response.answers === sent.entry[0].resource.id ? `${response.code}` : `${response.code} to another message`;
}

/** Plays one scenario from beginning to end; throws when anything is lost, doubled or not said. */
async function play(scenario: Scenario): Promise<Outcome> {
  const stage = await open({ scenario: scenario.name });
  const { sandbox, pharmacy, posts } = stage;
  if (!scenario.wire) {
    const message = itk3Message();
    const { messageId } = await pharmacy.send(outgoing(SURGERY.mailbox, message));
    await sandbox.settled();
    const found = await findings(stage, message);
    assert.equal(posts(), 1);
    const { status } = await pharmacy.track(messageId);
    return { sending: `sent; tracking says ${status}`, inbox: found.length === 0 ? 'nothing' : found.join('; ') };
  }
  const whole = outgoing(CLINIC.mailbox, Buffer.from('a message'));
  const long = outgoing(CLINIC.mailbox, Buffer.from('a message in parts'));
  const one = await deliver(stage, whole, scenario);
  sandbox.play(scenario.name);
  const many = await deliver(stage, long, scenario, 7);
  sandbox.play(scenario.name);
  const { stored, did } = await read(stage, 2);
  assert.deepEqual(
    stored.map(({ messageId, body }) => [messageId, body.toString()]).sort(),
    [
      [one.id, 'a message'],
      [many.id, 'a message in parts'],
    ].sort(),
  );
  for (const { id } of [one, many]) assert.equal((await pharmacy.track(id)).status, 'acknowledged');
  return { whole: one.did, 'in three parts': many.did, reading: did };
}

describe('scenarios, and what the client does', function () {
  this.timeout(30_000);
  const isUpdate = process.env.UPDATE === '1';
  const expected = JSON.parse(fs.readFileSync(FILE, 'utf8')) as Record<string, Outcome>;
  const outcomes: Record<string, Outcome> = {};

  afterEach(async () => {
    for (const { sandbox } of stages.splice(0)) await sandbox.close();
  });
  after(() => {
    if (isUpdate) fs.writeFileSync(FILE, `${JSON.stringify(outcomes, null, 2)}\n`);
  });

  for (const scenario of SCENARIOS) {
    it(`${scenario.name}: ${scenario.says}`, async () => {
      outcomes[scenario.name] = await play(scenario);
      if (!isUpdate) assert.deepEqual(outcomes[scenario.name], expected[scenario.name]);
    });
  }

  it('the expectations are of scenarios that exist, in their order', () => {
    assert.deepEqual(
      Object.keys(isUpdate ? outcomes : expected),
      SCENARIOS.map(({ name }) => name),
    );
  });

  for (const { code, layer } of knowledge().responseCodes) {
    it(`${code}: any response code plays as its layer asks`, async () => {
      const found = layer === 'business' ? `20013; ${code}` : code;
      const { sandbox } = await open();
      const scenario = findScenario(code, sandbox.scenarios)!;
      assert.deepEqual(await play(scenario), { sending: 'sent; tracking says acknowledged', inbox: found });
    });
  }
});
