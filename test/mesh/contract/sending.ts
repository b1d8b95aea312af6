// What is written on a message and what is in it arrive as they were sent.
import assert from 'node:assert/strict';
import { differing, noise, NOTE, rejects } from './scene';
import type { Scene, TheScene } from './scene';

export function sending(scene: TheScene): void {
  it('carries every header', async () => {
    const { sender, recipient } = scene();
    const envelope = {
      workflowId: 'TEST_WORKFLOW',
      fileName: 'note one.json',
      localId: 'local id 1/2 #3',
      subject: 'A subject',
      partnerId: 'partner',
      checksum: 'md5:00ff-00/ff aa',
      contentType: 'application/fhir+json',
    };
    const { messageId } = await sender.send({ ...NOTE, ...envelope, to: 'x26abc2', encrypted: true, compressed: true });
    const received = await recipient.download(messageId);
    const { from, to, kind, messageType, statusCode, chunk } = received;
    for (const [name, value] of Object.entries(envelope)) assert.equal(received[name as keyof typeof envelope], value);
    assert.deepEqual(
      { messageId: received.messageId, from, to, kind, messageType, statusCode, encrypted: received.encrypted },
      {
        ...{ messageId, from: 'X26ABC1', to: 'X26ABC2', kind: 'data', messageType: 'DATA', statusCode: '00' },
        encrypted: true,
      },
    );
    assert.deepEqual(chunk, { part: 1, of: 1 });
    assert.deepEqual(received.body, NOTE.body);
  });

  it('carries the least: a recipient, a workflow and content', async () => {
    const { sender, recipient } = scene();
    const { messageId } = await sender.send(NOTE);
    const received = await recipient.download(messageId);
    assert.equal(received.fileName, `${messageId}.dat`);
    assert.equal(received.contentType, 'application/octet-stream');
    assert.deepEqual([received.localId, received.subject, received.partnerId], [undefined, undefined, undefined]);
  });

  it('carries letters with accents in the subject and the file name', async () => {
    const { sender, recipient } = scene();
    const written = { subject: 'Für Zoë, ½ µg', fileName: 'naïve.txt' };
    const { messageId } = await sender.send({ ...NOTE, ...written });
    const { subject, fileName } = await recipient.download(messageId);
    assert.deepEqual({ subject, fileName }, written);
  });

  it('refuses letters no header can carry before anything is sent', async () => {
    const { sender, recipient } = scene();
    await rejects(sender.send({ ...NOTE, subject: 'Łódź' }), 'invalid-request');
    await rejects(sender.send({ ...NOTE, localId: 'tab\there' }), 'invalid-request');
    assert.deepEqual(await recipient.inbox(), []);
  });

  it('carries bytes of every value', async () => {
    const { sender, recipient } = scene();
    const body = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));
    const { messageId } = await sender.send({ ...NOTE, body });
    assert.deepEqual((await recipient.download(messageId)).body, body);
  });

  it('carries text of any language as it is', async () => {
    const { sender, recipient } = scene();
    const body = Buffer.from('\ufeffŻółć\r\n薬\0', 'utf8');
    const { messageId } = await sender.send({ ...NOTE, contentType: 'text/plain', body });
    assert.deepEqual((await recipient.download(messageId)).body, body);
  });

  it('carries five million bytes', async () => {
    const { sender, recipient } = scene();
    const body = noise(5_000_000);
    const { messageId } = await sender.send({ ...NOTE, body });
    assert.ok(body.equals((await recipient.download(messageId)).body));
  });

  it('does not send nothing', async () => {
    await rejects(scene().sender.send({ ...NOTE, body: Buffer.alloc(0) }), 'invalid-request');
  });

  it('does not know a recipient that is not there', async () => {
    await rejects(scene().sender.send({ ...NOTE, to: 'X26NONE' }), 'unknown-recipient', { status: 417, code: '12' });
  });

  it('says so of a patient address of a workflow that is not routed', async () => {
    const to = 'GPPROVIDER_9990000018_19700101_Testpatient';
    await rejects(scene().sender.send({ ...NOTE, to }), 'unknown-recipient', { status: 417, code: '12' });
  });

  it('sends to oneself', async () => {
    const { sender } = scene();
    const { messageId } = await sender.send({ ...NOTE, to: 'X26ABC1', workflowId: 'TEST_WORKFLOW2' });
    assert.deepEqual(await sender.inbox(), [messageId]);
  });

  it('sends nothing once it is cancelled', async () => {
    const { sender, recipient } = scene();
    await rejects(sender.send(NOTE, { signal: AbortSignal.abort() }), 'cancelled');
    assert.deepEqual(await recipient.inbox(), []);
  });

  const fromRecipient = ({ recipient }: Scene) => recipient.send({ ...NOTE, to: 'X26ABC1' });
  const toThird = ({ sender }: Scene) => sender.send({ ...NOTE, to: 'X26ABC3' });
  differing(scene, 'workflow', {
    async real(scene) {
      const first = await fromRecipient(scene);
      const second = await toThird(scene);
      assert.deepEqual(await scene.sender.inbox(), [first.messageId]);
      assert.deepEqual(await scene.third.inbox(), [second.messageId]);
    },
    async ours(scene) {
      await rejects(fromRecipient(scene), 'refused', { code: '16' });
      await rejects(toThird(scene), 'refused', { code: '17' });
      assert.deepEqual(await scene.sender.inbox(), []);
      assert.deepEqual(await scene.third.inbox(), []);
    },
  });

  const toPatient = ({ sender }: Scene) =>
    sender.send({
      ...NOTE,
      to: 'GPPROVIDER_9990000018_19700101_Testpatient',
      workflowId: 'GPCONNECT_SEND_DOCUMENT',
      localId: 'local 1',
    });
  differing(scene, 'patient address', {
    async real(scene) {
      await rejects(toPatient(scene), 'unknown-recipient', { status: 417, code: '12' });
    },
    async ours(scene) {
      const { messageId } = await toPatient(scene);
      const [report = ''] = await scene.sender.inbox();
      const received = await scene.sender.download(report);
      assert.equal(received.kind, 'report');
      assert.equal(received.report.code, 'EPL-153');
      assert.equal(received.report.linkedMessageId, messageId);
      assert.equal((await scene.sender.track(messageId)).status, 'error');
    },
  });

  const contentType = 'Multipart/Mixed; boundary="AbC"';
  const typeOf = async ({ sender, recipient }: Scene) => {
    const { messageId } = await sender.send({ ...NOTE, contentType });
    return (await recipient.download(messageId)).contentType;
  };
  differing(scene, 'content type', {
    async real(scene) {
      assert.equal(await typeOf(scene), contentType.toLowerCase());
    },
    async ours(scene) {
      assert.equal(await typeOf(scene), contentType);
    },
  });

  differing(scene, 'message id', {
    async real({ sender }) {
      assert.match((await sender.send(NOTE)).messageId, /^[0-9A-F]{32}$/);
    },
    async ours({ sender }) {
      assert.match((await sender.send(NOTE)).messageId, /^\d{20}_[0-9A-F]{6}$/);
    },
  });
}
