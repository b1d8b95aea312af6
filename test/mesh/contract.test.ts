import type { SandboxMailbox } from '../../mesh/sandbox/mailboxes';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { SandboxOptions } from '../../mesh/sandbox/sandbox';
import { contract, everyDifferenceHasItsCase } from './contract';
import { differencesOfOurs } from './contract/differences';
import type { Peer } from './contract/scene';

const account = (mailbox: string, name: string, odsCode: string): SandboxMailbox => ({
  ...{ mailbox, name, odsCode, answered: false },
  ...{ password: 'password', sharedKey: 'TestKey' },
});

/** Those of NHS England's sandbox. */
const MAILBOXES = [
  account('X26ABC1', 'TESTMB1', 'X26'),
  account('X26ABC2', 'TESTMB2', 'X26'),
  account('X26ABC3', 'TESTMB3', 'X27'),
] as const;

async function ours(strict: boolean, options: SandboxOptions = {}): Promise<Peer> {
  const sandbox = await startSandbox({ ...options, port: 0, mailboxes: MAILBOXES });
  return {
    endpoint: new URL(sandbox.url),
    mailboxes: MAILBOXES,
    differs: differencesOfOurs(strict),
    stop: () => sandbox.close(),
  };
}

contract('our sandbox', () => ours(false));
describe('contract', everyDifferenceHasItsCase);
