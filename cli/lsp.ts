// itk3 lsp: the language server for any editor that speaks the Language Server Protocol.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Command, readArguments } from './command';
import { CommandError } from './exit';
import { type TeamJudging, teamJudging } from './team-judging';
import type { Terminal } from './terminal';

const OPTIONS = {
  stdio: { type: 'boolean' },
  clientProcessId: { type: 'string' },
} as const;

export const lsp: Command = {
  name: 'lsp',
  summary: 'Checks, completes and explains messages in any editor: a language server',
  options: OPTIONS,
  takes: 'none',
  help: `itk3 lsp [--stdio]

  itk3 lsp --stdio                  What an editor starts; nothing for a person to type

  Neovim 0.11, in init.lua:
    vim.lsp.config('itk3', { cmd = { 'itk3', 'lsp', '--stdio' }, filetypes = { 'json', 'xml' } })
    vim.lsp.enable('itk3')

The language server of the VS Code extension for every editor that speaks the Language Server Protocol 3.17: problems as
you type, completion, hover, quick fixes, formatting, outline, references, rename. Of JSON and XML that is no FHIR it says
nothing. Rules and profiles of .vscode/itk3.json hold as they do for itk3 validate. EDITORS.md, which comes with itk3, shows how to set up Neovim, Helix, JetBrains and Emacs, and the settings.

It reads requests from standard input and writes answers to standard output, and nothing else. It ends when the editor
says so, closes its input or is gone.

Options
  --stdio                 over standard input and output; there is no other way, so it may be left out
  --clientProcessId PID   the process of the editor: when it is gone, the server ends too

Exit codes
  0  ended as the protocol has it: shut down, then told to exit
  1  ended otherwise: its editor is gone, or closed its input
  2  misuse, or a bug
`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, OPTIONS, 'itk3 lsp');
    const [file] = positionals;
    if (file !== undefined)
      throw new CommandError(`lsp takes no file, for an editor opens those: itk3 validate ${file} checks one here.`);
    if (values.clientProcessId !== undefined && !/^\d{1,10}$/.test(values.clientProcessId))
      throw new CommandError(`--clientProcessId: "${values.clientProcessId}" is no number of a process.`);
    if (terminal.stdout.isTTY) terminal.stderr.write(MEANT_FOR);
    openServer(terminal);
    // The server ends the process.
    return new Promise<never>(() => undefined);
  },
};

const MEANT_FOR =
  'itk3 lsp is for an editor to start, and waits for its requests: Ctrl+C ends it, and itk3 lsp --help tells how editors are set up.\n';

/** The server stands in the bundle of all doors beside ours: it takes the streams and the command line of this process. */
function openServer({ folder }: Terminal): void {
  const doors = path.join(folder, 'toolkit.js');
  if (!fs.existsSync(doors))
    throw new CommandError(
      'The language server is missing beside itk3: build it with npm run build, or install it again.',
    );
  const { server } = createRequire(doors)(doors) as { server: () => Server };
  server().serve((from) => teamJudging(from, folder));
}

interface Server {
  serve(readTeam: (folder: string) => TeamJudging): void;
}
