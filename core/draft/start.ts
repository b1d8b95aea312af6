// What a draft of each kind of value begins with; what else is required goes around it.
import type { Json } from '../json';
import { UCUM } from '../ucum';
import { codingDraft } from './coded';
import { hole } from './draft';
import type { Drafting } from './drafting';
import { plainDraft } from './plain';
import { bindingOf, fixedIn, insideOf, oneSlice, type Spot } from './spot';
import { referenceDraft } from './wire';

/** Gives the text of a reference to something that fits the place, where it knows of such a thing. */
export type Refer = (spot: Spot) => string | undefined;

/** What the kind of value begins with, beyond what must be inside. */
export function startOf(code: string, spot: Spot, drafting: Drafting, refer?: Refer): Json | undefined {
  switch (code) {
    case 'Coding':
      return codingDraft(spot, drafting.knowledge, systemIn(spot, drafting));
    case 'CodeableConcept': {
      const codings = insideOf(spot, drafting.knowledge.registry).get('coding') ?? [];
      const coding = codingDraft(bindingOf(spot) ? spot : codings, drafting.knowledge, systemIn(codings, drafting));
      return coding && { coding: [coding] };
    }
    case 'Reference':
      return { reference: refer?.(spot) ?? referenceDraft(spot, drafting) };
    case 'Bundle':
      return firstEntry(spot, drafting);
    case 'Age':
    case 'Count':
    case 'Distance':
    case 'Duration':
    case 'Money':
      return { value: hole(1), ...UNITS[code] };
    case 'Narrative':
      return { status: 'generated', div: plainDraft('xhtml', 'div', drafting.fresh) };
    default:
      return undefined;
  }
}

/** Of quantities whose unit says what they are. */
const UNITS = {
  Age: { unit: 'year', system: UCUM, code: 'a' },
  Count: { unit: '1', system: UCUM, code: '1' },
  Distance: { unit: 'metre', system: UCUM, code: 'm' },
  Duration: { unit: 'hour', system: UCUM, code: 'h' },
  Money: { unit: 'GBP', system: 'urn:iso:std:iso:4217', code: 'GBP' },
};

/** The system that the codings of a place all have. */
function systemIn(codings: Spot, { knowledge }: Drafting): unknown {
  return fixedIn(insideOf(oneSlice(codings), knowledge.registry).get('system') ?? []);
}

/** A message begins with its header, a document with its Composition. */
function firstEntry(spot: Spot, { knowledge, fresh }: Drafting): Json | undefined {
  const kind = fixedIn(insideOf(spot, knowledge.registry).get('type') ?? []);
  const resourceType = kind === 'message' ? 'MessageHeader' : kind === 'document' ? 'Composition' : undefined;
  if (resourceType === undefined) return undefined;
  const id = fresh.randomUUID();
  return { entry: [{ fullUrl: `urn:uuid:${id}`, resource: { resourceType, id } }] };
}
