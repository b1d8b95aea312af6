import { join, type Pointer } from '../document/pointer';
import { isObject, type Json } from '../json';
import { CLOCKS_DIFFER, readTime } from '../itk3/times';
import type { Rule } from './rule';

/** What has happened when a message is sent, by resource type; the header's own time is judged with the header. */
const PAST: Record<string, readonly string[]> = {
  Composition: ['date'],
  Encounter: ['period.start'],
  MedicationDispense: ['whenPrepared', 'whenHandedOver'],
  List: ['date'],
  AllergyIntolerance: ['assertedDate', 'onsetDateTime'],
  Patient: ['birthDate', 'deceasedDateTime'],
};

export const timeInFuture: Rule = {
  id: 'time-in-future',
  severity: 'warning',
  asks: 'What a message says has happened does not lie in the future.',
  source: { title: 'FHIR STU3, what the elements mean', url: 'http://hl7.org/fhir/STU3/resourcelist.html' },
  check({ message, now }, say) {
    if (now === undefined) return;
    const late = new Map<string, { pointer: Pointer; value: string }[]>();
    for (const { resource, type, pointer } of message.resources)
      for (const path of ['meta.lastUpdated', ...(PAST[type] ?? [])]) {
        const [value, at] = valueOf(resource, path, pointer);
        const time = typeof value === 'string' ? readTime(value) : undefined;
        if (typeof value !== 'string' || !time || time.from <= now + CLOCKS_DIFFER) continue;
        const day = value.slice(0, 10);
        const spots = late.get(day) ?? [];
        late.set(day, spots);
        spots.push({ pointer: at, value });
      }
    // One wrong clock gives a day to many elements.
    for (const [first, ...others] of late.values())
      say(first!.pointer, `${first!.value} lies in the future: this says what has happened.`, {
        related: others.slice(0, 20).map(({ pointer }) => ({ pointer, message: 'The same day' })),
      });
  },
};

function valueOf(resource: Json, path: string, pointer: Pointer): [unknown, Pointer] {
  const [first, second] = path.split('.') as [string, string?];
  const value = Object.hasOwn(resource, first) ? resource[first] : undefined;
  if (second === undefined) return [value, join(pointer, first)];
  return [isObject(value) ? value[second] : undefined, join(pointer, first, second)];
}
