import { expectOf, fixedBy, request, response } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

describe('rule header-sender', () => {
  const system = '"https://fhir.nhs.uk/Id/ods-organization-code"';
  const identifier = `"identifier":[{"system":${system},"value":"FZZ99"}]`;

  it('right', () => {
    expectOf('header-sender', request());
    expectOf('header-sender', response('20013'));
  });

  it('without ODS code', () => {
    const without = request([`,${identifier}`, '']).replace(
      '"resource":{"resourceType":"Organization"',
      '⟦"resource"⟧:{"resourceType":"Organization"',
    );
    expectOf('header-sender', without, [['error', 'ODS code']]);
    const misspelt = request([system, '⟦"https://fhir.nhs.uk/id/ods-organization-code"⟧']);
    expectOf('header-sender', misspelt, [['error', 'nearly']]);
    assert.equal(fixedBy('header-sender', unmark(misspelt).text), request());
  });

  it('asks no ODS code of who answers', () =>
    expectOf('header-sender', response('20013', [system, '"https://fhir.nhs.uk/Id/ods-site-code"'])));
});
