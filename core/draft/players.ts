// Who plays which part in a message: the resources that are there, and those to which it refers although they are not yet.
import { type Located, type Message, referenceIn, resolve } from '../itk3/message';
import type { ResourceUse } from '../itk3/use-case';
import { isObject, type Json, list, object, text } from '../json';
import type { Drafting } from './drafting';
import type { Kind } from './kind';

/** One resource of the message, there or to come. */
export interface Player {
  use: ResourceUse;
  /** Which one of its role. */
  index: number;
  fullUrl: string;
  /** Undefined of one that is to come. */
  located?: Located;
}

export interface Players {
  /** In the order of their roles. */
  all(): Player[];
  of(role: string): readonly Player[];
  /** One more, with a fullUrl of its own unless told. */
  add(use: ResourceUse, fullUrl?: string): Player;
  use(role: string): ResourceUse | undefined;
}

export function playersIn(kind: Kind, drafting: Drafting): Players {
  const { message, fresh } = drafting;
  const uses = [...kind.envelope, ...kind.document];
  const roles = new Map(message ? castOf(message, kind) : undefined);
  return {
    all: () => [...roles.values()].flat(),
    of: (role) => roles.get(role) ?? [],
    use: (role) => roles.get(role)?.[0]?.use ?? uses.find((use) => use.role === role),
    add(use, fullUrl = `urn:uuid:${fresh.randomUUID()}`) {
      const alike = roles.get(use.role) ?? [];
      const player = { use, index: alike.length, fullUrl };
      roles.set(use.role, [...alike, player]);
      return player;
    },
  };
}

/** Asked again for each draft that is made into a message; a message belongs to one reading of the text. */
const CASTS = new WeakMap<Message, { kind: Kind; roles: ReadonlyMap<string, Player[]> }>();

function castOf(message: Message, kind: Kind): ReadonlyMap<string, Player[]> {
  const known = CASTS.get(message);
  if (known?.kind === kind) return known.roles;
  const roles = new Map<string, Player[]>([...kind.envelope, ...kind.document].map((use) => [use.role, []]));
  const casting: Casting = { roles, taken: new Set(), promised: new Set() };
  castByReference(message, kind, casting);
  castByType(message, kind, casting);
  // Those that were told by their type alone lead to others in turn.
  castByReference(message, kind, casting);
  CASTS.set(message, { kind, roles });
  return roles;
}

interface Casting {
  roles: Map<string, Player[]>;
  taken: Set<Located>;
  /** FullUrls that no entry has yet. */
  promised: Set<string>;
}

function join(use: ResourceUse, located: Located, { roles, taken }: Casting): void {
  const alike = roles.get(use.role)!;
  alike.push({ use, index: alike.length, fullUrl: located.fullUrl ?? '', located });
  taken.add(located);
}

function hasRoom({ role, max = Infinity }: ResourceUse, { roles }: Casting): boolean {
  return roles.get(role)!.length < max;
}

/** The header and the Composition are known by their type; from them on, what refers to what says who is who. */
function castByReference(message: Message, { envelope, document, useCase }: Kind, casting: Casting): void {
  const { roles, taken } = casting;
  const sections = new Map(
    useCase?.sections.flatMap((use) => [use, ...(use.alternatives ?? [])].map((form) => [form.code.code, use.name])),
  );
  const start = message.resources.filter(({ type }) => type === 'MessageHeader' || type === 'Composition');
  for (const use of [...envelope, ...document])
    for (const located of start)
      if (located.type === use.type && !taken.has(located) && hasRoom(use, casting)) join(use, located, casting);
  for (let before = -1; before !== taken.size;) {
    before = taken.size;
    for (const use of [...envelope, ...document])
      for (const path of use.ledToBy) {
        const [role = '', ...names] = path.split('.');
        for (const { located } of roles.get(role) ?? []) {
          if (!located) continue;
          for (const reference of referencesAt(located.resource, names, sections)) {
            const target = path.endsWith(SENDER_REFERENCE)
              ? byFullUrl(message, reference)
              : resolve(message, located, reference);
            if (target) {
              if (target.type === use.type && !taken.has(target)) join(use, target, casting);
            } else promise(use, reference, casting);
          }
        }
      }
  }
}

const SENDER_REFERENCE = 'SenderReference';

/** The sender's reference leads from the envelope into the document. */
function byFullUrl(message: Message, reference: string): Located | undefined {
  for (const { byFullUrl } of message.entries.values()) {
    const found = byFullUrl.get(reference);
    if (found) return found;
  }
  return undefined;
}

function promise(use: ResourceUse, fullUrl: string, casting: Casting): void {
  const { roles, promised } = casting;
  if (promised.has(fullUrl) || !/^urn:uuid:[0-9a-f-]{36}$/.test(fullUrl) || !hasRoom(use, casting)) return;
  const alike = roles.get(use.role)!;
  alike.push({ use, index: alike.length, fullUrl });
  promised.add(fullUrl);
}

function castByType(message: Message, { envelope, document }: Kind, casting: Casting): void {
  const claimed = ({ resource }: Located): readonly unknown[] => list(object(resource.meta).profile);
  for (const located of message.resources) {
    if (casting.taken.has(located) || !located.bundle || located.container) continue;
    const uses = (located.bundle === message.root && message.root.resource.type !== 'document' ? envelope : document)
      .filter((use) => use.type === located.type)
      .filter((use) => hasRoom(use, casting));
    const use = uses.find(({ profile }) => claimed(located).includes(profile)) ?? uses[0];
    if (use) join(use, located, casting);
  }
}

/** What a resource refers to at a path of property names; `section:name` is the section that the guide calls so. */
function referencesAt(resource: Json, names: readonly string[], sections: ReadonlyMap<string, string>): string[] {
  let values: unknown[] = [resource];
  for (const name of names) {
    if (name === SENDER_REFERENCE) return senderReferences(resource);
    const [property = '', section] = name.split(':');
    values = values.flatMap((value) => (isObject(value) ? [value[property]].flat() : []));
    if (section !== undefined) values = values.filter((value) => sectionIs(value, section, sections));
  }
  return values.flatMap((value) => referenceIn(value) ?? []);
}

function sectionIs(value: unknown, name: string, sections: ReadonlyMap<string, string>): boolean {
  if (!isObject(value)) return false;
  return list(object(value.code).coding).some((coding) => sections.get(text(object(coding).code) ?? '') === name);
}

function senderReferences({ extension }: Json): string[] {
  return list(extension)
    .flatMap((handling) => list(object(handling).extension))
    .flatMap((key) => (isObject(key) && key.url === SENDER_REFERENCE ? (text(key.valueString) ?? []) : []));
}
