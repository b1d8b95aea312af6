import { expectFindings } from '../marked';
import { author } from '../faults/of-rule';
import { example, wrongEntry, wrongKey } from './example';

describe('rule author-identifier', () => {
  for (const system of ['https://fhir.hl7.org.uk/Id/gphc-number', 'https://fhir.hl7.org.uk/Id/gmc-number'])
    it(`${system} will do`, () =>
      expectFindings(example((m) => (author(m).identifier = [{ system, value: '9999999' }]))));
  it('no identifier', () =>
    expectFindings(
      example((m) => {
        delete author(m).identifier;
        wrongEntry(m, author(m));
      }),
      'author-identifier: no number of a register',
    ));
  it('a number of the shop', () =>
    expectFindings(
      example((m) => {
        author(m).identifier = [{ system: 'https://example.invalid/staff', value: '7' }];
        wrongKey(author(m), 'identifier');
      }),
      'author-identifier: SDS user id',
    ));
});
