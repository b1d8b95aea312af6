import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example, wrong } from './example';

describe('rule dispense-status', () => {
  const status = (value: string): string => example((m) => (resource(m, 'MedicationDispense').status = value));
  it('completed', () => expectFindings(status('completed')));
  for (const value of ['in-progress', 'on-hold', 'stopped'])
    it(value, () => expectFindings(status(wrong(value)), 'dispense-status: should be completed'));
  it('a status that does not exist is a matter of the value set', () =>
    expectFindings(status(wrong('done')), 'binding: done'));
});
