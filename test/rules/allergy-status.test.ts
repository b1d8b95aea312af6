import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example, without, wrong } from './example';

describe('rule allergy-status', () => {
  const status = (value: string): string =>
    example((m) => {
      if (value.includes('entered-in-error')) without(resource(m, 'AllergyIntolerance'), 'clinicalStatus');
      resource(m, 'AllergyIntolerance').verificationStatus = value;
    });
  for (const value of ['unconfirmed', 'confirmed']) it(value, () => expectFindings(status(value)));
  for (const value of ['refuted', 'entered-in-error'])
    it(value, () => expectFindings(status(wrong(value)), 'allergy-status: not sent'));
  it('a status that does not exist is a matter of the value set', () =>
    expectFindings(status(wrong('denied')), 'binding: denied'));
});
