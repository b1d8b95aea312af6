// Extensions that stand where they may not, or that do not say which they are.
import { join, parentOf, segmentsOf, valueAt } from '../document/pointer';
import { insideOf, namesOf, slicesOf } from '../draft/spot';
import type { Change, Fix } from '../finding';
import { isObject, list } from '../json';
import { shortened } from '../validate/wording';
import type { FixMaker } from './fixing';
import { emptied, placeOf } from './place';

/** To the list that it belongs in, or out of the message. @see checkExtensions */
export const rightPlace: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const { message, knowledge } = fixing;
  const extension = parentOf(pointer);
  const listed = parentOf(extension);
  const owner = parentOf(listed);
  const value = valueAt(message.root.resource, extension);
  if (!isObject(value) || typeof value.url !== 'string') return [];
  const items = list(valueAt(message.root.resource, listed));
  const out: Change = { kind: 'remove', pointer: items.length === 1 ? listed : extension };
  const name = segmentsOf(listed).at(-1);
  const definition = knowledge.registry.definition(value.url);
  const right = definition?.isModifier === true ? 'modifierExtension' : 'extension';
  const isMisplaced = definition?.type === 'Extension' && name !== right;
  const there = list(valueAt(message.root.resource, join(owner, right))).length;
  const to = join(owner, right, there);
  const move: Fix = {
    kind: 'all',
    title: `Move it to ${right}`,
    changes: [
      {
        kind: there > 0 ? 'insert' : 'set',
        pointer: there > 0 ? to : join(owner, right),
        value: there > 0 ? value : [value],
      },
      out,
    ],
    sure: true,
  };
  return [
    ...(isMisplaced ? [move] : []),
    ...(fixes.length > 0
      ? []
      : [
          {
            kind: 'remove' as const,
            title: `Remove ${shortened(value.url)}`,
            pointer: emptied(extension, fixing),
            sure: false,
          },
        ]),
  ];
};

/** An extension without url: that of each slice that is missing, and that takes such a value. */
export const rightUrl: FixMaker = ({ pointer, missing }, fixing) => {
  const place = placeOf(pointer, fixing);
  const siblings = placeOf(parentOf(pointer), fixing);
  if (missing !== 'url' || !isObject(place?.value) || !siblings || !Array.isArray(siblings.value)) return [];
  const own = place.value;
  const urls = new Set(siblings.value.map((item) => isObject(item) && item.url));
  const { registry } = fixing.knowledge;
  const offered = slicesOf(siblings.spot).flatMap((slice): Fix[] => {
    const inside = insideOf(slice, registry);
    const url = inside.get('url')?.find((e) => typeof e.fixed === 'string')?.fixed;
    const names = namesOf(inside.get('value[x]') ?? []);
    const isLike = Object.keys(own).every((name) => !name.startsWith('value') || names.includes(name));
    if (typeof url !== 'string' || urls.has(url) || !isLike) return [];
    return [
      {
        kind: 'set',
        title: `Add url: ${url}`,
        pointer: join(pointer, 'url'),
        value: url,
        before: Object.keys(own)[0] ?? '',
      },
    ];
  });
  return offered.length === 1 ? [{ ...offered[0]!, sure: true }] : offered;
};
