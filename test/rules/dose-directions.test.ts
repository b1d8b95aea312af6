import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example, wrongEntry, wrongKey } from './example';

describe('rule dose-directions', () => {
  const dose = (...directions: Loose[]): string =>
    example((m) => (resource(m, 'MedicationDispense').dosageInstruction = directions));
  it('text', () => expectFindings(dose({ text: 'One at night' })));
  it('as needed, as in the example of the guide', () => expectFindings(dose({ asNeededBoolean: true })));
  it('text in one of them', () => expectFindings(dose({ sequence: 1 }, { sequence: 2, text: 'One at night' })));
  it('none', () =>
    expectFindings(
      example((m) => {
        delete resource(m, 'MedicationDispense').dosageInstruction;
        wrongEntry(m, resource(m, 'MedicationDispense'));
      }),
      'dose-directions: no text',
    ));
  it('no text', () =>
    expectFindings(
      example((m) => {
        resource(m, 'MedicationDispense').dosageInstruction = [{ sequence: 1 }];
        wrongKey(resource(m, 'MedicationDispense'), 'dosageInstruction');
      }),
      'dose-directions: 1.2.9 makes it mandatory',
    ));
});
