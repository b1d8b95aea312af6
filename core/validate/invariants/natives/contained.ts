// What STU3 asks of resources that stand inside another (dom-1 to dom-4).
import type { Change, Fix } from '../../../finding';
import { asText, isObject, type Json, list } from '../../../json';
import { type Breach, has, HOLDS, type Native } from '../breach';
import { perhaps, surely } from '../mends';

function eachContained(value: Json, judge: (contained: Json, at: string) => Breach | undefined): readonly Breach[] {
  if (value.contained === undefined) return HOLDS;
  return list(value.contained).flatMap((contained, i) =>
    isObject(contained) ? (judge(contained, `/contained/${i}`) ?? []) : [],
  );
}

/** What names a contained resource, with the `#` in front: references, uris, and pictures and links in narratives. */
function namesInside(value: object, key: string, names: Set<string>): Set<string> {
  for (const [name, inner] of Object.entries(value)) {
    const here = Array.isArray(value) ? key : name;
    if (typeof inner === 'object' && inner !== null) namesInside(inner as object, here, names);
    else if (typeof inner !== 'string') continue;
    else if (here === 'div') for (const [, link] of inner.matchAll(LINKS)) names.add(link!);
    else if (inner.startsWith('#') && NAMING.test(here)) names.add(inner);
  }
  return names;
}
const NAMING = /^reference$|ur[il]$/i;
const LINKS = /=\s*["'](#[A-Za-z0-9\-.]{1,64})["']/g;

/** Not where an id is taken, which would lead elsewhere. */
function movedUp(inner: unknown[], at: string, ids: ReadonlySet<unknown>, end: number): Fix[] {
  if (inner.length === 0 || inner.some((c) => !isObject(c) || ids.has(c.id))) return [];
  return [
    surely(
      'Move it up into the contained list around it',
      ...inner.map((value, i): Change => ({ kind: 'insert', pointer: `/contained/${end + i}`, value })),
      { kind: 'remove', pointer: `${at}/contained` },
    ),
  ];
}

export const CONTAINED: Record<string, Native> = {
  'contained.text.empty()': (value) =>
    eachContained(value, (contained, at) =>
      has(contained, 'text')
        ? {
            says: 'A contained resource has no narrative of its own: remove text.',
            at: `${at}/text`,
            mends: [surely('Remove text', { kind: 'remove', pointer: `${at}/text` })],
          }
        : undefined,
    ),

  'contained.contained.empty()': (value) => {
    let ids: Set<unknown> | undefined;
    return eachContained(value, (contained, at) => {
      if (!has(contained, 'contained')) return undefined;
      const all = list(value.contained);
      ids ??= new Set(all.map((c) => (isObject(c) ? c.id : undefined)));
      return {
        says: 'A contained resource contains no other: move it up into the contained list around it.',
        at: `${at}/contained`,
        mends: movedUp(list(contained.contained), at, ids, all.length),
      };
    });
  },

  "contained.where(('#'+id in %resource.descendants().reference).not()).empty()": (value) => {
    if (value.contained === undefined) return HOLDS;
    const names = namesInside(value, '', new Set());
    return eachContained(value, ({ resourceType, id }, at) =>
      typeof id !== 'string' || names.has(`#${id}`)
        ? undefined
        : {
            says: `Nothing refers to the contained ${asText(resourceType)}: refer to it as "#${id}" or remove it.`,
            at,
            mends: [perhaps(`Remove the contained ${asText(resourceType)}`, { kind: 'remove', pointer: at })],
          },
    );
  },

  'contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()': (value) =>
    eachContained(value, ({ meta }, at) => {
      const name = isObject(meta) && ['versionId', 'lastUpdated'].find((n) => has(meta, n));
      return name
        ? {
            says: `A contained resource has no versions of its own: remove meta.${name}.`,
            at: `${at}/meta/${name}`,
            mends: [
              surely(`Remove meta.${name}`, {
                kind: 'remove',
                pointer: Object.keys(meta).length === 1 ? `${at}/meta` : `${at}/meta/${name}`,
              }),
            ],
          }
        : undefined;
    }),
};
