import * as vscode from 'vscode';
import type { Place } from '../exchange/place';
import { unlinked } from './tell';

/** Milliseconds. A scenario may keep the sandbox from answering in time, or at all. */
const BLINK = 2000;

/**
 * Shows that an exchange with a MESH server is under way, where it can be cancelled. With the window's sandbox it takes a
 * blink, so there it is shown where it does not get in the way until it takes longer.
 */
export async function withProgress<T>(
  title: string,
  { sandbox }: Place,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { Notification, Window } = vscode.ProgressLocation;
  const abort = new AbortController();
  const working = work(abort.signal);
  const show = (location: vscode.ProgressLocation): Thenable<T> =>
    vscode.window.withProgress({ location, title: unlinked(title), cancellable: true }, (_progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      return working;
    });
  if (!sandbox) return show(Notification);
  const late = setTimeout(() => void show(Notification).then(undefined, () => undefined), BLINK);
  try {
    return await show(Window);
  } finally {
    clearTimeout(late);
  }
}
