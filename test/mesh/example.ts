import { createMeshClient } from '../../mesh/client';
import { collect } from '../../mesh/collect';
import { MeshError } from '../../mesh/errors';
import { startSandbox } from '../../mesh/sandbox/sandbox';

/** A pharmacy sends to a practice, which collects; both are in a sandbox here. */
export async function example(store: (content: Buffer) => Promise<void>): Promise<string> {
  const sandbox = await startSandbox({ port: 0 });
  const endpoint = new URL(sandbox.url);
  const [pharmacy, practice] = sandbox.mailboxes.map((mailbox) => createMeshClient({ endpoint, ...mailbox }));
  const message = { to: 'X26SURGERY', workflowId: 'DIGMED_EMG_MED', localId: 'X26', fileName: 'supply-4711.json' };
  const begun = new Date();
  try {
    await pharmacy!.handshake();
    const { messageId } = await pharmacy!.send({ ...message, body: Buffer.from('{}') });
    // Each message is stored before MESH is told that it may forget it.
    await collect(practice!, ({ body }) => store(body));
    return (await pharmacy!.track(messageId)).status;
  } catch (error) {
    if (!(error instanceof MeshError) || error.sent !== 'unknown') throw error;
    // The answer was lost: never send again before MESH has said whether it has the message.
    const { arrived } = await pharmacy!.whetherArrived(message, begun);
    return arrived ? 'accepted' : 'unknown';
  } finally {
    await sandbox.close();
  }
}
