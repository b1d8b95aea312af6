// Which profiles a resource must meet before anything refers to it: those it claims, and those of its place in the message.
import { join } from '../document/pointer';
import type { Report } from '../finding';
import { entriesOf, focusOf, type Located, type Message } from '../itk3/message';
import { readAnnounced } from '../itk3/message-kind';
import { isObject, list, object } from '../json';
import type { Knowledge } from '../knowledge';
import { nearest } from '../nearest';
import { article } from './wording';

/** Profiles that the resource names in meta.profile and that are known; an unknown one is a warning, once a message. */
export function claimedProfiles(
  { resource, type, pointer }: Located,
  { registry }: Knowledge,
  report: Report,
  strangers: Set<string>,
): string[] {
  const claimed = isObject(resource.meta) ? list(resource.meta.profile) : [];
  return claimed.flatMap((url, i) => {
    if (typeof url !== 'string') return [];
    const definition = registry.definition(url);
    const at = { pointer: join(pointer, 'meta', 'profile', i), part: 'value' as const };
    if (!definition) {
      if (strangers.has(url)) return [];
      strangers.add(url);
      const near = nearestUrl(url, registry.profileUrls());
      report({
        ...at,
        rule: 'unknown-profile',
        severity: 'warning',
        message: `This profile is not known here, so nothing is checked against it: ${near ? `did you mean ${near}?` : 'add the package that has it to itk3.profiles.packages.'}`,
        ...(near && { fixes: [{ kind: 'set', title: `Change to ${near}`, pointer: at.pointer, value: near }] }),
      });
      return [];
    }
    // A misspelt type is told where it stands.
    if (definition.type !== type && registry.isResource(type)) {
      const message = `${definition.name} is a profile of ${definition.type}, but this is ${article(type)}.`;
      report({ ...at, rule: 'profile-type', severity: 'error', message, source: { title: definition.name, url } });
      return [];
    }
    return definition.type === type ? [url] : [];
  });
}

/** Guides use several hosts for the same profile, so the last part of the url is compared before the whole. */
export function nearestUrl(url: string, known: string[]): string | undefined {
  const last = (u: string): string => u.slice(u.lastIndexOf('/') + 1);
  const near = nearest(last(url), known.map(last));
  return known.find((k) => last(k) === near) ?? nearest(url, known);
}

/** Profiles by position: published messages leave meta.profile out of the outer bundle and the header. */
export function positionProfiles(message: Message, knowledge: Knowledge): [Located, string][] {
  const { envelope, registry, useCases } = knowledge;
  const announced = readAnnounced(message, knowledge);
  if (!announced) return [];
  const { header, kind } = announced;
  const { code } = object(header.resource.event);
  const outer =
    registry.messageDefinitionOf({ system: envelope.eventSystem, code })?.focus?.profile ?? envelope.messageBundle;
  const placed: [Located, string][] = [
    [message.root, outer],
    [header, envelope.header],
  ];
  const document = focusOf(message);
  if (document?.type === 'Bundle' && document.resource.type === 'document') {
    placed.push([document, envelope.documentBundle]);
    const composition = entriesOf(message, document)[0];
    const useCase = useCases.find((u) => u.event.code === kind?.event);
    if (composition?.type === 'Composition' && useCase) placed.push([composition, useCase.composition]);
  }
  return placed;
}
