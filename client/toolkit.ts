// What the commands of one window share. It is put together by hand in extension.ts.
import type * as vscode from 'vscode';
import type { Inboxes } from './following/inboxes';
import type { Connections } from './mailboxes/connections';
import type { Journal } from '../exchange/sent-journal';
import type { Output } from './output';
import type { Pages } from './sending/pages';
import type { Previews } from './preview/panel';
import type { Recent } from './sending/recent';
import type { Comparisons } from './reading/comparisons';
import type { ReceivedDocuments } from './reading/received-documents';
import type { WindowSandbox } from './sandbox';

export interface Toolkit {
  output: Output;
  sandbox: WindowSandbox;
  connections: Connections;
  journal: Journal;
  responses: ReceivedDocuments;
  pages: Pages;
  previews: Previews;
  comparisons: Comparisons;
  recent: Recent;
  inboxes: Inboxes;
  /** Kept for the workspace. No secret and nothing of a message belongs here. */
  memory: vscode.Memento;
  /** Documents that are on their way out, so that none is sent twice by a double click. By uri. */
  departing: Map<string, 'asking' | 'sending'>;
  restartServer: () => Promise<void>;
}
