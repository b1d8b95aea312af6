// A sandbox with a folder is killed again and again while messages come in: what it has answered for must be there.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createMeshClient } from '../../mesh/client';
import type { MeshClient, Upload } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { createTransport } from '../../mesh/transport';

const KILLS = 8;
const SENDERS = 4;
const PART_SIZE = 4000;
const [PHARMACY, SURGERY, ARCHIVE] = ['X26PHARMACY', 'X26SURGERY', 'X26ARCHIVE'] as const;

/** taken: answered with 202. broken: MESH has some of its parts. ending: perhaps all of them. unknown: nobody can tell. */
type Outcome = 'taken' | 'broken' | 'ending' | 'unknown' | 'not sent';

interface Sent {
  to: string;
  body: Buffer;
  parts: boolean;
  compress: boolean;
  outcome: Outcome;
  messageId?: string;
  upload?: Upload;
}

/** Numbers from 0 up to 1, the same at every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a sandbox with a folder that is killed', function () {
  this.timeout(60_000);
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mesh-kill-'));
  });
  afterEach(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Resolves with its address. */
  async function start(): Promise<URL> {
    child = fork(path.join(__dirname, 'kill/child.js'), [folder]);
    return new URL(await told());
  }

  function told(): Promise<string> {
    return new Promise((resolve, reject) => {
      child?.once('message', (message) => resolve(message as string));
      child?.once('exit', (code) => reject(new Error(`The sandbox ended with ${code}`)));
    });
  }

  async function kill(): Promise<void> {
    const dying = child;
    child = undefined;
    if (!dying) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await gone;
  }

  /** Each waits for no server that is gone. */
  function clientOf(endpoint: URL, mailbox: string, asked: () => void = () => undefined): MeshClient {
    const network = createTransport();
    return createMeshClient(
      { endpoint, mailbox, password: 'password', sharedKey: 'TestKey' },
      {
        retries: 0,
        transport: (request, signal) => {
          asked();
          return network(request, signal);
        },
      },
    );
  }

  it('has everything it answered for, byte for byte and once, and answered nothing twice', async () => {
    const random = generator(20261121);
    const upTo = (most: number) => 1 + Math.floor(random() * most);
    const all: Sent[] = [];
    /** Asked to be taken out of the inbox, and whether MESH said that it is. */
    const acknowledged = new Map<string, boolean>();
    const seen = { kills: 0, unknown: 0, broken: 0 };

    const draft = (): Sent => {
      const parts = random() < 0.4;
      const body = Buffer.alloc(8 + (parts ? PART_SIZE + upTo(3 * PART_SIZE) : upTo(6000)), `message ${all.length} `);
      body.write(String(all.length).padStart(8, '0'));
      const to = !parts && random() < 0.5 ? SURGERY : ARCHIVE;
      const sent: Sent = { to, body, parts, compress: random() < 0.5, outcome: 'not sent' };
      all.push(sent);
      return sent;
    };

    /** Until the sandbox is gone. */
    async function send(client: MeshClient, sent: Sent): Promise<boolean> {
      const { to, body, compress, upload } = sent;
      try {
        const message = { to, workflowId: 'KILL', contentType: 'text/plain', body };
        const { messageId } = upload
          ? await client.resume(upload, body)
          : await client.send(message, { compress, partSize: PART_SIZE });
        Object.assign(sent, { outcome: 'taken', messageId, upload: undefined });
        return true;
      } catch (error) {
        assert.ok(error instanceof MeshError);
        sent.upload = error.upload;
        sent.messageId = error.upload?.messageId;
        const isOpen = error.sent === 'unknown';
        sent.outcome = error.upload ? (isOpen ? 'ending' : 'broken') : isOpen ? 'unknown' : 'not sent';
        // A server that is killed breaks connections. It refuses only a part of a message that was whole before it was
        // killed, and then dies again before it can be asked for it.
        const isWhole = upload !== undefined && error.status === 423 && isOpen;
        assert.ok(error.status === undefined || isWhole, error.message);
        return false;
      }
    }

    for (let round = 0; round < KILLS; round++) {
      const url = await start();
      await compare(url);
      // After so many requests, and so many turns of this process's own loop.
      let requests = upTo(40);
      let turns = upTo(30);
      let dead: Promise<void> | undefined;
      const die = () => {
        if (turns-- > 0) setImmediate(die);
        else dead = kill();
      };
      const asked = () => {
        if (--requests === 0) die();
      };
      const client = clientOf(url, PHARMACY, asked);
      const archive = clientOf(url, ARCHIVE, asked);
      const broken = all.filter(({ upload }) => upload);
      const collect = async () => {
        try {
          for (const id of await archive.inbox()) {
            if (random() < 0.2) {
              acknowledged.set(id, false);
              await archive.acknowledge(id);
              acknowledged.set(id, true);
            }
          }
        } catch (error) {
          assert.ok(error instanceof MeshError);
        }
      };
      const work = async () => {
        while (await send(client, broken.pop() ?? draft()));
      };
      await Promise.all([collect(), ...Array.from({ length: SENDERS }, work)]);
      await dead;
      seen.kills++;
    }
    const url = await start();
    const client = clientOf(url, PHARMACY);
    for (const sent of all.filter(({ upload }) => upload)) assert.ok(await send(client, sent));
    await compare(url);
    seen.unknown = all.filter(({ outcome }) => outcome === 'unknown').length;
    // Else the kills were no trial.
    assert.ok(
      seen.kills === KILLS && seen.unknown > 0 && all.filter(({ outcome }) => outcome === 'taken').length > KILLS,
    );

    /** What is there, held against what was sent. */
    async function compare(endpoint: URL): Promise<void> {
      const settled = told();
      child?.send('settle');
      await settled;
      const sender = clientOf(endpoint, PHARMACY);
      const archive = clientOf(endpoint, ARCHIVE);
      const listed = await archive.inbox();
      assert.equal(new Set(listed).size, listed.length, 'nothing is listed twice');
      const found = new Map<string, string>();
      for (const id of listed) {
        const content = digest((await archive.download(id)).body);
        assert.ok(!found.has(content), 'nothing is there twice');
        found.set(content, id);
      }
      const answers = new Map<string, number>();
      for (const id of await sender.inbox()) {
        const answer = (await sender.download(id)).body.toString();
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
      for (const sent of all) {
        const content = digest(sent.body);
        if (sent.to === ARCHIVE) checkArchived(sent, found.get(content));
        else checkAnswered(sent, content, answers);
        found.delete(content);
      }
      assert.deepEqual([...found.values()], [], 'nothing is there that was never sent');
      for (const { outcome, messageId = '' } of all)
        if (outcome === 'broken') assert.equal((await sender.track(messageId)).status, 'uploading');
    }

    function checkArchived({ outcome, messageId = '' }: Sent, there: string | undefined): void {
      if (outcome === 'taken' && !acknowledged.has(messageId)) assert.equal(there, messageId);
      if (acknowledged.get(messageId)) assert.equal(there, undefined, 'what was acknowledged does not come back');
      if (outcome === 'not sent' || outcome === 'broken') assert.equal(there, undefined, 'nothing half is shown');
      if (outcome === 'ending' && there !== undefined) assert.equal(there, messageId);
    }

    function checkAnswered({ outcome }: Sent, content: string, answers: Map<string, number>): void {
      const counts = ['first', 'second'].map((answer) => answers.get(`${answer} answer to ${content}`) ?? 0);
      if (outcome === 'taken') assert.deepEqual(counts, [1, 1]);
      if (outcome === 'not sent') assert.deepEqual(counts, [0, 0]);
      // Taken or not, but not by half.
      if (outcome === 'unknown') assert.ok(['0,0', '1,1'].includes(counts.join()), counts.join());
    }
  });
});
