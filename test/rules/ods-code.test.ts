import { expectFindings } from '../marked';

describe('rule ods-code', () => {
  const coded = (kind: string, value: string): string =>
    `{ "resourceType": "Organization", "name": "Imaginary Pharmacy",
       "identifier": [{ "system": "https://fhir.nhs.uk/Id/ods-${kind}-code", "value": ${value} }] }`;
  for (const code of ['RXX', 'FZZ99', 'A12345', 'GP123456', 'RXX010203'])
    it(`${code} is right`, () => expectFindings(coded('organization', `"${code}"`)));
  it('a site is right', () => expectFindings(coded('site', '"RXX01"')));
  it('small letters', () => expectFindings(coded('organization', '⟦"fzz99"⟧'), 'ods-code: capital letters'));
  it('spaces', () => expectFindings(coded('site', '⟦"FZZ 99"⟧'), 'ods-code: without spaces'));
  it('too long', () => expectFindings(coded('organization', '⟦"FZZ9900000"⟧'), 'ods-code: three to nine'));
  it('other identifiers are not looked at', () =>
    expectFindings(
      `{ "resourceType": "Organization", "identifier": [{ "system": "https://example.invalid/x", "value": "a b" }] }`,
    ));
});
