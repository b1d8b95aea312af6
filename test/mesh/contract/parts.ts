// What is larger than one request: in parts, plain and compressed, broken off and resumed.
import assert from 'node:assert/strict';
import type { MeshError } from '../../../mesh/errors';
import { createTransport } from '../../../mesh/transport';
import type { MeshRequest, MeshResponse, Transport } from '../../../mesh/transport';
import { differing, noise, NOTE, rejects } from './scene';
import type { Scene, TheScene } from './scene';

/** Two whole parts and a half. Parts that go out compressed stay as large as they are, the others spare time. */
const bodyOf = ({ peer }: Scene, compress = false) =>
  compress ? noise(peer.partSize * 2.5) : Buffer.alloc(peer.partSize * 2.5, noise(9973));

const isPart = ({ method, url }: MeshRequest, number: number) =>
  method === 'POST' && url.pathname.endsWith(`/${number}`);

const reset = () => Object.assign(new Error('reset'), { code: 'ECONNRESET' });

/** A network on which something happens to the first request that fits. */
function troubled(
  { peer }: Scene,
  fits: (request: MeshRequest) => boolean,
  trouble: (send: () => Promise<MeshResponse>) => Promise<MeshResponse>,
): Transport {
  const network = createTransport({ tls: peer.tls });
  let happened = false;
  return (request, signal) => {
    if (happened || !fits(request)) return network(request, signal);
    happened = true;
    return trouble(() => network(request, signal));
  };
}

/** The sender after its connection was lost before the second part went out. */
async function brokenOff(scene: Scene, compress = false): Promise<MeshError> {
  const transport = troubled(
    scene,
    (request) => isPart(request, 2),
    () => Promise.reject(reset()),
  );
  const sender = scene.client(0, {}, { transport, retries: 0 });
  const { partSize } = scene.peer;
  return rejects(sender.send({ ...NOTE, body: bodyOf(scene, compress) }, { partSize, compress }), 'network');
}

