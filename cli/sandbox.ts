// itk3 sandbox: the MESH sandbox in the foreground, until Ctrl+C.
import { once } from 'node:events';
import path from 'node:path';
import { registeredPeople, registeredWorkflows } from '../core/draft/registered';
import { DEFAULT_MAILBOXES, type SandboxMailbox } from '../mesh/sandbox/accounts';
import { defaultPeople } from '../mesh/sandbox/people';
import { createPractice } from '../mesh/sandbox/receiver';
import { DEFAULT_PORT, type Sandbox, type SandboxOptions, startSandbox } from '../mesh/sandbox/sandbox';
import { type Command, readArguments } from './command';
import { CommandError, EXIT } from './exit';
import { printable } from './printable';
import { certificatesIn } from './sandbox-certificates';
import { listOfScenarios, ownScenarios } from './sandbox-scenarios';
import { welcome } from './sandbox-welcome';
import type { Terminal } from './terminal';

const OPTIONS = {
  port: { type: 'string' },
  strict: { type: 'boolean' },
  folder: { type: 'string', value: 'folder' },
  tls: { type: 'boolean' },
  'client-certificates': { type: 'boolean' },
  certificates: { type: 'string', value: 'folder' },
  scenario: { type: 'string' },
  scenarios: { type: 'string', value: 'file' },
  'list-scenarios': { type: 'boolean' },
} as const;

export const sandbox: Command = {
  name: 'sandbox',
  summary: 'Runs a MESH server with a GP practice that answers, on this machine',
  options: OPTIONS,
  takes: 'none',
  help: `itk3 sandbox [OPTION]…

  itk3 sandbox                      On http://127.0.0.1:${DEFAULT_PORT}; a browser shows there what happens
  itk3 sandbox --port 0             On any free port; the first line says which
  itk3 sandbox --strict             As strict as the real MESH
  itk3 sandbox --folder mesh        Messages are kept in the folder mesh, and are there the next time
  itk3 sandbox --list-scenarios     What can be made to go wrong
  itk3 sandbox --scenario silence   Every message meets the scenario "silence"
  itk3 sandbox --scenarios mine.json --scenario rude
                                    Scenarios of your own as well
  itk3 sandbox --tls --certificates certs
                                    With TLS: a client has to trust certs/authority.pem
  itk3 sandbox --client-certificates --certificates certs
                                    As the real MESH, wants a client certificate too: certs holds one

It speaks the MESH API as NHS England's own sandbox does, checks the authorisation, and plays the GP practice: what
arrives there is validated and answered with ITK3 acknowledgements. It listens on this machine only, and without
--folder it forgets everything when it stops. Ctrl+C stops it.

One message alone meets a scenario when the SenderReference of its handling specification is sandbox:NAME.

Options
  --port PORT            the port, 0 for any free one. Default: ${DEFAULT_PORT}
  --strict               refuses used tokens, wrong clocks, unregistered workflows, and parts that are missing or small;
                         what nobody collects expires; GPPROVIDER addresses are looked up
  --folder DIR           keeps messages there, as NHS England's sandbox does: what was answered with 202 survives
  --tls                  https, with a certificate that is new at each start
  --client-certificates  wants a client certificate of the sandbox's own authority; brings --tls
  --certificates DIR     where the files for TLS go, for your eyes only: authority.pem, and where a client certificate
                         is wanted client.pem, client-key.pem and client.p12; brings --tls
  --scenario NAME        plays it for every message; a response code such as 30003 is a scenario too
  --scenarios FILE       a JSON list of scenarios of your own
  --list-scenarios       shows them and stops
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 sandbox');
    if (positionals.length > 0) throw new CommandError('sandbox takes no file: start it, then send to it.');
    const port = portOf(values.port ?? String(DEFAULT_PORT));
    const scenarios = await ownScenarios(values.scenarios, terminal);
    const receiver = practiceOf(terminal);
    if (values['list-scenarios']) {
      terminal.stdout.write(listOfScenarios(scenarios, receiver));
      return EXIT.ok;
    }
    const clientCertificates = values['client-certificates'] ?? false;
    const tls = values.tls === true || clientCertificates || values.certificates !== undefined;
    const certificates = tls ? certificatesIn(values.certificates, terminal.cwd) : undefined;
    const interrupted = terminal.interrupted();
    const running = await startPractice(terminal, {
      port,
      receiver,
      strict: values.strict,
      folder: values.folder === undefined ? undefined : path.resolve(terminal.cwd, values.folder),
      ...(tls && { tls, clientCertificates }),
      scenarios,
      scenario: values.scenario,
      log: (line) => terminal.stdout.write(`${terminal.now().toISOString().slice(11, 19)}  ${printable(line)}\n`),
    });
    try {
      const written = certificates?.write(running);
      terminal.stdout.write(welcome(running, { folder: values.folder, certificates: written }, terminal.knowledge()));
      if (!interrupted.aborted) await once(interrupted, 'abort');
    } finally {
      await running.close();
    }
    terminal.stdout.write('The sandbox has stopped.\n');
    return EXIT.ok;
  },
};

/** A sandbox whose answered mailbox is a GP practice. Rejects with a MeshError when it cannot start. */
export function startPractice(terminal: Terminal, options: SandboxOptions): Promise<Sandbox> {
  const { now, randomUUID } = terminal;
  const knowledge = terminal.knowledge();
  return startSandbox({
    mailboxes: DEFAULT_MAILBOXES,
    receiver: practiceOf(terminal),
    workflows: registeredWorkflows(knowledge, DEFAULT_MAILBOXES),
    people: [...registeredPeople(knowledge, mailboxesOf().practice.mailbox), ...defaultPeople(DEFAULT_MAILBOXES)],
    now,
    randomUUID,
    ...options,
  });
}

function practiceOf({ knowledge, now, randomUUID }: Terminal) {
  return createPractice(knowledge(), { odsCode: mailboxesOf().practice.odsCode, now, randomUUID });
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
