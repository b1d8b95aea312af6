// What ITK3 and the guides ask at a place beyond profiles: from the rules, and from what the kinds of message say as data.
import { documentOf } from '../../core/itk3/document';
import { ownerOf } from '../../core/itk3/owners';
import { isResponse, readAnnounced } from '../../core/itk3/message-kind';
import type { Advice, Coded, HandlingValue, HeaderRules, SectionUse, UseCase } from '../../core/itk3/use-case';
import { RULES } from '../../core/rules';
import { rulesAt } from '../../core/rules/places';
import { isObject, text } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import { NHS_NUMBER_SYSTEM } from '../../core/nhs/nhs-number';
import { code, prose } from './markdown';
import { rowsOf, sectionAround } from './sections';
import { writtenAt } from './written';
import { from, linked } from './sources';
import type { Spot } from './spot';

/** What the kind of message asks here in particular, as lines of markdown. @param path with its slices */
export function askedHere(path: string, spot: Spot): string[] {
  const { header, useCases } = kindOf(spot);
  const bare = path.replace(/:[^.]+/g, '');
  return [
    ...handlingAsked(path, header),
    ...headerAsked(bare, header),
    ...useCases.flatMap((useCase) => DOCUMENT.get(bare)?.(useCase, spot) ?? []),
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
const DOCUMENT: ReadonlyMap<string, Ask> = new Map<string, Ask>([
  [
    'Composition.type',
    ({ documentType: asked }) =>
      asked ? [`${shown(asked.code)} since version ${asked.since ?? '1'} ${from(asked.source)}`] : [],
  ],
  [
    'Composition.extension',
    ({ careSetting: asked }, { value }) =>
      asked && isObject(value) && value.url === asked.extension ? [`${shown(asked.code)} ${from(asked.source)}`] : [],
  ],
  ['Composition.section.text', (_, spot) => sectionAsked(spot, ({ rows }) => rows.length > 0 && rowsOf(rows))],
  [
    'Composition.section.entry',
    (_, spot) => sectionAsked(spot, ({ entry }) => (entry === null ? 'Text only, no entry' : `One ${code(entry)}`)),
  ],
  [
    'MedicationDispense.status',
    ({ dispense: asked }) => (asked ? [`${code(asked.status)} for a supply that was made ${from(asked.source)}`] : []),
  ],
  [
    'MedicationDispense.daysSupply',
    ({ dispense: asked }, spot) =>
      asked ? [`In days: ${code(writtenAt(spot, asked.daysSupply))} ${from(asked.source)}`] : [],
  ],
  [
    'AllergyIntolerance.verificationStatus',
    ({ allergy: asked }) => (asked ? [`Not ${asked.refused.map(code).join(' or ')} ${from(asked.source)}`] : []),
  ],
  [
    'Practitioner.identifier',
    ({ practitioner: asked }, { knowledge }) =>
      asked
        ? [
            `Of an author one of ${asked.registers.map((url) => nameOf(url, knowledge)).join(', ')} ${from(asked.source)}`,
          ]
        : [],
  ],
  [
    'Patient.identifier.extension',
    ({ patient: asked }, { beside }) =>
      asked && beside.system === NHS_NUMBER_SYSTEM
        ? [`${shown(asked.verified)} for a number that was traced ${from(asked.source)}`]
        : [],
  ],
  [
    'Binary.contentType',
    ({ attachments: asked }) => (asked ? [`${asked.contentTypes.map(code).join(' or ')} ${from(asked.source)}`] : []),
  ],
  [
    'Bundle.entry',
    ({ entries: asked }, { at }) =>
      asked && at.resource.type === 'document'
        ? [`${[...counts('at least', asked.least), ...counts('at most', asked.most)].join(', ')} ${from(asked.source)}`]
        : [],
  ],
]);

function sectionAsked(spot: Spot, ask: (use: SectionUse) => string | false): string[] {
  const use = sectionAround(spot)?.section.use;
  const asked = use && ask(use);
  return asked ? [`${asked} ${from(use.source)}`] : [];
}

function nameOf(system: string, knowledge: Knowledge): string {
  const owner = ownerOf(system, knowledge);
  return owner?.prefix === system ? prose(owner.name) : code(system);
}

function counts(how: string, entries: Record<string, number>): string[] {
  return Object.entries(entries).map(([type, count]) => `${how} ${count} ${code(type)}`);
}
