// Mutations of a message that know what it is made of: parts of it go, come twice, change places, types and names.
import { hostileDiv, NAMES, oddValue, oddWord } from './odd';
import type { Random } from './random';

type Owner = Record<string, unknown> | unknown[];

interface Slot {
  owner: Owner;
  key: string | number;
}

const valueOf = ({ owner, key }: Slot): unknown => (owner as Record<string | number, unknown>)[key];

/** By definition, so that `__proto__` is a name like any other. */
function put({ owner, key }: Slot, value: unknown): void {
  if (Array.isArray(owner)) owner[Number(key)] = value;
  else Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function take({ owner, key }: Slot): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else Reflect.deleteProperty(owner, key);
}

export function slotsOf(value: unknown): Slot[] {
  const slots: Slot[] = [];
  const open = [value];
  for (let owner = open.pop(); owner !== undefined && slots.length < 50_000; owner = open.pop()) {
    if (typeof owner !== 'object' || owner === null) continue;
    for (const key of Object.keys(owner)) {
      const slot: Slot = { owner: owner as Owner, key };
      slots.push(slot);
      const inner = valueOf(slot);
      if (typeof inner === 'object' && inner !== null) open.push(inner);
    }
  }
  return slots;
}

type Mutation = (slots: readonly Slot[], random: Random) => void;

/** Only what is not within itself can be written as JSON. */
const copy = (value: unknown): unknown => (value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown));

const ofKind = (slots: readonly Slot[], is: (value: unknown, slot: Slot) => boolean, random: Random): Slot => {
  const some = slots.filter((slot) => is(valueOf(slot), slot));
  return random.pick(some.length > 0 ? some : slots);
};

const insertInto = ({ owner, key }: Slot, value: unknown, random: Random): void => {
  if (Array.isArray(owner)) owner.splice(random.below(owner.length + 1), 0, value);
  else put({ owner, key: random.chance(0.5) ? random.pick(NAMES) : `${key}s` }, value);
};

function nested(value: unknown, depth: number, random: Random): unknown {
  const name = random.pick(['extension', 'section', 'contained', 'part', 'a']);
  let inner = value;
  for (let i = 0; i < depth; i++) inner = random.chance(0.5) ? [inner] : { [name]: [inner] };
  return inner;
}

const MUTATIONS: readonly [weight: number, mutation: Mutation][] = [
  [4, (slots, random) => take(random.pick(slots))],
  [
    3,
    (slots, random) => {
      const slot = random.pick(slots);
      insertInto(slot, copy(valueOf(slot)), random);
    },
  ],
  [
    3,
    (slots, random) => {
      const from = random.pick(slots);
      const value = copy(valueOf(from));
      take(from);
      insertInto(random.pick(slots), value, random);
    },
  ],
  [
    3,
    (slots, random) => {
      const [one, other] = [random.pick(slots), random.pick(slots)];
      const [a, b] = [copy(valueOf(one)), copy(valueOf(other))];
      put(one, b);
      put(other, a);
    },
  ],
  [4, (slots, random) => put(random.pick(slots), oddValue(random))],
  [
    3,
    (slots, random) =>
      put(
        ofKind(slots, (value) => typeof value === 'string', random),
        oddWord(random),
      ),
  ],
  [
    2,
    (slots, random) => {
      const slot = ofKind(slots, (value) => typeof value === 'string', random);
      const words = String(valueOf(slot));
      const at = random.below(words.length + 1);
      put(slot, words.slice(0, at) + oddWord(random).slice(0, 300) + words.slice(at + random.below(4)));
    },
  ],
  [
    3,
    (slots, random) => {
      const slot = ofKind(slots, (_, { owner }) => !Array.isArray(owner), random);
      const value = valueOf(slot);
      const name = random.chance(0.5) ? random.pick(NAMES) : String(random.pick(slots).key);
      take(slot);
      put({ owner: slot.owner, key: name }, value);
    },
  ],
  [
    2,
    (slots, random) => {
      const slot = random.pick(slots);
      put(slot, nested(valueOf(slot), random.chance(0.1) ? 100 + random.below(400) : 1 + random.below(4), random));
    },
  ],
  [
    2,
    (slots, random) => {
      const slot = ofKind(slots, (value) => Array.isArray(value) && value.length > 0, random);
      const list = valueOf(slot);
      if (!Array.isArray(list) || list.length === 0) return;
      const item: unknown = random.pick(list as unknown[]);
      const size = JSON.stringify([item]).length;
      const times = random.chance(0.05) ? 10_000 : 1 + random.below(40);
      put(slot, [
        ...(list as unknown[]),
        ...Array.from({ length: Math.min(times, Math.ceil(1_000_000 / size)) }, () => copy(item)),
      ]);
    },
  ],
  [
    3,
    (slots, random) => {
      const named = slots.filter(({ key }) => key === 'reference' || key === 'fullUrl' || key === 'id');
      if (named.length < 2) return;
      put(random.pick(named), copy(valueOf(random.pick(named))));
    },
  ],
  [
    2,
    (slots, random) =>
      put(
        ofKind(slots, (_, { key }) => key === 'div', random),
        hostileDiv(random),
      ),
  ],
  [
    2,
    (slots, random) =>
      put(
        ofKind(
          slots,
          (_, { key }) => ['code', 'system', 'url', 'resourceType', 'type', 'status', 'profile'].includes(String(key)),
          random,
        ),
        random.chance(0.5) ? random.pick(NAMES) : copy(valueOf(random.pick(slots))),
      ),
  ],
];

const WEIGHTED = MUTATIONS.flatMap(([weight, mutation]) => Array.from({ length: weight }, () => mutation));

/** Changes the value itself, which may be any but a single one. */
export function mutate(value: unknown, random: Random): void {
  const slots = slotsOf(value);
  if (slots.length > 0) random.pick(WEIGHTED)(slots, random);
}
