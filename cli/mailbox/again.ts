// What was sent before: it goes again only when a person wants that, and only after MESH was asked about what is unclear.
import { askWhereItIs } from '../../exchange/ask-mesh';
import { beforeOf, sentBefore, tellBefore } from '../../exchange/sent-before';
import type { Journal } from '../../exchange/sent-journal';
import { twinsAmong } from '../../exchange/several';
import { type Exchange, hasArrived } from '../../exchange/timeline';
import type { MeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { EXIT } from '../exit';
import type { Terminal } from '../terminal';
import type { Ready, Stopped } from './ready';

/** @returns why one of them does not go; none where all may */
export async function whyNotAgain(
  all: readonly Ready[],
  { client, journal, again }: { client: MeshClient; journal: Journal; again: boolean },
  terminal: Terminal,
): Promise<Stopped[]> {
  const stopped: Stopped[] = [];
  for (const ready of all) {
    const { name } = ready;
    const earlier = await stillSent(ready, client, journal, terminal);
    if (!earlier) continue;
    if (earlier.state === 'departing')
      stopped.push({ name, why: 'is being sent already, by another command.', code: EXIT.misuse });
    else if (!again) {
      const told = tellBefore(beforeOf(earlier, terminal.now()));
      const known = `itk3 track ${earlier.attempt.id.slice(0, 8)}`;
      const why = `was not sent. ${told} "${known}" tells of it; --fresh sends it with fresh identifiers, --again as it is.`;
      stopped.push({ name, why, code: EXIT.findings });
    }
  }
  if (again) return stopped;
  const twins = twinsAmong(all.map(({ name, departure }) => ({ name, messageId: departure.outgoing.messageId })));
  const why =
    'was not sent: an earlier one of these has the same identifier, and receivers refuse the second (20007). --fresh gives each its own, --again sends them as they are.';
  return [...stopped, ...twins.map(({ name }) => ({ name, why, code: EXIT.findings }))];
}

/** The earlier send, where it is one still, as far as MESH can tell. */
async function stillSent(
  { earlier, departure: { from, outgoing } }: Ready,
  client: MeshClient,
  journal: Journal,
  terminal: Terminal,
): Promise<Exchange | undefined> {
  if (!earlier || earlier.state === 'departing') return earlier;
  const signal = terminal.interrupted();
  if (from.sandbox && (await isForgotten(earlier, client, signal))) return undefined;
  if (hasArrived(earlier)) return earlier;
  await askWhereItIs(journal, client, earlier, signal);
  return sentBefore(outgoing.messageId, from, journal.exchanges);
}

/** True where the sandbox has been started anew since, and kept nothing. */
async function isForgotten({ meshId }: Exchange, client: MeshClient, signal: AbortSignal): Promise<boolean> {
  if (meshId === undefined) return false;
  try {
    await client.track(meshId, { signal });
    return false;
  } catch (error) {
    if (error instanceof MeshError && error.kind === 'unknown-message') return true;
    throw error;
  }
}
