// What the commands of one window share. It is put together by hand in extension.ts.
import type * as vscode from 'vscode';
import type { Inboxes } from './following/inboxes';
import type { Connections } from './mailboxes/connections';
import type { Output } from './output';
import type { Previews } from './preview/panel';
import type { Recent } from './sending/recent';
import type { ResponseDocuments } from './reading/response-document';
import type { WindowSandbox } from './sandbox';
import type { SentList } from '../exchange/sent';

export interface Toolkit {
  output: Output;
  sandbox: WindowSandbox;
  connections: Connections;
  sent: SentList;
  responses: ResponseDocuments;
  previews: Previews;
  recent: Recent;
  inboxes: Inboxes;
  /** Kept for the workspace. No secret and nothing of a message belongs here. */
  memory: vscode.Memento;
  /** Documents that are on their way out, so that none is sent twice by a double click. By uri. */
  departing: Map<string, 'asking' | 'sending'>;
}
