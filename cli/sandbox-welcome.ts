// What a person has to know when the sandbox has started.
import type { Knowledge } from '../core/knowledge';
import type { SandboxMailbox } from '../mesh/sandbox/accounts';
import type { Sandbox } from '../mesh/sandbox/sandbox';
import { printable } from './printable';
import type { CertificateFiles } from './sandbox-certificates';

/** What the person asked for, as they named it. */
interface Asked {
  folder?: string;
  certificates?: CertificateFiles;
}

export function welcome(sandbox: Sandbox, { folder, certificates }: Asked, knowledge: Knowledge): string {
  const { url, mailboxes } = sandbox;
  const sender = mailboxes.find(({ answered }) => !answered);
  const practice = mailboxes.find(({ answered }) => answered);
  return `MESH sandbox on ${url}, for this machine only. Ctrl+C stops it.
What happens in it is shown at ${url}/ in a browser.

${[
  sandbox.strict
    ? 'It is strict: as the real MESH where NHS England’s own sandbox is lenient.'
    : 'It behaves as NHS England’s own sandbox does; --strict makes it as strict as the real MESH.',
  folder === undefined
    ? 'It forgets everything when it stops; --folder DIR keeps it.'
    : `Messages are kept in ${printable(folder)}, and nothing that was answered with 202 is lost.`,
  ...(certificates ? certificateLines(certificates) : []),
  ...scenarioLines(sandbox),
].join('\n')}

Mailboxes (the passwords are public, as in NHS England’s own sandbox: they protect nothing)
${accountLines(mailboxes)}
Send to ${practice?.mailbox} from ${sender?.mailbox}, with any MESH client at this address
${workflowLines(knowledge)}  or in VS Code: "Send message to MESH mailbox…"; then look into the inbox of ${sender?.mailbox}

Requests
`;
}

function certificateLines({ authority, client }: CertificateFiles): string[] {
  return [
    `A client has to trust ${printable(authority)}, which is new at each start.`,
    ...(client
      ? [
          `A client certificate is demanded: ${printable(client.certificate)} with the key ${printable(client.key)},`,
          `or ${printable(client.pkcs12)} with the pass phrase "${client.passphrase}". A browser needs it too.`,
        ]
      : []),
  ];
}

function scenarioLines({ scenario, scenarios }: Sandbox): string[] {
  const playing = scenarios.find(({ name }) => name === scenario);
  return playing ? [`Every message meets the scenario "${playing.name}". ${printable(playing.says)}`] : [];
}

function accountLines(mailboxes: readonly SandboxMailbox[]): string {
  const width = Math.max(...mailboxes.map(({ mailbox }) => mailbox.length));
  return mailboxes
    .map(
      ({ mailbox, name, answered, password, sharedKey }) =>
        `  ${mailbox.padEnd(width)}  ${name}${answered ? ', answers' : ''}; password "${password}", shared key "${sharedKey}"\n`,
    )
    .join('');
}

function workflowLines({ useCases }: Knowledge): string {
  return useCases
    .map(({ title, workflow }) => `  ${title}: workflow ${workflow.request}, answered as ${workflow.acknowledgement}\n`)
    .join('');
}
