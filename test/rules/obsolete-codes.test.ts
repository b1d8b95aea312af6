import { expectOf, response } from './whole';
import { unmark } from '../marked';

describe('rule obsolete-codes', () => {
  const own = '"system":"https://fhir.nhs.uk/STU3/CodeSystem/ITK-ResponseCodes-1"';
  const old = (name: string): string =>
    response('20013', [own, `"system":⟦"https://fhir.nhs.uk/STU3/CodeSystem/${name}"⟧`], ['"20013"', '"RC001"']);

  it('right', () => expectOf('obsolete-codes', response('20013')));

  it('of a draft', () => {
    for (const name of ['ITK-Acknowledgement-1', 'ITK-InfAcknowledgement-1', 'ITK-BusAcknowledgement-1'])
      expectOf('obsolete-codes', old(name), [['error', 'ITK-ResponseCodes-1']]);
  });

  it('retired with the key it spoke of', () => {
    const marked = response('10007', ['"10007"', '⟦"10006"⟧']);
    expectOf('obsolete-codes', marked, [['error', '10001']]);
    expectOf('binding', unmark(marked).text);
  });

  it('is said once', () => {
    const { text } = unmark(old('ITK-Acknowledgement-1'));
    expectOf('fixed-value', text);
    expectOf('binding', text);
  });
});
