// Texts of sections that say something else than the resources.
import type { Loose } from '../loose';
import { composition, resource, section, type Fault } from './fault';

/** Writes a text of a section anew. */
const rewrite = (m: Loose, code: string, from: RegExp, to: string): void => {
  const { text } = section(m, code);
  text.div = text.div.replace(from, to);
};
/** Fills the first cell with the label. */
const fill = (label: string, to: string, code: string) => (m: Loose) =>
  rewrite(m, code, new RegExp(`(<th>${label}</th><td>).*?</td>`), `$1${to}</td>`);

const MEDICINES = '933361000000108';
const ALLERGIES = '886921000000105';
const PATIENT = '886731000000109';
const PRACTICE = '886711000000101';
const CONTACTS = 'contacts-with-professionals';

const of =
  (rule: string, index: number) =>
  (name: string, change: (m: Loose) => unknown, marks: string): Fault => ({
    name,
    rule,
    severity: 'warning',
    change: (m) => void change(m),
    path: `Composition.section[${index}].text.div`,
    marks,
  });

const named = of('named-in-text', 6);
const supply = of('supply-in-text', 6);
const patient = of('patient-in-text', 7);
const practice = of('practice-in-text', 3);
const contact = of('contact-in-text', 1);

export const TEXT_RULES: Fault[] = [
  named('another medicine', fill('Medication', 'Aspirin 75mg tablets', MEDICINES), 'Aspirin 75mg tablets'),
  named('a medicine less', (m) => rewrite(m, MEDICINES, /<tr><th>Medication<.*?<\/tr>/, ''), '"div"'),
  named(
    'a medicine more',
    (m) => rewrite(m, MEDICINES, /<\/tbody>/, '<tr><th>Medication</th><td>Aspirin 75mg &amp; more</td></tr></tbody>'),
    'Aspirin 75mg &amp; more',
  ),
  of('named-in-text', 0)('an allergy', fill('Causative agent', '<p>Penicillin V</p>', ALLERGIES), 'Penicillin V'),

  supply('another quantity', fill('Quantity Supplied', '3 cartridges', MEDICINES), '3 cartridges'),
  supply('other days', fill('Days Supply', '28 days', MEDICINES), '28 days'),
  supply('other days in the resource', (m) => (resource(m, 'MedicationDispense').daysSupply.value = 7), '14 day'),

  patient('another NHS number', fill('NHS number', '999 000 0019', PATIENT), '999 000 0019'),
  patient('another name', fill('Patient', '<p>Mr Barnaby Elsewhere</p>', PATIENT), 'Mr Barnaby Elsewhere'),
  patient('another birth date', fill('Date of birth', '05-Mar-1957', PATIENT), '05-Mar-1957'),
  patient('day and month changed', fill('Date of birth', '01/12/1956 (70y)', PATIENT), '01/12/1956 (70y)'),
  patient('another gender', fill('Gender', 'Female', PATIENT), 'Female'),

  practice('another code', fill('GP practice identifier', 'ODS code: Y99999', PRACTICE), 'ODS code: Y99999'),
  practice('another code alone', fill('GP practice identifier', '<p>Y99999</p>', PRACTICE), 'Y99999'),
  practice(
    'another code in the resource',
    (m) => (resource(m, 'Organization', 1).identifier[0].value = 'Y99999'),
    'ODS ',
  ),

  contact('another day', fill('Date and time of contact', '1 January 2020, 10:00', CONTACTS), '1 January 2020, 10:00'),
  contact('another day in numbers', fill('Date and time of contact', '01/02/2020 10:00', CONTACTS), '01/02/2020 10:00'),
  contact(
    'another day as in FHIR',
    fill('Date and time of contact', '2020-03-04T10:00:00Z', CONTACTS),
    '2020-03-04T10:00:00Z',
  ),
  {
    name: 'a table inside the others is not read',
    rule: 'patient-in-text',
    severity: 'warning',
    change: (m) => {
      composition(m).section[5].text.div = composition(m).section[5].text.div.replace(
        '<td>',
        '<td><table><tr><td>x</td></tr></table>',
      );
      fill('NHS number', '9990000019', PATIENT)(m);
    },
    path: 'Composition.section[7].text.div',
    marks: '9990000019',
  },
];
