import assert from 'node:assert/strict';
import { checkDigit, isNhsNumber, isTestNumber, testNumber } from '../../core/nhs/nhs-number';

describe('NHS numbers', () => {
  it('carry a modulus 11 check digit', () => {
    for (const right of ['9990000018', '9990000026']) assert.ok(isNhsNumber(right), right);
    for (const wrong of ['9990000019', '9990000022', '999000001', '99900000180', '999000001X', ''])
      assert.ok(!isNhsNumber(wrong), wrong);
  });
  it('do not exist where the check digit would be 10', () => assert.equal(checkDigit('999250000'), undefined));
  it('for tests are valid and of the 999 range, whatever the dice say', () => {
    for (let i = 0; i < 1000; i++) {
      const number = testNumber(() => i / 1000);
      assert.ok(isNhsNumber(number) && isTestNumber(number), number);
    }
    assert.ok(isNhsNumber(testNumber(() => 0.999999)));
  });
});
