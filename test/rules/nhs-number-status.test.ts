import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { patient } from '../faults/fault';
import { example, wrong } from './example';

describe('rule nhs-number-status', () => {
  const status = (code: string, display: string): string =>
    example((m: Loose) =>
      Object.assign(patient(m).identifier[0].extension[0].valueCodeableConcept.coding[0], { code, display }),
    );
  it('verified', () => expectFindings(status('01', 'Number present and verified')));
  it('not traced', () =>
    expectFindings(status(wrong('02'), 'Number present but not traced'), 'nhs-number-status: the status is 01'));
  it('a number that is said not to be there', () =>
    expectFindings(
      status(wrong('07'), 'Number not present and trace not required'),
      'nhs-number-status: there is no NHS number, but there is one',
    ));
  it('a code that does not exist is a matter of the value set', () =>
    expectFindings(status(wrong('99'), 'x'), 'binding: 99'));
});
