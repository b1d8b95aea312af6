import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createMeshClient } from '../../mesh/client';
import { itk3, sentences, watched } from './terminal';

describe('itk3 sandbox', () => {
  let stop: AbortController;
  beforeEach(() => {
    stop = new AbortController();
  });
  afterEach(() => stop.abort());

  it('serves MESH, tells of each request and stops when interrupted', async () => {
    const stdout = watched();
    const ready = stdout.shows(/http:\/\/127\.0\.0\.1:\d+/);
    const running = itk3(['sandbox', '--port', '0'], { stdout, interrupted: () => stop.signal });
    const [url] = await ready;
    const account = { mailbox: 'X26PHARMACY', password: 'password', sharedKey: 'TestKey' };
    const now = () => new Date('2026-12-04T05:06:07Z');
    const client = createMeshClient({ endpoint: new URL(url), ...account }, { now });
    await client.handshake();
    await assert.rejects(
      createMeshClient({ endpoint: new URL(url), ...account, password: 'wrong' }, { now }).handshake(),
      { name: 'MeshError', kind: 'authentication' },
    );
    stop.abort();
    const { code, stderr } = await running;
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const requests = stdout.text.split('Requests\n')[1];
    assert.match(
      requests!,
      /^05:06:07 {2}POST \/messageexchange\/\{mailbox\} 200\n05:06:07 {2}POST \/messageexchange\/\{mailbox\} 40\d\n/,
    );
    assert.match(stdout.text, /X26PHARMACY.*\n.*X26SURGERY.*answers/);
    assert.match(stdout.text, /DIGMED_EMG_MED\b.*DIGMED_EMG_MED_ACK/);
    await assert.rejects(client.handshake({ again: true }), { name: 'MeshError', kind: 'network' });
  });

  it('says in a sentence that the port is in use', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const { port } = other.address() as AddressInfo;
      const { code, stdout, stderr } = await itk3(['sandbox', '--port', String(port)]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, new RegExp(`port ${port}: it is in use`));
    } finally {
      other.close();
    }
  });
});
