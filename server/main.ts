// Entry of the server: speaks with the client over node's own channel where the command line says so, else over standard input and output.
import { type Connection, createConnection, ProposedFeatures, type RemoteConsole } from 'vscode-languageserver/node';
import { loadKnowledge, loadWithPackages } from '../profiles/load';
import { CONNECTION, createServer } from './server';
import type { ReadTeam } from './settings';
import { takeStandardStreams } from './standard-streams';

/** What the protocol's library cannot make sense of it quotes whole, below the first line: that is no matter for a log. */
const ABILITIES = {
  ...ProposedFeatures.all,
  console: (Base: new () => RemoteConsole): new () => RemoteConsole =>
    class extends Base {
      override error(message: string): void {
        super.error(message.split('\n', 1)[0]!);
      }
    },
};

/** @param readTeam where the client does not read the team's file itself */
export function serve(readTeam?: ReadTeam): void {
  const connection = connected();
  createServer(connection, loadKnowledge(__dirname), (packages) => loadWithPackages(__dirname, packages), { readTeam });
  connection.listen();
}

function connected(): Connection {
  if (process.argv.includes('--node-ipc')) return createConnection(ABILITIES, CONNECTION);
  const { input, output } = takeStandardStreams();
  return createConnection(ABILITIES, input, output, CONNECTION);
}
