// Entry of the bundle: speaks with the client over node's own channel where the command line says so, else over standard input and output.
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { loadKnowledge, loadWithPackages } from '../profiles/load';
import { CONNECTION, createServer } from './server';
import { takeStandardStreams } from './standard-streams';

const connection = connected();
createServer(connection, loadKnowledge(__dirname), (packages) => loadWithPackages(__dirname, packages));
connection.listen();

function connected(): Connection {
  if (process.argv.includes('--node-ipc')) return createConnection(ProposedFeatures.all, CONNECTION);
  const { input, output } = takeStandardStreams();
  return createConnection(ProposedFeatures.all, input, output, CONNECTION);
}
