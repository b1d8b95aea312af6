// A short example of an element: what stands there in a new message, whose people and places are invented.
import { kindsOf } from '../../core/draft/kind';
import { draftMessage } from '../../core/draft/message';
import { asText, isObject, type Json, list } from '../../core/json';
import { plainName } from '../../core/definitions/element';
import { headerOf } from '../../core/itk3/message';
import type { Knowledge } from '../../core/knowledge';
import { codesOf, type Described } from '../describe';
import { code } from './markdown';
import type { Spot } from './spot';
import { writtenAt } from './written';

/** The same each time. */
const FRESH = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => '5d0a8d4c-6a52-4c0b-9d3f-0c2f5b7e9a14',
  random: () => 0.5,
  mailbox: 'X26ABC1',
};

const LONGEST = 120;

const BY_TYPE: Readonly<Record<string, unknown>> = {
  date: '2026-01-31',
  dateTime: '2026-01-31T09:30:00+00:00',
  instant: '2026-01-31T09:30:00+00:00',
  time: '09:30:00',
  integer: 1,
  positiveInt: 1,
  unsignedInt: 1,
  decimal: 2.5,
  id: FRESH.randomUUID(),
};

/** As it is written; undefined where nothing short is known, or it would only say again what stands there. */
export function exampleOf(spot: Spot, described: Described): string | undefined {
  const { knowledge, value, message } = spot;
  if (described.fixed !== undefined || described.max === 0) return undefined;
  // Where a reference leads, no example can tell.
  if (spot.name === 'reference' || described.types.some(({ code: type }) => type === 'Reference')) return undefined;
  // New messages are no acknowledgements.
  if (headerOf(message)?.resource.response !== undefined) return undefined;
  const found = examples(knowledge).get(placeOf(spot)) ?? byType(described, knowledge);
  if (found === undefined || found === JSON.stringify(value) || found === JSON.stringify([value])) return undefined;
  return `Example: ${code(spot.format === 'json' ? found : writtenAt(spot, JSON.parse(found)))}`;
}

function byType(described: Described, knowledge: Knowledge): string | undefined {
  const [only, ...others] = described.types;
  if (!only || others.length > 0) return undefined;
  // The codes are listed.
  if (only.code === 'code' && codesOf(described.bindings, knowledge).length > 0) return undefined;
  const value = BY_TYPE[only.code];
  return value === undefined ? undefined : JSON.stringify(value);
}

function placeOf({ at, pointer }: Spot): string {
  const names = pointer.slice(at.pointer.length).split('/').slice(1);
  let value: unknown = at.resource;
  let place = startOf(at.resource);
  for (const name of names) {
    value = (value as Record<string, unknown> | undefined)?.[name];
    if (!/^\d+$/.test(name)) place += `.${plainName(name)}`;
    else place += markOf(value);
  }
  return place;
}

const KNOWN = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

function examples(knowledge: Knowledge): ReadonlyMap<string, string> {
  let known = KNOWN.get(knowledge);
  if (!known) {
    const found = new Map<string, string>();
    for (const { name } of kindsOf(knowledge)) gather(draftMessage(name, { knowledge, fresh: FRESH }), '', found);
    KNOWN.set(knowledge, (known = found));
  }
  return known;
}

function gather(value: unknown, place: string, into: Map<string, string>): void {
  const here = isObject(value) && typeof value.resourceType === 'string' ? startOf(value) : place;
  if (here !== '' && !here.includes('.contained') && !into.has(here)) {
    const written = JSON.stringify(value);
    if (written.length <= LONGEST) into.set(here, written);
  }
  if (Array.isArray(value)) for (const item of value) gather(item, here + markOf(item), into);
  else if (isObject(value)) for (const [name, inner] of Object.entries(value)) gather(inner, `${here}.${name}`, into);
}

/** A list of medicines is no example of a list of allergies. */
function startOf(resource: Json): string {
  const type = asText(resource.resourceType);
  return type === 'List' ? `${type}${codeMark(resource)}` : type;
}

/** Items of a list are told apart by their url or system, sections by their code, as their slices are. */
function markOf(item: unknown): string {
  const { url, system } = isObject(item) ? item : ({} as Json);
  const mark = url ?? system;
  return typeof mark === 'string' ? `(${mark})` : isObject(item) && item.title !== undefined ? codeMark(item) : '';
}

function codeMark({ code }: Json): string {
  const coding = isObject(code) ? list(code.coding)[0] : undefined;
  return isObject(coding) && typeof coding.code === 'string' ? `(${coding.code})` : '';
}
