// Puts in for {{…}} what each message has of its own: who plays the part, the time, what the guide has in its version.
import { asText, type Json, isObject, list, object, text } from '../json';
import { listedName, officialName } from '../itk3/person-name';
import { instantOf, isInstant } from '../itk3/times';
import type { ResponseCode } from '../itk3/response-codes';
import { issuesOf } from '../itk3/outcome';
import { formIn } from '../itk3/versions';
import { SNOMED_CT } from '../nhs/snomed-id';
import { type Draft, hole, isHole, textWithHoles } from './draft';
import { type Player, type Players } from './players';
import type { Setting } from './setting';

/** Values with all known put in; what is not known is left out, and with it what holds nothing else. */
export function resolved(values: unknown, setting: Setting, player: Player): Draft {
  return resolve(values, { setting, player, only: new Map(), isPart: false });
}

/** The same for a part of a resource: who is to come is a place to fill in. */
export function resolvedPart(values: unknown, setting: Setting, player: Player): Draft {
  return resolve(values, { setting, player, only: new Map(), isPart: true });
}

interface Scope {
  setting: Setting;
  player: Player;
  /** Of roles that several play, the one that is meant. */
  only: ReadonlyMap<string, Player>;
  isPart: boolean;
}

function resolve(value: unknown, scope: Scope): Draft {
  if (typeof value === 'string') return value.includes('{{') ? resolveText(value, scope) : value;
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => resolveItem(item, scope)).filter((item) => item !== undefined);
    return items.length > 0 ? lastOfSystem(items) : undefined;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, resolve(member, scope)] as const);
  const known = members.filter(([, member]) => member !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** An item that leads to a role is there once for each who plays it. */
function resolveItem(item: unknown, scope: Scope): Draft[] {
  const role = /\{\{to (\w+)\}\}/.exec(JSON.stringify(item))?.[1];
  const players = role === undefined || scope.only.has(role) ? [] : playing(role, scope);
  if (role === undefined || players.length < 2 || scope.player.use.each !== undefined) return [resolve(item, scope)];
  return players.map((player) => resolve(item, { ...scope, only: new Map([...scope.only, [role, player]]) }));
}

/** A person may have one number alone, and that of the system from which the guide wants one. */
function lastOfSystem(items: Draft[]): Draft[] {
  const systemOf = (item: Draft): unknown => (isObject(item) && !('code' in item) ? item.system : undefined);
  return items.filter(
    (item, i) =>
      systemOf(item) === undefined || !items.slice(i + 1).some((other) => systemOf(other) === systemOf(item)),
  );
}

function resolveText(value: string, scope: Scope): Draft {
  const whole = /^\{\{([^}]+)\}\}$/.exec(value)?.[1];
  if (whole !== undefined) return token(whole, scope);
  const parts = value.split(/\{\{([^}]+)\}\}/).map((part, i) => (i % 2 === 0 ? part : token(part, scope)));
  if (parts.includes(undefined)) return undefined;
  const words = parts.map((part) => (isHole(part) ? part : asText(part))).filter((part) => part !== '');
  return words.some(isHole) ? textWithHoles(...words) : words.map(asText).join('');
}

function token(name: string, scope: Scope): Draft {
  const { setting, player } = scope;
  const { drafting, kind, version } = setting;
  const { useCase } = kind;
  switch (name) {
    case 'id':
      return idOf(player);
    case 'uuid':
      return drafting.fresh.randomUUID();
    case 'now':
      return timeIn(setting);
    case 'today':
      return timeIn(setting).slice(0, 10);
    case 'mailbox':
      return drafting.fresh.mailbox ?? 'SENDER_MESH_MAILBOX_ID';
    case 'event':
      return kind.event;
    case 'message definition':
      return kind.messageDefinition;
    case 'sender reference':
      return leadingTo(playing(useCase?.header?.senderReference?.role ?? '', scope)[0], scope) ?? 'None';
    case 'answered sender reference':
      return hole('None');
    case 'answered id':
      return hole('');
    case 'response code':
      return answerIn(setting)?.responseCode ?? hole('ok');
    case 'care setting':
      return useCase?.careSetting?.code;
    case 'document type': {
      const type = useCase?.documentType;
      return type && formIn(version, [type, ...(type.alternatives ?? [])])?.code;
    }
    case 'verified':
      return useCase?.patient?.verified;
  }
  const [verb = '', rest = ''] = name.split(' ');
  if (verb === 'handling') return kind.handling.find(({ key }) => key === rest)?.value;
  if (verb === 'to')
    return leadingTo(scope.only.get(rest) ?? nth(playing(rest, scope), player, setting.players), scope);
  if (verb === 'display') return displayOf(nth(playing(rest, scope), player, setting.players), setting);
  return castValue(name, scope);
}

/** What the outcome of an acknowledgement says already. */
function answerIn({ players, drafting: { knowledge } }: Setting): ResponseCode | undefined {
  const said = issuesOf(players.of('outcome')[0]?.located)[0]?.code;
  return knowledge.responseCodes.find(({ code }) => code === said);
}

