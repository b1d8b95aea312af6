// A message as a person tells it: header, sender, document with its sections, and each resource by what it is.
import { join, type Pointer } from '../document/pointer';
import { isObject, type Json, list, object, text } from '../json';
import type { Knowledge } from '../knowledge';
import { codingsOf } from './codings';
import { documentOf, type Section } from './document';
import { labelIn } from './label';
import { headerOf, type Located, type Message, referenceIn, resolve } from './message';
import { wholeOf } from './references';
import { shortened } from '../validate/wording';

export interface OutlineItem {
  name: string;
  /** What it is in the message, or what it lacks. */
  detail?: string;
  kind: OutlineKind;
  /** All of it: of a resource in a bundle, its entry. */
  whole: Pointer;
  /** The text that stands for it. */
  at: Pointer;
  inside: OutlineItem[];
}

export type OutlineKind = 'header' | 'bundle' | 'document' | 'section' | 'person' | 'organisation' | 'list' | 'other';

const KINDS: ReadonlyMap<string, OutlineKind> = new Map<string, OutlineKind>([
  ['MessageHeader', 'header'],
  ['Bundle', 'bundle'],
  ['Composition', 'document'],
  ['Patient', 'person'],
  ['Practitioner', 'person'],
  ['PractitionerRole', 'person'],
  ['RelatedPerson', 'person'],
  ['Organization', 'organisation'],
  ['HealthcareService', 'organisation'],
  ['Location', 'organisation'],
  ['List', 'list'],
]);

/** The root bundle of several resources is no item of its own: what stands in it is the message. */
export function outlineOf(message: Message, knowledge: Knowledge): OutlineItem[] {
  const items = new Map<Located, OutlineItem>();
  const roots: OutlineItem[] = [];
  const roles = rolesIn(message);
  const sections = sectionsOf(message, knowledge);
  for (const located of message.resources) {
    const item = itemOf(located, message, roles.get(located));
    const owner = ownerOf(located, message);
    items.set(located, item);
    if (located.type === 'Composition') item.inside.push(...sectionItems(located, sections));
    if (owner === message.root && owner.type === 'Bundle') roots.push(item);
    else if (owner) items.get(owner)?.inside.push(item);
  }
  return roots.length > 0 ? roots : [...items.values()].slice(0, 1);
}

/** What contains it; what stands in no bundle is the root's. */
function ownerOf({ container, bundle, pointer }: Located, { root }: Message): Located | undefined {
  return container ?? bundle ?? (pointer === '' ? undefined : root);
}

function itemOf(located: Located, message: Message, role: string | undefined): OutlineItem {
  const { type, pointer } = located;
  const name = labelIn(message, located);
  return {
    name,
    ...(role !== undefined && !name.includes(role) && { detail: role }),
    kind: KINDS.get(type) ?? 'other',
    whole: wholeOf(located),
    at: join(pointer, 'resourceType'),
    inside: [],
  };
}

/** What the header and the Composition say of others. */
function rolesIn(message: Message): Map<Located, string> {
  const roles = new Map<Located, string>();
  const name = (from: Located | undefined, owner: unknown, role: string): void => {
    const reference = referenceIn(owner);
    const target = from && reference !== undefined ? resolve(message, from, reference) : undefined;
    if (target && !roles.has(target)) roles.set(target, role);
  };
  const header = headerOf(message);
  if (header) {
    const event = object(header.resource.event).code;
    if (typeof event === 'string') roles.set(header, event);
    name(header, header.resource.sender, 'sender');
    for (const one of [header.resource.receiver].flat()) name(header, one, 'receiver');
    for (const one of list(header.resource.destination)) name(header, object(one).receiver, 'receiver');
    name(header, object(header.resource.response).details, 'answer');
  }
  for (const composition of message.resources) {
    if (composition.type !== 'Composition') continue;
    const { subject, author, custodian, encounter } = composition.resource;
    name(composition, subject, 'subject');
    for (const one of [author].flat()) name(composition, one, 'author');
    name(composition, custodian, 'custodian');
    name(composition, encounter, 'encounter');
  }
  return roles;
}

/** What the guide says of sections, by the section. */
function sectionsOf(message: Message, knowledge: Knowledge): Map<Json, Section> {
  const sections = documentOf(message, knowledge)?.sections ?? [];
  return new Map(sections.map((section) => [section.resource, section]));
}

function sectionItems(composition: Located, known: Map<Json, Section>): OutlineItem[] {
  return sectionsIn(composition.resource, composition.pointer, known);
}

function sectionsIn(owner: Json, pointer: Pointer, known: Map<Json, Section>): OutlineItem[] {
  return list(owner.section).flatMap((section, i): OutlineItem[] => {
    if (!isObject(section)) return [];
    const whole = join(pointer, 'section', i);
    const title = text(section.title)?.trim();
    const inside = sectionsIn(section, whole, known);
    const lacks = lacking(section, known.get(section), inside.length > 0);
    return [
      {
        name: shortened(title || codeOf(section) || 'section'),
        ...(lacks !== undefined && { detail: lacks }),
        kind: 'section',
        whole,
        at: join(whole, title ? 'title' : 'code'),
        inside,
      },
    ];
  });
}

function codeOf(section: Json): string | undefined {
  const code = object(section.code);
  const codings = codingsOf(code, '').flatMap(({ coding }) => [coding.display, coding.code]);
  return [code.text, ...codings].map((word) => text(word)?.trim()).find((word) => word !== undefined && word !== '');
}

/** An entry is missed where the guide has one, or where nothing is known of the section. */
function lacking(section: Json, known: Section | undefined, hasParts: boolean): string | undefined {
  const hasText = text(object(section.text).div) !== undefined;
  const wantsEntry = known?.use ? known.use.entry !== null && known.use.textOnly !== true : !hasText && !hasParts;
  const lacks = [
    ...(hasText || hasParts ? [] : ['no text']),
    ...(wantsEntry && list(section.entry).length === 0 ? ['no entry'] : []),
  ];
  return lacks.length > 0 ? lacks.join(', ') : undefined;
}
