// Identifiers: whole ones by their slice or system, systems, and numbers that are nobody's.
import { draftOf } from '../../core/draft/element';
import { numberDraft } from '../../core/draft/plain';
import { filled } from '../../core/draft/draft';
import { parentOf, segmentsOf, valueAt } from '../../core/document/pointer';
import type { Located } from '../../core/itk3/message';
import { isObject, object, text } from '../../core/json';
import { NHS_NUMBER_SYSTEM } from '../../core/nhs/nhs-number';
import { UUIDS } from '../../core/uuid';
import { lastPart } from '../../core/definitions/registry';
import type { Described } from '../describe';
import { freshNow } from '../fresh-now';
import { draftingAt } from './drafting';
import { freshUuid } from './fresh';
import type { Offer } from './offer';
import { slicesAt } from './slices';
import type { Spot } from './spot';
import { isWholeList } from './whole-list';

export function identifierOffers(spot: Spot, { types, elements }: Described): Offer[] {
  const { pointer } = spot.cursor;
  if (types[0]?.code === 'Identifier') {
    const many = isWholeList(pointer, elements);
    const sliced = slicesAt(spot);
    const bySlice = sliced.map((slice) => {
      const draft = draftOf(slice, draftingAt(spot));
      return { draft, system: text(object(draft).system), slice };
    });
    const known = new Set(bySlice.map(({ system }) => system));
    const bySystem = systemsFor(spot)
      .filter((system) => !known.has(system))
      .map((system) => ({ system, draft: { system, value: numberDraft(system, freshNow()) }, slice: undefined }));
    return [...bySlice, ...bySystem].map(({ draft, system, slice }) => ({
      label: slice?.[0]?.sliceName ?? lastPart(system ?? ''),
      kind: 'value',
      draft: many ? [draft] : draft,
      detail: system,
    }));
  }
  const owner = spot.elementsAt(parentOf(pointer));
  if (!owner.some((e) => e.types[0]?.code === 'Identifier')) return [];
  const name = segmentsOf(pointer).at(-1);
  if (name === 'system') return systemOffers(spot);
  return name === 'value' ? numberOffers(spot) : [];
}

/** The systems by which resources of the type are known, as the guides and the message have them. */
function systemsFor({ at, message, knowledge }: Spot): string[] {
  const { envelope, useCases } = knowledge;
  const guided =
    at.type === 'Patient'
      ? [NHS_NUMBER_SYSTEM]
      : at.type === 'Organization'
        ? [envelope.odsSystem]
        : at.type === 'Practitioner'
          ? useCases.flatMap((useCase) => useCase.practitioner?.registers ?? [])
          : [UUIDS];
  const used = message.resources.filter((r) => r.type === at.type).flatMap((r) => identifiersIn(r));
  return [...new Set([...guided, ...used.flatMap(({ system }) => text(system) ?? [])])];
}

function identifiersIn({ resource }: Located): Record<string, unknown>[] {
  return [resource.identifier].flat().filter(isObject);
}

function systemOffers(spot: Spot): Offer[] {
  return systemsFor(spot).map((system) => ({ label: system, kind: 'value', draft: system, detail: lastPart(system) }));
}

/** Numbers of the system beside: fresh ones, and those that the message has. */
function numberOffers(spot: Spot): Offer[] {
  const { system } = object(valueAt(spot.root, parentOf(spot.cursor.pointer)));
  if (typeof system !== 'string') return [];
  const used = spot.message.resources
    .filter((r) => r !== spot.at)
    .flatMap((r) => identifiersIn(r).map((identifier) => ({ type: r.type, identifier })))
    .filter(({ identifier }) => identifier.system === system);
  const values = new Map(
    used.flatMap(({ type, identifier: { value } }) => (typeof value === 'string' ? [[value, type]] : [])),
  );
  const inMessage = [...values].map(([value, type]): Offer => ({
    label: value,
    kind: 'value',
    draft: value,
    detail: `of a ${type} here`,
  }));
  if (system === UUIDS) return [freshUuid('')];
  const example = filled(numberDraft(system, freshNow()));
  if (example === 'example' || values.has(String(example))) return inMessage;
  const isNhsNumber = system === NHS_NUMBER_SYSTEM;
  const fresh: Offer = {
    label: isNhsNumber ? '999…' : String(example),
    kind: 'value',
    draft: example,
    detail: isNhsNumber ? 'a valid number of the test range' : 'of the right form, and nobody’s',
  };
  return [...inMessage, fresh];
}
