// Which resource of one message is which of another.
import { type Located, type Message, resolve } from '../itk3/message';
import { asText, isObject, list, text } from '../json';
import { canonical, isMoment, leavesOf, likeness, withUuids } from './shape';

/** The resources of the left message with those of the right that they are. */
export type Matches = ReadonlyMap<Located, Located>;

/** By name; else by an identifier that only they have; else by what they and those around them say; else the likest. */
export function matchResources(left: Message, right: Message): Matches {
  const matches = new Map<Located, Located>();
  if (left.root.type !== right.root.type) return matches;
  const signs = signsOf([left, right]);
  const insideLeft = childrenIn(left);
  const insideRight = childrenIn(right);
  const pair = (ofLeft: readonly Located[], ofRight: readonly Located[]): void => {
    const taken = new Set<Located>();
    const take = (one: Located, other: Located): void => {
      matches.set(one, other);
      taken.add(other);
    };
    const free = (): [Located[], Located[]] => [
      ofLeft.filter((one) => !matches.has(one)),
      ofRight.filter((one) => !taken.has(one)),
    ];
    for (const keys of [names, identities, ...signs.map((sign) => (one: Located) => [sign.get(one)!])])
      for (const [one, other] of onlyPairs(...free(), keys)) take(one, other);
    for (const sign of signs) for (const [one, other] of inTurn(...free(), (one) => sign.get(one)!)) take(one, other);
    for (const [one, other] of likest(...free(), matches)) take(one, other);
  };
  const descend = (one: Located, other: Located): void => {
    const inside: [Located[], Located[]] = [insideLeft.get(one) ?? [], insideRight.get(other) ?? []];
    pair(...inside);
    for (const child of inside[0]) {
      const match = matches.get(child);
      if (match) descend(child, match);
    }
  };
  matches.set(left.root, right.root);
  descend(left.root, right.root);
  return matches;
}

/** The entries of each bundle, and what each resource contains. */
function childrenIn({ resources }: Message): Map<Located, Located[]> {
  const children = new Map<Located, Located[]>();
  for (const one of resources) {
    const owner = one.container ?? one.bundle;
    if (!owner) continue;
    const known = children.get(owner);
    if (known) known.push(one);
    else children.set(owner, [one]);
  }
  return children;
}

type Keys = (one: Located) => string[];

function indexed(all: readonly Located[], keys: Keys): Map<string, Located[]> {
  const found = new Map<string, Located[]>();
  for (const one of all)
    for (const key of keys(one)) {
      const full = `${one.type} ${key}`;
      const there = found.get(full);
      if (there) there.push(one);
      else found.set(full, [one]);
    }
  return found;
}

/** Those that share a key, the first with the first: of copies it does not matter which is which. */
function inTurn(
  ofLeft: readonly Located[],
  ofRight: readonly Located[],
  key: (one: Located) => string,
): [Located, Located][] {
  const there = indexed(ofRight, (one) => [key(one)]);
  return [...indexed(ofLeft, (one) => [key(one)])].flatMap(([name, all]) => {
    const others = there.get(name) ?? [];
    return all.slice(0, others.length).map((one, i): [Located, Located] => [one, others[i]!]);
  });
}

/** Those of the same type that share a key with nobody but each other. */
function onlyPairs(ofLeft: readonly Located[], ofRight: readonly Located[], keys: Keys): [Located, Located][] {
  const there = indexed(ofRight, keys);
  const seen = new Set<Located>();
  const pairs: [Located, Located][] = [];
  for (const [key, [one, ...more]] of indexed(ofLeft, keys)) {
    const [other, ...others] = there.get(key) ?? [];
    if (!one || !other || more.length > 0 || others.length > 0 || seen.has(one) || seen.has(other)) continue;
    seen.add(one).add(other);
    pairs.push([one, other]);
  }
  return pairs;
}

const names: Keys = ({ fullUrl, resource }) => [
  ...(fullUrl === undefined ? [] : [fullUrl]),
  ...(typeof resource.id === 'string' ? [`id ${resource.id}`] : []),
];

