// Fixes of what the rules find in NHS numbers, and in what patients are known by.
import { join, type Pointer, valueAt } from '../document/pointer';
import type { Change, Fix } from '../finding';
import { documentOf, patientOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import type { Message } from '../itk3/message';
import type { UseCase } from '../itk3/use-case';
import { asText, type Json, list, text } from '../json';
import { nearest } from '../nearest';
import {
  checkDigit,
  formatNhsNumber,
  isNhsNumber,
  isTestNumber,
  NHS_NUMBER_SYSTEM,
  testNumber,
} from '../nhs/nhs-number';
import { resourceAround } from '../validate/locate';
import type { FixMaker, Fixing } from './fixing';
import { birthDateTold, genderTold, nhsNumberTold, toldOf } from './told';

/** A number that the message has elsewhere; the check digit is reckoned anew only for numbers that nobody has. */
const nhsNumber: FixMaker = ({ pointer }, fixing) => {
  const { message, fresh } = fixing;
  const wrong = asText(valueAt(message.root.resource, pointer)).slice(0, 40);
  const digits = wrong.replace(/[\s-]/g, '');
  const ofPatient = resourceAround(pointer, message)?.type === 'Patient';
  const told = nhsNumberTold(fixing);
  // One person's number is not another's.
  const known = [...(ofPatient ? [] : numbersOf(message)), ...(told !== undefined && isNhsNumber(told) ? [told] : [])];
  const near = nearest(digits, new Set(known.filter((n) => n !== digits)));
  const change = (number: string, what: string, sure: boolean): Fix => ({
    title: `Change to ${formatNhsNumber(number)}, ${what}`,
    sure: sure && (!ofPatient || told === undefined || told === number || told === digits),
    ...everywhere(pointer, digits, number, fixing),
  });
  if (near !== undefined) return [change(near, 'as elsewhere in the message', isTestNumber(near))];
  const asTold = ofPatient && told !== undefined && told !== digits ? [change(told, 'as the text says', false)] : [];
  if (!isTestNumber(digits)) return asTold;
  if (/^(\d)\1{9}$/.test(digits)) return [...asTold, change(testNumber(fresh.random), 'a number for tests', false)];
  const nine = isNhsNumber(digits) ? undefined : /^(\d{9})\w?$/.exec(digits)?.[1];
  const digit = nine === undefined ? undefined : checkDigit(nine);
  return digit === undefined ? asTold : [change(`${nine}${digit}`, 'with its check digit', true), ...asTold];
};

function numbersOf({ resources }: Message): string[] {
  return resources
    .filter(({ type }) => type === 'Patient')
    .flatMap((patient) => identifiersOf(patient, [NHS_NUMBER_SYSTEM]))
    .flatMap(({ identifier }) => text(identifier.value) ?? [])
    .filter(isNhsNumber);
}

/** The text says the same number, so it follows. */
function everywhere(pointer: Pointer, from: string, to: string, fixing: Fixing): Change {
  const cells = toldOf('NHS number', fixing).filter(({ row }) => row.cell.text.replace(/[\s-]/g, '') === from);
  const byDiv = new Map(cells.map((cell) => [cell.pointer, cell]));
  const texts = Array.from(byDiv.values(), ({ pointer: at, div, row: { cell } }): Change => {
    const { offset, length } = cell.within;
    return { kind: 'set', pointer: at, value: div.slice(0, offset) + formatNhsNumber(to) + div.slice(offset + length) };
  });
  const number: Change = { kind: 'set', pointer, value: to };
  return texts.length === 0 ? number : { kind: 'all', changes: [number, ...texts] };
}

/** What the patient lacks, where the text says it. */
const patientFacts: FixMaker = ({ pointer }, fixing) => {
  const { message, knowledge } = fixing;
  const document = documentOf(message, knowledge);
  const patient = document && patientOf(message, document);
  if (!document || !patient) return [];
  const { resource } = patient;
  const birthDate = birthDateTold(fixing);
  if (pointer.endsWith('/birthDate')) {
    const whole = birthDate?.startsWith(asText(resource.birthDate)) ? birthDate : undefined;
    return whole === undefined
      ? []
      : [{ title: `Change to ${whole}, as the text says`, sure: false, kind: 'set', pointer, value: whole }];
  }
  const taken: { what: string; change: Change }[] = [];
  const take = (what: string, name: string, value: unknown): void => {
    taken.push({ what, change: { kind: 'set', pointer: join(patient.pointer, name), value } });
  };
  const number = nhsNumberTold(fixing);
  const status = document.useCase.patient?.verified;
  if (number !== undefined && identifiersOf(patient, [NHS_NUMBER_SYSTEM]).length === 0) {
    const identifiers = join(patient.pointer, 'identifier');
    const value = numbered(number, document.useCase);
    taken.push({
      what: `${formatNhsNumber(number)} (${status ? status.display : 'NHS number'})`,
      change:
        list(resource.identifier).length > 0
          ? { kind: 'insert', pointer: join(identifiers, 0), value }
          : { kind: 'set', pointer: identifiers, value: [value], before: 'name' },
    });
  }
  const gender = genderTold(fixing);
  if (gender !== undefined && resource.gender === undefined) take(gender, 'gender', gender);
  if (birthDate !== undefined && resource.birthDate === undefined) take(birthDate, 'birthDate', birthDate);
  if (taken.length === 0) return [];
  const title = `Take ${taken.map(({ what }) => what).join(', ')} from the text`;
  // What a text says of a person, a person takes over.
  return [{ title, sure: false, kind: 'all', changes: taken.map(({ change }) => change) }];
};

/** An NHS number with the status that the guide asks for. */
function numbered(value: string, { patient }: UseCase): Json {
  const identifier = { system: NHS_NUMBER_SYSTEM, value };
  if (!patient) return identifier;
  const valueCodeableConcept = { coding: [patient.verified] };
  return { extension: [{ url: patient.verification, valueCodeableConcept }], ...identifier };
}

export const PATIENT_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'nhs-number': [nhsNumber],
  'patient-identity': [patientFacts],
};
