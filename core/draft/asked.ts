// What the guide asks at a place of a resource, beyond what its definitions say.
import type { Element } from '../definitions/element';
import { segmentsOf } from '../document/pointer';
import { isObject, list, object } from '../json';
import { matchesPattern } from '../validate/equal';
import type { Draft } from './draft';
import type { Drafting } from './drafting';
import type { Player } from './players';
import { type Setting, settingAround } from './setting';
import { fixedParts, type Spot } from './spot';
import { resolvedPart } from './tokens';

/** The whole value of a property; undefined where the guide asks for nothing, or it is not known where the draft will stand. */
export function askedAt(spot: Spot, drafting: Drafting): Draft {
  const names = namesTo(spot, drafting);
  const setting = names && drafting.message && settingAround(drafting);
  const player = setting && playerOf(drafting, setting);
  if (!player) return undefined;
  let values: unknown = player.use.values;
  for (const name of names) {
    if (Array.isArray(values)) values = values.length === 1 ? (values[0] as unknown) : undefined;
    values = isObject(values) ? values[name] : undefined;
  }
  return values === undefined ? undefined : resolvedPart(values, setting, player);
}

/** A resource that stands alone is what its profile says. */
function playerOf({ from }: Drafting, { players, kind }: Setting): Player | undefined {
  const known = players.all().find(({ located }) => located === from);
  if (known || !from) return known;
  const claimed = list(object(from.resource.meta).profile);
  const use = [...kind.envelope, ...kind.document].find(
    ({ type, profile }) => type === from.type && claimed.includes(profile),
  );
  return use && { use, index: 0, fullUrl: '', located: from };
}

/** One item of it: that of the slice, or the only one there is. */
export function askedItem(spot: Spot, drafting: Drafting): Draft {
  const asked = askedAt(spot, drafting);
  if (!Array.isArray(asked)) return asked;
  const told = fixedParts(spot);
  if (told !== undefined) return list(asked).find((item) => matchesPattern(item, told));
  return asked.length === 1 ? (asked[0] as Draft) : undefined;
}

/** The names of the properties on the way from the resource to the place. */
function namesTo([element]: Spot, { from, at }: Drafting): string[] | undefined {
  if (!from || !element) return undefined;
  if (at !== undefined) return segmentsOf(at).filter((segment) => !/^\d+$/.test(segment));
  const [type, ...names] = pathOf(element);
  return type === from.type ? names : undefined;
}

/** Without the names of slices. */
function pathOf({ path }: Element): string[] {
  return path.split('.').map((name) => name.split(':')[0]!);
}
