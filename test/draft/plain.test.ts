import assert from 'node:assert/strict';
import { filled } from '../../core/draft/draft';
import { numberDraft } from '../../core/draft/plain';
import { isNhsNumber, NHS_NUMBER_SYSTEM } from '../../core/nhs/nhs-number';
import { isOdsCode, ODS_SYSTEMS } from '../../core/nhs/ods-code';
import { REGISTERS } from '../../core/nhs/professional-number';
import { fresh } from './drafting';

function numberOf(system: string): string {
  return String(filled(numberDraft(system, fresh())));
}

describe('numbers in drafts', () => {
  for (const { system, name, form } of REGISTERS)
    it(`the example of a ${name} has its form`, () => assert.match(numberOf(system), form));
  for (const system of ODS_SYSTEMS)
    it(`the example of ${system} has the form of an ODS code`, () => assert.ok(isOdsCode(numberOf(system))));
  it('an NHS number is valid and nobody’s', () => {
    assert.ok(isNhsNumber(numberOf(NHS_NUMBER_SYSTEM)));
    assert.ok(numberOf(NHS_NUMBER_SYSTEM).startsWith('999'));
  });
});
