// Codes, systems and displays of a place: those that the guides name there, then those of the value sets that bind it.
import { BASE, type Registry } from '../../core/definitions/registry';
import { codeDraft } from '../../core/draft/coded';
import { filled } from '../../core/draft/draft';
import { join, parentOf, valueAt } from '../../core/document/pointer';
import { object } from '../../core/json';
import { bindingsAt, type CodingPart, codingPart } from '../bindings';
import { type Coded, codesOf, type Described, valueSetName } from '../describe';
import { prose } from '../hover/markdown';
import { type Guided, guidedCodes } from './guide';
import type { Offer } from './offer';
import type { Spot } from './spot';
import { isWholeList } from './whole-list';

/** A code that may stand here, and why it is offered when it is in no value set alone. */
type Known = Coded & Partial<Pick<Guided, 'says' | 'source' | 'isMeant'>>;

export function codeOffers(spot: Spot, described: Described): Offer[] {
  const { cursor, knowledge, root, elementsAt } = spot;
  const part = codingPart(cursor.pointer, elementsAt);
  const codes = codesAt(spot, part);
  if (codes.length === 0 && bindingsAt(cursor.pointer, elementsAt).length === 0) return [];
  const sibling = part === undefined ? {} : object(valueAt(root, parentOf(cursor.pointer)));
  const fitting =
    typeof sibling.system === 'string' && part !== 'system' ? codes.filter((c) => c.system === sibling.system) : codes;
  switch (part) {
    case 'system':
      return systemOffers(codes, spot);
    case 'display':
      return displayOffers(fitting, sibling.code);
    case 'code':
    case undefined: {
      const write = writerOf(described, knowledge.registry);
      if (!write) return [];
      const many = isWholeList(cursor.pointer, described.elements);
      const sets = setsAt(spot);
      return likeliestFirst(allowedBy(spot, described, fitting), described, spot).map((code) =>
        offerOf(code, sets, many ? [write(code)] : write(code)),
      );
    }
  }
}

/** The guides' before those of value sets; what one says of a code and what the other says are put together. */
function codesAt(spot: Spot, part: CodingPart | undefined): Known[] {
  const { cursor, knowledge, elementsAt } = spot;
  const coding = part === undefined ? cursor.pointer : parentOf(cursor.pointer);
  const bindings = bindingsAt(cursor.pointer, elementsAt);
  const bound = codesOf(bindings, knowledge);
  const guided = guidedCodes(coding.replace(/\/coding(\/\d+)?$/, ''), spot);
  const disputed = knowledge.contradictions.filter(({ valueSet }) => bindings.some((b) => b.valueSet === valueSet));
  const codes = new Map<string, Known>();
  for (const code of [
    ...guided,
    ...bound,
    ...disputed.map((d) => ({ ...d, says: 'the sources differ', source: d.says })),
  ]) {
    // A code that stands alone has no system of its own.
    const alone = code.system === '' ? bound.find((b) => b.code === code.code) : undefined;
    const key = `${alone?.system ?? code.system}|${code.code}`;
    codes.set(key, { ...code, ...alone, ...codes.get(key) });
  }
  return [...codes.values()];
}

function setsAt({ cursor, elementsAt, knowledge }: Spot): string {
  const bindings = bindingsAt(cursor.pointer, elementsAt);
  return [...new Set(bindings.map((b) => valueSetName(b.valueSet, knowledge.registry)))].join(', ');
}

function systemOffers(codes: Known[], spot: Spot): Offer[] {
  const { registry } = spot.knowledge;
  const sets = setsAt(spot);
  return [...new Set([...codes.map((c) => c.system), ...unlisted(spot)])].map((system) => ({
    label: system,
    kind: 'value',
    draft: system,
    detail: registry.codeSystem(system)?.name,
    documentation: () => (sets === '' ? undefined : `A code system of the value set ${sets}.`),
  }));
}

function displayOffers(codes: Known[], code: unknown): Offer[] {
  return codes
    .filter((c) => c.display !== undefined && (code === undefined || code === null || c.code === code))
    .map((c) => ({ label: c.display!, kind: 'value', draft: c.display, detail: c.code, preselect: c.code === code }));
}

/** Of a Coding to be written, what its fixed parts allow; a code that is fixed itself need be in no value set. */
function allowedBy({ cursor, elementsAt }: Spot, { types }: Described, known: Known[]): Known[] {
  const coding = types[0]?.code === 'CodeableConcept' ? join(cursor.pointer, 'coding') : cursor.pointer;
  const fixed = (part: CodingPart): string | undefined =>
    elementsAt(join(coding, part))
      .map((element) => element.fixed)
      .find((value) => typeof value === 'string');
  const [system, code] = [fixed('system'), fixed('code')];
  const display = fixed('display');
  const allowed = known
    .filter((c) => c.system === (system ?? c.system) && c.code === (code ?? c.code))
    .map((c) => (display === undefined ? c : { ...c, display }));
  if (allowed.length > 0 || system === undefined || code === undefined) return allowed;
  return [{ system, code, ...(display !== undefined && { display }) }];
}

/** Where no guide names one, what a message about things past most often says. */
function likeliestFirst(codes: Known[], { elements, types }: Described, { knowledge }: Spot): Known[] {
  if (types[0]?.code !== 'code' || codes[0]?.says !== undefined) return codes;
  const likeliest = filled(codeDraft(elements, knowledge));
  return [...codes.filter((c) => c.code === likeliest), ...codes.filter((c) => c.code !== likeliest)];
}

/** How a code is written in an element of this type; undefined where a code alone makes no value, as in a Quantity. */
function writerOf({ types }: Described, registry: Registry): ((coded: Coded) => unknown) | undefined {
  const type = types[0]?.code ?? '';
  const coding = ({ system, code, display }: Coded): object => ({ system, code, display });
  if (type === 'Coding') return coding;
  if (type === 'CodeableConcept') return (coded) => ({ coding: [coding(coded)] });
  return registry.definition(BASE + type)?.kind === 'primitive-type' ? ({ code }) => code : undefined;
}

function offerOf(
  { code, display, definition, system, says, source, isMeant }: Known,
  sets: string,
  value: unknown,
): Offer {
  return {
    label: code,
    kind: 'code',
    draft: value,
    filter: display === undefined ? code : `${code} ${display}`,
    detail: [display, says].filter(Boolean).join(' · ') || undefined,
    documentation: () =>
      [definition && prose(definition), source && prose(source), sets && `Value set ${sets}`, system && `\`${system}\``]
        .filter(Boolean)
        .join('\n\n'),
    ...(isMeant && { preselect: true }),
  };
}

/** Systems of which codes may stand but cannot be listed here, such as SNOMED CT. */
function unlisted({ cursor, knowledge, elementsAt }: Spot): string[] {
  return bindingsAt(cursor.pointer, elementsAt)
    .filter((b) => b.strength !== 'example')
    .flatMap((b) => [...(knowledge.terminology.expand(b.valueSet)?.unlisted ?? [])]);
}
