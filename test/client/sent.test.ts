import assert from 'node:assert/strict';
import { createSentList, type Sent, wasNotTaken } from '../../client/sent';
import { MeshError } from '../../mesh/errors';

describe('a message that MESH did not confirm', () => {
  for (const [what, error] of [
    ['was refused', new MeshError('authentication', 'No.', { status: 403 })],
    ['was too large', new MeshError('invalid-request', 'No.', { status: 413 })],
    ['came to an address that points elsewhere', new MeshError('server', 'No.', { status: 307 })],
    ['could not be written as a request', new MeshError('invalid-request', 'No.')],
    ['found nobody listening', new MeshError('network', 'No.', { code: 'ECONNREFUSED' })],
    ['found no trusted server', new MeshError('certificate', 'No.', { code: 'CERT_HAS_EXPIRED' })],
  ] as const)
    it(`was certainly not taken when it ${what}`, () => assert.ok(wasNotTaken(error)));

  for (const [what, error] of [
    ['took too long', new MeshError('timeout', 'No.')],
    ['was cancelled', new MeshError('cancelled', 'No.')],
    ['lost its connection', new MeshError('network', 'No.', { code: 'ECONNRESET' })],
    ['met a fault of the server', new MeshError('server', 'No.', { status: 502 })],
    ['got an answer without an id', new MeshError('server', 'No.')],
    ['got an unforeseen success', new MeshError('refused', 'No.', { status: 204 })],
  ] as const)
    it(`may have been taken when it ${what}`, () => assert.ok(!wasNotTaken(error)));
});

describe('the list of what was sent', () => {
  const sent = (messageId: string | undefined, meshId?: string): Sent => ({
    messageId,
    meshId,
    document: 'draft.json',
    to: 'X26XYZ',
    at: new Date('2026-01-31T09:30:00Z'),
  });

  it('knows the last time, and forgets what certainly did not go', () => {
    const list = createSentList();
    const [first, second] = [sent('A', 'M1'), sent('A')];
    list.add(first);
    list.add(sent('B', 'M2'));
    list.add(second);
    assert.equal(list.last('A'), second);
    list.remove(second);
    assert.equal(list.last('A'), first);
    assert.equal(list.last('C'), undefined);
    assert.equal(list.last(undefined), undefined);
  });
});
