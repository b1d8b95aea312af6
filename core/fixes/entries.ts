// Bundles as wholes: which entry is first, what entries are called, and which of them nobody comes upon.
import { join, parentOf, type Pointer, segmentsOf, valueAt } from '../document/pointer';
import type { Change, Fix } from '../finding';
import { isObject, type Json, list } from '../json';
import { labelOf } from '../itk3/label';
import { type Located, type Message, resolve } from '../itk3/message';
import { type Reference, referencesOf } from '../itk3/references';
import { isUuid } from '../uuid';
import { equal } from '../validate/equal';
import { resourceAround } from '../validate/locate';
import type { Fixing, FixMaker } from './fixing';

export const FIRST: Readonly<Partial<Record<string, string>>> = { message: 'MessageHeader', document: 'Composition' };

/** The header of a message, the composition of a document, to the front. */
export const toTheFront: FixMaker = ({ pointer }, { message }) => {
  const bundle = message.resources.findLast((r) => r.type === 'Bundle' && pointer.startsWith(`${r.pointer}/entry/`));
  const kind = bundle && typeof bundle.resource.type === 'string' ? FIRST[bundle.resource.type] : undefined;
  const wanted = bundle && kind !== undefined ? message.entries.get(bundle)?.byType.get(kind)?.[0] : undefined;
  if (!wanted) return [];
  return [{ kind: 'move', title: `Move the ${wanted.type} to the front`, pointer: parentOf(wanted.pointer), to: 0 }];
};

/** A fullUrl that is missing, that another entry has, or that the id contradicts. */
export const rightFullUrl: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const entry = pointer.endsWith('/fullUrl') ? parentOf(pointer) : pointer;
  const value = valueAt(fixing.message.root.resource, entry);
  if (!isObject(value) || !isObject(value.resource) || fixes.length > 0) return [];
  const { resource, fullUrl } = value;
  if (fullUrl === undefined) return [fresh(entry, resource, 'Add a fullUrl with a fresh UUID', fixing)];
  const bundle = parentOf(parentOf(entry));
  const index = Number(segmentsOf(entry).at(-1));
  const entries = list(valueAt(fixing.message.root.resource, join(bundle, 'entry')));
  const first = entries.findIndex((other) => isObject(other) && other.fullUrl === fullUrl);
  if (first >= 0 && first < index) {
    const isSame = equal(entries[first], value);
    return [
      { kind: 'remove', title: `Remove this entry: ${labelOf(resource)}`, pointer: entry, sure: isSame },
      { ...fresh(entry, resource, 'Give it a fullUrl and an id of its own', fixing), sure: false },
    ];
  }
  return agreeing(entry, resource, fullUrl, fixing);
};

/** References name the fullUrl, so the id is what follows; the other way they go with it. */
function agreeing(entry: Pointer, resource: Json, fullUrl: unknown, fixing: Fixing): Fix[] {
  const located = fixing.message.located.get(resource);
  const { id } = resource;
  if (typeof fullUrl !== 'string' || typeof id !== 'string' || !located) return [];
  const named = fullUrl
    .replace(/\/_history\/[^/]*$/, '')
    .split(/[:/]/)
    .at(-1)!;
  const other = fullUrl.startsWith('urn:uuid:') ? `urn:uuid:${id}` : fullUrl.replace(named, id);
  const isReferredTo = referencesTo(located, fixing).length > 0;
  const isTaken = fixing.message.entries.get(located.bundle!)?.fullUrls.has(other) === true;
  const toId: Fix = {
    kind: 'set',
    title: `Change the id to ${named}`,
    pointer: join(entry, 'resource', 'id'),
    value: named,
  };
  const rename = renaming(entry, located, other, fixing);
  return [
    { ...toId, sure: isReferredTo },
    ...(isTaken
      ? []
      : [{ kind: 'all' as const, title: `Change the fullUrl to ${other}`, changes: rename, sure: false }]),
  ];
}

