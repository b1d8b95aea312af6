import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { composition, section } from '../faults/fault';
import { example, wrong } from './example';
import { CONTACTS, LEGAL } from './rows';

describe('rule guide-version', () => {
  const old = (m: Loose, code: string, title: string, becomes: string): void =>
    Object.assign(section(m, code), {
      title,
      code: {
        coding: [{ system: 'http://snomed.info/sct', code: becomes, display: title.replace('Details', 'details') }],
      },
    });

  it('an old document', () =>
    expectFindings(
      example((m) => {
        old(m, CONTACTS, 'Attendance Details', '1077881000000105');
        old(m, LEGAL, 'Consent', '61861000000100');
      }),
    ));
  it('an old section beside a new one', () =>
    expectFindings(
      example((m) => old(m, CONTACTS, 'Attendance Details', wrong('1077881000000105'))),
      'guide-version: up to 1.2.7, but Legal information came with 1.2.8',
    ));
  it('two old parts beside a new one', () =>
    expectFindings(
      example((m) => {
        old(m, LEGAL, 'Consent', wrong('61861000000100'));
        old(m, '886721000000107', 'Referrer details', wrong('1052891000000108'));
      }),
      'guide-version: Consent is of the guide up to 1.2.7',
      'guide-version: Referrer details is of the guide up to 1.1.3',
    ));
  it('an old type in a new document', () =>
    expectFindings(
      example((m) => (composition(m).type.coding[0].code = wrong('820261000000101'))),
      'guide-version: Controlled drug dispensing record is of the guide up to 1.2.0',
    ));
});
