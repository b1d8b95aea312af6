import assert from 'node:assert/strict';
import { daysIn, daysOf, readTime } from '../../core/itk3/times';

describe('times', () => {
  it('an instant is one moment', () => {
    const time = readTime('2026-07-16T00:10:00+01:00');
    assert.deepEqual(time, {
      from: Date.UTC(2026, 6, 15, 23, 10),
      to: Date.UTC(2026, 6, 15, 23, 10),
      day: '2026-07-16',
    });
  });
  it('a day may begin an hour before midnight in Greenwich', () =>
    assert.deepEqual(readTime('2026-07-16'), {
      from: Date.UTC(2026, 6, 15, 23),
      to: Date.UTC(2026, 6, 17) - 1,
      day: '2026-07-16',
    }));
  it('a month and a year last as long as they do', () => {
    assert.equal(readTime('2024-02')?.to, Date.UTC(2024, 2, 1) - 1);
    assert.equal(readTime('2024-12')?.to, Date.UTC(2025, 0, 1) - 1);
    assert.equal(readTime('2024')?.to, Date.UTC(2025, 0, 1) - 1);
  });
  it('what is no time is none', () => {
    for (const value of ['2023-02-29', '2026-13-01', '2026-00-10', '2026-01-31T10:00:00', '31/01/2026', '', 5, null])
      assert.equal(readTime(value), undefined, String(value));
  });
  it('a moment is on each day that it is on in this country', () =>
    assert.deepEqual(new Set(daysOf(readTime('2026-07-15T23:10:00Z')!)), new Set(['2026-07-15', '2026-07-16'])));

  const written: [string, string[]][] = [
    ['4 February 1956', ['1956-02-04']],
    ['04-Feb-1956 10:00', ['1956-02-04']],
    ['4th Feb, 1956', ['1956-02-04']],
    ['04/02/1956', ['1956-02-04']],
    ['1956-02-04T00:00:00Z', ['1956-02-04']],
    ['from 1.2.2026 to 03.02.2026', ['2026-02-01', '2026-02-03']],
    ['31 February 1956', []],
    ['13/13/1956', []],
    ['0113 496 0001', []],
    ['4 Ferbuary 1956', []],
  ];
  for (const [text, days] of written) it(`in "${text}"`, () => assert.deepEqual(daysIn(text), days));
});