/** A UUID was made for this one message, and is in no other. */
const identities: Keys = ({ resource }) =>
  [...new Set([resource.identifier].flat())].flatMap((one) => {
    const value = isObject(one) ? text(one.value) : undefined;
    return value === undefined || !isObject(one) || /[0-9a-f]{8}-/i.test(value)
      ? []
      : [`${asText(one.system)} ${value}`];
  });

/** Nobody who has less in common is the same. */
const LEAST = 0.3;

/** Beyond so many comparisons of one type the place alone decides. */
const MOST = 100_000;

/** First who has most in common, in content and in who leads to them and whom they lead to; the last of a type anyway. */
function likest(ofLeft: readonly Located[], ofRight: readonly Located[], matches: Matches): [Located, Located][] {
  const byType = (all: readonly Located[]): Map<string, Located[]> => indexed(all, () => ['']);
  const others = byType(ofRight);
  return [...byType(ofLeft)].flatMap(([type, all]) => likestOfType(all, others.get(type) ?? [], matches));
}

function likestOfType(ofLeft: readonly Located[], ofRight: readonly Located[], matches: Matches): [Located, Located][] {
  if (ofLeft.length * ofRight.length > MOST) return inTurn(ofLeft, ofRight, () => '');
  const leaves = new Map([...ofLeft, ...ofRight].map((one) => [one, contentLeaves(one)]));
  const scores = ofLeft.flatMap((one) =>
    ofRight.map((other) => ({ one, other, score: likeness(leaves.get(one)!, leaves.get(other)!) })),
  );
  const isOnly = ofLeft.length === 1 && ofRight.length === 1;
  const pairs: [Located, Located][] = [];
  const done = new Set<Located>(matches.keys());
  for (const { one, other, score } of scores.sort((a, b) => b.score - a.score)) {
    if (done.has(one) || done.has(other) || (score < LEAST && !isOnly)) continue;
    done.add(one).add(other);
    pairs.push([one, other]);
  }
  return pairs;
}

const skipping =
  (type: string) =>
  (name: string): boolean =>
    name === 'id' || name === 'fullUrl' || name === 'contained' || name === 'entry' || isMoment(type, name);

function contentLeaves({ resource, type }: Located): Map<string, number> {
  return leavesOf(resource, withoutNames, skipping(type));
}

/** What a name leads to is looked at apart. */
function withoutNames(words: string, name: string): string {
  return name === 'reference' ? '' : withUuids(words, () => '*');
}

/** How far around a resource is looked to tell it from its like. */
const ROUNDS = 3;

/**
 * For each resource a sign that is the same for all that say the same, and to which the same lead; the farthest look first,
 * the resource for itself last.
 */
function signsOf(messages: readonly Message[]): Map<Located, string>[] {
  const known = new Map<string, string>();
  const short = (long: string): string => {
    const sign = known.get(long) ?? String(known.size);
    known.set(long, sign);
    return sign;
  };
  const all = messages.flatMap((message) => message.resources.map((one) => ({ one, leads: leadsOf(message, one) })));
  let signs = new Map(
    all.map(({ one }) => [one, short(`${one.type} ${canonical(one.resource, withoutNames, skipping(one.type))}`)]),
  );
  const rounds = [signs];
  for (let round = 0; round < ROUNDS; round++) {
    const before = signs;
    const around = new Map<Located, string[]>(all.map(({ one }) => [one, []]));
    for (const { one, leads } of all)
      for (const { path, to } of leads) {
        around.get(one)!.push(`${path} to ${before.get(to) ?? ''}`);
        around.get(to)?.push(`${path} of ${before.get(one) ?? ''}`);
      }
    signs = new Map(all.map(({ one }) => [one, short(`${before.get(one)!} ${around.get(one)!.sort().join()}`)]));
    rounds.unshift(signs);
  }
  return rounds;
}

function leadsOf(message: Message, from: Located): { path: string; to: Located }[] {
  const found: { path: string; to: Located }[] = [];
  const visit = (value: unknown, path: string): void => {
    for (const item of list(value)) visit(item, path);
    if (!isObject(value) || (path !== '' && typeof value.resourceType === 'string')) return;
    const to = typeof value.reference === 'string' ? resolve(message, from, value.reference) : undefined;
    if (to) found.push({ path, to });
    for (const [name, inner] of Object.entries(value)) visit(inner, `${path}.${name}`);
  };
  visit(from.resource, '');
  return found;
}
