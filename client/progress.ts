import * as vscode from 'vscode';
import type { Place } from './place';
import { unlinked } from './tell';

/**
 * Shows that an exchange with a MESH server is under way. With the window's sandbox it takes a blink, so it is shown
 * where it does not get in the way; elsewhere it can be cancelled.
 */
export function withProgress<T>(
  title: string,
  { sandbox }: Place,
  work: (signal: AbortSignal) => Promise<T>,
): Thenable<T> {
  const { Notification, Window } = vscode.ProgressLocation;
  return vscode.window.withProgress(
    { location: sandbox ? Window : Notification, title: unlinked(title), cancellable: true },
    (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      return work(abort.signal);
    },
  );
}