export function parts(scene: TheScene): void {
  for (const compress of [false, true]) {
    const how = compress ? 'compressed' : 'plain';

    it(`carries parts, ${how}`, async () => {
      const { sender, recipient, peer } = scene();
      const body = bodyOf(scene(), compress);
      const { partSize } = peer;
      const told: number[][] = [];
      const { messageId } = await sender.send(
        { ...NOTE, contentType: 'application/fhir+json', body },
        { partSize, compress, onProgress: ({ part, of, bytes }) => void told.push([part, of, bytes]) },
      );
      assert.deepEqual(told, [
        [1, 3, partSize],
        [2, 3, 2 * partSize],
        [3, 3, body.length],
      ]);
      assert.deepEqual(await recipient.inbox(), [messageId]);
      const received = await recipient.download(messageId);
      assert.ok(body.equals(received.body));
      assert.equal(received.contentType, 'application/fhir+json');
      assert.deepEqual(received.chunk, { part: 1, of: 3 });
    });

    it(`hands parts out one by one, ${how}`, async () => {
      const { sender, recipient, peer } = scene();
      const body = bodyOf(scene(), compress);
      const { messageId } = await sender.send({ ...NOTE, body }, { partSize: peer.partSize, compress });
      const { parts: opened, from } = await recipient.open(messageId);
      assert.equal(from, 'X26ABC1');
      const received: Buffer[] = [];
      for await (const part of opened) received.push(part);
      assert.deepEqual(
        received.map(({ length }) => length),
        [peer.partSize, peer.partSize, peer.partSize / 2],
      );
      assert.ok(body.equals(Buffer.concat(received)));
    });

    it(`goes on with what broke off, ${how}`, async () => {
      const { client, recipient } = scene();
      const { upload, sent } = await brokenOff(scene(), compress);
      assert.equal(sent, 'no');
      assert.equal(upload!.taken, 1);
      const body = bodyOf(scene(), compress);
      const kept = JSON.parse(JSON.stringify(upload)) as typeof upload;
      assert.deepEqual(await client(0).resume(kept!, body), { messageId: upload!.messageId });
      assert.deepEqual(await recipient.inbox(), [upload!.messageId]);
      assert.ok(body.equals((await recipient.download(upload!.messageId)).body));
    });
  }

  it('compresses a message that is one part', async () => {
    const { sender, recipient } = scene();
    const body = Buffer.alloc(100_000, 'a');
    const { messageId } = await sender.send({ ...NOTE, body }, { compress: true });
    assert.ok(body.equals((await recipient.download(messageId)).body));
  });

  it('reads its content from a source', async () => {
    const { sender, recipient, peer } = scene();
    const body = bodyOf(scene());
    async function* read() {
      for (let start = 0; start < body.length; start += 70_001) {
        yield await Promise.resolve(body.subarray(start, start + 70_001));
      }
    }
    const content = { bytes: body.length, read };
    const { messageId } = await sender.send({ ...NOTE, body: content }, { partSize: peer.partSize });
    assert.ok(body.equals((await recipient.download(messageId)).body));
  });

  it('shows nothing to the recipient before the last part', async () => {
    const { sender, recipient } = scene();
    const { messageId = '' } = (await brokenOff(scene())).upload ?? {};
    assert.equal((await sender.track(messageId)).status, 'uploading');
    assert.deepEqual(await recipient.inbox(), []);
    await rejects(recipient.download(messageId), 'refused', { status: 410 });
    await rejects(recipient.head(messageId), 'refused', { status: 410 });
    assert.equal((await sender.head(messageId)).messageId, messageId);
  });

  it('does not go on with other content', async () => {
    const { sender, recipient } = scene();
    const { upload } = await brokenOff(scene());
    const other = bodyOf(scene());
    other[0]! ^= 1;
    await rejects(sender.resume(upload!, other), 'invalid-request');
    assert.deepEqual(await recipient.inbox(), []);
  });

  it('lets nobody else go on', async () => {
    const { third } = scene();
    const { upload } = await brokenOff(scene());
    await rejects(third.resume(upload!, bodyOf(scene())), 'refused', { status: 403 });
  });

  it('does not go on with a message that is not there', async () => {
    const { upload } = await brokenOff(scene());
    const unknown = { ...upload!, messageId: 'NONE' };
    await rejects(scene().sender.resume(unknown, bodyOf(scene())), 'unknown-message', { status: 404 });
  });

  it('knows when a message was complete before it went on', async () => {
    const { sender, recipient } = scene();
    const { upload } = await brokenOff(scene());
    const completed = await sender.resume(upload!, bodyOf(scene()));
    assert.deepEqual(await sender.resume(upload!, bodyOf(scene())), completed);
    assert.deepEqual(await recipient.inbox(), [upload!.messageId]);
  });

  it('takes the loss of an answer to any later part in its stride', async () => {
    for (const number of [2, 3]) {
      const transport = troubled(
        scene(),
        (request) => isPart(request, number),
        async (send) => {
          await send();
          throw reset();
        },
      );
      const body = bodyOf(scene());
      const sender = scene().client(0, {}, { transport, wait: () => Promise.resolve() });
      const { messageId } = await sender.send({ ...NOTE, body }, { partSize: scene().peer.partSize });
      assert.ok(body.equals((await scene().recipient.download(messageId)).body));
      await scene().recipient.acknowledge(messageId);
    }
    assert.deepEqual(await scene().recipient.inbox(), []);
  });

  it('takes the loss of a part on its way down in its stride', async () => {
    const body = bodyOf(scene());
    const { messageId } = await scene().sender.send({ ...NOTE, body }, { partSize: scene().peer.partSize });
    const transport = troubled(
      scene(),
      ({ url }) => url.pathname.endsWith('/2'),
      () => Promise.reject(reset()),
    );
    const recipient = scene().client(1, {}, { transport, wait: () => Promise.resolve() });
    assert.ok(body.equals((await recipient.download(messageId)).body));
  });

  it('stops between two parts when it is cancelled', async () => {
    const { sender, recipient, peer } = scene();
    const stop = new AbortController();
    const options = { partSize: peer.partSize, signal: stop.signal, onProgress: () => stop.abort() };
    const { upload } = await rejects(sender.send({ ...NOTE, body: bodyOf(scene()) }, options), 'cancelled');
    assert.equal(upload!.taken, 1);
    assert.deepEqual(await recipient.inbox(), []);
  });

  /** The server is never asked to take part 2, and the client believes that it was. */
  const withGap = (scene: Scene) => {
    const taken = { status: 202, headers: {}, body: Buffer.from('null') };
    const transport = troubled(
      scene,
      (request) => isPart(request, 2),
      () => Promise.resolve(taken),
    );
    return scene
      .client(0, {}, { transport, retries: 0 })
      .send({ ...NOTE, body: bodyOf(scene) }, { partSize: scene.peer.partSize });
  };
  differing(scene, 'missing part', {
    async real(scene) {
      const { messageId } = await withGap(scene);
      assert.deepEqual(await scene.recipient.inbox(), [messageId]);
      await rejects(scene.recipient.download(messageId), 'unknown-message', { status: 404, code: '20' });
    },
    async ours(scene) {
      await rejects(withGap(scene), 'invalid-request', { status: 417, code: 'InvalidHeaderChunks' });
      assert.deepEqual(await scene.recipient.inbox(), []);
    },
  });

  const small = ({ sender }: Scene) => sender.send({ ...NOTE, body: noise(2500) }, { partSize: 1000 });
  differing(scene, 'small parts', {
    async real(scene) {
      const { messageId } = await small(scene);
      assert.deepEqual((await scene.recipient.download(messageId)).body, noise(2500));
    },
    async ours(scene) {
      await rejects(small(scene), 'invalid-request', { status: 417, code: 'InvalidHeaderChunks' });
      assert.deepEqual(await scene.recipient.inbox(), []);
    },
  });
}
