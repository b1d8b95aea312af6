// One message handed to MESH; where its answer is lost, MESH is asked what became of it. Nothing is sent a second time.
import { askWhatBecame, deliver } from '../../exchange/deliver';
import { STOPS } from '../../exchange/inbox';
import type { Place } from '../../exchange/place';
import type { Journal } from '../../exchange/sent-journal';
import type { Row, Tried } from '../../exchange/several';
import { hasArrived } from '../../exchange/timeline';
import type { MeshClient } from '../../mesh/client';
import { MeshError, type MeshErrorKind, sentenceOf } from '../../mesh/errors';
import { EXIT } from '../exit';
import type { Terminal } from '../terminal';
import { openInbox } from './look';
import type { Ready } from './ready';

/** A row, which send of the journal it is about, and the exit code that it alone would give. */
export interface SentRow extends Row {
  attempt?: string;
  code?: number;
}

export interface Means {
  client: MeshClient;
  journal: Journal;
  place: Place;
  /** The options that name the mailbox again. */
  same: string;
}

/** What MESH says no to, if it was MESH that said it; anything else did not reach it, or not surely. */
const REFUSALS: readonly MeshErrorKind[] = ['refused', 'unknown-recipient', 'invalid-request'];

/** Throws nothing but bugs. */
export async function carry(ready: Ready, means: Means, terminal: Terminal): Promise<Tried<SentRow>> {
  const { name, attempt, letter, isRepeated } = ready;
  const { client, journal, same } = means;
  const signal = terminal.interrupted();
  const row = (outcome: SentRow['outcome'], says: string, code: number, meshId?: string): SentRow => ({
    ...{ name, outcome, says, code, attempt: attempt.id },
    ...(meshId !== undefined && { meshId }),
  });
  const delivered = await deliver(journal, { client, letter, attempt, isRepeated }, { signal });
  if (delivered.outcome === 'sent') return { row: row('sent', `sent to ${attempt.to}.`, EXIT.ok, delivered.meshId) };
  const { error } = delivered;
  const code = error.status !== undefined && REFUSALS.includes(error.kind) ? EXIT.findings : EXIT.misuse;
  if (delivered.outcome === 'not sent') {
    const stops = STOPS.includes(error.kind);
    return { row: row('not sent', `was not sent. ${sentenceOf(error)}`, code), stops };
  }
  const track = `itk3 track ${attempt.id.slice(0, 8)} ${same}`.trim();
  const asking = `"${track}" asks MESH about it; look before you send it again.`;
  const unclear = (says: string): Tried<SentRow> => ({ row: row('unclear', says, EXIT.misuse), stops: true });
  if (error.upload)
    return unclear(`was sent in part only, and a part is delivered to nobody. ${sentenceOf(error)} ${asking}`);
  if (signal.aborted) return unclear(`may have been sent. ${sentenceOf(error)} ${asking}`);
  const since = journal.get(attempt.id)?.at ?? terminal.now();
  const asked = { client, letter, attempt };
  const became = await askWhatBecame(journal, asked, since, sentenceOf(error), signal);
  if (became.outcome === 'arrived')
    return { row: row('sent', `sent to ${attempt.to}. ${became.sentence}`, EXIT.ok, became.meshId) };
  if (became.outcome === 'not there')
    return { row: row('not sent', `was not sent. ${became.sentence}`, EXIT.misuse), stops: true };
  if (await isAnswered(attempt.id, means, terminal))
    return {
      row: row('sent', `sent to ${attempt.to}. The answer of MESH was lost, but the message arrived.`, EXIT.ok),
    };
  return unclear(`may have been sent. ${became.sentence} ${asking}`);
}

/** A response proves what MESH itself cannot tell. */
async function isAnswered(id: string, { client, journal, place }: Means, terminal: Terminal): Promise<boolean> {
  try {
    await openInbox({ place, client, journal }, terminal).look({ since: journal.get(id)?.at });
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
  }
  const exchange = journal.get(id);
  return exchange !== undefined && hasArrived(exchange);
}
