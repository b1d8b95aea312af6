// What a resource claims to be: its type and its profiles.
import { valueAt } from '../document/pointer';
import type { Fix } from '../finding';
import { list } from '../json';
import { resourceAround } from '../validate/locate';
import { shortened } from '../validate/wording';
import type { FixMaker } from './fixing';
import { emptied } from './place';

const MOST = 5;

/** A profile of another type, or one that nobody knows: those at hand for the type, or none. */
export const rightProfile: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const at = resourceAround(pointer, fixing.message);
  if (!at || fixes.length > 0) return [];
  const claimed = list(valueAt(at.resource, '/meta/profile'));
  const { registry } = fixing.knowledge;
  const isRight = (url: unknown): boolean => typeof url === 'string' && registry.definition(url)?.type === at.type;
  const written = valueAt(fixing.message.root.resource, pointer);
  const isKnown = typeof written === 'string' && registry.definition(written) !== undefined;
  const removal: Fix = { kind: 'remove', title: 'Remove this profile', pointer: emptied(pointer, fixing) };
  // Beside the right one, a profile of another type says nothing.
  if (claimed.some(isRight)) return [{ ...removal, sure: isKnown }];
  const fitting = registry.profileUrls().filter(isRight);
  const used = fitting.filter((url) => fixing.applicable.get(at)?.has(url));
  const offered = used.length > 0 ? used : fitting;
  const changes = offered
    .slice(0, MOST)
    .map((url): Fix => ({ kind: 'set', title: `Change to ${url}`, pointer, value: url }));
  return [
    ...(changes.length === 1 ? changes.map((fix) => ({ ...fix, sure: isKnown })) : changes),
    { ...removal, sure: false },
  ];
};

/** A type that STU3 has not: those that the references to the resource ask for. */
export const rightType: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const at = resourceAround(pointer, fixing.message);
  if (!at || fixes.length > 0) return [];
  const { registry } = fixing.knowledge;
  const claimed = list(valueAt(at.resource, '/meta/profile')).flatMap((url) =>
    typeof url === 'string' ? (registry.definition(url)?.type ?? []) : [],
  );
  const alike = registry.resourceTypes().filter((type) => at.type.startsWith(type) || type.startsWith(at.type));
  const types = [...new Set([...claimed, ...alike])].slice(0, MOST);
  const offered = types.map((type): Fix => ({
    kind: 'set',
    title: `Change to ${shortened(type)}`,
    pointer,
    value: type,
  }));
  return offered.map((fix) => ({ ...fix, sure: false }));
};
