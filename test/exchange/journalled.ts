// Lines of the journal for tests, and what they come to.
import assert from 'node:assert/strict';
import type { Attempt, Entry, EntryOf } from '../../exchange/journal';
import { type Exchange, timelineOf, type Times } from '../../exchange/timeline';
import { knowledge } from '../knowledge';

export const SENT_AT = new Date('2026-01-31T09:30:00.000Z');
export const MINUTE = 60_000;
export const TIMES: Times = { collected: 60 * MINUTE, infrastructure: 60 * MINUTE, business: 120 * MINUTE };

/** Minutes after the message was sent. */
export const after = (minutes: number): string => new Date(SENT_AT.getTime() + minutes * MINUTE).toISOString();

export function attempt(rest: Partial<Attempt> = {}): Attempt {
  return {
    id: '10000000-0000-4000-8000-000000000001',
    place: 'https://mesh.example/ X26PHARMACY',
    from: { mailbox: 'X26PHARMACY', name: 'Pharmacy', environment: 'Integration' },
    to: 'X26SURGERY',
    workflowId: 'DIGMED_EMG_MED',
    localId: 'FZZ99',
    fileName: '20000000-0000-4000-8000-000000000002.json',
    messageId: '30000000-0000-4000-8000-000000000003',
    kind: 'ITK Digital Medicine Emergency Supply Document',
    document: { name: 'draft.json' },
    bytes: 1000,
    digest: 'ab'.repeat(32),
    asks: { infrastructure: true, business: true },
    ...rest,
  };
}

export const departing = (rest: Partial<Attempt> = {}, more: { by?: number; passing?: boolean } = {}): Entry => ({
  at: SENT_AT.toISOString(),
  what: 'departing',
  attempt: attempt(rest),
  ...more,
});
export const accepted = (meshId = '20260131_S'): Entry => ({ at: SENT_AT.toISOString(), what: 'accepted', meshId });
export const lost = (why = 'The network broke.'): Entry => ({ at: after(1), what: 'lost', why });
export const refused = (why = 'Could not send.'): Entry => ({ at: after(1), what: 'refused', why });

export function answered(code: string, rest: Partial<EntryOf<'answered'>> = {}): Entry {
  const known = knowledge().responseCodes.find((one) => one.code === code);
  return {
    at: after(5),
    what: 'answered',
    meshId: `20260131_${code}`,
    by: 'identifier',
    layer: known?.layer,
    accepted: known && known.outcome === 'positive',
    code,
    ...rest,
  };
}

/** @param minutes after it was sent */
export function exchange(entries: readonly Entry[], minutes = 10, times = TIMES): Exchange {
  const found = timelineOf(entries, new Date(after(minutes)), times, knowledge());
  assert.ok(found);
  return found;
}
