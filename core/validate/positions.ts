// Which profiles a resource must meet before anything refers to it: those it claims, and those of its place in the message.
import { join } from '../document/pointer';
import { nearest } from '../nearest';
import { isObject, type Json, list } from '../json';
import { entriesOf, focusOf, headerOf, type Located, type Message } from '../itk3/message';
import { readHandling } from '../itk3/handling';
import type { Envelope, UseCase } from '../itk3/use-case';
import type { Report } from '../finding';
import type { Knowledge } from '../knowledge';

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
      const message = `${definition.name} is a profile of ${definition.type}, but this is a ${type}.`;
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
  const { envelope, registry } = knowledge;
  const header = headerOf(message);
  const event = header && isObject(header.resource.event) ? header.resource.event : {};
  if (!header || !isItk(header, event, envelope)) return [];
  const outer =
    registry.messageDefinitionOf({ system: envelope.eventSystem, code: event.code })?.focus?.profile ??
    envelope.messageBundle;
  const placed: [Located, string][] = [
    [message.root, outer],
    [header, envelope.header],
  ];
  const document = focusOf(message);
  if (document?.type === 'Bundle' && document.resource.type === 'document') {
    placed.push([document, envelope.documentBundle]);
    const composition = entriesOf(message, document)[0];
    const useCase = useCaseOf(message, event, knowledge);
    if (composition?.type === 'Composition' && useCase) placed.push([composition, useCase.composition]);
  }
  return placed;
}

/** Told by its event; where that is none that is known, by the definition that the header names. */
function useCaseOf(message: Message, event: Json, { useCases, envelope, registry }: Knowledge): UseCase | undefined {
  const byEvent = useCases.find((u) => u.event.code === event.code);
  if (byEvent || registry.messageDefinitionOf({ system: envelope.eventSystem, code: event.code })) return byEvent;
  const concepts = registry.codeSystem(envelope.eventSystem)?.concepts ?? [];
  if (concepts.some((c) => c.code === event.code)) return undefined;
  const named = readHandling(message, envelope)?.messageDefinition;
  return useCases.find((u) => u.messageDefinition === named);
}

/** Told by its event or by its handling specification, so that a mistake in one of them is still found. */
function isItk(header: Located, event: Json, envelope: Envelope): boolean {
  if (event.system === envelope.eventSystem) return true;
  return list(header.resource.extension).some((e) => isObject(e) && e.url === envelope.handling);
}
