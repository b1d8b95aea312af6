// What the guide asks at a place of a resource, beyond what its definitions say.
import { join, segmentsOf } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { isObject, type Json, list, object, text } from '../json';
import { UUIDS } from '../uuid';
import { matchesPattern } from '../validate/equal';
import type { Draft } from './draft';
import type { Drafting } from './drafting';
import type { Player } from './players';
import { formsOf, isNeeded, partsOf, worldOf } from './section-parts';
import { type Setting, settingAround } from './setting';
import { fixedParts, type Spot } from './spot';
import { resolvedPart } from './tokens';

/** The whole value of a property; undefined where the guide asks for nothing, or it is not known where the draft will stand. */
export function askedAt(spot: Spot, drafting: Drafting): Draft {
  const { from, message } = drafting;
  const [property, ...steps] = stepsTo(spot, drafting);
  if (!from || !message || property === undefined) return undefined;
  const said = from.resource[property];
  const named = nameAt([property, ...steps], from.resource, from.fullUrl);
  if (named !== undefined) return named;
  const setting = settingAround(drafting);
  const asked =
    setting && from.type === 'Composition' && property === 'section'
      ? sectionAt(steps, said, setting)
      : setting && follow(propertyOf(property, setting), said, steps);
  return asked ?? besideIn(follow(said, said, steps.slice(0, -1)) ?? from.resource, steps.at(-1), drafting);
}

/** One item of it: that of the slice, or the only one there is. */
export function askedItem(spot: Spot, drafting: Drafting): Draft {
  const asked = askedAt(spot, drafting);
  if (!Array.isArray(asked)) return asked;
  const told = fixedParts(spot);
  if (told !== undefined) return list(asked).find((item) => matchesPattern(item, told));
  return asked.length === 1 ? (asked[0] as Draft) : undefined;
}

/** The way from the resource to the place, with the numbers of items where they are known. */
function stepsTo([element]: Spot, { from, at }: Drafting): string[] {
  if (at !== undefined) return segmentsOf(at);
  // Without the names of slices.
  const [type, ...names] = element?.path.split('.').map((name) => name.split(':')[0]!) ?? [];
  return type === from?.type ? names : [];
}

/** The id of an entry and its fullUrl name each other. */
function nameAt(steps: readonly string[], resource: Json, fullUrl: string | undefined): string | undefined {
  if (steps.join('/') === 'id') return /^urn:uuid:(.+)$/.exec(fullUrl ?? '')?.[1];
  const [property, item, name] = steps;
  if (property !== 'entry' || name !== 'fullUrl') return undefined;
  const id = text(object(object(list(resource.entry)[Number(item)]).resource).id);
  return id !== undefined && /^[0-9a-f-]{36}$/.test(id) ? `urn:uuid:${id}` : undefined;
}

function propertyOf(name: string, setting: Setting): Draft {
  const { drafting, kind } = setting;
  const { from, message } = drafting;
  if (from === message?.root && from?.type === 'Bundle' && from.resource.type !== 'document') {
    const id = text(from.resource.id) ?? drafting.fresh.randomUUID();
    const around: Json = {
      meta: { profile: [kind.bundle] },
      identifier: { system: UUIDS, value: id },
      type: 'message',
    };
    return around[name];
  }
  const player = playerOf(setting);
  if (!player) return undefined;
  const { values, profile } = player.use;
  const asked: Json = { ...values, ...(profile !== '' && { meta: { ...object(values.meta), profile: [profile] } }) };
  return asked[name] === undefined ? undefined : resolvedPart(asked[name], setting, player);
}

/** A resource that stands alone is what its profile says. */
function playerOf({ players, kind, drafting: { from } }: Setting): Player | undefined {
  const known = players.all().find(({ located }) => located === from);
  if (known || !from) return known;
  const claimed = list(object(from.resource.meta).profile);
  const use = [...kind.envelope, ...kind.document].find(
    ({ type, profile }) => type === from.type && claimed.includes(profile),
  );
  return use && { use, index: 0, fullUrl: '', located: from };
}

/** What is asked further in, of the item that is meant by what the message has there already. */
function follow(asked: unknown, said: unknown, [step, ...steps]: readonly string[]): Draft {
  if (step === undefined) return asked;
  if (/^\d+$/.test(step))
    return Array.isArray(asked)
      ? follow(itemFor(asked, list(said), Number(step)), list(said)[Number(step)], steps)
      : undefined;
  // Of a list without number, the one item that there is.
  const one: unknown = Array.isArray(asked) && asked.length === 1 ? asked[0] : asked;
  return isObject(one) ? follow(one[step], object(said)[step], steps) : undefined;
}

const TELLING = ['url', 'system', 'code', 'use', 'reference'];

/** The one that is told by the same; else, of those that no other item is, the first that says nothing else. */
function itemFor(asked: readonly unknown[], said: readonly unknown[], i: number): unknown {
  if (asked === said) return asked[i];
  const here = new Set(tellingIn(said[i]));
  const told = here.size > 0 ? asked.find((one) => tellingIn(one).some((word) => here.has(word))) : undefined;
  if (told !== undefined) return told;
  const taken = new Set(said.flatMap(tellingIn));
  const free = asked.filter((one) => !tellingIn(one).some((word) => taken.has(word)));
  return free.find((one) => agree(one, said[i]));
}

/** What tells it from its like, each with its name; a list entry is told by what its item leads to. */
function tellingIn(value: unknown): string[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (isObject(inner) && typeof inner.reference === 'string') return [`reference ${inner.reference}`];
    return typeof inner === 'string' && TELLING.includes(name) ? [`${name} ${inner}`] : [];
  });
}

/** What both say is of the same kind, and the same where it is plain. */
function agree(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return true;
  return Object.entries(other).every(([name, value]) => {
    const mine = one[name];
    return typeof value === 'object' ? mine !== undefined : mine === value || isObject(mine);
  });
}

/** The sections that every document has; or what is asked in the one that the place is in. */
function sectionAt([item, ...steps]: readonly string[], said: unknown, setting: Setting): Draft {
  const { message, from, knowledge } = setting.drafting;
  const world = worldOf(message!, setting);
  const forms = formsOf(setting);
  if (item === undefined) {
    const needed = forms.filter(({ use }) => isNeeded(use, setting));
    return needed.length > 0 ? needed.map(({ use, form }) => partsOf(use, form, setting, world)) : undefined;
  }
  const section = object(list(said)[Number(item)]);
  const at = join(from!.pointer, 'section', item);
  const read = documentOf(message!, knowledge)?.sections.find(({ pointer }) => pointer === at);
  const meant = forms.find(({ use }) => use === read?.use) ?? forms.find(({ form }) => form.title === section.title);
  const known = read?.use && read.form ? { use: read.use, form: read.form } : meant;
  return known && follow(partsOf(known.use, known.form, setting, world), section, steps);
}

/** What a code is called, and which code is called so. */
function besideIn(
  parent: unknown,
  name: string | undefined,
  { knowledge: { registry, terminology } }: Drafting,
): Draft {
  const { system, code, display } = object(parent);
  if (typeof system !== 'string') return undefined;
  if (name === 'display' && typeof code === 'string') return terminology.concept(system, code)?.display;
  if (name !== 'code' || typeof display !== 'string') return undefined;
  return registry.codeSystem(system)?.concepts.find((concept) => concept.display === display)?.code;
}
