import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example, without, wrong, wrongEntry } from './example';

describe('rule dispense-quantity', () => {
  const told = (text: string, more: Loose = {}): string =>
    example((m) => {
      const { quantity } = resource(m, 'MedicationDispense');
      quantity.extension[0].valueString = text;
      Object.assign(quantity, more);
    });
  it('number and unit', () => expectFindings(told('2 cartridge')));
  it('the number may be written out', () => expectFindings(told('2.0 cartridge')));
  it('the text may have a unit of its own', () => expectFindings(told('2 x 3ml cartridges in a box')));
  it('text alone', () =>
    expectFindings(
      example((m) => without(resource(m, 'MedicationDispense').quantity, 'value', 'unit', 'system', 'code')),
    ));
  it('another number', () =>
    expectFindings(told(wrong('3 cartridge')), 'dispense-quantity: says 3, but the value is 2'));
  it('no number', () => expectFindings(told(wrong('a box')), 'dispense-quantity: such as "14 tablet"'));
  it('the plural', () => expectFindings(told(wrong('2 cartridges')), 'dispense-quantity: singular: 2 cartridge'));
  it('none', () =>
    expectFindings(
      example((m) => {
        delete resource(m, 'MedicationDispense').quantity;
        wrongEntry(m, resource(m, 'MedicationDispense'));
      }),
      'dispense-quantity: is missing',
    ));
});
