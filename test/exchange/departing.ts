// A message of our own about to leave, for the tests of what is told and asked about it.
import assert from 'node:assert/strict';
import { draftMessage } from '../../core/draft/message';
import { addressOf } from '../../core/itk3/addressing';
import { type Outgoing, readOutgoing } from '../../exchange/outgoing';
import type { Place } from '../../exchange/place';
import type { Departure } from '../../exchange/summary';
import { onTheWire, USUAL_FORMAT } from '../../exchange/wire';
import { knowledge } from '../knowledge';

let count = 0;
const fresh = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  // The first of everyone and everything: those of the examples.
  random: () => 0,
};

export const TEST: Place = at('https://mesh.example/', 'mesh.example');
export const LIVE: Place = { ...at('https://mesh-sync.spineservices.nhs.uk/', 'LIVE'), name: 'Our live mailbox' };

export function at(address: string, environment: string): Place {
  return { name: 'Integration', endpoint: new URL(address), mailbox: 'X26ABC', environment };
}

export function draft(): string {
  return JSON.stringify(draftMessage('emergency-supply', { knowledge: knowledge(), fresh }), null, 2);
}

export function read(message: string): Outgoing {
  const outgoing = readOutgoing(message, knowledge(), { now: fresh.now });
  assert.ok(outgoing);
  return outgoing;
}

export function depart(message: string, more: Partial<Departure> = {}): Departure {
  const outgoing = read(message);
  const addressed = addressOf(outgoing.message, knowledge(), fresh);
  const wire = onTheWire(message, more.from?.format ?? USUAL_FORMAT, knowledge().registry);
  assert.ok(!('problem' in wire));
  return { outgoing, from: TEST, to: 'X26XYZ', workflowId: 'DIGMED_EMG_MED', addressed, wire, ...more };
}

/** With an NHS number that was never given to anybody, and is outside the test range. */
export function withRealNumber(message: string): string {
  const number = /"(999\d{7})"/.exec(message)?.[1] ?? '';
  return message.replaceAll(number, '0000000000');
}
