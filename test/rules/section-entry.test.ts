import { expectFindings } from '../marked';
import { composition, section } from '../faults/fault';
import { example, wrong, wrongKey } from './example';
import { CONTACTS, LEGAL } from './rows';

describe('rule section-entry', () => {
  const first = (title: string): RegExp => new RegExp(`\\{(?=\\s*"title": "${title}")`);
  it('as the guide has it', () => expectFindings(example(() => undefined)));
  it('contacts without the Encounter', () =>
    expectFindings(
      example((m) => delete section(m, CONTACTS).entry).replace(first('Contact with professionals'), '⟦{⟧'),
      'section-entry: leads to the Encounter',
    ));
  it('contacts with the Patient', () =>
    expectFindings(
      example(
        (m) => (section(m, CONTACTS).entry[0].reference = wrong('urn:uuid:ce433ffc-82dd-4092-ac0f-bd006009cad3')),
      ),
      'section-entry: not to a Patient',
    ));
  it('contacts without text', () =>
    expectFindings(
      example((m) => delete section(m, CONTACTS).text).replace(first('Contact with professionals'), '⟦{⟧'),
      'section-entry: no text',
    ));
  it('legal information with an entry', () =>
    expectFindings(
      example((m) => {
        section(m, LEGAL).entry = [{ reference: composition(m).subject.reference }];
        wrongKey(section(m, LEGAL), 'entry');
      }),
      'section-entry: text only',
    ));
});
