// Which kind of message this is, by what its event, its MessageDefinition and its content each announce.
import { withoutVersion } from '../definitions/registry';
import { type Pointer, join } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import type { Knowledge } from '../knowledge';
import { type HandlingKey, handlingKeys } from './handling';
import { entriesOf, focusOf, headerOf, type Located, type Message, referenceIn } from './message';
import type { Envelope, EventUse, Slip } from './use-case';

export interface Announced {
  header: Located;
  /** Of the handling extension; none when there is no such extension. */
  keys: HandlingKey[];
  /** The kinds that the three speak of; undefined where one speaks of none that is known. */
  event?: EventUse;
  definition?: EventUse;
  content?: EventUse;
  /** Where the Composition claims the profile that tells its kind. */
  claim?: Pointer;
  /** What the message is, all in all: two that agree outvote the event. */
  kind?: EventUse;
}

/** Many rules ask the same of a message, so it is read once; a message belongs to one validation. */
const READ = new WeakMap<Message, { knowledge: Knowledge; announced: Announced | undefined }>();

/** Undefined when this is no ITK3 message. */
export function readAnnounced(message: Message, knowledge: Knowledge): Announced | undefined {
  const known = READ.get(message);
  if (known?.knowledge === knowledge) return known.announced;
  const announced = read(message, knowledge);
  READ.set(message, { knowledge, announced });
  return announced;
}

function read(message: Message, knowledge: Knowledge): Announced | undefined {
  const { envelope } = knowledge;
  const header = headerOf(message);
  if (!header || !isItk3(header.resource, envelope)) return undefined;
  const kinds = kindsOf(knowledge);
  const code = isObject(header.resource.event) ? header.resource.event.code : undefined;
  const event = kinds.find((kind) => kind.event === code);
  const keys = handlingKeys(message, envelope) ?? [];
  const url = referenceIn(keys.find((key) => key.url === 'MessageDefinition')?.value);
  const definition = url === undefined ? undefined : kindOfDefinition(url, kinds, knowledge);
  const content: Content | undefined = isObject(header.resource.response)
    ? { kind: kinds.find((kind) => kind.event === envelope.responseEvent) }
    : claimedKind(message, kinds);
  const agreed = definition && definition === content?.kind ? definition : undefined;
  return {
    header,
    keys,
    event,
    definition,
    content: content?.kind,
    claim: content?.claim,
    kind: agreed ?? event ?? definition ?? content?.kind,
  };
}

export function isResponse(announced: Announced, { envelope }: Knowledge): boolean {
  return announced.kind?.event === envelope.responseEvent;
}

/** What a person calls a kind of message: its event and what the code system says of that. */
export function nameOf({ event }: EventUse, { envelope, registry }: Knowledge): string {
  const display = registry.codeSystem(envelope.eventSystem)?.concepts.find(({ code }) => code === event)?.display;
  return display === undefined ? event : `${event} (${display})`;
}

/** The mistake of the guide itself that stands here, if it is one. */
export function slipIn(kind: EventUse, at: Slip['at'], value: string): Slip | undefined {
  return kind.header?.slips?.find((slip) => slip.at === at && slip.value === value);
}

/** The url as it is written now, without version. */
export function currentDefinition(url: string, { retiredDefinition }: Envelope): string {
  return withoutVersion(url).replace(retiredDefinition.infix, '-');
}

/** Told by its event or by its handling specification, so that a mistake in one of them is still found. */
function isItk3({ event, extension }: Json, { eventSystem, handling }: Envelope): boolean {
  if (isObject(event) && event.system === eventSystem) return true;
  return list(extension).some((e) => isObject(e) && e.url === handling);
}

function kindsOf({ envelope, useCases }: Knowledge): EventUse[] {
  const response = { event: envelope.responseEvent, messageDefinition: envelope.responseMessageDefinition };
  return [...useCases.map((useCase) => ({ ...useCase, event: useCase.event.code })), response, ...envelope.events];
}

/** A package of the user's may bring definitions of its own. */
function kindOfDefinition(url: string, kinds: EventUse[], { envelope, registry }: Knowledge): EventUse | undefined {
  const current = currentDefinition(url, envelope);
  const event = registry.messageDefinition(current)?.event.code;
  return kinds.find((kind) => kind.messageDefinition === current) ?? kinds.find((kind) => kind.event === event);
}

interface Content {
  kind?: EventUse;
  claim?: Pointer;
}

function claimedKind(message: Message, kinds: EventUse[]): Content | undefined {
  const document = focusOf(message);
  const composition = document && entriesOf(message, document)[0];
  if (composition?.type !== 'Composition' || !isObject(composition.resource.meta)) return undefined;
  for (const [i, url] of list(composition.resource.meta.profile).entries()) {
    const kind =
      typeof url === 'string' ? kinds.find(({ composition }) => composition === withoutVersion(url)) : undefined;
    if (kind) return { kind, claim: join(composition.pointer, 'meta', 'profile', i) };
  }
  return undefined;
}
