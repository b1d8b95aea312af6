import assert from 'node:assert/strict';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import { expectFindings } from '../marked';

describe('rule nhs-number', () => {
  const numbered = (value: string): string =>
    `{ "resourceType": "Patient", "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": ${value} }] }`;
  it('right', () => expectFindings(numbered('"9990000018"')));
  it('with a wrong check digit', () => expectFindings(numbered('⟦"9990000019"⟧'), 'nhs-number: check digit'));
  it('of one digit', () => expectFindings(numbered('⟦"1111111111"⟧'), 'nhs-number: nobody'));
  it('not ten digits', () => expectFindings(numbered('⟦"999 000 0018"⟧'), 'nhs-number: ten digits'));

  it('takes the spaces and hyphens out, where that leaves ten digits', () => {
    const fixes = (value: string): unknown =>
      validate(JSON.parse(numbered(`"${value}"`)), knowledge()).findings.flatMap((f) => f.fixes ?? []);
    const fix = { kind: 'set', title: 'Change to 9990000018', pointer: '/identifier/0/value', value: '9990000018' };
    assert.deepEqual(fixes('999 000 0018'), [fix]);
    assert.deepEqual(fixes('999-000-0018'), [fix]);
    assert.deepEqual(fixes('999 000 001'), []);
    assert.deepEqual(fixes('NHS 9990000018'), []);
  });
});
