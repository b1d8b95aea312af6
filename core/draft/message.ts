// A whole new message of a kind, computed from what the definitions and the guide say of it.
import { asText, isObject, type Json, list, object } from '../json';
import { chooseCast } from './choose-cast';
import { filled } from './draft';
import type { Drafting } from './drafting';
import { kindNamed } from './kind';
import { type Assembled, assembled } from './resource';
import { sectionDrafts } from './section';
import { type Setting, settingOf } from './setting';

/**
 * A valid message of the kind, about the cast or one that is drawn; undefined when there is no such kind.
 * @param drafting its version is one of the kind's versions
 */
export function draftMessage(name: string, drafting: Drafting): unknown {
  const { knowledge, fresh, version } = drafting;
  const kind = kindNamed(name, knowledge);
  if (!kind) return undefined;
  const cast = drafting.cast ?? chooseCast(knowledge.invented, fresh.random);
  const alone: Drafting = { knowledge, fresh, cast, ...(version !== undefined && { version }) };
  const setting = settingOf(alone, kind)!;
  const first = assembled(setting);
  return filled(kind.useCase ? withSections(first, setting) : first.value);
}

/** The sections say what the resources say, so they are written last. */
function withSections({ value, message, composition }: Assembled, setting: Setting): Json {
  const drafts = sectionDrafts(setting, { value, message, ...(composition && { composition }) });
  const section = drafts.filter(({ use }) => use.rows.length > 0).map(({ draft }) => draft());
  return mapEntries(value, (entry) => {
    const resource = object(entry.resource);
    if (resource.resourceType !== 'Bundle') return entry;
    const inside = mapEntries(resource, (inner) => {
      const one = object(inner.resource);
      return one.resourceType === 'Composition' ? { ...inner, resource: { ...one, section } } : inner;
    });
    return { ...entry, resource: reached(inside, setting) };
  });
}

function mapEntries(bundle: Json, change: (entry: Json) => Json): Json {
  return { ...bundle, entry: list(bundle.entry).map((entry) => change(object(entry))) };
}

/** Without what is only usual when nothing leads to it: an older guide has no section for it. */
function reached(bundle: Json, setting: Setting): Json {
  const usual = new Set(setting.players.all().flatMap(({ use, fullUrl }) => (use.usual ? [fullUrl] : [])));
  const entries = list(bundle.entry).map(object);
  const kept = entries.filter((entry) => {
    const fullUrl = asText(entry.fullUrl);
    return !usual.has(fullUrl) || entries.some((other) => other !== entry && refersTo(other.resource, fullUrl));
  });
  return kept.length === entries.length ? bundle : reached({ ...bundle, entry: kept }, setting);
}

function refersTo(value: unknown, fullUrl: string): boolean {
  if (Array.isArray(value)) return value.some((item) => refersTo(item, fullUrl));
  if (!isObject(value)) return false;
  return value.reference === fullUrl || Object.values(value).some((inner) => refersTo(inner, fullUrl));
}
