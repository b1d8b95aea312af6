import { join, type Pointer } from '../document/pointer';
import { CLOCKS_DIFFER, readTime } from '../itk3/times';
import { isObject, type Json } from '../json';
import type { Rule } from './rule';

type Path = readonly [string, string?];

/** What has happened when a message is sent, by resource type. */
const PAST = new Map<string, readonly Path[]>([
  ['MessageHeader', [['timestamp']]],
  ['Composition', [['date']]],
  ['Encounter', [['period', 'start']]],
  ['MedicationDispense', [['whenPrepared'], ['whenHandedOver']]],
  ['List', [['date']]],
  ['AllergyIntolerance', [['assertedDate'], ['onsetDateTime']]],
  ['Patient', [['birthDate'], ['deceasedDateTime']]],
]);
const LAST_UPDATED: Path = ['meta', 'lastUpdated'];

export const timeInFuture: Rule = {
  id: 'time-in-future',
  severity: 'warning',
  asks: 'A time at which something has happened does not lie in the future.',
  source: { title: 'FHIR STU3, what the elements mean', url: 'http://hl7.org/fhir/STU3/resourcelist.html' },
  check({ message, now }, say) {
    if (now === undefined) return;
    const late = new Map<string, { pointer: Pointer; value: string }[]>();
    for (const { resource, type, pointer } of message.resources)
      for (const path of [LAST_UPDATED, ...(PAST.get(type) ?? [])]) {
        const value = valueOf(resource, path);
        const time = typeof value === 'string' ? readTime(value) : undefined;
        if (typeof value !== 'string' || !time || time.from <= now + CLOCKS_DIFFER) continue;
        const day = value.slice(0, 10);
        const spots = late.get(day) ?? [];
        late.set(day, spots);
        spots.push({ pointer: join(pointer, ...path.flatMap((p) => p ?? [])), value });
      }
    // One wrong clock gives a day to many elements.
    for (const [first, ...others] of late.values())
      say(first!.pointer, `${first!.value} lies in the future: this says what has happened.`, {
        related: others.slice(0, 20).map(({ pointer }) => ({ pointer, message: 'The same day' })),
      });
  },
};

function valueOf(resource: Json, [first, second]: Path): unknown {
  const value = resource[first];
  if (second === undefined) return value;
  return isObject(value) ? value[second] : undefined;
}
