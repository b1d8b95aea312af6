// After a restart: what nobody knows of the messages that were on their way is asked of MESH, and the rest told once.
import * as vscode from 'vscode';
import { plural } from '../../exchange/outgoing';
import { keyOf } from '../../exchange/place';
import { type Exchange, hasArrived } from '../../exchange/timeline';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import { askQuietly } from '../../exchange/ask-mesh';
import { knownPlaces } from './known-places';

const showSent = { 'Show sent': () => vscode.commands.executeCommand('itk3.sent.focus') };

const TOLD = 'itk3.unclearTold';

/** After a restart: MESH is asked where its secrets are kept; what stays unclear is told once. Nothing is sent. */
export async function checkAfterRestart({ journal, sandbox, connections, memory }: Toolkit): Promise<void> {
  await journal.reload();
  const isUnclear = (exchange: Exchange): boolean => exchange.state === 'unclear' && !hasArrived(exchange);
  if (!journal.exchanges.some(isUnclear)) return;
  for (const place of knownPlaces(sandbox))
    await askQuietly({ journal, connect: (one) => connections.connect(one, { quiet: true }) }, place, keyOf(place));
  const told = memory.get<string[]>(TOLD) ?? [];
  const unclear = journal.exchanges.filter(isUnclear);
  const fresh = unclear.filter(({ attempt }) => !told.includes(attempt.id));
  await memory.update(
    TOLD,
    unclear.map(({ attempt }) => attempt.id),
  );
  if (fresh.length === 0) return;
  const [first] = fresh;
  const what = fresh.length === 1 ? first!.attempt.document.name : plural(fresh.length, 'message');
  tell(
    'warning',
    `Not known whether ${what} was sent: VS Code closed on the way. Look before you send it again.`,
    showSent,
  );
}
