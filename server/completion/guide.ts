// The codes that the guides name for a place which the definitions leave open, such as one for any SNOMED CT concept.
import { parentOf, type Pointer, valueAt } from '../../core/document/pointer';
import { codingsOf } from '../../core/itk3/codings';
import { documentOf } from '../../core/itk3/document';
import type { Coded, SectionUse, UseCase } from '../../core/itk3/use-case';
import { list, object, text } from '../../core/json';
import { SNOMED_CT } from '../../core/nhs/snomed-id';
import type { Spot } from './spot';

/** A code, and what the guide says of it. */
export interface Guided extends Coded {
  says: string;
  source: string;
  /** The one that is nearly surely meant. */
  isMeant?: boolean;
}

/** @param concept where the whole Coding, CodeableConcept or Quantity stands */
export function guidedCodes(concept: Pointer, spot: Spot): Guided[] {
  const elements = spot.elementsAt(concept);
  const places = new Set(elements.flatMap(({ path, says }) => [path, says]));
  const invented = MEDICINES.some((place) => places.has(place)) ? medicines(spot) : [];
  const guided = useCasesAt(spot).flatMap((useCase): Guided[] => [
    ...(places.has('MessageHeader.event') ? [eventOf(useCase)] : []),
    ...(places.has('Composition.type') ? documentTypes(useCase) : []),
    ...(places.has('Composition.section.code') ? sectionCodes(useCase, concept, spot) : []),
    ...(useCase.careSetting && places.has(useCase.careSetting.extension) ? [careSetting(useCase.careSetting)] : []),
    ...(useCase.patient && places.has(useCase.patient.verification) ? [verified(useCase.patient)] : []),
    ...dispensed(useCase, places),
    ...(useCase.codes ?? []).filter(({ at }) => places.has(at)).map((code) => ({ says: 'guide’s value', ...code })),
  ]);
  return [...guided, ...invented];
}

const MEDICINES = ['Medication.code', 'MedicationDispense.medication[x]'];

function medicines({ knowledge: { invented } }: Spot): Guided[] {
  return invented.medicines.map(({ code, display }) => ({
    system: SNOMED_CT,
    code,
    display,
    says: 'of the synthetic set',
    source: 'The published examples',
  }));
}

/** The kind of message that this is, else all that are known. */
export function useCasesAt({ message, knowledge }: Pick<Spot, 'message' | 'knowledge'>): UseCase[] {
  const known = documentOf(message, knowledge)?.useCase;
  return known ? [known] : knowledge.useCases;
}

function eventOf({ event, title, guide }: UseCase): Guided {
  return { ...event, says: title, source: `${guide.title} ${guide.version}`, isMeant: true };
}

function careSetting({ code, source }: NonNullable<UseCase['careSetting']>): Guided {
  return { ...code, says: 'guide’s value', source, isMeant: true };
}

function verified({ verified: code, source }: NonNullable<UseCase['patient']>): Guided {
  return { ...code, says: 'guide’s value', source, isMeant: true };
}

function dispensed({ dispense }: UseCase, places: ReadonlySet<string>): Guided[] {
  if (!dispense) return [];
  const { status, daysSupply, source } = dispense;
  const said = { says: 'guide’s value', source, isMeant: true };
  return [
    ...(places.has('MedicationDispense.status') ? [{ system: '', code: status, display: '', ...said }] : []),
    ...(places.has('MedicationDispense.daysSupply') ? [{ ...daysSupply, display: daysSupply.unit, ...said }] : []),
  ];
}

function documentTypes({ documentType, guide }: UseCase): Guided[] {
  if (!documentType) return [];
  const { source, alternatives = [] } = documentType;
  return [
    {
      ...documentType.code,
      says: `guide’s value, since ${documentType.since ?? guide.version}`,
      source,
      isMeant: true,
    },
    ...alternatives.map(({ code, until }) => ({ ...code, says: `up to ${until ?? 'now'} of the guide`, source })),
  ];
}

/** The one of the title beside before those that are not there yet before those of older guides. */
function sectionCodes({ sections }: UseCase, concept: Pointer, { root }: Spot): Guided[] {
  const section = parentOf(concept);
  const title = text(object(valueAt(root, section)).title)?.toLowerCase();
  const there = new Set(
    list(valueAt(root, parentOf(section))).flatMap((one) =>
      codingsOf(object(one).code, '').map(({ coding }) => coding.code),
    ),
  );
  const codes = sections.flatMap((use) =>
    formsOf(use).map((form) => ({ ...form, isThere: there.has(form.code.code) })),
  );
  const isMeant = (form: (typeof codes)[number]): boolean => form.title.toLowerCase() === title;
  const rank = (form: (typeof codes)[number]): number => (isMeant(form) ? 0 : form.isThere ? 3 : form.isOld ? 2 : 1);
  return codes
    .sort((a, b) => rank(a) - rank(b))
    .map((form) => ({
      ...form.code,
      says: form.isOld ? `up to ${form.until ?? 'now'} of the guide` : 'guide’s section',
      source: form.source,
      isMeant: isMeant(form),
    }));
}

/** A section as the guide has it, and as older ones had it. */
export function formsOf(
  use: SectionUse,
): { title: string; code: Coded; source: string; until?: string; isOld: boolean }[] {
  return [{ ...use, isOld: false }, ...(use.alternatives ?? []).map((form) => ({ ...form, isOld: true }))];
}
