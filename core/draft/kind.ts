// The kinds of message that can be drafted: those of which the guides are known, and those that only a definition tells of.
import type { MessageDefinition } from '../definitions/definition';
import type { Message } from '../itk3/message';
import { readAnnounced } from '../itk3/message-kind';
import { documentOf } from '../itk3/document';
import type { HandlingValue, ResourceUse, UseCase } from '../itk3/use-case';
import { versionsOf } from '../itk3/versions';
import { object, text } from '../json';
import type { Knowledge } from '../knowledge';

export interface Kind {
  /** By which a person asks for it. */
  name: string;
  title: string;
  event: MessageDefinition['event'];
  messageDefinition: string;
  /** Profile of the bundle around everything. */
  bundle: string;
  /** What is in that bundle, and what in the document in it. */
  envelope: readonly ResourceUse[];
  document: readonly ResourceUse[];
  useCase?: UseCase;
  /** What the keys of the handling extension say. */
  handling: readonly HandlingValue[];
  /** Of the guide, the newest first; none where no guide is known. */
  versions: readonly string[];
}

/** Asked at every draft, so they are made once. */
const KINDS = new WeakMap<Knowledge, Kind[]>();

/** All kinds at hand, those with a guide first, but acknowledgements, which are no new messages: they answer one. */
export function kindsOf(knowledge: Knowledge): readonly Kind[] {
  let kinds = KINDS.get(knowledge);
  if (!kinds) KINDS.set(knowledge, (kinds = makeKinds(knowledge)));
  return kinds;
}

function makeKinds(knowledge: Knowledge): Kind[] {
  const { useCases, envelope, registry } = knowledge;
  const told = new Set([envelope.responseMessageDefinition, envelope.payloadDefinition.url]);
  for (const { messageDefinition } of useCases) told.add(messageDefinition);
  return [
    ...useCases.map((useCase): Kind => ({
      name: useCase.messageKind,
      title: useCase.title,
      event: useCase.event,
      messageDefinition: useCase.messageDefinition,
      bundle: envelope.messageBundle,
      envelope: envelope.resources,
      document: useCase.resources,
      useCase,
      handling: useCase.header?.handling ?? [],
      versions: versionsOf(useCase),
    })),
    ...registry
      .messageDefinitions()
      .filter(({ url }) => !told.has(url))
      .map((definition) => kindByDefinition(definition, knowledge)),
  ];
}

/** Made of the profiles that the definition lists. */
function kindByDefinition({ url, title, event, focus, assets }: MessageDefinition, knowledge: Knowledge): Kind {
  const { registry, envelope } = knowledge;
  const name = url.slice(url.lastIndexOf('/') + 1);
  const typeOf = (profile: string): string | undefined => {
    const definition = registry.definition(profile);
    return definition?.kind === 'resource' && registry.isResource(definition.type) ? definition.type : undefined;
  };
  const document = assets.flatMap((profile): ResourceUse[] => {
    const type = typeOf(profile);
    if (type === undefined || ENVELOPE.has(type)) return [];
    return [useOf(profile, type, type === 'Composition' ? 1 : 0)];
  });
  const composition = document.find(({ type }) => type === 'Composition');
  const inDocument = composition ? [composition, ...document.filter(({ type }) => type !== 'Composition')] : document;
  const isBundle = focus?.type === 'Bundle';
  const subject = focus && !isBundle ? useOf(focus.profile ?? '', focus.type, 1, ['header.focus']) : undefined;
  // Without a document, what the message is about stands beside its header.
  const around = envelope.resources.filter((use) => use.role !== 'document' || (composition && !subject));
  return {
    name,
    title: title ?? event.display ?? name,
    event,
    messageDefinition: url,
    bundle: isBundle && focus.profile !== undefined && typeOf(focus.profile) ? focus.profile : envelope.messageBundle,
    envelope: subject ? [...around, { ...subject, role: 'document' }] : around,
    document: composition && !subject ? inDocument : [],
    handling: envelope.events.find((use) => use.event === event.code)?.header?.handling ?? [],
    versions: [],
  };
}

const ENVELOPE: ReadonlySet<string> = new Set(['Bundle', 'MessageHeader', 'OperationOutcome']);

/** @param profile its url; empty where only the type is known */
export function useOf(profile: string, type: string, min: number, ledToBy: string[] = []): ResourceUse {
  const role = profile === '' ? type : profile;
  return { role, type, profile, title: type, min, ledToBy, values: {} };
}

export function kindNamed(name: string, knowledge: Knowledge): Kind | undefined {
  return kindsOf(knowledge).find((kind) => kind.name === name);
}

const ANSWERS = new WeakMap<Knowledge, Kind>();

/** What an acknowledgement is made of; undefined where its definition is not at hand. */
export function answerKind(knowledge: Knowledge): Kind | undefined {
  const known = ANSWERS.get(knowledge);
  const { envelope, registry } = knowledge;
  const event = registry.messageDefinition(envelope.responseMessageDefinition)?.event;
  if (known || !event) return known;
  const kind: Kind = {
    name: 'acknowledgement',
    title: 'Acknowledgement',
    event,
    messageDefinition: envelope.responseMessageDefinition,
    bundle: envelope.messageBundle,
    envelope: envelope.response.parts,
    document: [],
    handling: envelope.response.handling,
    versions: [],
  };
  ANSWERS.set(knowledge, kind);
  return kind;
}

/** What a message is, or most likely becomes while it does not say; undefined when it says that it is something else. */
export function kindOf(message: Message | undefined, knowledge: Knowledge): Kind | undefined {
  const kinds = kindsOf(knowledge);
  const event = message && readAnnounced(message, knowledge)?.kind?.event;
  const useCase = message && documentOf(message, knowledge)?.useCase;
  const header = message?.entries.get(message.root)?.byType.get('MessageHeader')?.[0]?.resource;
  const said = event ?? text(object(header?.event).code);
  if (said === knowledge.envelope.responseEvent) return answerKind(knowledge);
  if (said !== undefined) return kinds.find((kind) => kind.event.code === said);
  return kinds.find((kind) => useCase !== undefined && kind.useCase === useCase) ?? kinds[0];
}
