// Our sandbox with the mailboxes of NHS England's.
import type { SandboxMailbox } from '../../../mesh/sandbox/mailboxes';
import { startSandbox } from '../../../mesh/sandbox/sandbox';
import { differencesOfOurs } from './differences';
import type { Peer } from './scene';

const account = (mailbox: string, name: string, odsCode: string): SandboxMailbox => ({
  ...{ mailbox, name, odsCode, answered: false },
  ...{ password: 'password', sharedKey: 'TestKey' },
});

const ACCOUNTS = [
  account('X26ABC1', 'TESTMB1', 'X26'),
  account('X26ABC2', 'TESTMB2', 'X26'),
  account('X26ABC3', 'TESTMB3', 'X27'),
] as const;

export async function oursAsPeer(options: { strict?: boolean } = {}): Promise<Peer> {
  const sandbox = await startSandbox({ port: 0, mailboxes: ACCOUNTS });
  return {
    endpoint: new URL(sandbox.url),
    mailboxes: ACCOUNTS,
    differs: differencesOfOurs(options.strict ?? false),
    stop: () => sandbox.close(),
  };
}
