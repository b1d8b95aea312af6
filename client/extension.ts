// Puts the client together when VS Code starts the extension.
import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { createInboxes } from './following/inboxes';
import { knowledge } from './knowledge';
import { startLanguageServer } from './language/language-server';
import { offerOrphans } from './mailboxes/orphans';
import { connectionsOf, watchPlaces } from './mailboxes/mailboxes';
import { watchActiveEditor } from './message-context';
import { createOutput } from './output';
import { provideAttachments } from './preview/attachments';
import { createPreviews } from './preview/panel';
import { withProgress } from './progress';
import { createResponseDocuments } from './reading/response-document';
import { createWindowSandbox } from './sandbox';
import { createSecretKeeper } from './mailboxes/secret-keeper';
import { createSentList } from '../exchange/sent';
import { createStatus } from './status';
import type { Toolkit } from './toolkit';

let stopServer: (() => Promise<void>) | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const { secrets, subscriptions, extension, globalState, workspaceState } = context;
  const output = createOutput();
  const { version } = extension.packageJSON as { version: string };
  const sandbox = createWindowSandbox(output);
  const sent = createSentList();
  const responses = createResponseDocuments(sent);
  const connections = connectionsOf(createSecretKeeper(secrets, globalState), output, version);
  const inboxes = createInboxes({
    connect: (place, how) => connections.connect(place, how),
    progress: withProgress,
    knowledge,
    now: () => new Date(),
    changed: new vscode.EventEmitter<void>(),
    onReceived: () => Promise.resolve(),
  });
  const toolkit: Toolkit = {
    output,
    sandbox,
    connections,
    sent,
    responses,
    previews: createPreviews({ of: () => undefined, sentAs: () => undefined }),
    recent: { routes: [] },
    inboxes,
    memory: workspaceState,
    departing: new Map(),
  };
  const messages = watchActiveEditor();
  const status = createStatus(sandbox, messages);
  subscriptions.push(toolkit.previews, provideAttachments());
  subscriptions.push(output, sandbox, responses, messages, status, watchPlaces(), registerCommands(toolkit));
  offerOrphans(connections.keeper, globalState);
  stopServer = startLanguageServer(output);
}

export async function deactivate(): Promise<void> {
  await stopServer?.();
}
