// Codes, systems and displays of the value sets that bind the value at the cursor.
import { BASE, type Registry } from '../../core/definitions/registry';
import { join, parentOf, valueAt } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import { bindingsAt, type CodingPart, codingPart } from '../bindings';
import { type Coded, codesOf, type Described, valueSetName } from '../describe';
import { prose } from '../hover/markdown';
import type { Offer } from './offer';
import type { Spot } from './spot';
import { isWholeList } from './draft';

export function codeOffers(spot: Spot, described: Described): Offer[] {
  const { cursor, knowledge, root, elementsAt } = spot;
  const bindings = bindingsAt(cursor.pointer, elementsAt);
  if (bindings.length === 0) return [];
  const part = codingPart(cursor.pointer, elementsAt);
  const beside = part === undefined ? undefined : valueAt(root, parentOf(cursor.pointer));
  const sibling = isObject(beside) ? beside : {};
  const codes = codesOf(bindings, knowledge);
  const fitting =
    typeof sibling.system === 'string' && part !== 'system' ? codes.filter((c) => c.system === sibling.system) : codes;
  const sets = [...new Set(bindings.map((b) => valueSetName(b.valueSet, knowledge.registry)))].join(', ');
  switch (part) {
    case 'system':
      return [...new Set([...codes.map((c) => c.system), ...unlisted(spot)])].map((system) => ({
        label: system,
        kind: 'value',
        draft: system,
        detail: knowledge.registry.codeSystem(system)?.name,
        documentation: () => `A code system of the value set ${sets}.`,
      }));
    case 'display':
      return fitting
        .filter(
          (c) =>
            c.display !== undefined && (sibling.code === undefined || sibling.code === null || c.code === sibling.code),
        )
        .map((c) => ({
          label: c.display!,
          kind: 'value',
          draft: c.display,
          detail: c.code,
          preselect: c.code === sibling.code,
        }));
    case 'code':
    case undefined: {
      const write = writerOf(described, knowledge.registry);
      const many = isWholeList(cursor.pointer, described.elements);
      const allowed = allowedBy(spot, described, fitting);
      return write ? allowed.map((code) => offerOf(code, sets, many ? [write(code)] : write(code))) : [];
    }
  }
}

/** Of a Coding to be written, what its fixed parts allow; a code that is fixed itself need be in no value set. */
function allowedBy({ cursor, elementsAt }: Spot, { types }: Described, known: Coded[]): Coded[] {
  const coding = types[0]?.code === 'CodeableConcept' ? join(cursor.pointer, 'coding') : cursor.pointer;
  const fixed = (part: CodingPart): string | undefined =>
    elementsAt(join(coding, part))
      .map((element) => element.fixed)
      .find((value) => typeof value === 'string');
  const [system, code] = [fixed('system'), fixed('code')];
  const allowed = known.filter((c) => c.system === (system ?? c.system) && c.code === (code ?? c.code));
  if (allowed.length > 0 || system === undefined || code === undefined) return allowed;
  return [{ system, code, display: fixed('display') }];
}

/** How a code is written in an element of this type; undefined where a code alone makes no value, as in a Quantity. */
function writerOf({ types }: Described, registry: Registry): ((coded: Coded) => unknown) | undefined {
  const type = types[0]?.code ?? '';
  const coding = ({ system, code, display }: Coded): object => ({ system, code, display });
  if (type === 'Coding') return coding;
  if (type === 'CodeableConcept') return (coded) => ({ coding: [coding(coded)] });
  return registry.definition(BASE + type)?.kind === 'primitive-type' ? ({ code }) => code : undefined;
}

function offerOf({ code, display, definition, system }: Coded, sets: string, value: unknown): Offer {
  return {
    label: code,
    kind: 'code',
    draft: value,
    filter: display === undefined ? code : `${code} ${display}`,
    detail: display,
    documentation: () =>
      [definition && prose(definition), `Value set ${sets}`, `\`${system}\``].filter(Boolean).join('\n\n'),
  };
}

/** Systems of which codes may stand but cannot be listed here, such as SNOMED CT. */
function unlisted({ cursor, knowledge, elementsAt }: Spot): string[] {
  return bindingsAt(cursor.pointer, elementsAt)
    .filter((b) => b.strength !== 'example')
    .flatMap((b) => [...(knowledge.terminology.expand(b.valueSet)?.unlisted ?? [])]);
}
