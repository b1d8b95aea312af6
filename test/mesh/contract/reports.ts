// MESH's own word that a message did not arrive: a kind of message in the sender's inbox.
import assert from 'node:assert/strict';
import { NOTE, rejects } from './scene';
import type { Scene, TheScene } from './scene';

/** The id of the report that the server was told to make. */
async function report({ administer }: Scene, about: Record<string, string>): Promise<string> {
  const request = {
    mailbox_id: 'X26ABC1',
    workflow_id: 'TEST_WORKFLOW',
    code: '14',
    description: 'Not said',
    ...about,
  };
  const { message_id } = JSON.parse(await administer('report', request)) as { message_id: string };
  return message_id;
}

export function reports(scene: TheScene): void {
  it('says that a message was not collected', async () => {
    const { sender } = scene();
    const { messageId } = await sender.send({ ...NOTE, localId: 'local 1' });
    const id = await report(scene(), { linked_message_id: messageId, local_id: 'local 1', subject: 'A subject' });
    assert.deepEqual(await sender.inbox(), [id]);
    const received = await sender.download(id);
    assert.equal(received.kind, 'report');
    assert.equal(received.messageType, 'REPORT');
    assert.equal(received.body.length, 0);
    assert.deepEqual(
      [received.from, received.to, received.workflowId, received.localId, received.subject, received.fileName],
      [undefined, 'X26ABC1', 'TEST_WORKFLOW', 'local 1', 'NDR: A subject', `${id}.dat`],
    );
    const { linkedMessageId, code, event, description, at } = received.report;
    assert.deepEqual(
      [linkedMessageId, code, event, description],
      [messageId, '14', 'SEND', 'Message not collected by recipient after 5 days'],
    );
    assert.ok(Math.abs(at!.getTime() - Date.now()) < 5 * 60_000, 'told in UTC');
  });

  it('says why a message could not be delivered', async () => {
    const { sender } = scene();
    const why = { code: 'EPL-153', description: 'NHS Number not found', linked_message_id: 'M1', subject: 'A subject' };
    const id = await report(scene(), { ...why, status: 'error', file_name: 'note.txt' });
    const received = await sender.download(id);
    assert.equal(received.kind, 'report');
    const { linkedMessageId, code, event, description, meaning } = received.report;
    assert.deepEqual(
      [linkedMessageId, code, event, description, received.subject, received.fileName],
      ['M1', 'EPL-153', 'TRANSFER', 'NHS Number not found', 'A subject', 'note.txt'],
    );
    assert.match(meaning, /NHS number/);
  });

  it('is looked at, counted and taken out of the inbox as any message', async () => {
    const { sender, third } = scene();
    const id = await report(scene(), {});
    assert.equal((await sender.head(id)).kind, 'report');
    assert.equal(await sender.count(), 1);
    await rejects(third.download(id), 'refused', { status: 403 });
    await sender.acknowledge(id);
    assert.deepEqual(await sender.inbox(), []);
  });

  it('has no parts to open', async () => {
    const { parts } = await scene().sender.open(await report(scene(), {}));
    let count = 0;
    for await (const part of parts) count += part.length;
    assert.equal(count, 0);
  });

  it('cannot be tracked', async () => {
    await rejects(scene().sender.track(await report(scene(), {})), 'unknown-message', { status: 404 });
  });
}
