// The terminal's table of contents: finds the subcommand and turns whatever happens into an exit code.
import { MeshError } from '../mesh/errors';
import { type Command, suggestion } from './command';
import { convert } from './convert';
import { CommandError, EXIT } from './exit';
import { demo } from './demo';
import { explain } from './explain';
import { lsp } from './lsp';
import { create } from './new';
import { printable } from './printable';
import { profiles } from './profiles';
import { inbox } from './inbox';
import { sandbox } from './sandbox';
import { send } from './send';
import { track } from './track';
import { processTerminal, type Terminal } from './terminal';
import { validate } from './validate';
import { versionOf } from './version';

/** In the order of the help. A subcommand is one file and one line here. */
export const COMMANDS: readonly Command[] = [
  validate,
  create,
  convert,
  send,
  inbox,
  track,
  sandbox,
  explain,
  profiles,
  lsp,
  demo,
];

/**
 * @param argv what stands behind `itk3` on the command line
 * @returns the exit code: 0 all is well, 1 there are errors in what was judged, 2 misuse, unreadable input or a bug
 */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [first = '', ...rest] = argv;
  try {
    if (first === '') {
      terminal.stderr.write(help());
      return EXIT.misuse;
    }
    if (['--version', '-v', '-V'].includes(first)) {
      terminal.stdout.write(`itk3 ${versionOf(terminal.folder)}\n`);
      return EXIT.ok;
    }
    const asked = ['--help', '-h', 'help'].includes(first);
    const name = asked ? rest[0] : first;
    if (name === undefined) {
      terminal.stdout.write(help());
      return EXIT.ok;
    }
    const command = COMMANDS.find((one) => one.name === name);
    if (!command) throw unknownCommand(name);
    if (asked || wantsHelp(rest)) {
      terminal.stdout.write(command.help);
      return EXIT.ok;
    }
    return await command.run(rest, terminal);
  } catch (error) {
    terminal.stderr.write(`itk3: ${sentence(error, terminal)}\n`);
    return EXIT.misuse;
  }
}

/** Options end at "--": what follows are file names. */
function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

function unknownCommand(name: string): CommandError {
  if (name.startsWith('-')) {
    const meant = suggestion(name.replace(/^-+/, ''), ['help', 'version'], '--', 'itk3 --help');
    return new CommandError(`There is no option ${name} in front of a command: ${meant}`);
  }
  const names = COMMANDS.map((command) => command.name);
  return new CommandError(`There is no command "${name}": ${suggestion(name, names, '', 'itk3 --help')}`);
}

function sentence(error: unknown, { env }: Terminal): string {
  if (error instanceof CommandError || error instanceof MeshError) return printable(error.message);
  if (env.ITK3_DEBUG && error instanceof Error) return error.stack ?? error.message;
  // The name alone: the text of an unforeseen error may quote the message.
  const name = error instanceof Error ? error.name : typeof error;
  return `This is a bug in itk3: it stopped with ${name}. Please report the command and, with ITK3_DEBUG=1 set, what it prints.`;
}

function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return `itk3 writes, checks and sends NHS England ITK3 messages.

  itk3 validate message.json           What is wrong with this message?
  itk3 new emergency-supply > my.json  A message to start from
  itk3 convert --to xml my.json        The same as it travels
  itk3 sandbox                         A MESH server with a GP system, on this machine
  itk3 demo                            All of it, once

Commands
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

  itk3 COMMAND --help  shows how to use it
  itk3 --version       which version this is

Exit codes
  0  all is well (warnings are fine)
  1  there are errors in what was checked
  2  the command or a file could not be read
`;
}

/** Runs this process as `itk3`. @param folder where the build left what it made */
export async function main(folder: string): Promise<void> {
  const terminal = processTerminal(folder);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error & { code?: string }) => {
      // The reader has gone, as in `itk3 … | head`: nobody is left to tell. 141 is what a shell shows for SIGPIPE.
      process.exit(error.code === 'EPIPE' ? 141 : EXIT.misuse);
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      terminal.stderr.write(`itk3: ${sentence(error, terminal)}\n`);
      process.exit(EXIT.misuse);
    });
  }
  // Not process.exit: what was written may still be on its way into a pipe.
  process.exitCode = await run(process.argv.slice(2), terminal);
}
