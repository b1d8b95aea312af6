// Fixes of times that lie in the future or do not follow one another.
import { join, type Pointer, segmentsOf, valueAt } from '../document/pointer';
import type { Change, Fix } from '../finding';
import { documentOf, inDocument } from '../itk3/document';
import { headerOf, type Located } from '../itk3/message';
import { CLOCKS_DIFFER, instantOf, isInstant, readTime } from '../itk3/times';
import { asText, object, text } from '../json';
import type { FixMaker, Fixing } from './fixing';
import { birthDateTold } from './told';

/** What is written by a clock when a message is made; all else a person says. */
const MADE: ReadonlySet<string> = new Set(['timestamp', 'lastUpdated']);

interface Moment {
  value: string;
  /** Where it is taken from. */
  of: string;
}

function nameOf(pointer: Pointer): string {
  return segmentsOf(pointer).at(-1) ?? '';
}

/** A time as an element takes it: a day where only a day stands, an instant where there must be one. */
function fitting({ value }: Moment, pointer: Pointer, there: string): string | undefined {
  if (MADE.has(nameOf(pointer))) return isInstant(value) ? value : undefined;
  if (there.length > 0 && there.length <= 10) return value.length >= 10 ? value.slice(0, 10) : undefined;
  return value;
}

function setTo(moment: Moment, pointers: readonly Pointer[], { message }: Fixing): Fix[] {
  const changes = pointers.flatMap((pointer): Change[] => {
    const value = fitting(moment, pointer, asText(valueAt(message.root.resource, pointer)));
    return value === undefined ? [] : [{ kind: 'set', pointer, value }];
  });
  const [first] = changes;
  if (first?.kind !== 'set' || changes.length < pointers.length) return [];
  const title = `Set ${nameOf(pointers[0]!)} to ${asText(first.value)}, ${moment.of}`;
  return [{ title, sure: false, kind: 'all', changes }];
}

function nowOf({ fresh }: Fixing): Moment {
  return { value: instantOf(fresh.now), of: 'now' };
}

/** The times of the message that lie in the past, the nearest to what happened first; of what a clock wrote, no contact. */
function momentsOf(made: boolean, { message, knowledge, fresh }: Fixing): Moment[] {
  const document = documentOf(message, knowledge);
  const [encounter] = document && !made ? inDocument(message, document, 'Encounter') : [];
  const at = (located: Located | undefined, of: string, ...path: string[]): Moment[] => {
    const value = text(path.reduce<unknown>((inner, key) => object(inner)[key], located?.resource));
    const time = readTime(value);
    return value === undefined || !time || time.from > fresh.now.getTime() + CLOCKS_DIFFER ? [] : [{ value, of }];
  };
  const moments = [
    ...at(encounter, 'the start of the contact', 'period', 'start'),
    ...at(document?.composition, 'when the document was written', 'date'),
    ...at(headerOf(message), 'when the message was made', 'timestamp'),
  ];
  return moments.filter(({ value }, i) => moments.findIndex((m) => m.value === value) === i);
}

const inFuture: FixMaker = ({ pointer, related = [] }, fixing) => {
  const value = asText(valueAt(fixing.message.root.resource, pointer));
  if (nameOf(pointer) === 'birthDate') {
    const told = birthDateTold(fixing);
    return told === undefined ? [] : setTo({ value: told, of: 'as the text says' }, [pointer], fixing);
  }
  const spots = [pointer, ...related.map((r) => r.pointer)];
  const isSent = nameOf(pointer) === 'timestamp';
  const moments = momentsOf(MADE.has(nameOf(pointer)), fixing).filter((moment) => moment.value !== value);
  const fixes = moments.flatMap((moment) => setTo(moment, spots, fixing));
  // What a message is about has happened before it was sent.
  return isSent || fixes.length === 0 ? [...setTo(nowOf(fixing), spots, fixing), ...fixes] : fixes;
};

/** One takes the time of the other. */
const outOfOrder: FixMaker = ({ pointer, related = [] }, fixing) => {
  const { root } = fixing.message;
  const [other] = related;
  if (!other) return [];
  if (nameOf(pointer) === 'birthDate') return inFuture({ pointer } as Parameters<FixMaker>[0], fixing);
  const here: Moment = { value: asText(valueAt(root.resource, pointer)), of: `that of ${nameOf(pointer)}` };
  const there: Moment = {
    value: asText(valueAt(root.resource, other.pointer)),
    of: `that of ${nameOf(other.pointer)}`,
  };
  return [
    ...setTo(there, [pointer], fixing),
    ...setTo(here, [other.pointer], fixing),
    ...(MADE.has(nameOf(pointer)) ? setTo(nowOf(fixing), [pointer], fixing) : []),
  ];
};

/** When a document was put together, that does not say so. */
const assembled: FixMaker = ({ pointer, missing }, fixing) => {
  if (missing !== 'meta' && missing !== 'lastUpdated') return [];
  const at = missing === 'meta' ? join(pointer, 'meta', 'lastUpdated') : join(pointer, 'lastUpdated');
  const fixes = momentsOf(true, fixing).flatMap((moment) => setTo(moment, [at], fixing));
  return fixes.length > 0 ? fixes : setTo(nowOf(fixing), [at], fixing);
};

export const TIME_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'time-in-future': [inFuture],
  'time-order': [outOfOrder],
  'document-identity': [assembled],
};
