// A window is killed again and again while it sends, at many moments: what the journal says afterwards must be true of what
// MESH has, and nothing may be there twice.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { askWhereItIs } from '../../exchange/ask-mesh';
import { createJournal } from '../../exchange/sent-journal';
import { openJournalFiles } from '../../exchange/journal-files';
import { digestOf } from '../../exchange/attempt';
import { hasArrived } from '../../exchange/timeline';
import { createMeshClient } from '../../mesh/client';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { type Sandbox, startSandbox } from '../../mesh/sandbox/sandbox';
import { knowledge } from '../knowledge';
import { TIMES } from './journalled';

const ARCHIVE = { ...DEFAULT_MAILBOXES[0]!, mailbox: 'X26ARCHIVE', name: 'Sandbox archive' };

/** Between the window and MESH, to tell when something passes. */
async function startWire(port: number): Promise<{
  port: number;
  /** Called for each piece that passes. */
  onPiece: (call: (direction: 'request' | 'answer') => void) => void;
  close: () => Promise<void>;
}> {
  let call: (direction: 'request' | 'answer') => void = () => undefined;
  const sockets = new Set<Socket>();
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        from.destroy();
        to.destroy();
      });
    }
    const pass = (source: Socket, target: Socket, direction: 'request' | 'answer'): void => {
      source.on('data', (piece: Buffer) => {
        call(direction);
        if (!target.destroyed) target.write(piece);
      });
    };
    pass(from, to, 'request');
    pass(to, from, 'answer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    onPiece: (next) => (call = next),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a window that is killed in the middle of a send', function () {
  this.timeout(120_000);
  let folder: string;
  let sandbox: Sandbox;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'itk3-killed-'));
    sandbox = await startSandbox({ port: 0, mailboxes: [...DEFAULT_MAILBOXES, ARCHIVE] });
  });
  afterEach(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a window until so many pieces have passed in a direction, then kills it. */
  async function killAt(direction: 'written' | 'request' | 'answer', count: number, seed: number): Promise<void> {
    const wire = await startWire(sandbox.port);
    const child = fork(path.join(__dirname, 'kill/child.js'), [folder, `http://127.0.0.1:${wire.port}`, String(seed)]);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    let left = count;
    const passed = (what: string): void => {
      if (what === direction && --left === 0) child.kill('SIGKILL');
    };
    child.on('message', () => {
      passed('written');
      if (!child.killed) child.send('go');
    });
    wire.onPiece(passed);
    await gone;
    await wire.close();
  }

  it('tells the truth about every message, and has sent none twice', async () => {
    const seen = { refused: 0, unclear: 0, arrived: 0, part: 0, asked: 0 };
    for (const direction of ['written', 'request', 'answer'] as const)
      for (let count = 1; count <= 6; count++) await killAt(direction, count, count);

    const journal = createJournal({
      files: openJournalFiles(folder),
      knowledge,
      times: () => TIMES,
      now: () => new Date(),
      process: 1,
      isAlive: () => false,
      changed: { event: () => assert.fail('nobody listens'), fire: () => undefined },
      at: () => () => undefined,
      keepDays: () => 60,
    });
    await journal.reload();
    const mailbox = { endpoint: new URL(sandbox.url), password: 'password', sharedKey: 'TestKey' };
    const archive = createMeshClient({ ...mailbox, mailbox: ARCHIVE.mailbox });
    const there = new Map<string, string>();
    for (const id of await archive.inbox()) {
      const digest = digestOf((await archive.download(id)).body);
      assert.ok(!there.has(digest), 'nothing is there twice');
      there.set(digest, id);
    }

    const pharmacy = createMeshClient({ ...mailbox, mailbox: 'X26PHARMACY' }, { wait: () => Promise.resolve() });
    for (const before of journal.exchanges) {
      const { digest, id } = before.attempt;
      const meshId = there.get(digest);
      // What is said before anybody was asked.
      assert.notEqual(before.state, 'departing', 'its window is gone');
      if (hasArrived(before)) assert.equal(before.meshId, meshId, 'what is said to have arrived is there, as that');
      if (before.state === 'refused') assert.equal(meshId, undefined, 'what is said not to have gone is not there');
      if (before.state === 'unclear') {
        seen.asked++;
        await askWhereItIs(journal, pharmacy, before);
      }
      // And after MESH was asked nothing is left open.
      const now = journal.get(id);
      assert.ok(now);
      if (meshId !== undefined) assert.deepEqual([hasArrived(now), now.meshId], [true, meshId]);
      else assert.ok(!hasArrived(now), 'nothing is invented');
      seen.arrived += hasArrived(now) ? 1 : 0;
      seen.refused += now.state === 'refused' ? 1 : 0;
      seen.part += now.headline === 'Sent in part only' ? 1 : 0;
      seen.unclear += now.state === 'unclear' ? 1 : 0;
      there.delete(digest);
    }
    assert.deepEqual([...there.keys()], [], 'nothing left that was not written down before');
    // Else the kills were no trial.
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `${what}: ${JSON.stringify(seen)}`);
  });
});
