// Entry of the bundle: speaks with the client over stdio or node's own channel, as the command line says.
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { loadKnowledge, loadWithPackages } from '../profiles/load';
import { CONNECTION, createServer } from './server';

const connection = createConnection(ProposedFeatures.all, CONNECTION);
createServer(connection, loadKnowledge(__dirname), (packages) => loadWithPackages(__dirname, packages));
connection.listen();
