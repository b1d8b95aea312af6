// What the commands of one window share. It is put together by hand in extension.ts.
import type * as vscode from 'vscode';
import type { Downloaded } from '../exchange/inbox';
import type { Connections } from './mailboxes/connections';
import type { Output } from './output';
import type { Recent } from './sending/recent';
import type { ReceivedDocuments } from './reading/received-documents';
import type { WindowSandbox } from './sandbox';
import type { SentList } from '../exchange/sent';

export interface Toolkit {
  output: Output;
  sandbox: WindowSandbox;
  connections: Connections;
  sent: SentList;
  responses: ReceivedDocuments;
  recent: Recent;
  downloaded: Downloaded;
  /** Kept for the workspace. No secret and nothing of a message belongs here. */
  memory: vscode.Memento;
  /** Documents that are on their way out, so that none is sent twice by a double click. By uri. */
  departing: Map<string, 'asking' | 'sending'>;
}
