import assert from 'node:assert/strict';
import { type Arrival, tellArrivals } from '../../exchange/arrivals';
import { accepted, answered, attempt, departing, exchange } from './journalled';

const id = (n: number): string => `10000000-0000-4000-8000-00000000000${n}`;

/** An answer to the nth message that was sent, which then stands as these codes make it. */
function arrival(n: number, ...codes: string[]): Arrival {
  const document = { name: `${n}.json` };
  const entries = [departing({ id: id(n), document }), accepted(`M${n}`), ...codes.map((code) => answered(code))];
  return {
    exchange: exchange(entries),
    received: { meshId: `R${n}-${codes.at(-1)}`, bytes: 1, kind: 'ITK Response', from: 'X26SURGERY' },
  };
}

const undelivered = (n: number): Arrival => ({
  exchange: exchange([
    departing({ id: id(n), document: { name: `${n}.json` } }),
    accepted(`M${n}`),
    { at: '2026-01-31T09:40:00.000Z', what: 'undelivered', meshId: `R${n}`, code: '14' },
  ]),
  received: { meshId: `R${n}`, bytes: 0, kind: 'Not delivered' },
});

describe('answers that come while nobody looks', () => {
  it('are told of by nothing when there are none', () => assert.equal(tellArrivals([]), undefined));

  it('are told of by one sentence with a way to the answer', () => {
    const one = arrival(1, '20013', '30001');
    assert.deepEqual(tellArrivals([one]), {
      kind: 'information',
      sentence: `1.json: ${one.exchange.headline}.`,
      open: one,
    });
    assert.match(one.exchange.headline, /^Accepted: 30001/);
  });

  it('of one message are told of once, as it stands in the end', () => {
    const last = arrival(1, '20013', '30001');
    assert.equal(tellArrivals([arrival(1, '20013'), last])?.open, last);
  });

  it('warn when one of them is no good news', () => {
    assert.equal(tellArrivals([arrival(1, '20013', '30003')])?.kind, 'warning');
    assert.equal(tellArrivals([undelivered(1)])?.kind, 'warning');
    assert.equal(tellArrivals([arrival(1, '20013')])?.kind, 'information', 'the other one is waited for');
    assert.equal(tellArrivals([arrival(1, '20013', '30001'), undelivered(2)])?.kind, 'warning');
  });

  it('to several messages are counted, each message once', () => {
    const all = [
      arrival(1, '20013'),
      arrival(1, '20013', '30001'),
      arrival(2, '20013', '30003'),
      undelivered(3),
      arrival(4, '20013'),
    ];
    const told = tellArrivals(all);
    assert.match(told?.sentence ?? '', / 4 messages .*: 1 accepted, 1 rejected, 1 not delivered, 1 not finished\.$/);
    assert.deepEqual([told?.kind, told?.open], ['warning', undefined]);
  });

  it('keep a name of a file on one line', () => {
    const one = arrival(1, '20013');
    const odd = { ...one.exchange, attempt: attempt({ document: { name: 'a\nb.json' } }) };
    assert.match(tellArrivals([{ ...one, exchange: odd }])?.sentence ?? '', /^a b\.json: /);
  });
});
