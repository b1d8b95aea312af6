// Puts the client together when VS Code starts the extension.
import type * as vscode from 'vscode';
import { registerCommands } from './commands';
import { startLanguageServer } from './language/language-server';
import { connectionsOf, watchPlaces } from './mailboxes/mailboxes';
import { watchActiveEditor } from './message-context';
import { createOutput } from './output';
import { createReceivedDocuments } from './reading/received-documents';
import { provideReceivedLenses } from './reading/received-lenses';
import { receivedIn } from './reading/received-source';
import { createWindowSandbox } from './sandbox';
import { createSecretKeeper } from './mailboxes/secrets';
import type { Downloaded } from '../exchange/inbox';
import { createSentList } from '../exchange/sent';
import { createStatus } from './status';
import type { Toolkit } from './toolkit';

let stopServer: (() => Promise<void>) | undefined;

export function activate({ secrets, subscriptions, extension, workspaceState }: vscode.ExtensionContext): void {
  const output = createOutput();
  const { version } = extension.packageJSON as { version: string };
  const sandbox = createWindowSandbox(output);
  const sent = createSentList();
  const downloaded: Downloaded = new Map();
  const responses = createReceivedDocuments(receivedIn(downloaded, sent));
  const toolkit: Toolkit = {
    output,
    sandbox,
    connections: connectionsOf(createSecretKeeper(secrets), output, version),
    sent,
    responses,
    recent: { routes: [] },
    downloaded,
    memory: workspaceState,
    departing: new Map(),
  };
  const messages = watchActiveEditor();
  const status = createStatus(sandbox, messages);
  subscriptions.push(
    output,
    sandbox,
    responses,
    messages,
    status,
    watchPlaces(),
    registerCommands(toolkit),
    provideReceivedLenses(toolkit),
  );
  stopServer = startLanguageServer(output);
}

export async function deactivate(): Promise<void> {
  await stopServer?.();
}
