import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { composition, documentBundle, header, patient, resource } from '../faults/fault';
import { example, wrong } from './example';
import { DEMOGRAPHICS, fill } from './rows';

describe('rule time-order', () => {
  const right = (title: string, change: (m: Loose) => void): void =>
    void it(title, () => expectFindings(example(change)));
  const faulty = (title: string, change: (m: Loose) => void, words: string): void =>
    void it(title, () => expectFindings(example(change), `time-order: ${words}`));

  right('the example is in order', () => undefined);
  right('a day is before no time of that day', (m) => (composition(m).date = '2026-11-20'));
  right('clocks may differ by minutes', (m) => (header(m).timestamp = '2026-11-20T09:28:00+00:00'));
  right('zones are counted', (m) => (composition(m).date = '2026-11-20T10:30:00+01:00'));
  right('a day in summer may begin an hour earlier', (m) => {
    resource(m, 'MedicationDispense').whenHandedOver = '2026-11-21';
    resource(m, 'Encounter').period.start = '2026-11-20T23:10:00Z';
    composition(m).date = '2026-11-20T23:20:00Z';
    documentBundle(m).meta.lastUpdated = '2026-11-20T23:20:00Z';
    header(m).timestamp = '2026-11-20T23:20:00Z';
  });
  right('what cannot be read is not judged', (m) => delete composition(m).encounter);
  right('prepared before the contact', (m) => (resource(m, 'MedicationDispense').whenPrepared = '2026-11-01'));

  faulty(
    'written after assembly',
    (m) => (composition(m).date = wrong('2026-11-20T10:00:00+00:00')),
    'after it was put together',
  );
  faulty(
    'sent before assembly',
    (m) => (header(m).timestamp = wrong('2026-11-19T09:30:00+00:00')),
    'before the document in it',
  );
  faulty('written before the contact', (m) => (composition(m).date = wrong('2026-11-19')), 'before the contact began');
  faulty(
    'born after the contact',
    (m) => {
      patient(m).birthDate = wrong('2026-11-22');
      fill(m, DEMOGRAPHICS, 'Date of birth', '22 November 2026');
    },
    'born 2026-11-22, after',
  );
  faulty(
    'supplied before the contact',
    (m) => {
      resource(m, 'MedicationDispense').whenPrepared = '2026-11-01';
      resource(m, 'MedicationDispense').whenHandedOver = wrong('2026-11-01');
    },
    'handed over 2026-11-01',
  );
  faulty(
    'a contact after all the rest is one finding',
    (m) => {
      resource(m, 'Encounter').period.start = wrong('2026-11-25');
      fill(m, 'contacts-with-professionals', 'Date and time of contact', '25-Nov-2026');
    },
    'The contact began 2026-11-25, after the supply',
  );
});
