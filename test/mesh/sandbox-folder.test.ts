import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { openFolderStore } from '../../mesh/sandbox/folder-store';
import { LOCK } from '../../mesh/sandbox/folder-lock';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { openMailboxes } from '../../mesh/sandbox/mailboxes';
import type { Mailboxes } from '../../mesh/sandbox/mailboxes';
import { partyOf } from '../../mesh/sandbox/accounts';
import { statusOf } from '../../mesh/sandbox/message';
import type { GpSystem, Reply } from '../../mesh/sandbox/receiver-contract';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox, SandboxOptions } from '../../mesh/sandbox/sandbox';
import type { Store } from '../../mesh/sandbox/store';

const SURGERY = 'X26SURGERY';
const PHARMACY = 'X26PHARMACY';
const MESSAGE = {
  to: SURGERY,
  workflowId: 'DIGMED_EMG_MED',
  localId: 'ref',
  subject: 'About',
  body: Buffer.from('hello'),
};

describe('mesh sandbox with a folder', function () {
  this.timeout(20_000); // Files are flushed to the disk, which takes what it takes.
  let folder: string;
  const open: Sandbox[] = [];
  const log: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'itk3-sandbox-'));
    log.length = 0;
  });
  afterEach(async () => {
    for (const sandbox of open.splice(0)) await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(options: SandboxOptions = {}): Promise<Sandbox> {
    const sandbox = await startSandbox({ port: 0, folder, log: (line) => log.push(line), ...options });
    open.push(sandbox);
    return sandbox;
  }

  const clientOf = (sandbox: Sandbox, index: number) =>
    createMeshClient({ endpoint: new URL(sandbox.url), ...sandbox.mailboxes[index]! });

  const inboxOf = (mailbox: string) => join(folder, mailbox, 'in');

  it('has after a restart what it had before', async () => {
    const before = await start();
    const first = await clientOf(before, 0).send({
      ...MESSAGE,
      fileName: 'a.json',
      contentType: 'a/b',
      encrypted: true,
    });
    const second = await clientOf(before, 0).send({ ...MESSAGE, localId: 'other' });
    const third = await clientOf(before, 0).send(MESSAGE);
    await clientOf(before, 1).acknowledge(second.messageId);
    const told = await clientOf(before, 0).track(first.messageId);
    const seen = await clientOf(before, 1).download(first.messageId);
    await before.close();
    const after = await start();
    assert.deepEqual(await clientOf(after, 1).inbox(), [first.messageId, third.messageId]);
    assert.deepEqual(await clientOf(after, 0).track(first.messageId), told);
    assert.deepEqual(await clientOf(after, 1).download(first.messageId), seen);
    assert.equal((await clientOf(after, 0).track(second.messageId)).status, 'acknowledged');
    const fourth = await clientOf(after, 0).send(MESSAGE);
    assert.deepEqual(await clientOf(after, 1).inbox(), [first.messageId, third.messageId, fourth.messageId]);
    assert.deepEqual(
      log.filter((line) => line.startsWith('left aside')),
      [],
    );
  });

  it('writes the layout of NHS England’s sandbox, and no password or key', async () => {
    const sandbox = await start({ now: () => new Date('2026-11-21T02:00:00.250Z') });
    const { messageId } = await createMeshClient(
      { endpoint: new URL(sandbox.url), ...sandbox.mailboxes[0]! },
      { now: () => new Date('2026-11-21T02:00:00Z') },
    ).send({ ...MESSAGE, contentType: 'text/plain' });
    assert.deepEqual((await readdir(inboxOf(SURGERY))).sort(), [messageId, `${messageId}.json`].sort());
    assert.equal(await readFile(join(inboxOf(SURGERY), messageId, '1'), 'utf8'), 'hello');
    const text = await readFile(join(inboxOf(SURGERY), `${messageId}.json`), 'utf8');
    assert.doesNotMatch(text, /password|TestKey/);
    assert.deepEqual(JSON.parse(text), {
      message_id: messageId,
      recipient: { mailbox_id: SURGERY, mailbox_name: 'Sandbox GP practice', ods_code: 'X26', org_code: 'X26' },
      sender: { mailbox_id: PHARMACY, mailbox_name: 'Sandbox pharmacy', ods_code: 'X26', org_code: 'X26' },
      events: [{ status: 'accepted', timestamp: '2026-11-21T02:00:00.250000' }],
      metadata: {
        subject: 'About',
        content_type: 'text/plain',
        file_name: `${messageId}.dat`,
        local_id: 'ref',
        encrypted: false,
        compressed: false,
      },
      workflow_id: 'DIGMED_EMG_MED',
      message_type: 'DATA',
      total_chunks: 1,
      file_size: 5,
      inbox_expiry_timestamp: '2026-11-26T02:00:00.250000',
      last_modified: '2026-11-21T02:00:00.250000',
      created_timestamp: '2026-11-21T02:00:00.250000',
    });
  });

  it('reads what NHS England’s sandbox wrote', async () => {
    await mkdir(join(inboxOf(SURGERY), 'ABC123'), { recursive: true });
    await writeFile(join(inboxOf(SURGERY), 'ABC123', '1'), 'one,');
    await writeFile(join(inboxOf(SURGERY), 'ABC123', '2'), 'two');
    const party = { org_code: 'X26', ods_code: 'X26', billing_entity: 'England' };
    const message = {
      message_id: 'ABC123',
      recipient: { mailbox_id: SURGERY, mailbox_name: 'Theirs', ...party },
      sender: { mailbox_id: PHARMACY, mailbox_name: 'Ours', ...party },
      events: [
        { status: 'accepted', timestamp: '2026-11-20T14:50:12.923209' },
        { status: 'uploading', timestamp: '2026-11-20T14:50:12' },
      ],
      metadata: { file_name: 'f.txt', encrypted: false, is_compressed: true },
      workflow_id: 'W',
      message_type: 'DATA',
      total_chunks: 2,
      file_size: 7,
      inbox_expiry_timestamp: '2026-11-25T14:50:17.923243',
      last_modified: '2026-11-20T14:50:17.923288',
      created_timestamp: '2026-11-20T14:50:17.923288',
    };
    await writeFile(join(inboxOf(SURGERY), 'ABC123.json'), JSON.stringify(message));
    const sandbox = await start();
    const received = await clientOf(sandbox, 1).download('ABC123');
    assert.equal(received.body.toString(), 'one,two');
    assert.equal(received.fileName, 'f.txt');
    assert.equal((await clientOf(sandbox, 0).track('ABC123')).status, 'accepted');
  });

  it('goes on with a message of which only some parts had come', async () => {
    const before = await start();
    const body = Buffer.from('first second third');
    const stop = new AbortController();
    const onProgress = ({ part }: { part: number }) => {
      if (part === 2) stop.abort();
    };
    const options = { partSize: 6, onProgress, signal: stop.signal };
    const broken = clientOf(before, 0).send({ ...MESSAGE, body }, options);
    const upload = await broken.then(
      () => assert.fail('was sent as a whole'),
      (error: unknown) => (error as MeshError).upload,
    );
    assert.ok(upload);
    await before.close();
    const after = await start();
    assert.deepEqual(await clientOf(after, 1).inbox(), []);
    await clientOf(after, 0).resume(upload, body);
    assert.deepEqual((await clientOf(after, 1).download(upload.messageId)).body, body);
  });

  it('reads parts from the disk, and holds none', async () => {
    const sandbox = await start();
    const { messageId } = await clientOf(sandbox, 0).send(MESSAGE);
    await writeFile(join(inboxOf(SURGERY), messageId, '1'), 'other');
    assert.equal((await clientOf(sandbox, 1).download(messageId)).body.toString(), 'other');
    await rm(join(inboxOf(SURGERY), messageId, '1'));
    await assert.rejects(clientOf(sandbox, 1).download(messageId), { kind: 'unknown-message' });
  });

  it('leaves aside what is no whole message, and tells how much, not what', async () => {
    const before = await start();
    const { messageId } = await clientOf(before, 0).send(MESSAGE);
    await before.close();
    const whole = await readFile(join(inboxOf(SURGERY), `${messageId}.json`), 'utf8');
    const ours = (id: string, itk3: string) => whole.replaceAll(messageId, id).replace('{', `{"itk3":${itk3},`);
    const files: [name: string, content: string][] = [
      [`${SURGERY}/in/HALF.json`, whole.slice(0, 100)],
      [`${SURGERY}/in/HALF.json.unfinished`, ''],
      [`${SURGERY}/in/EMPTY.json`, ''],
      [`${SURGERY}/in/OTHER.json`, whole],
      [`${SURGERY}/in/NULL.json`, 'null'],
      [`${SURGERY}/in/WRONG.json`, whole.replaceAll(messageId, 'WRONG').replace('"accepted"', '"lost"')],
      [`${SURGERY}/in/DUE.json`, ours('DUE', '{"held":{"answers":"X","due":"soon"}}')],
      [`${SURGERY}/in/TOLD.json`, ours('TOLD', '{"answered":"X"}')],
      [`${PHARMACY}/in/${messageId}.json`, whole],
      ['Testperson.txt', 'x'],
    ];
    await mkdir(inboxOf(PHARMACY), { recursive: true });
    for (const [name, content] of files) await writeFile(join(folder, name), content);
    await mkdir(join(inboxOf(SURGERY), 'NOJSON'));
    const after = await start();
    assert.deepEqual(await clientOf(after, 1).inbox(), [messageId]);
    assert.deepEqual(await clientOf(after, 0).inbox(), []);
    assert.ok(log.includes(`left aside in the folder, being no whole messages: ${files.length + 1}`), log.join('\n'));
    assert.doesNotMatch(log.join('\n'), /Testperson/);
    for (const [name, content] of files) assert.equal(await readFile(join(folder, name), 'utf8'), content);
  });

  it('forgets on the disk too what was reset', async () => {
    const sandbox = await start();
    await clientOf(sandbox, 0).send(MESSAGE);
    await fetch(`${sandbox.url}/admin/reset`, { method: 'DELETE' });
    assert.deepEqual(await readdir(inboxOf(SURGERY)), []);
  });

  it('says in the log why a message was not taken', async () => {
    await writeFile(join(folder, SURGERY), '');
    const sandbox = await start();
    await assert.rejects(clientOf(sandbox, 0).send(MESSAGE), { status: 500 });
    const why = 'The sandbox cannot keep its messages in that folder: it is a file. Choose another folder.';
    assert.ok(log.includes(`POST /messageexchange/{mailbox}/outbox 500: ${why}`), log.join('\n'));
  });

  describe('is used by one sandbox at a time', () => {
    const refused = (says: RegExp) => (error: unknown) => {
      assert.ok(error instanceof MeshError);
      assert.match(error.message, says);
      return true;
    };

    it('of this process', async () => {
      const first = await start();
      await assert.rejects(
        start(),
        refused(/^Another sandbox of this process keeps its messages in that folder\. Stop/),
      );
      await first.close();
      await start();
    });

    it('of another process', async () => {
      await writeFile(join(folder, LOCK), String(process.ppid));
      await assert.rejects(start(), refused(new RegExp(`^Another sandbox \\(process ${process.ppid}\\) .* remove`)));
    });

    for (const [what, content] of [
      ['of a process that is gone', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
      ['of an earlier process with this number', () => String(process.pid)],
      ['that was never written to its end', () => ''],
    ] as const) {
      it(`unless the lock is one ${what}`, async () => {
        await writeFile(join(folder, LOCK), content());
        await clientOf(await start(), 0).send(MESSAGE);
        assert.equal(await readFile(join(folder, LOCK), 'utf8'), String(process.pid));
      });
    }

    it('and gives it free when its port cannot be had', async () => {
      const { port } = await start({ folder: undefined });
      await assert.rejects(start({ port }), { code: 'EADDRINUSE' });
      await start();
    });
  });

  it('says so when the folder cannot be had', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    for (const path of [file, join(file, 'below')])
      await assert.rejects(
        start({ folder: path }),
        (error) => error instanceof MeshError && /it is a file|a part of its path is a file/.test(error.message),
      );
  });

  describe('answers', () => {
    const reply = (text: string, after?: number): Reply => ({
      to: PHARMACY,
      workflowId: 'DIGMED_EMG_MED_ACK',
      contentType: 'text/plain',
      subject: text,
      body: Buffer.from(text),
      after,
    });
    const answering = (replies: Reply[]) => {
      const seen: string[] = [];
      const receiver: GpSystem = {
        scenarioOf: () => undefined,
        receive: ({ messageId }) => {
          seen.push(messageId);
          return replies;
        },
      };
      return { seen, receiver };
    };
    const subjects = async (sandbox: Sandbox) => {
      const client = clientOf(sandbox, 0);
      return Promise.all((await client.inbox()).map(async (id) => (await client.head(id)).subject));
    };

    it('what was accepted before the restart, once', async () => {
      const before = await start();
      const { messageId } = await clientOf(before, 0).send(MESSAGE);
      await before.close();
      const { seen, receiver } = answering([reply('one'), reply('two')]);
      for (let restarts = 0; restarts < 3; restarts++) {
        const after = await start({ receiver });
        await after.settled();
        assert.deepEqual(seen, [messageId]);
        assert.deepEqual(await subjects(after), ['one', 'two']);
        assert.equal((await clientOf(after, 0).track(messageId)).status, 'acknowledged');
        await after.close();
      }
    });

    it('nothing that expired before the restart: its sender has a report instead', async () => {
      let time = new Date('2026-11-21T02:00:00Z');
      const now = () => time;
      const before = await start({ now, strict: true });
      const client = (sandbox: Sandbox) =>
        createMeshClient({ endpoint: new URL(sandbox.url), ...sandbox.mailboxes[0]! }, { now });
      await client(before).send(MESSAGE);
      await before.close();
      time = new Date('2026-11-27T02:00:00Z');
      const { seen, receiver } = answering([reply('one')]);
      const after = await start({ now, strict: true, receiver });
      await after.settled();
      assert.deepEqual(seen, []);
      const [report, ...others] = await client(after).inbox();
      assert.equal((await client(after).head(report!)).kind, 'report');
      assert.deepEqual(others, []);
    });

    it('later, although it was restarted meanwhile', async () => {
      let time = new Date('2026-11-21T02:00:00Z');
      const now = () => time;
      const wait = (_milliseconds: number, signal: AbortSignal) =>
        new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      const { receiver } = answering([reply('at once'), reply('late', 60_000)]);
      const before = await start({ receiver, now, wait });
      const client = (sandbox: Sandbox) =>
        createMeshClient({ endpoint: new URL(sandbox.url), ...sandbox.mailboxes[0]! }, { now });
      await client(before).send(MESSAGE);
      await before.settled();
      assert.equal((await client(before).inbox()).length, 1);
      await before.close();
      const after = await start({ receiver, now, wait });
      await after.settled();
      assert.equal((await client(after).inbox()).length, 1);
      time = new Date('2026-11-21T02:01:00Z');
      assert.equal((await client(after).inbox()).length, 2);
      await after.close();
    });

    /** A store that dies at its n-th write: before it, or with its work done but nobody told. */
    function dying(store: Store, at: number, done: boolean): { store: Store; died: () => boolean } {
      let writes = 0;
      const write = async (work: () => Promise<void>) => {
        writes++;
        if (writes < at || (writes === at && done)) await work();
        if (writes >= at) throw new Error('killed');
      };
      return {
        died: () => writes >= at,
        store: {
          ...store,
          savePart: (message, part, bytes) => write(() => store.savePart(message, part, bytes)),
          saveMessage: (message) => write(() => store.saveMessage(message)),
        },
      };
    }

    const opened = (store: Store): Promise<Mailboxes> =>
      openMailboxes(DEFAULT_MAILBOXES, store, { now: () => new Date(), randomUUID: () => crypto.randomUUID() });

    it('only when they are given for good, although others are let out meanwhile', async () => {
      const [pharmacy, surgery] = DEFAULT_MAILBOXES.map(partyOf);
      const files = await openFolderStore(folder, () => undefined);
      const meanwhile: string[][] = [];
      const seen = () => mailboxes.waiting(mailboxes.account(PHARMACY)!).map(({ id }) => id);
      const store: Store = {
        ...files,
        async saveMessage(message) {
          await files.saveMessage(message);
          if (!message.held) return;
          await mailboxes.release();
          meanwhile.push(seen());
        },
      };
      const mailboxes = await opened(store);
      const asked = await mailboxes.accept({
        from: pharmacy!,
        to: surgery!,
        workflowId: 'W',
        parts: [Buffer.from('x')],
      });
      const draft = { from: surgery!, to: pharmacy!, workflowId: 'W_ACK', parts: [Buffer.from('fine')] };
      const reply = { draft, due: new Date(0) };
      await mailboxes.settle(asked, () => ({ status: 'acknowledged' }), [reply, reply]);
      assert.deepEqual(meanwhile, [[], []]);
      assert.equal(seen().length, 2);
      await store.close();
    });

    it('both or none, whichever write it is killed at', async () => {
      const [pharmacy, surgery] = DEFAULT_MAILBOXES.map(partyOf);
      const draft = { from: pharmacy!, to: surgery!, workflowId: 'W', parts: [Buffer.from('hello')] };
      const answer = { from: surgery!, to: pharmacy!, workflowId: 'W_ACK', parts: [Buffer.from('fine')] };
      const outcomes = new Set<string>();
      for (const done of [false, true]) {
        for (let at = 1; ; at++) {
          const place = join(folder, `${done}${at}`);
          const before = await openFolderStore(place, () => undefined);
          const asked = await (await opened(before)).accept(draft);
          const killed = dying(before, at, done);
          const settling = (await opened(killed.store)).settle(asked, () => ({ status: 'acknowledged' }), [
            { draft: answer, due: new Date(0) },
            { draft: { ...answer, subject: 'second' }, due: new Date(0) },
          ]);
          await settling.catch(() => undefined);
          await before.close();
          const store = await openFolderStore(place, () => undefined);
          const after = await opened(store);
          await after.release();
          const given = after.waiting(after.account(PHARMACY)!).length;
          const status = statusOf(after.message(asked.id)!);
          outcomes.add(`${status} ${given}`);
          for (const message of after.messages())
            assert.equal((await after.part(message, 1))?.length, message.parts.get(1));
          await store.close();
          if (!killed.died()) break;
        }
      }
      assert.deepEqual([...outcomes].sort(), ['accepted 0', 'acknowledged 2']);
    });
  });
});
