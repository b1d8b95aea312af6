// Texts that follow from what stands elsewhere in the message or in the guide.
import { parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { codingsOf } from '../../core/itk3/codings';
import { entriesOf, focusOf, type Located, referenceIn, resolve } from '../../core/itk3/message';
import { listedName } from '../../core/itk3/person-name';
import { isObject, type Json, list, object, text } from '../../core/json';
import { formsOf, useCasesAt } from './guide';
import type { Offer } from './offer';
import type { Spot } from './spot';

export function textOffers(spot: Spot): Offer[] {
  const { pointer } = spot.cursor;
  const owner = parentOf(pointer);
  const name = segmentsOf(pointer).at(-1)!;
  const beside = object(valueAt(spot.root, owner));
  const path = spot.elementsAt(pointer)[0]?.path;
  if (path === 'Composition.section.title') return sectionTitles(beside, owner, spot);
  if (path === 'Reference.display') return displays(beside, spot);
  if (path === 'Dosage.text') return doses(spot);
  return name.startsWith('value') && typeof beside.url === 'string' ? partsNamed(beside.url, owner, spot) : [];
}

/** The title of the code beside, else those of sections that are not there yet. */
function sectionTitles({ code }: Json, section: Pointer, spot: Spot): Offer[] {
  const codes = codesIn(code);
  const others = list(valueAt(spot.root, parentOf(section))).filter((one) => one !== valueAt(spot.root, section));
  const there = new Set(others.flatMap((one) => codesIn(object(one).code)));
  const forms = useCasesAt(spot).flatMap(({ sections }) => sections.flatMap(formsOf));
  const fitting = forms.filter((form) =>
    codes.length > 0 ? codes.includes(form.code.code) : !there.has(form.code.code),
  );
  return fitting.map((form) => ({
    label: form.title,
    kind: 'value',
    draft: form.title,
    detail: form.isOld ? `up to ${form.until ?? 'now'} of the guide` : form.code.code,
    ...(codes.length > 0 && { preselect: true }),
  }));
}

function codesIn(concept: unknown): unknown[] {
  return codingsOf(concept, '').map(({ coding }) => coding.code);
}

/** What the guide wants as the value of a part of the handling extension, and other extensions of text. */
function partsNamed(url: string, extension: Pointer, spot: Spot): Offer[] {
  const useCases = useCasesAt(spot);
  const isHandling = spot.at.type === 'MessageHeader' && /\/extension\/\d+\/extension\/\d+$/.test(extension);
  if (isHandling) {
    const asked = useCases.flatMap(({ header }) => header?.handling ?? []).filter(({ key }) => key === url);
    const offers = asked.map(({ value, says }): Offer => {
      return {
        label: String(value),
        kind: 'value',
        draft: value,
        detail: 'guide’s value',
        documentation: () => says,
        preselect: true,
      };
    });
    return url === 'SenderReference' ? [...contacts(spot), none('no reference of the sender’s own')] : offers;
  }
  if (useCases.some(({ dispense }) => dispense?.quantityText === url)) {
    const { value, unit } = object(valueAt(spot.root, parentOf(parentOf(extension))));
    if (typeof value !== 'number' || typeof unit !== 'string') return [];
    const words = `${value} ${unit}`;
    return [{ label: words, kind: 'value', draft: words, detail: 'as the quantity says', preselect: true }];
  }
  return [];
}

function none(detail: string): Offer {
  return { label: 'None', kind: 'value', draft: 'None', detail };
}

/** The contact is what the sender knows the message by. */
function contacts({ message }: Spot): Offer[] {
  const document = focusOf(message);
  const encounters = document ? entriesOf(message, document).filter(({ type }) => type === 'Encounter') : [];
  return encounters.flatMap(({ fullUrl }): Offer[] =>
    fullUrl === undefined
      ? []
      : [{ label: fullUrl, kind: 'value', draft: fullUrl, detail: 'the contact · guide’s value', preselect: true }],
  );
}

/** What a reference leads to, by the name that people know it by. */
function displays(beside: Json, { message, at }: Spot): Offer[] {
  const reference = referenceIn(beside);
  const target = reference === undefined ? undefined : resolve(message, at, reference);
  return namesOf(target).map((name) => ({
    label: name,
    kind: 'value',
    draft: name,
    detail: target?.type,
    preselect: true,
  }));
}

function namesOf(target: Located | undefined): string[] {
  const { name, code } = target?.resource ?? {};
  if (typeof name === 'string') return [name];
  const displays = codingsOf(code, '').flatMap(({ coding }) => text(coding.display) ?? []);
  return [
    ...list(name)
      .filter(isObject)
      .flatMap((one) => listedName(one) ?? []),
    ...displays,
  ];
}

/** How the medicines of the synthetic set are taken; that of the medicine beside first. */
function doses({ at, message, knowledge }: Spot): Offer[] {
  const reference = referenceIn(at.resource.medicationReference);
  const medicine = reference === undefined ? undefined : resolve(message, at, reference);
  const codes = codesIn(medicine?.resource.code ?? at.resource.medicationCodeableConcept);
  return knowledge.invented.medicines
    .filter(({ code }) => codes.length === 0 || codes.includes(code))
    .map(({ dose, display }) => ({ label: dose, kind: 'value', draft: dose, detail: `for ${display}` }));
}