/** The id of a resource goes with its fullUrl. */
function idOf({ fullUrl, located }: Player): string {
  return text(located?.resource.id) ?? fullUrl.slice(Math.max(fullUrl.lastIndexOf(':'), fullUrl.lastIndexOf('/')) + 1);
}

function leadingTo(target: Player | undefined, { isPart }: Scope): Draft {
  return target && (isPart && !target.located ? hole(target.fullUrl) : target.fullUrl);
}

/** Those who play a part; where nobody does who is needed, one who is to come. */
function playing(role: string, { setting: { players, drafting } }: Scope): readonly Player[] {
  const known = players.of(role);
  // Beside a resource that stands alone nobody is to come.
  if (drafting.message && drafting.message.root.type !== 'Bundle') return known;
  const use = players.use(role);
  if (known.length > 0 || !use || (use.min === 0 && !use.usual)) return known;
  return [players.add(use)];
}

/** The time that the message has already, lest what is added is later than what was sent; else now. */
function timeIn({ players, drafting }: Setting): string {
  const said = (role: string): Json => players.of(role)[0]?.located?.resource ?? {};
  const times = [said('header').timestamp, object(said('document').meta).lastUpdated, said('composition').date];
  return times.map(text).find((time) => time !== undefined && isInstant(time)) ?? instantOf(drafting.fresh.now);
}

/** To each dispense a medication of its own. */
function nth(players: readonly Player[], player: Player, all: Players): Player | undefined {
  const { use, index, located } = player;
  const [first] = players;
  if (use.each === undefined || first?.use.each === undefined) return first;
  const others = all.of(use.role).flatMap((other) => (other === player ? [] : (other.located?.resource ?? [])));
  const taken = new Set(others.flatMap(referencesIn));
  if (taken.size === 0) return players[index] ?? first;
  const free = players.find(({ fullUrl }) => !taken.has(fullUrl));
  // One more comes with one more of the other, unless it is there and names what it will.
  return free ?? (located ? first : all.add(first.use));
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  return [
    ...(text(value.reference) === undefined ? [] : [value.reference as string]),
    ...Object.values(value).flatMap(referencesIn),
  ];
}

/** What a person reads beside a reference to a patient or a medicine. */
function displayOf(target: Player | undefined, { drafting }: Setting): string | undefined {
  if (!target) return undefined;
  const resource = target.located?.resource;
  if (target.use.type === 'Patient')
    return listedName(resource ? officialName(resource) : { ...drafting.cast?.patient });
  if (target.use.type !== 'Medication') return undefined;
  if (!resource) return drafting.cast?.medicines[target.index]?.display;
  return text(object(list(object(resource.code).coding)[0]).display);
}

/** What the message says already; else what the cast has; else a place with an example. */
function castValue(name: string, { setting, player }: Scope): Draft {
  const { drafting, example, players, kind } = setting;
  const [who = '', ...path] = name.split('.');
  const own = player.located && valueBeside(player.use.values, player.located.resource, name);
  if (own !== undefined) return own;
  if (who !== 'medicine')
    for (const use of [...kind.envelope, ...kind.document]) {
      const resource = players.of(use.role)[0]?.located?.resource;
      const said = resource && valueBeside(use.values, resource, name);
      if (said !== undefined) return said;
    }
  const [cast, given] = [drafting.cast ?? example, drafting.cast !== undefined];
  const index = player.index % Math.max(cast.medicines.length, 1);
  const from = who === 'medicine' ? cast.medicines[index] : (cast as unknown as Json)[who];
  if (path[0] === 'unitSystem') return isObject(from) && from.unitCode !== undefined ? SNOMED_CT : undefined;
  let value: unknown = from;
  for (const step of path) value = isObject(value) ? value[step] : undefined;
  return given ? value : asHoles(value, name);
}

function asHoles(value: unknown, name: string): Draft {
  if (Array.isArray(value)) return value.map((item, i) => asHoles(item, `${name}.${i}`));
  return typeof value === 'string' || typeof value === 'number' ? hole(value, { name }) : undefined;
}

/** Of identifiers and their like the one of the same system, of others the one in the same place. */
function itemLike(item: unknown, items: readonly unknown[], i: number): unknown {
  const { system } = object(item);
  if (typeof system !== 'string' || system.includes('{{')) return items[i];
  return items.find((other) => isObject(other) && other.system === system);
}

/** What stands in a resource where its values have the token. */
function valueBeside(values: unknown, resource: unknown, name: string): unknown {
  if (values === `{{${name}}}`) return resource;
  if (Array.isArray(values)) {
    for (const [i, item] of values.entries()) {
      const found = valueBeside(item, itemLike(item, list(resource), i), name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(values)) return undefined;
  for (const [key, inner] of Object.entries(values)) {
    const found = valueBeside(inner, object(resource)[key], name);
    if (found !== undefined) return found;
  }
  return undefined;
}
