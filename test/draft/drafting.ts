// What drafts are made with in tests: a time that stands still, and identifiers that count.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Element } from '../../core/definitions/element';
import { segmentsOf } from '../../core/document/pointer';
import type { Drafting } from '../../core/draft/drafting';
import { type Located, type Message, readMessage } from '../../core/itk3/message';
import type { Fresh } from '../../core/fresh';
import { locate } from '../../core/validate/locate';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

export const NOW = new Date('2026-11-20T09:30:00Z');

export function fresh(random = 0.3): Fresh {
  let count = 0;
  return {
    now: NOW,
    random: () => random,
    randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  };
}

export function drafting(more: Partial<Drafting> = {}): Drafting {
  return { knowledge: knowledge(), fresh: fresh(), ...more };
}

export function example(): unknown {
  return JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8'));
}

export function messageOf(value: unknown): Message {
  const message = readMessage(value);
  assert.ok(message);
  return message;
}

export function only(message: Message, type: string): Located {
  const found = message.resources.find((resource) => resource.type === type);
  assert.ok(found, `no ${type}`);
  return found;
}

/** A place in the first resource of a type: what all its profiles say there, and what a draft for it is made with. */
export function place(value: unknown, type: string, at: string): [Element[], Drafting] {
  const message = messageOf(value);
  const from = only(message, type);
  const { applicable } = validate(value, knowledge(), { message });
  const spotted = locate(`${from.pointer}${at}`, message, applicable!, knowledge());
  assert.ok(spotted, at);
  return [spotted.elements, drafting({ message, from, at })];
}

/** Errors, or all that is more than a hint. */
export function faults(value: unknown, worst: 'error' | 'information'): string[] {
  const { findings } = validate(value, knowledge(), { now: NOW.getTime() });
  const counted = worst === 'error' ? ['error'] : ['error', 'warning', 'information'];
  return findings
    .filter(({ severity }) => counted.includes(severity))
    .map(({ rule, pointer, message }) => `${rule} ${segmentsOf(pointer).join('/')} ${message}`);
}
