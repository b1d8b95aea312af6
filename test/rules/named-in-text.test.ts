import { expectFindings } from '../marked';
import { resource, section } from '../faults/fault';
import { example, wrongKey } from './example';
import { ALLERGIES, fill, MEDICINES, rows } from './rows';

const NAME = 'Humulin M3 100units/ml suspension for injection 3ml cartridges (CST Pharma Ltd)';

describe('rule named-in-text', () => {
  const medicine = (cell: string): string => example((m) => fill(m, MEDICINES, 'Medication', cell));
  const told = (html: string): string => example((m) => rows(m, MEDICINES, html));

  it('other spaces and capital letters', () =>
    expectFindings(medicine('HUMULIN M3 100 units/ml suspension for injection 3 ml cartridges (CST Pharma Ltd)')));
  it('without the supplier', () =>
    expectFindings(medicine('<p>Humulin M3 100units/ml suspension for injection 3ml cartridges</p>')));
  it('with more words', () => expectFindings(medicine(`${NAME} – insulin`)));
  it('shorter', () => expectFindings(medicine('Humulin M3')));
  it('a label of older guides', () =>
    expectFindings(told(`<table><tbody><tr><th>Medication name:</th><td>${NAME}</td></tr></tbody></table>`)));
  it('no table', () => expectFindings(told(`<p>Supplied: ${NAME}, 2 cartridges</p>`)));
  it('a line of labels', () =>
    expectFindings(
      told(
        `<table><tr><th>Medication</th><th>Quantity Supplied</th></tr><tr><td>${NAME}</td><td>2 cartridge</td></tr></table>`,
      ),
    ));
  it('cells that span are not read', () =>
    expectFindings(
      told(`<table><tr><th colspan="2">Medication</th><td>Aspirin</td></tr><tr><td>${NAME}</td></tr></table>`),
    ));
  it('the name in code.text', () =>
    expectFindings(
      example((m) => {
        resource(m, 'Medication').code.text = 'Aspirin 75mg tablets';
        fill(m, MEDICINES, 'Medication', 'Aspirin 75mg tablets');
      }),
    ));
  it('all ways to say that there is no allergy', () => {
    for (const nothing of ['NKDA', 'None known', 'No known allergies', 'Nil'])
      expectFindings(example((m) => fill(m, ALLERGIES, 'Causative agent', nothing)));
  });

  it('another medicine', () =>
    expectFindings(
      medicine('«Aspirin 75mg tablets»'),
      'named-in-text: names Aspirin 75mg tablets where the MedicationDispense is for Humulin',
    ));
  it('a medicine more', () =>
    expectFindings(
      told(
        `<table><tr><th>Medication</th><td>${NAME}</td></tr><tr><th>Medication</th><td> <b>«Aspirin</b> 75mg» </td></tr></table>`,
      ),
      'named-in-text: names Aspirin 75mg, but no MedicationDispense',
    ));
  it('a medicine less', () =>
    expectFindings(
      example((m) => {
        rows(m, MEDICINES, '<p>As discussed</p>');
        wrongKey(section(m, MEDICINES).text, 'div');
      }),
      'named-in-text: does not name Humulin',
    ));
  it('an allergy where the resources have none', () =>
    expectFindings(
      example((m) => fill(m, ALLERGIES, 'Causative agent', '«Penicillin»')),
      'named-in-text: names Penicillin where the AllergyIntolerance is for No known drug allergy',
    ));
  it('no allergy where the resources have one', () =>
    expectFindings(
      example((m) => {
        resource(m, 'AllergyIntolerance').code.coding = [
          { system: 'http://snomed.info/sct', code: '373270004', display: 'Penicillin' },
        ];
        fill(m, ALLERGIES, 'Causative agent', '«No known drug allergy»');
      }),
      'named-in-text: is for Penicillin',
    ));
});
