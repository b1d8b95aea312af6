import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example, wrong } from './example';
import { fill, MEDICINES } from './rows';

describe('rule supply-in-text', () => {
  const row = (label: string, cell: string): string => example((m) => fill(m, MEDICINES, label, cell));
  it('the plural and other spaces', () => expectFindings(row('Quantity Supplied', '<p>2  Cartridges</p>')));
  it('other words are not compared', () => expectFindings(row('Quantity Supplied', '1 box of 5')));
  it('days in the plural', () => expectFindings(row('Days Supply', '14 days')));
  it('weeks are not days', () => expectFindings(row('Days Supply', '2 weeks')));
  it('a dose in other words', () => expectFindings(row('Dose directions', 'Twelve units, morning and night')));
  it('another quantity', () =>
    expectFindings(row('Quantity Supplied', '«20 cartridges»'), 'supply-in-text: 20 where the dispense says 2'));
  it('other days', () => expectFindings(row('Days Supply', '«28 days»'), 'supply-in-text: 28'));
  it('another dose in the same words', () =>
    expectFindings(
      row('Dose directions', '«21 units twice a day before meals»'),
      'supply-in-text: The text says 21 where the dispense says 12: dose',
    ));
  it('where value and text of the quantity differ, that says it all', () =>
    expectFindings(
      example((m) => (resource(m, 'MedicationDispense').quantity.extension[0].valueString = wrong('3 cartridge'))),
      'dispense-quantity: 3',
    ));
});
