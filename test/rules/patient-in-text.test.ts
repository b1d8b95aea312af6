import { expectFindings } from '../marked';
import { patient, section } from '../faults/fault';
import { example, wrong } from './example';
import { DEMOGRAPHICS, fill, rows } from './rows';

describe('rule patient-in-text', () => {
  const row = (label: string, cell: string): string => example((m) => fill(m, DEMOGRAPHICS, label, cell));

  for (const number of ['9990142017', '999-014-2017', '999 014 2017', 'not known', ''])
    it(`NHS number ${number || 'left out'}`, () => expectFindings(row('NHS number', number)));
  it('another NHS number', () =>
    expectFindings(
      row('NHS number', '«999 000 0018»'),
      'patient-in-text: another NHS number than the Patient, which says 9990142017',
    ));

  // Words that every JavaScript object knows.
  for (const word of ['constructor', '__proto__']) it(`gender ${word}`, () => expectFindings(row('Gender', word)));

  for (const name of [
    'TESTWELL, Marmaduke (Mr)',
    'Mr M Testwell',
    'Mr Testwell',
    'First name: Marmaduke',
    'not known',
    'Marmaduke TESTWELL',
    'Testwell'.concat(', M.'),
  ])
    it(`name ${name}`, () => expectFindings(row('Patient', name)));
  it('a double name with accents', () =>
    expectFindings(
      example((m) => {
        patient(m).name[0].family = "O'Testwell-Zoë";
        fill(m, DEMOGRAPHICS, 'Patient', 'Marmaduke OTESTWELL ZOE');
      }),
    ));
  it('a name that is not the official one', () =>
    expectFindings(
      example((m) => {
        patient(m).name.push({ use: 'nickname', family: 'Testwell', given: ['Duke'] });
        fill(m, DEMOGRAPHICS, 'Patient', 'Duke Testwell');
      }),
    ));
  it('another family name', () =>
    expectFindings(
      row('Patient', '«Mr Marmaduke Elsewhere»'),
      'patient-in-text: another name than the Patient, which says Marmaduke Testwell',
    ));
  it('another given name', () =>
    expectFindings(row('Patient', '<p>«Barnaby</p><p>Testwell»</p>'), 'patient-in-text: another name'));

  for (const date of [
    '29-Feb-1956',
    '29/02/1956',
    '1956-02-29',
    '29th February 1956',
    '29.2.1956 (70 years)',
    '1956',
    'unknown',
    '31 February 1956',
  ])
    it(`birth date ${date}`, () => expectFindings(row('Date of birth', date)));
  it('another birth date', () =>
    expectFindings(
      row('Date of birth', '«28-Feb-1956»'),
      'patient-in-text: another birth date than the Patient, which says 1956-02-29',
    ));

  it('a mistyped number in the Patient is said there', () =>
    expectFindings(
      example((m) => (patient(m).identifier[0].value = wrong('9990142018'))),
      'nhs-number: check digit',
    ));
  it('a gender that does not exist is a matter of the value set', () =>
    expectFindings(
      example((m) => (patient(m).gender = wrong('mail'))),
      'binding: mail',
    ));

  it('another gender', () => expectFindings(row('Gender', '«F»'), 'patient-in-text: another gender'));
  it('a gender in other words', () => expectFindings(row('Gender', 'Not stated')));

  it('a person who is not the patient', () =>
    expectFindings(
      row('Patient telephone number', '07700 900123</td></tr><tr><th>Relevant contacts</th><td>Anna Otherwise'),
    ));
  it('text without rows', () => expectFindings(example((m) => rows(m, DEMOGRAPHICS, '<p>Marmaduke</p>'))));
  it('no text is a matter of the profile', () =>
    expectFindings(
      example((m) => delete section(m, DEMOGRAPHICS).text).replace(/\{(?=\s*"title": "Patient Demographics")/, '⟦{⟧'),
      'required: text',
    ));
});
