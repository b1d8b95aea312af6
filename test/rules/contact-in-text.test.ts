import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example } from './example';
import { CONTACTS, fill } from './rows';

describe('rule contact-in-text', () => {
  const row = (cell: string, start = '2026-11-20T09:30:00+00:00'): string =>
    example((m) => {
      fill(m, CONTACTS, 'Date and time of contact', cell);
      resource(m, 'Encounter').period.start = start;
    });
  for (const cell of ['20-Nov-2026 09:30', '20/11/2026', '2026-11-20', 'Friday 20 November 2026, 9.30', 'this morning'])
    it(`${cell} is right`, () => expectFindings(row(cell)));
  it('a day that summer time moves', () => expectFindings(row('16 July 2026 00:10', '2026-07-15T23:10:00Z')));
  it('another day', () =>
    expectFindings(row('«19-Nov-2026 10:00»'), 'contact-in-text: says 2026-11-19, but the contact'));
});