function renaming(entry: Pointer, located: Located, fullUrl: string, fixing: Fixing): Change[] {
  const set = (pointer: Pointer): Change => ({ kind: 'set', pointer, value: fullUrl });
  return [set(join(entry, 'fullUrl')), ...referencesTo(located, fixing).map(set)];
}

function fresh(entry: Pointer, resource: Json, title: string, { fresh: { randomUUID } }: Fixing): Fix {
  const id = resource.id;
  const uuid = randomUUID();
  const isFree = id !== undefined && (typeof id !== 'string' || isUuid(id));
  const changes: Change[] = [
    { kind: 'set', pointer: join(entry, 'fullUrl'), value: `urn:uuid:${uuid}`, before: 'resource' },
  ];
  if (isFree) changes.push({ kind: 'set', pointer: join(entry, 'resource', 'id'), value: uuid });
  return { kind: 'all', title, changes };
}

/** Found once a message, since each of its entries may ask. */
const NAMINGS = new WeakMap<Message, ReadonlyMap<string, Reference[]>>();

/** Where an entry is named by its fullUrl, inside its bundle. */
function referencesTo({ fullUrl = '', bundle }: Located, { message }: Fixing): Pointer[] {
  let namings = NAMINGS.get(message);
  if (!namings) NAMINGS.set(message, (namings = namingsIn(message)));
  const named = (namings.get(fullUrl) ?? []).filter(({ from }) => from.bundle === bundle);
  return named.map(({ pointer }) => join(pointer, 'reference'));
}

function namingsIn(message: Message): Map<string, Reference[]> {
  const found = new Map<string, Reference[]>();
  for (const one of referencesOf(message)) {
    const known = found.get(one.reference);
    if (known) known.push(one);
    else found.set(one.reference, [one]);
  }
  return found;
}

/** A resource inside another is known by its id; without one nothing can lead to it. */
export const containedId: FixMaker = ({ pointer }, fixing) => {
  const at = resourceAround(pointer, fixing.message);
  if (!at?.container) return [];
  const ids = new Set([...(fixing.message.contained.get(at.container)?.keys() ?? [])]);
  const stem = at.type.toLowerCase();
  let id = stem;
  for (let count = 2; ids.has(id); count++) id = `${stem}-${count}`;
  const own: Fix = {
    kind: 'set',
    title: `Give it the id ${id}`,
    pointer: join(at.pointer, 'id'),
    value: id,
    sure: false,
  };
  const list = parentOf(at.pointer);
  const isOnly = Array.isArray(at.container.resource.contained) && at.container.resource.contained.length === 1;
  const first = fixing.message.contained.get(at.container)?.get(at.resource.id);
  const isSame = first !== undefined && first !== at && equal(first.resource, at.resource);
  const removal: Fix = {
    kind: 'remove',
    title: `Remove ${labelOf(at.resource)}`,
    pointer: isOnly ? list : at.pointer,
    sure: isSame,
  };
  return [own, removal];
};

/** What nothing leads to may go; where it belongs only its writer knows. */
export const withoutUnreachable: FixMaker = ({ pointer }, { message }) => {
  const resource = valueAt(message.root.resource, pointer);
  if (!isObject(resource)) return [];
  return [
    { kind: 'remove', title: `Remove this entry: ${labelOf(resource)}`, pointer: parentOf(pointer), sure: false },
  ];
};

/** A reference that leads nowhere, where it need not stand. */
export const withoutReference: FixMaker = ({ pointer }, fixing) => {
  const at = resourceAround(pointer, fixing.message);
  const reference = valueAt(fixing.message.root.resource, pointer);
  if (!at || typeof reference !== 'string' || resolve(fixing.message, at, reference)) return [];
  // One version of what is there is there.
  const current = /^(.+)\/_history\/[^/]+$/.exec(reference)?.[1];
  if (current === undefined || !resolve(fixing.message, at, current)) return [];
  return [{ kind: 'set', title: 'Point at the version that is there', pointer, value: current, sure: true }];
};
