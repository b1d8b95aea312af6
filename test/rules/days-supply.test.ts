import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example, wrong, wrongKey } from './example';

describe('rule days-supply', () => {
  const days = (change: (daysSupply: Loose) => void): string =>
    example((m) => change(resource(m, 'MedicationDispense').daysSupply));
  it('right', () => expectFindings(days(() => undefined)));
  it('may be missing: the sources differ', () =>
    expectFindings(example((m) => delete resource(m, 'MedicationDispense').daysSupply)));
  it('unit in the plural', () =>
    expectFindings(
      days((d) => (d.unit = wrong('days'))),
      'days-supply: unit day',
    ));
  it('weeks are one finding', () =>
    expectFindings(
      days((d) => Object.assign(d, { value: 2, unit: 'week', code: wrong('wk') })),
      'days-supply: code d',
    ));
  it('no code', () =>
    expectFindings(
      example((m) => {
        delete resource(m, 'MedicationDispense').daysSupply.code;
        wrongKey(resource(m, 'MedicationDispense'), 'daysSupply');
      }),
      'days-supply: code d',
    ));
});
