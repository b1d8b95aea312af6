import { expectFindings } from '../marked';

describe('rule nhs-number', () => {
  const numbered = (value: string): string =>
    `{ "resourceType": "Patient", "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": ${value} }] }`;
  it('right', () => expectFindings(numbered('"9990000018"')));
  it('with a wrong check digit', () => expectFindings(numbered('⟦"9990000019"⟧'), 'nhs-number: check digit'));
  it('not ten digits', () => expectFindings(numbered('⟦"999 000 0018"⟧'), 'nhs-number: ten digits'));
});
