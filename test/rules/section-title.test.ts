import { expectFindings } from '../marked';
import { section } from '../faults/fault';
import { example, wrong } from './example';
import { ALLERGIES, CONTACTS, LEGAL } from './rows';

describe('rule section-title', () => {
  it('small and capital letters are not looked at, nor the plural of the display', () =>
    expectFindings(
      example((m) => {
        section(m, ALLERGIES).title = 'Allergies and adverse reactions';
        section(m, CONTACTS).title = 'Contacts with Professionals';
      }),
    ));
  it('a title of one’s own', () => expectFindings(example((m) => (section(m, LEGAL).title = 'Permissions given'))));
  it('that of another section', () =>
    expectFindings(
      example((m) => (section(m, CONTACTS).title = wrong('history'))),
      'section-title: title of another section, 717121000000105',
    ));
  it('a misspelt title', () =>
    expectFindings(
      example((m) => (section(m, LEGAL).title = wrong('Legal informaton'))),
      'section-title: Legal information',
    ));
  it('where the profile fixes the title, the profile says so', () =>
    expectFindings(
      example((m) => (section(m, '717121000000105').title = wrong('Histroy'))),
      'fixed-value: History',
    ));
});
