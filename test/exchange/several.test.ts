import assert from 'node:assert/strict';
import {
  countRows,
  namesOf,
  oneAfterAnother,
  type Ready,
  type Row,
  summaryOfSeveral,
  tableOf,
  twinsAmong,
} from '../../exchange/several';
import { depart, draft, LIVE, withRealNumber } from './departing';

const ready = (name: string, text = draft(), more: Parameters<typeof depart>[1] = {}): Ready => ({
  name,
  departure: depart(text, more),
});

describe('several messages before they leave', () => {
  it('are told by their counts, with the names of those that need a look', () => {
    const wrong = draft().replace('"gender": "male"', '"gender": "mail"');
    const before = { at: 'at 09:30', to: 'X26XYZ', isSettled: true };
    const all = [ready('a.json'), ready('b.json', wrong), ready('c.json', draft(), { before })];
    const lines = summaryOfSeveral(all, [{ name: 'd.json', why: 'It is no message.' }]).split('\n');
    for (const line of [
      'From: Integration (X26ABC)',
      'To: X26XYZ',
      'Workflow: DIGMED_EMG_MED',
      'With errors: 1 (b.json)',
      'Sent before, or with an identifier that another of them has: 1 (c.json)',
      'Left out: 1 (d.json)',
    ])
      assert.ok(lines.includes(line), line);
    assert.match(lines.join('\n'), /^Messages: 3, \d+ kB of FHIR XML together$/m);
    assert.ok(lines.includes('Converted as they leave: 3 (a.json, b.json, c.json)'));
    assert.doesNotMatch(lines.join('\n'), /· Content/);
  });

  it('may leave in different forms, and what is odd about one is said of that', () => {
    const torn = draft().slice(0, 3000);
    const all = [ready('a.json'), ready('broken.json', torn), ready('torn.json', torn)];
    const told = summaryOfSeveral(all, []);
    assert.match(told, /^Messages: 3, \d+ kB of FHIR XML and FHIR JSON together$/m);
    assert.match(told, /^Converted as they leave: 1 \(a\.json\)$/m);
    assert.match(told, /^· Content of broken\.json, torn\.json: Line \d+ is broken, /m);
  });

  it('name nobody whose practice they go to', () => {
    const to = 'GPPROVIDER_9990142017_19560229_Testwell';
    const told = summaryOfSeveral([ready('a.json', draft(), { to }), ready('b.json', draft(), { to })], []);
    assert.match(told, /^To: the practices of their patients \(GP routing, 1 patient\)$/m);
    assert.doesNotMatch(told, /9990142017|Testwell/);
  });

  it('are told first that patients may be real, or that the environment is live', () => {
    const all = [ready('a.json'), ready('b.json', withRealNumber(draft()))];
    assert.match(summaryOfSeveral(all, []), /^1 of 2 may be about a real patient: b\.json\./);
    assert.match(summaryOfSeveral([ready('a.json', draft(), { from: LIVE })], []), /^LIVE: /);
  });

  it('are told to be twins by their identifiers, in whichever letters', () => {
    const id = '0a000000-0000-4000-8000-000000000001';
    const [first, twin, other, none] = [
      { messageId: id },
      { messageId: id.toUpperCase() },
      { messageId: '0a000000-0000-4000-8000-000000000002' },
      {},
    ] as const;
    assert.deepEqual(twinsAmong([first, twin, other, none, none]), [twin]);
  });

  it('are named up to a point', () => {
    const all = Array.from({ length: 10 }, (_, i) => ({ name: `${i}.json` }));
    assert.equal(namesOf(all.slice(0, 2)), '0.json, 1.json');
    assert.match(namesOf(all), /7\.json and 2 more$/);
  });
});

describe('the table of several messages', () => {
  const rows: Row[] = [
    { name: 'a.json', outcome: 'sent', meshId: '20260131ABC', says: 'Accepted: 30001 Patient known here' },
    { name: 'folder/longer-name.json', outcome: 'not sent', says: 'MESH knows no such mailbox.' },
    { name: 'b.json', outcome: 'not tried', says: 'Cancelled before it.' },
  ];

  it('has a line for each, in columns', () =>
    assert.equal(
      tableOf('Sent to X26SURGERY', rows),
      [
        'Sent to X26SURGERY: 1 sent, 1 not sent, 1 not tried.',
        '',
        'File                      Result      So far                               MESH id',
        '───────────────────────   ─────────   ──────────────────────────────────   ───────────',
        'a.json                    sent        Accepted: 30001 Patient known here   20260131ABC',
        'folder/longer-name.json   not sent    MESH knows no such mailbox.          –',
        'b.json                    not tried   Cancelled before it.                 –',
        '',
      ].join('\n'),
    ));

  it('keeps its columns where a sentence is long', () => {
    const long = { name: 'c.json', outcome: 'not sent', says: 'Not sent. '.repeat(20) } as const;
    assert.ok(tableOf('Sent', [...rows, long]).includes(`${'Cancelled before it.'.padEnd(60)}   –`));
  });

  it('says what to do about what is unclear', () => {
    assert.match(tableOf('Sent', [{ name: 'a', outcome: 'unclear', says: '' }]), /ask MESH in the view Sent/);
    assert.doesNotMatch(tableOf('Sent', rows), /ask MESH/);
  });

  it('counts what became of them', () => assert.equal(countRows(rows), '1 sent, 1 not sent, 1 not tried'));
});

describe('several messages on their way', () => {
  const all = ['a', 'b', 'c'].map((name) => ({ name }));
  const row = (name: string): Row => ({ name, outcome: 'sent', says: 'Accepted by MESH' });
  const outcomes = (rows: readonly Row[]): string[] =>
    rows.map(({ name, outcome, says }) => `${name} ${outcome}: ${says}`);

  it('leave one after another', async () => {
    const log: string[] = [];
    const rows = await oneAfterAnother(
      all,
      () => false,
      async ({ name }, index) => {
        log.push(`${index} begins`);
        await Promise.resolve();
        log.push(`${index} ends`);
        return { row: row(name) };
      },
    );
    assert.deepEqual(log, ['0 begins', '0 ends', '1 begins', '1 ends', '2 begins', '2 ends']);
    assert.deepEqual(rows, [row('a'), row('b'), row('c')]);
  });

  it('are cancelled between two of them: what was begun goes to its end', async () => {
    let isCancelled = false;
    const tried: string[] = [];
    const rows = await oneAfterAnother(
      all,
      () => isCancelled,
      ({ name }) => {
        tried.push(name);
        isCancelled = name === 'b';
        return Promise.resolve({ row: row(name) });
      },
    );
    assert.deepEqual(tried, ['a', 'b']);
    assert.deepEqual(outcomes(rows), [
      'a sent: Accepted by MESH',
      'b sent: Accepted by MESH',
      'c not tried: Cancelled before it.',
    ]);
  });

  it('are not tried after one that stops them, and that is said, cancelled or not', async () => {
    let isCancelled = false;
    const rows = await oneAfterAnother(
      all,
      () => isCancelled,
      ({ name }) => {
        isCancelled = true;
        return Promise.resolve({ row: { ...row(name), outcome: 'unclear' as const }, stops: true });
      },
    );
    assert.deepEqual(outcomes(rows), [
      'a unclear: Accepted by MESH',
      'b not tried: Not tried after what happened before it.',
      'c not tried: Not tried after what happened before it.',
    ]);
  });
});
