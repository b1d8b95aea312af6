// Run by scripts/test.mjs (suite `peers`), which sees to it that there is a Python to run it with.
import { contract } from '../mesh/contract';
import { startRealSandbox } from './processes';
import type { RealSandbox } from './processes';

describe('mesh-sandbox 1.0.137', () => {
  let sandbox: RealSandbox;
  before(async () => {
    sandbox = await startRealSandbox();
  });
  after(() => sandbox.stop());
  contract("NHS England's sandbox", () => sandbox.peer());
});
