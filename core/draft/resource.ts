// Whole resources and whole messages, each part of which is there already or drafted.
import { BASE } from '../definitions/registry';
import { type Located, type Message, readMessage } from '../itk3/message';
import type { ResourceUse } from '../itk3/use-case';
import { isObject, type Json } from '../json';
import type { Knowledge } from '../knowledge';
import { UUIDS } from '../uuid';
import { type Draft, filled } from './draft';
import { draftAround } from './element';
import type { Refer } from './start';
import { useOf } from './kind';
import type { Player } from './players';
import type { Setting } from './setting';
import { typesOf } from './spot';
import { resolved } from './tokens';

/** An entry with its fullUrl and its resource. @param more takes the place of what the resource would have of that name */
export function entryOf(player: Player, setting: Setting, more: object = {}): Json {
  return { fullUrl: player.fullUrl, resource: resourceOf(player, setting, more) };
}

function resourceOf(player: Player, setting: Setting, more: object): Draft {
  const { type, profile, values } = player.use;
  const asked = resolved({ id: '{{id}}', ...values, ...more }, setting, player);
  return { ...(ofProfile(type, profile, asked, setting, player) as Json), ...more };
}

/** A resource of the profile, or of its type alone where the profile is not at hand. */
function ofProfile(type: string, profile: string, asked: Draft, setting: Setting, player?: Player): Draft {
  const { drafting } = setting;
  const { registry } = drafting.knowledge;
  const profiled = profile === '' ? undefined : registry.tree(profile);
  const tree = profiled ?? registry.type(type);
  if (!tree) return asked;
  const types = [{ code: type, ...(profiled && { profiles: [profile] }) }];
  return draftAround([{ ...tree, types }], asked, drafting, player && referring(player, setting));
}

/** To who fits the place; where nobody does and no guide says who is needed, to one who is to come. */
function referring(from: Player, setting: Setting): Refer {
  const { players, kind, drafting } = setting;
  return (spot) => {
    const allowed = typesOf(spot).flatMap((type) => type.targets ?? []);
    // Where no guide says who is meant, the first is the likeliest; of anything, the patient.
    const likeliest = allowed[0] === `${BASE}Resource` ? [`${BASE}Patient`] : allowed.slice(0, 1);
    const targets = kind.useCase ? allowed : likeliest;
    const isBeside = ({ use }: Player): boolean => kind.envelope.includes(use) === kind.envelope.includes(from.use);
    const others = players
      .all()
      .filter((player) => player !== from && !BUNDLES.has(player.use.type) && isBeside(player));
    const known =
      others.find(({ use }) => targets.includes(use.profile)) ??
      others.find(({ use }) => targets.some((url) => isOfType(use, url, drafting.knowledge)));
    if (known) return known.fullUrl;
    if (kind.useCase) return undefined;
    const use =
      kind.document.find(({ profile }) => targets.includes(profile)) ??
      kind.document.find((one) => targets.some((url) => isOfType(one, url, drafting.knowledge))) ??
      targets.map((url) => useOfTarget(url, drafting.knowledge)).find((one) => one !== undefined);
    return use && players.add(use).fullUrl;
  };
}

const BUNDLES: ReadonlySet<string> = new Set(['Bundle', 'MessageHeader', 'Composition']);

function isOfType({ type }: ResourceUse, url: string, { registry }: Knowledge): boolean {
  return registry.definition(url)?.type === type;
}

function useOfTarget(url: string, { registry }: Knowledge): ResourceUse | undefined {
  const definition = registry.definition(url);
  // The name of a profile that is not at hand has that of its type in it.
  const type = definition?.type ?? url.split(/[/-]/).find((part) => registry.isResource(part));
  if (type === undefined || !registry.isResource(type)) return undefined;
  return useOf(definition && !url.startsWith(BASE) ? url : '', type, 0);
}

/** The message with all that it needs: what is there as it is, the rest drafted. */
export interface Assembled {
  value: Json;
  message: Message;
  /** With its drafts filled by their examples. */
  composition?: Located;
}

/** @param sections of the Composition, where there is one */
export function assembled(setting: Setting, sections?: readonly Draft[]): Assembled {
  const { kind, players, drafting } = setting;
  for (const use of [...kind.envelope, ...kind.document])
    if (use.min > 0 || use.usual)
      for (let count = players.of(use.role).length; count < wantedOf(use, setting); count++) players.add(use);
  const inEnvelope = new Set(kind.envelope.map(({ role }) => role));
  const hasDocument = kind.document.length > 0;
  const entries = new Map<Player, Json>();
  // Drafting one may call for another.
  for (let open = players.all(); open.length > 0; open = players.all().filter((player) => !entries.has(player)))
    for (const next of open) {
      const section = next.use.type === 'Composition' && sections ? { section: sections } : {};
      entries.set(next, next.located ? entryThere(next, next.located) : entryOf(next, setting, section));
    }
  const order = [...kind.envelope, ...kind.document].map(({ role }) => role);
  const sorted = [...entries].sort(([a], [b]) => placeOf(a, order) - placeOf(b, order));
  const inside = sorted.filter(([{ use }]) => hasDocument && !inEnvelope.has(use.role)).map(([, entry]) => entry);
  const around = sorted
    .filter(([{ use }]) => !hasDocument || inEnvelope.has(use.role))
    .map(([player, entry]) => {
      if (player.use.type !== 'Bundle') return entry;
      return { ...entry, resource: { ...(entry.resource as Json), entry: inside } };
    });
  const id = drafting.fresh.randomUUID();
  const asked = { id, identifier: { system: UUIDS, value: id }, type: 'message' };
  const value = { ...(ofProfile('Bundle', kind.bundle, asked, setting) as Json), entry: around };
  const message = readMessage(filled(value))!;
  const composition = message.resources.find(({ type }) => type === 'Composition');
  return { value, message, ...(composition && { composition }) };
}

function placeOf({ use }: Player, order: readonly string[]): number {
  const place = order.indexOf(use.role);
  return place < 0 ? order.length : place;
}

function wantedOf({ each }: ResourceUse, { drafting }: Setting): number {
  return each === undefined ? 1 : (drafting.cast?.[each].length ?? 1);
}

/** Without the document's entries, which stand beside it here. */
function entryThere({ fullUrl }: Player, { resource }: Located): Json {
  return { fullUrl, resource: isObject(resource) ? { ...resource } : resource };
}
