// Must be run by scripts/test.mjs, which makes the environment first.
import { contract } from '../mesh/contract';
import { peersEnvironment } from './environment';
import { startRealSandbox } from './processes';
import type { RealSandbox } from './processes';

describe("NHS England's mesh-sandbox 1.0.137", () => {
  let sandbox: RealSandbox;
  before(async () => {
    const environment = peersEnvironment();
    if ('unavailable' in environment) throw new Error(environment.unavailable);
    sandbox = await startRealSandbox(environment.python);
  });
  after(() => sandbox.stop());

  contract("NHS England's sandbox", async () => {
    const { url, sharedKey } = sandbox;
    const reset = await fetch(new URL('/messageexchange/admin/reset', url), { method: 'DELETE' });
    if (!reset.ok) throw new Error(`it answered the reset with ${reset.status}`);
    const account = (mailbox: string) => ({ mailbox, password: 'password', sharedKey });
    return {
      endpoint: url,
      mailboxes: [account('X26ABC1'), account('X26ABC2'), account('X26ABC3')],
      differs: new Set(),
      stop: () => Promise.resolve(),
    };
  });
});
