import assert from 'node:assert/strict';
import { unmark } from '../marked';
import { expectOf, fixedBy, request, response } from './whole';

describe('rule header-ods-code', () => {
  it('right', () => {
    expectOf('header-ods-code', request());
    for (const right of ['GP123456', 'RY6', 'V81999']) expectOf('header-ods-code', request(['"FZZ99"', `"${right}"`]));
    expectOf('header-ods-code', response('20013'));
  });

  it('of another form', () => {
    const small = request(['"FZZ99"', '⟦"fzz 99"⟧']);
    expectOf('header-ods-code', small, [['warning', 'capital']]);
    assert.equal(fixedBy('header-ods-code', unmark(small).text), request());
    expectOf('header-ods-code', request(['"FZZ99"', '⟦"FZ"⟧']), [['warning', 'three to nine']]);
    expectOf('header-ods-code', response('20013', ['"ZZZ99"', '⟦"Make-Believe"⟧']), [['warning', 'three to nine']]);
  });

  it('of a site', () => {
    const system = 'https://fhir.nhs.uk/Id/ods-organization-code","value":"FZZ99"';
    const site = request([system, 'https://fhir.nhs.uk/Id/ods-site-code","value":⟦"FZZ99/01"⟧']);
    expectOf('header-ods-code', site, [['warning', 'three to nine']]);
  });

  it('leaves other identifiers, and the organisations of the document, to others', () => {
    const system = 'https://fhir.nhs.uk/Id/ods-organization-code","value":"FZZ99"';
    expectOf('header-ods-code', request([system, 'https://example.org/local","value":"fzz 99"']));
    const [outer, inner, ...rest] = request().split('"FZZ99"');
    assert.ok(inner !== undefined && rest.length > 0);
    expectOf('header-ods-code', [`${outer!}"FZZ99"${inner}`, ...rest].join('"fzz99"'));
  });
});
