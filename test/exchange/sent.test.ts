import assert from 'node:assert/strict';
import { createSentList, type Sent } from '../../exchange/sent';

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
    list.remove(second);
    assert.equal(list.last('A'), first);
    assert.equal(list.last('B')?.meshId, 'M2', 'what is not there takes nothing else away');
    list.add(first);
    list.remove(first);
    assert.equal(list.last('A'), undefined, 'the rest of a message is no other one');
    assert.equal(list.last('C'), undefined);
    assert.equal(list.last(undefined), undefined);
  });

  it('knows what MESH calls a message', () => {
    const list = createSentList();
    const one = sent('A', 'M1');
    list.add(one);
    list.add(sent('B'));
    assert.equal(list.as('M1'), one);
    assert.equal(list.as('M2'), undefined);
    assert.equal(list.as(undefined), undefined);
  });
});
