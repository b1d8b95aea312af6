import assert from 'node:assert/strict';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AlreadySent, createJournal, type Journal } from '../../exchange/sent-journal';
import { openJournalFiles } from '../../exchange/journal-files';
import type { Attempt } from '../../exchange/journal';
import type { Place } from '../../exchange/place';
import type { Received } from '../../exchange/received';
import type { Exchange } from '../../exchange/timeline';
import { knowledge } from '../knowledge';
import { attempt as attemptWith, MINUTE, SENT_AT, TIMES } from './journalled';

const PLACE: Place = {
  name: 'Pharmacy',
  endpoint: new URL('https://mesh.example/'),
  mailbox: 'X26PHARMACY',
  environment: 'Integration',
};
const at = new Date(SENT_AT.getTime() + MINUTE).toISOString();

const attempt = (n: number, rest: Partial<Attempt> = {}): Attempt =>
  attemptWith({ id: `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`, ...rest });

function answer(meshId: string, answers = attempt(1).messageId): Received {
  const none = { responder: undefined, timestamp: undefined, display: undefined, meaning: undefined };
  const acknowledgement = {
    ...{
      ...none,
      answers,
      senderReference: 'None',
      diagnostics: undefined,
      conflict: undefined,
      contradiction: undefined,
    },
    ...({ code: '20013', layer: 'infrastructure', accepted: true } as const),
  };
  return { meshId, bytes: 1, kind: 'ITK Response', acknowledgement };
}

