// Entry of the server: speaks with the client over node's own channel where the command line says so, else over standard input and output.
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { loadKnowledge, loadWithPackages } from '../profiles/load';
import { CONNECTION, createServer } from './server';
import type { ReadTeam } from './settings';
import { takeStandardStreams } from './standard-streams';

/** @param readTeam where the client does not read the team's file itself */
export function serve(readTeam?: ReadTeam): void {
  const connection = connected();
  createServer(connection, loadKnowledge(__dirname), (packages) => loadWithPackages(__dirname, packages), { readTeam });
  connection.listen();
}

function connected(): Connection {
  if (process.argv.includes('--node-ipc')) return createConnection(ProposedFeatures.all, CONNECTION);
  const { input, output } = takeStandardStreams();
  return createConnection(ProposedFeatures.all, input, output, CONNECTION);
}
