import assert from 'node:assert/strict';
import { unlinked } from '../../client/tell';

describe('a notification', () => {
  it('makes no link of what others wrote', () => {
    assert.equal(unlinked('See [here](command:itk3.stopSandbox).'), 'See [here] (command:itk3.stopSandbox).');
    assert.equal(unlinked('1 error (in [0])'), '1 error (in [0])');
  });
});
