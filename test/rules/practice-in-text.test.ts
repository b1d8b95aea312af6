import { expectFindings } from '../marked';
import { resource } from '../faults/fault';
import { example } from './example';
import { fill, PRACTICE } from './rows';

describe('rule practice-in-text', () => {
  const row = (cell: string): string => example((m) => fill(m, PRACTICE, 'GP practice identifier', cell));
  for (const cell of [
    'ZZZ99',
    'zzz99',
    '<p>ODS Organization Code:ZZZ99</p>',
    'ZZZ99 (Make-Believe Medical Centre)',
    'not known',
    'Practice 12',
    'ZZ Z99',
    'Make-Believe Medical Centre, ZZ99 3VZ',
  ])
    it(`${cell} is right`, () => expectFindings(row(cell)));
  it('another code', () =>
    expectFindings(
      row('«ODS code: Y99999»'),
      'practice-in-text: says Y99999, but the ODS code of the Organization is ZZZ99',
    ));
  it('no code in the resource', () =>
    expectFindings(
      example((m) => (resource(m, 'Organization', 1).identifier[0].system = 'https://fhir.nhs.uk/Id/ods-site-code')),
    ));
});
