import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import type { Received } from '../../exchange/received';
import type { Toolkit } from '../toolkit';

/** What a command is about: the document given, the line of a tree, or else the editor in front. */
export function whichReceived({ responses, inboxes }: Toolkit, what: unknown): Received | undefined {
  if (what instanceof vscode.Uri) return responses.of(what);
  const meshId = isObject(what) && isObject(what.received) ? what.received.meshId : undefined;
  if (typeof meshId === 'string') return [...inboxes.all()].find((one) => one.meshId === meshId);
  const front = vscode.window.activeTextEditor?.document.uri;
  return front && responses.of(front);
}
