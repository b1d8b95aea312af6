// Puts the client together when VS Code starts the extension.
import path from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { startFollowing } from './following/following';
import { createInboxes } from './following/inboxes';
import { createLooks } from '../exchange/looks';
import { tellArrived } from './following/tell-arrivals';
import { openJournal } from './following/open-journal';
import { checkAfterRestart } from './following/check-after-restart';
import { createTracking } from './following/tracking';
import { knowledge } from './knowledge';
import type { LanguageServer } from './language/language-server';
import { whenNeeded } from './language/when-needed';
import { offerOrphans } from './mailboxes/orphans';
import { connectionsOf, watchPlaces } from './mailboxes/mailboxes';
import { watchActiveEditor } from './message-context';
import { createOutput } from './output';
import { provideAttachments } from './preview/attachments';
import { createPreviews } from './preview/panel';
import { withProgress } from './progress';
import { createComparisons } from './reading/comparisons';
import { createReceivedDocuments } from './reading/received-documents';
import { provideReceivedLenses } from './reading/received-lenses';
import { receivedSource } from './reading/received-source';
import { createWindowSandbox } from './sandbox';
import { createSecretKeeper } from './mailboxes/secret-keeper';
import { createPages } from './sending/pages';
import { createStatus } from './status';
import type { Toolkit } from './toolkit';
import { createMailboxesView } from './views/mailboxes';
import { createSentView } from './views/sent';

let server: LanguageServer | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const { secrets, subscriptions, extension, globalState, workspaceState, globalStorageUri } = context;
  const { version } = extension.packageJSON as { version: string };

  // What passes between this window and the mailboxes, and what is known of it.
  const output = createOutput();
  const sandbox = createWindowSandbox(output);
  const { journal, watching } = openJournal(globalStorageUri, sandbox);
  const connections = connectionsOf(createSecretKeeper(secrets, globalState), output, version);
  const looksRead = new vscode.EventEmitter<void>();
  const looks = createLooks(path.join(globalStorageUri.fsPath, 'looks'), () => looksRead.fire());
  const tracking = createTracking({ journal, connections, output });
  const inboxes = createInboxes({
    connect: (place, how) => connections.connect(place, how),
    progress: withProgress,
    knowledge,
    now: () => new Date(),
    changed: new vscode.EventEmitter<void>(),
    onListed: (place, at) => {
      void looks.note(place, at);
      tracking.after(place);
    },
    onReceived: async (place, received, { quiet, fresh }) => {
      if (quiet) mailboxesView.noteNew(fresh);
      const arrivals = await journal.take(place, received);
      if (quiet) tellArrived(place, arrivals);
    },
  });

  // Documents that are only shown.
  const responses = createReceivedDocuments(receivedSource({ inboxes, journal, connections, sandbox }));
  const pages = createPages();
  const comparisons = createComparisons();
  const previews = createPreviews(responses);

  // Loaded when it is needed: half of the client is the library that speaks with it.
  const serve = async (): Promise<void> => {
    const { startLanguageServer } = await import('./language/language-server');
    server ??= startLanguageServer(output);
  };

  const toolkit: Toolkit = {
    output,
    sandbox,
    connections,
    journal,
    responses,
    pages,
    previews,
    comparisons,
    recent: { routes: [] },
    inboxes,
    memory: workspaceState,
    departing: new Map(),
    restartServer: () => server?.restart() ?? serve(),
  };

  // What a person sees of it all, and what goes on by itself. Disposed of in this order: whatever is used last, last.
  const mailboxesView = createMailboxesView(toolkit, looks, looksRead.event);
  const messages = watchActiveEditor();
  subscriptions.push(
    registerCommands(toolkit),
    mailboxesView,
    createSentView(journal),
    createStatus(sandbox, messages),
    messages,
    startFollowing(toolkit, mailboxesView, looks),
    tracking,
    looksRead,
    watchPlaces(),
    previews,
    provideAttachments(),
    provideReceivedLenses(toolkit),
    comparisons,
    pages,
    responses,
    watching,
    sandbox,
    output,
  );
  void checkAfterRestart(toolkit);
  offerOrphans(connections.keeper, globalState);

  subscriptions.push(whenNeeded(() => void serve()));
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