describe('the journal', () => {
  let folder: string;
  let alive: Set<number>;
  let now: Date;
  beforeEach(() => {
    folder = path.join(mkdtempSync(path.join(tmpdir(), 'itk3-journal-')), 'journal');
    alive = new Set([1, 2]);
    now = SENT_AT;
  });
  afterEach(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

  interface Window extends Journal {
    changes: number;
    /** When it wants to be called, and what then. */
    next?: { time: Date; done: () => void };
  }

  function open(process = 1, keepDays = 60): Window {
    const window = { changes: 0 } as Window;
    const journal = createJournal({
      files: openJournalFiles(folder),
      knowledge,
      times: () => TIMES,
      now: () => now,
      process,
      isAlive: (id) => alive.has(id),
      changed: { event: () => assert.fail('nobody listens here'), fire: () => (window.changes += 1) },
      at: (time, done) => {
        window.next = { time, done };
        return () => (window.next = undefined);
      },
      keepDays: () => keepDays,
    });
    return Object.defineProperties(window, Object.getOwnPropertyDescriptors(journal));
  }

  const states = ({ exchanges }: Journal): string[] => exchanges.map(({ state }) => state);
  const fileOf = (n: number): string => path.join(folder, `${attempt(n).id}.jsonl`);

  it('is empty, and makes nothing before something is sent', async () => {
    const journal = open();
    await journal.reload();
    assert.deepEqual(states(journal), []);
    assert.throws(() => statSync(folder), { code: 'ENOENT' });
  });

  it('has the message on the disk before it says so, for this user only', async () => {
    const journal = open();
    await journal.begin(attempt(1));
    assert.match(readFileSync(fileOf(1), 'utf8'), /"what":"departing"/);
    if (process.platform !== 'win32') {
      assert.equal(statSync(fileOf(1)).mode & 0o777, 0o600);
      assert.equal(statSync(folder).mode & 0o777, 0o700);
    }
    assert.deepEqual(states(journal), ['departing']);
  });

  it('rejects when it cannot be written down, and leaves nothing behind', async () => {
    writeFileSync(folder, 'no folder');
    const journal = open();
    await assert.rejects(journal.begin(attempt(1)));
    assert.deepEqual(states(journal), []);
    rmSync(folder);
    await assert.rejects(journal.begin(attempt(1, { id: '../escape' })), TypeError);
  });

  it('knows in this window what it could not write down later', async () => {
    const journal = open();
    await journal.begin(attempt(1));
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'no folder any more');
    await assert.rejects(journal.add(attempt(1).id, { at, what: 'accepted', meshId: 'M1' }));
    assert.deepEqual(states(journal), ['waiting']);
    await journal.reload();
    assert.deepEqual(states(journal), ['waiting'], 'what cannot be read is not forgotten');
  });

  it('is read again after a restart', async () => {
    const first = open();
    await first.begin(attempt(1));
    await first.add(attempt(1).id, { at, what: 'accepted', meshId: 'M1' });
    const second = open(2);
    await second.reload();
    assert.deepEqual(second.exchanges, first.exchanges);
    assert.equal(second.last(attempt(1).messageId)?.meshId, 'M1');
    assert.equal(second.last(undefined), undefined);
  });

  it('says that nobody knows what became of a send whose window is gone, and only of that', async () => {
    await open(1).begin(attempt(1));
    const other = open(2);
    await other.reload();
    assert.deepEqual(states(other), ['departing'], 'it is under way in another window');
    alive.delete(1);
    assert.equal(other.next?.time.getTime(), now.getTime() + 10_000, 'it looks again by itself');
    const { changes } = other;
    await other.reload();
    assert.equal(other.changes, changes + 1, 'and tells of it when it knows');
    assert.deepEqual(states(other), ['unclear']);
    assert.match(other.exchanges[0]?.steps[1]?.says ?? '', /What sent it ended before MESH answered/);
    await other.reload();
    assert.equal(readFileSync(fileOf(1), 'utf8').match(/"lost"/g)?.length, 1, 'said once');
  });

  it('says so too when the window has the number of the one that is gone', async () => {
    await open(1).begin(attempt(1));
    const again = open(1);
    await again.reload();
    assert.deepEqual(states(again), ['unclear']);
  });

  it('expects nothing of a sandbox whose window is gone or that has stopped', async () => {
    const first = open(1);
    await first.begin(attempt(1), true);
    await first.add(attempt(1).id, { at, what: 'accepted', meshId: 'M1' });
    await first.begin(attempt(2), true);
    await first.begin(attempt(3));
    const second = open(2);
    await second.begin(attempt(4), true);
    await second.endPassing();
    await second.reload();
    assert.deepEqual(states(second).sort(), ['departing', 'departing', 'ended', 'waiting']);
    alive.delete(1);
    await second.reload();
    assert.deepEqual(states(second).sort(), ['ended', 'ended', 'ended', 'unclear']);
  });

  it('survives a line that was torn by a crash, wherever it was torn', async () => {
    const journal = open();
    await journal.begin(attempt(1));
    const whole = statSync(fileOf(1)).size;
    await journal.add(attempt(1).id, { at, what: 'accepted', meshId: 'M1' });
    const end = statSync(fileOf(1)).size;
    const text = readFileSync(fileOf(1));
    for (let size = whole; size < end; size++) {
      writeFileSync(fileOf(1), text);
      truncateSync(fileOf(1), size);
      const again = open();
      await again.reload();
      // The line break at its end is the last byte: without that it is whole all the same.
      assert.deepEqual(states(again), [size < end - 1 ? 'unclear' : 'waiting']);
      await again.add(attempt(1).id, { at, what: 'accepted', meshId: 'M1' });
      assert.deepEqual(states(again), ['waiting'], 'what is added is not lost to the torn line');
    }
  });

  it('is not disturbed by what else lies there', async () => {
    const journal = open();
    await journal.begin(attempt(1));
    writeFileSync(path.join(folder, 'notes.txt'), 'x');
    writeFileSync(path.join(folder, 'x.jsonl'), 'x');
    writeFileSync(fileOf(2), '\u0000\u0000\u0000');
    appendFileSync(fileOf(1), Buffer.from([0xff, 0xfe, 0x0a]));
    await journal.reload();
    assert.deepEqual(states(journal), ['departing']);
  });

  it('is written by two windows at once, and no line is lost', async () => {
    const [one, two] = [open(1), open(2)];
    const ids = Array.from({ length: 10 }, (_, i) => i + 1);
    await Promise.all(ids.map((n) => (n % 2 ? one : two).begin(attempt(n))));
    await Promise.all(
      ids.flatMap((n) => [
        one.add(attempt(n).id, { at, what: 'accepted', meshId: `M${n}` }),
        two.add(attempt(n).id, { at, what: 'tracked', status: 'acknowledged' }),
        one.take(PLACE, [answer('A1')]),
        two.take(PLACE, [answer('A1')]),
      ]),
    );
    await Promise.all([one.reload(), two.reload()]);
    assert.deepEqual(one.exchanges, two.exchanges);
    assert.equal(one.exchanges.length, 10);
    for (const {
      steps,
      meshId,
      attempt: { id },
    } of one.exchanges) {
      assert.equal(meshId, `M${Number(id.slice(-2))}`);
      assert.equal(steps.find(({ name }) => name === 'collected')?.state, 'done');
    }
    assert.equal(one.exchanges.filter(({ answers }) => answers.length > 0).length, 1, 'the answer is one message’s');
  });

  it('takes an answer once, and gives the exchange as it stands then', async () => {
    const journal = open();
    await journal.begin(attempt(1));
    await journal.add(attempt(1).id, { at, what: 'accepted', meshId: 'M1' });
    const [news, ...more] = await journal.take(PLACE, [answer('A1'), answer('A2', 'somebody else’s')]);
    assert.deepEqual(
      [news?.received.meshId, news?.exchange.headline, more],
      ['A1', '20013 Success, waiting for the business acknowledgement', []],
    );
    assert.deepEqual(await journal.take(PLACE, [answer('A1')]), []);
    assert.equal(journal.of(answer('A1'))?.attempt.id, attempt(1).id);
    assert.equal(journal.of(answer('A9'))?.attempt.id, attempt(1).id, 'by what it names, before it is taken');
    assert.equal(journal.of(answer('A2', 'somebody else’s')), undefined);
  });

  it('does not say of what certainly did not go that it was sent before', async () => {
    const journal = open();
    await journal.begin(attempt(1));
    await journal.add(attempt(1).id, { at, what: 'accepted', meshId: 'M1' });
    now = new Date(SENT_AT.getTime() + MINUTE);
    await journal.begin(attempt(2));
    await journal.add(attempt(2).id, { at, what: 'refused', why: 'No.' });
    assert.equal(journal.last(attempt(1).messageId)?.attempt.id, attempt(1).id);
    assert.deepEqual(states(journal), ['refused', 'waiting'], 'newest first');
  });

  it('wakes when the next thing becomes overdue, and not before', async () => {
    const journal = open();
    await journal.begin(attempt(1));
    await journal.add(attempt(1).id, { at: SENT_AT.toISOString(), what: 'accepted', meshId: 'M1' });
    const { next, changes } = journal;
    assert.equal(next?.time.getTime(), SENT_AT.getTime() + TIMES.infrastructure);
    now = next.time;
    next.done();
    assert.deepEqual(states(journal), ['overdue']);
    assert.equal(journal.changes, changes + 1);
    assert.equal(journal.next?.time.getTime(), SENT_AT.getTime() + TIMES.business);
  });

  it('forgets one, and what is too old', async () => {
    const journal = open(1, 30);
    await journal.begin(attempt(1));
    await journal.begin(attempt(2));
    await journal.forget(attempt(1).id);
    assert.deepEqual(states(journal), ['departing']);
    await journal.forget(attempt(1).id);
    now = new Date(SENT_AT.getTime() + 31 * 24 * 60 * MINUTE);
    await journal.reload();
    assert.deepEqual(readdirSync(folder), []);
    assert.deepEqual(states(journal), []);
  });

  it('forgets nothing of today, whatever the setting says', async () => {
    const journal = open(1, 0);
    await journal.begin(attempt(1));
    now = new Date(SENT_AT.getTime() + MINUTE);
    await journal.reload();
    assert.deepEqual(states(journal), ['departing']);
  });

  it('asks at the last moment, of what other windows have written too, whether it was sent meanwhile', async () => {
    const [one, other] = [open(1), open(2)];
    const isRepeated = (exchanges: readonly Exchange[]): boolean => exchanges.length > 0;
    await one.begin(attempt(1));
    assert.equal(other.exchanges.length, 0, 'the other window does not know it yet');
    await assert.rejects(other.begin(attempt(2), false, isRepeated), AlreadySent);
    assert.deepEqual(readdirSync(folder), [path.basename(fileOf(1))]);
  });

  it('lets one of two sends that begin at once go', async () => {
    const journal = open();
    const isRepeated = (exchanges: readonly Exchange[]): boolean => exchanges.length > 0;
    const both = await Promise.allSettled([1, 2].map((n) => journal.begin(attempt(n), false, isRepeated)));
    assert.deepEqual(
      both.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
  });

  it('writes down no document that is called after an NHS number, nor where it is', async () => {
    const journal = open();
    const uri = 'file:///drafts/999%20014%202017.json';
    await journal.begin(attempt(1, { document: { name: '999 014 2017.json', uri } }));
    await journal.begin(attempt(2, { document: { name: 'draft.json', uri: 'file:///drafts/draft.json' } }));
    const written = (n: number): string => readFileSync(fileOf(n), 'utf8');
    assert.doesNotMatch(written(1), /999/);
    assert.match(written(1), /"document":\{"name":"\*\*\*\.json"\}/);
    assert.match(written(2), /"uri":"file:\/\/\/drafts\/draft\.json"/);
  });

  it('takes no answer from its own sandbox for what another window has sent to its', async () => {
    const [one, other] = [open(1), open(2)];
    const sandbox: Place = { ...PLACE, sandbox: { mailbox: 'X26PHARMACY', password: 'password', sharedKey: 'key' } };
    for (const [n, window] of [one, other].entries()) {
      await window.begin(attempt(n + 1, { place: 'sandbox' }), true);
      await window.add(attempt(n + 1).id, { at, what: 'accepted', meshId: `M${n + 1}` });
    }
    const [taken, ...more] = await other.take(sandbox, [answer('R1')]);
    assert.equal(taken?.exchange.attempt.id, attempt(2).id);
    assert.deepEqual(more, []);
  });
});
