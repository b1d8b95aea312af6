import assert from 'node:assert/strict';
import { expectFindings, unmark } from '../marked';
import { expectOf, fixedBy, request, response } from './whole';

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

  it('is asked of the sender beside the header as well, of a request and of an acknowledgement', () => {
    const small = request(['"FZZ99"', '⟦"fzz 99"⟧']);
    expectOf('ods-code', small, [['warning', 'capital']]);
    assert.equal(fixedBy('ods-code', unmark(small).text), request());
    expectOf('ods-code', response('20013', ['"ZZZ99"', '⟦"Make-Believe"⟧']), [['warning', 'three to nine']]);
  });
});
