import assert from 'node:assert/strict';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { composition, documentBundle, patient, resource } from '../faults/fault';
import { example } from './example';
import { expectOf, request } from './whole';

describe('rule time-in-future', () => {
  const judge = (now: string | undefined, change: (m: Loose) => void = () => undefined): string[][] => {
    const options = now === undefined ? {} : { now: Date.parse(now) };
    const { findings } = validate(JSON.parse(example(change)), knowledge(), options);
    return findings.filter((f) => f.rule === 'time-in-future').map((f) => [f.pointer, String(f.related?.length)]);
  };
  const later = (m: Loose): void => {
    composition(m).date = '2026-11-20T09:37:00+00:00';
    documentBundle(m).meta.lastUpdated = '2026-11-20T09:37:00+00:00';
  };

  it('says nothing without a clock', () => assert.deepEqual(judge(undefined, later), []));
  it('says nothing of what has happened', () => assert.deepEqual(judge('2026-11-20T09:30:00Z'), []));
  it('grants clocks five minutes', () => {
    assert.deepEqual(judge('2026-11-20T09:32:00Z', later), []);
    assert.equal(judge('2026-11-20T09:31:00Z', later).length, 1);
  });
  it('a day is in the future when it has begun nowhere in the country', () => {
    const supply = (m: Loose): void => void (resource(m, 'MedicationDispense').whenHandedOver = '2026-11-21');
    assert.deepEqual(judge('2026-11-20T23:30:00Z', supply), []);
    assert.equal(judge('2026-11-20T22:30:00Z', supply).length, 1);
  });
  it('one wrong day is one finding, with the other places beside it', () =>
    assert.deepEqual(
      judge('2026-11-19T12:00:00Z').map(([, others]) => others),
      ['7'],
    ));
  it('two wrong days are two findings', () => {
    const wrong = (m: Loose): void => {
      patient(m).birthDate = '2056-02-29';
      composition(m).date = '2027-01-01';
    };
    assert.deepEqual(judge('2026-12-01T12:00:00Z', wrong).length, 2);
  });
  it('the moment at which the message was made', () => {
    const own = '"timestamp":"2026-11-20T09:30:00+00:00"';
    const now = Date.parse('2026-11-20T09:30:00Z');
    const ahead = request([own, '"timestamp":⟦"2027-11-20T09:30:00+00:00"⟧']);
    expectOf('time-in-future', ahead, [['warning', 'future']], { now });
    for (const odd of ['"tomorrow"', '"2099"', '"2099-01-01"', '20991231', 'null', '""'])
      expectOf('time-in-future', request([own, `"timestamp":${odd}`]), [], { now });
  });
  it('what may lie ahead is not looked at', () =>
    assert.deepEqual(
      judge('2026-12-01T12:00:00Z', (m) => (resource(m, 'Encounter').period.end = '2027-01-01')),
      [],
    ));
});
