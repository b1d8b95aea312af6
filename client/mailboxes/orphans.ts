// Secrets of mailboxes that were taken out of the settings by hand: found when a window opens, and deleted if that is wanted.
import type * as vscode from 'vscode';
import { tell } from '../tell';
import { configuredPlaces } from './mailboxes';
import { orphansOf, type SecretKeeper } from './secret-keeper';

const LEFT = 'itk3.orphansLeft';

/** Asked once about the same ones: who wants to keep them is not asked again. */
export function offerOrphans(keeper: SecretKeeper, memory: vscode.Memento): void {
  const orphans = orphansOf(keeper.list(), configuredPlaces());
  const keys = orphans.map(({ key }) => key).sort();
  if (keys.length === 0 || JSON.stringify(memory.get(LEFT)) === JSON.stringify(keys)) return;
  void memory.update(LEFT, keys);
  const names = orphans.map(({ mailbox, endpoint }) => `${mailbox} (${endpoint.host})`).join(', ');
  tell('information', `Passwords are still kept of mailboxes that are no longer in your settings: ${names}.`, {
    'Delete them': async () => {
      for (const orphan of orphans) await keeper.forget(orphan);
    },
    'Keep them': () => undefined,
  });
}
