// itk3 sandbox: the MESH sandbox in the foreground, until Ctrl+C.
import { once } from 'node:events';
import { DEFAULT_MAILBOXES, type SandboxMailbox } from '../mesh/sandbox/mailboxes';
import { createPractice } from '../mesh/sandbox/receiver';
import { DEFAULT_PORT, type Sandbox, startSandbox } from '../mesh/sandbox/sandbox';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { printable } from './printable';
import type { Terminal } from './terminal';

export const sandbox: Command = {
  name: 'sandbox',
  summary: 'Runs a MESH server with a GP practice that answers, on this machine',
  help: `itk3 sandbox [--port PORT]

  itk3 sandbox               On http://127.0.0.1:${DEFAULT_PORT}
  itk3 sandbox --port 9000   On another port
  itk3 sandbox --port 0      On any free port; the first line says which

It speaks the MESH API (handshake, send, inbox, download, acknowledge, tracking), checks the authorisation as MESH does,
and plays the GP practice: what arrives there is validated and answered with ITK3 acknowledgements. It listens on this
machine only and forgets everything when it stops. Ctrl+C stops it.
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, { port: { type: 'string' } }, 'itk3 sandbox');
    if (positionals.length > 0) throw new CommandError('sandbox takes no file: start it, then send to it.');
    const port = portOf(values.port ?? String(DEFAULT_PORT));
    const interrupted = terminal.interrupted();
    const running = await startPractice(terminal, port, (line) => {
      terminal.stdout.write(`${terminal.now().toISOString().slice(11, 19)}  ${printable(line)}\n`);
    });
    try {
      terminal.stdout.write(welcome(running, terminal));
      if (!interrupted.aborted) await once(interrupted, 'abort');
    } finally {
      await running.close();
    }
    terminal.stdout.write('The sandbox has stopped.\n');
    return EXIT.ok;
  },
};

/** A sandbox whose answered mailbox is a GP practice. Rejects with a MeshError when the port cannot be had. */
export function startPractice(terminal: Terminal, port: number, log?: (line: string) => void): Promise<Sandbox> {
  const { now, randomUUID } = terminal;
  const { odsCode } = mailboxesOf().practice;
  const receiver = createPractice(terminal.knowledge(), { odsCode, now, randomUUID });
  return startSandbox({ port, mailboxes: DEFAULT_MAILBOXES, receiver, now, randomUUID, log });
}

/** Who sends and who answers in the sandbox. */
export function mailboxesOf(mailboxes: readonly SandboxMailbox[] = DEFAULT_MAILBOXES) {
  const sender = mailboxes.find((mailbox) => !mailbox.answered);
  const practice = mailboxes.find((mailbox) => mailbox.answered);
  if (!sender || !practice) throw new TypeError('The sandbox needs a mailbox that sends and one that answers');
  return { sender, practice };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65535) throw new CommandError(`"${text}" is not a port number: give one from 0 to 65535.`);
  return port;
}

function welcome({ url, mailboxes }: Sandbox, { knowledge }: Terminal): string {
  const width = Math.max(...mailboxes.map(({ mailbox }) => mailbox.length));
  const { sender, practice } = mailboxesOf(mailboxes);
  const accounts = mailboxes.map(
    ({ mailbox, name, answered, password, sharedKey }) =>
      `  ${mailbox.padEnd(width)}  ${name}${answered ? ', answers' : ''}; password "${password}", shared key "${sharedKey}"\n`,
  );
  const workflows = knowledge().useCases.map(
    ({ title, workflow }) => `  ${title}: workflow ${workflow.request}, answered as ${workflow.acknowledgement}\n`,
  );
  return `MESH sandbox on ${url}, for this machine only. Ctrl+C stops it.

Mailboxes (the passwords are public, as in NHS England's own sandbox: they protect nothing)
${accounts.join('')}
Send to ${practice.mailbox} from ${sender.mailbox}, with any MESH client at this address
${workflows.join('')}  or in VS Code: "Send message to MESH mailbox…"; then look into the inbox of ${sender.mailbox}

Requests
`;
}
