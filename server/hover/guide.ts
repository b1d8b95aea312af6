// What ITK3 and the guides ask at a place beyond profiles: from the rules, and from what the kinds of message say as data.
import { parentOf } from '../../core/document/pointer';
import { documentOf } from '../../core/itk3/document';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import type { Advice, Coded, HandlingValue, HeaderRules, UseCase } from '../../core/itk3/use-case';
import { RULES } from '../../core/rules';
import { rulesAt } from '../../core/rules/places';
import { text } from '../../core/json';
import { code, prose } from './markdown';
import { from, linked } from './sources';
import type { Spot } from './spot';

/** What the kind of message asks here in particular, as lines of markdown. @param path with its slices */
export function askedHere(path: string, spot: Spot): string[] {
  const { header, useCases } = kindOf(spot);
  const bare = path.replace(/:[^.]+/g, '');
  return [
    ...handlingAsked(path, header),
    ...headerAsked(bare, header),
    ...useCases.flatMap((useCase) => DOCUMENT[bare]?.(useCase, spot) ?? []),
  ];
}

/** What the rules ask here of every message. */
export function rulesHere(path: string, { at }: Spot): string[] {
  const kind = at.type === 'Bundle' ? text(at.resource.type) : undefined;
  return rulesAt(path, kind).flatMap((id) => {
    const rule = RULES.find((one) => one.id === id);
    return rule ? [`${prose(rule.asks)} — ${linked(rule.source)} ${code(id)}`] : [];
  });
}

/** Of a resource alone nobody knows for which kind it is meant. */
function kindOf({ message, knowledge }: Spot): { header?: HeaderRules; useCases: readonly UseCase[] } {
  const announced = readAnnounced(message, knowledge);
  if (announced && isResponse(announced, knowledge))
    return { header: { handling: knowledge.envelope.response.handling }, useCases: [] };
  const document = documentOf(message, knowledge);
  if (document) return { header: announced?.kind?.header, useCases: [document.useCase] };
  if (announced) return { header: announced.kind?.header, useCases: [] };
  const [only, ...others] = knowledge.useCases;
  return others.length === 0 && only ? { header: only.header, useCases: [only] } : { useCases: [] };
}

function said(says: string, source: string): string {
  return `${prose(says)} ${from(source)}`;
}

const HANDLING = /^MessageHeader\.extension:[^.]+\.extension:([^.]+)(\.value\w+)?$/;

function handlingAsked(path: string, header: HeaderRules | undefined): string[] {
  const key = HANDLING.exec(path)?.[1];
  if (key === undefined) return [];
  const asked = (header?.handling ?? []).filter((one) => one.key === key).map(handlingLine);
  const reference = key === 'SenderReference' && header?.senderReference;
  return reference ? [...asked, said(reference.says, reference.source)] : asked;
}

function handlingLine({ value, layer, says, source }: HandlingValue): string {
  const where = layer === undefined ? 'here' : `in ${layer} responses`;
  return `${code(JSON.stringify(value))} ${where}: ${said(says, source)}`;
}

function headerAsked(path: string, header: HeaderRules | undefined): string[] {
  const advice: (Advice | undefined)[] =
    path === 'MessageHeader.sender'
      ? [header?.senderOrganisation, header?.senderOdsCode]
      : path === 'MessageHeader.focus'
        ? [header?.focus]
        : [];
  return advice.flatMap((one) => (one ? [said(capital(one.says), one.source)] : []));
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function shown({ code: word, display }: Coded): string {
  return `${code(word)} ${prose(display)}`;
}

type Ask = (useCase: UseCase, spot: Spot) => string[];

/** By path, from what a kind of message says of its document. */
const DOCUMENT: Readonly<Record<string, Ask | undefined>> = {
  'Composition.type': ({ documentType: asked }) =>
    asked ? [`${shown(asked.code)} since version ${asked.since ?? '1'} ${from(asked.source)}`] : [],
  'Composition.extension': ({ careSetting: asked }, { elements, value }) => {
    const url = (value as { url?: unknown } | null | undefined)?.url;
    const isIt =
      url === asked?.extension || elements.some((e) => e.types[0]?.profiles?.includes(asked?.extension ?? ''));
    return asked && isIt ? [`${shown(asked.code)} ${from(asked.source)}`] : [];
  },
  'MedicationDispense.status': ({ dispense: asked }) =>
    asked ? [`${code(asked.status)} for a supply that was made ${from(asked.source)}`] : [],
  'MedicationDispense.daysSupply': ({ dispense: asked }) =>
    asked ? [`In days: ${code(JSON.stringify(asked.daysSupply))} ${from(asked.source)}`] : [],
  'AllergyIntolerance.verificationStatus': ({ allergy: asked }) =>
    asked ? [`Not ${asked.refused.map(code).join(' or ')} ${from(asked.source)}`] : [],
  'Practitioner.identifier': ({ practitioner: asked }) =>
    asked ? [`One of ${asked.registers.map(code).join(', ')} ${from(asked.source)}`] : [],
  'Patient.identifier.extension': ({ patient: asked }, spot) =>
    asked && spot.name === 'extension' && text(spot.beside.system)?.endsWith('nhs-number')
      ? [`${shown(asked.verified)} for a number that was traced ${from(asked.source)}`]
      : [],
  'Binary.contentType': ({ attachments: asked }) =>
    asked ? [`${asked.contentTypes.map(code).join(' or ')} ${from(asked.source)}`] : [],
  'Bundle.entry': ({ entries: asked }, { at, pointer }) =>
    asked && at.resource.type === 'document' && parentOf(pointer) === at.pointer
      ? [
          `${Object.entries(asked.least)
            .map(([type, count]) => `at least ${count} ${type}`)
            .join(', ')}; ${Object.entries(asked.most)
            .map(([type, count]) => `at most ${count} ${type}`)
            .join(', ')} ${from(asked.source)}`,
        ]
      : [],
};
