import { join } from '../document/pointer';
import { documentOf, guideOf, patientOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import type { UseCase } from '../itk3/use-case';
import { isObject, type Json, list, object } from '../json';
import { NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The guide asks for number and birth date only, and for no more than them where the number is verified. */
export const patientIdentity: Rule = {
  id: 'patient-identity',
  severity: 'error',
  asks: 'The patient has an NHS number and a birth date; without a verified number also names, gender and address.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-PDS-02 and FHIR-DEM-02; GP Connect Emergency Supply 1.3.0'),
  absence: true,
  check({ message, knowledge }, say) {
    const document = documentOf(message, knowledge);
    const patient = document && patientOf(message, document);
    if (!patient) return;
    const { resource, pointer } = patient;
    const number = identifiersOf(patient, [NHS_NUMBER_SYSTEM])[0]?.identifier;
    const missing = number && isVerified(number, document.useCase) ? birthDate(resource) : demographics(resource);
    const guide = guideOf(document.useCase);
    if (!number) {
      const also = missing.length > 0 ? `; without one, ${missing.join(', ')} must be there` : '';
      say(
        pointer,
        `The patient has no NHS number, by which ${guide} messages find the practice and the person${also}.`,
        {
          part: 'key',
          severity: missing.length > 0 ? 'error' : 'warning',
        },
      );
    } else if (missing.length > 0) {
      const why =
        missing.length > 1 || missing[0] !== 'birthDate' ? 'as the NHS number is not verified' : `by ${guide}`;
      say(pointer, `The patient has no ${missing.join(', ')}: asked for ${why}.`, { part: 'key' });
    }
    const born = resource.birthDate;
    if (typeof born === 'string' && /^\d{4}(-\d\d)?$/.test(born))
      say(join(pointer, 'birthDate'), 'The birth date is not whole: MESH finds the practice by year, month and day.', {
        severity: 'warning',
      });
  },
};

function isVerified(number: Json, { patient }: UseCase): boolean {
  if (!patient) return true;
  const statuses = list(number.extension).filter((e): e is Json => isObject(e) && e.url === patient.verification);
  // A number without a status is a matter of the profile.
  return statuses.every(({ valueCodeableConcept: concept }) =>
    list(object(concept).coding).every((c) => !isObject(c) || c.code === patient.verified.code),
  );
}

function birthDate(patient: Json): string[] {
  return patient.birthDate === undefined ? ['birthDate'] : [];
}

function demographics(patient: Json): string[] {
  const names = list(patient.name).filter(isObject);
  const postcode = list(patient.address).some((a) => isObject(a) && a.postalCode !== undefined);
  return [
    ...(names.some((n) => list(n.given).length > 0) ? [] : ['given name']),
    ...(names.some((n) => n.family !== undefined) ? [] : ['family name']),
    ...(patient.gender === undefined ? ['gender'] : []),
    ...birthDate(patient),
    ...(list(patient.address).length === 0 ? ['address with a postcode'] : postcode ? [] : ['postcode']),
  ];
}
