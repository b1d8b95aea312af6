// Our sandbox with the mailboxes and workflows of NHS England's.
import type { SandboxMailbox } from '../../../mesh/sandbox/accounts';
import { clientName, createAuthority, createCertificate } from '../../../mesh/sandbox/certificates';
import { startSandbox } from '../../../mesh/sandbox/sandbox';
import type { SandboxOptions } from '../../../mesh/sandbox/sandbox';
import type { TlsOptions } from '../../../mesh/transport';
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

const [FIRST, SECOND, THIRD] = ['X26ABC1', 'X26ABC2', 'X26ABC3'];

const WORKFLOWS = [
  { id: 'TEST_WORKFLOW', senders: [FIRST], receivers: [SECOND] },
  { id: 'TEST_WORKFLOW_ACK', senders: [SECOND], receivers: [FIRST, THIRD] },
  { id: 'TEST_WORKFLOW2', senders: [FIRST], receivers: [FIRST, SECOND, THIRD] },
  // Only to be sent: NHS England's sandbox takes any.
  ...['WF_LAB', 'WF_LAB_ACK', 'OTHER', 'GPCONNECT_SEND_DOCUMENT'].map((id) => ({
    id,
    senders: [FIRST],
    receivers: [SECOND],
  })),
];

export interface Kind {
  strict?: boolean;
  /** Speak TLS, and ask for a client certificate. */
  secure?: Secure;
  /** Keep the messages there. */
  folder?: string;
}

/** What a server and its clients show each other. */
export interface Secure {
  server: NonNullable<SandboxOptions['tls']>;
  client: Required<Pick<TlsOptions, 'ca' | 'cert' | 'key'>>;
}

/** Certificates good for a day on both sides of now. */
export async function secure(): Promise<Secure> {
  const day = 24 * 60 * 60 * 1000;
  const validity = { from: new Date(Date.now() - day), until: new Date(Date.now() + day) };
  const authority = await createAuthority('Authority of a contract', validity);
  const [server, client] = await Promise.all([
    createCertificate(authority, { commonName: 'localhost', use: 'server', hosts: ['127.0.0.1'], ...validity }),
    createCertificate(authority, { commonName: clientName('X26ABC1', 'X26'), use: 'client', ...validity }),
  ]);
  return {
    server: { authority: authority.cert, certificate: server.cert, key: server.key },
    client: { ca: authority.cert, ...client },
  };
}

export async function oursAsPeer({ strict = false, secure, folder }: Kind = {}): Promise<Peer> {
  const sandbox = await startSandbox({
    port: 0,
    mailboxes: ACCOUNTS,
    workflows: WORKFLOWS,
    people: [],
    strict,
    folder,
    ...(secure && { tls: secure.server, clientCertificates: true }),
  });
  return {
    endpoint: new URL(sandbox.url),
    mailboxes: ACCOUNTS,
    tls: secure?.client,
    // More than 5 MiB when strict, as it asks for.
    partSize: strict ? 5_300_000 : 100_000,
    differs: differencesOfOurs(strict),
    stop: () => sandbox.close(),
  };
}
