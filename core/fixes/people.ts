// Fixes of what the rules find in numbers and facts by which people and places are known.
import { join, type Pointer, valueAt } from '../document/pointer';
import type { Change, Fix } from '../finding';
import { documentOf, patientOf, textOf } from '../itk3/document';
import { identifiersOf } from '../itk3/identifiers';
import { headerOf, type Located, type Message, referenceIn, resolve } from '../itk3/message';
import type { UseCase } from '../itk3/use-case';
import { asText, isObject, type Json, list, text } from '../json';
import { nearest } from '../nearest';
import {
  checkDigit,
  formatNhsNumber,
  isNhsNumber,
  isTestNumber,
  NHS_NUMBER_SYSTEM,
  testNumber,
} from '../nhs/nhs-number';
import { isOdsCode, ODS_SYSTEMS } from '../nhs/ods-code';
import { REGISTERS } from '../nhs/professional-number';
import type { FixMaker, Fixing } from './fixing';
import { organisationsOf } from './organisations';
import { birthDateTold, genderTold, nhsNumberTold, odsCodeTold, toldOf } from './told';
import { entryAt, referralsTo, resourceAt } from './wiring';

const SDS_USER = 'https://fhir.nhs.uk/Id/sds-user-id';

/** A number that the message has elsewhere; the check digit is reckoned anew only for numbers that nobody has. */
const nhsNumber: FixMaker = ({ pointer }, fixing) => {
  const { message, fresh } = fixing;
  const wrong = asText(valueAt(message.root.resource, pointer)).slice(0, 40);
  const digits = wrong.replace(/[\s-]/g, '');
  const ofPatient = resourceAt(pointer, message)?.type === 'Patient';
  const told = nhsNumberTold(fixing);
  const known = [...numbersOf(message), ...(told !== undefined && isNhsNumber(told) ? [told] : [])];
  const near = nearest(digits, new Set(known.filter((n) => n !== digits)));
  const change = (number: string, what: string, sure: boolean): Fix => ({
    title: `Change to ${formatNhsNumber(number)}, ${what}`,
    sure: sure && (!ofPatient || told === undefined || told === number || told === digits),
    ...everywhere(pointer, digits, number, fixing),
  });
  if (near !== undefined) return [change(near, 'as elsewhere in the message', true)];
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

const organisationFacts: FixMaker = ({ pointer }, fixing) => {
  const { message } = fixing;
  const at = resourceAt(pointer, message);
  if (!at) return [];
  const name = text(at.resource.name);
  const names = name === undefined ? namesOf(at, fixing) : [undefined];
  const codes = identifiersOf(at, ODS_SYSTEMS).length > 0 ? [undefined] : codesOf(at, name ?? names[0], fixing);
  return names.flatMap((called) =>
    codes.flatMap((code): Fix[] => {
      const changes = [
        ...(code ? [code.change] : []),
        ...(called === undefined ? [] : [{ kind: 'set', pointer: join(at.pointer, 'name'), value: called } as const]),
      ];
      const parts = [
        ...(code ? [`the ODS code ${code.code}, ${code.why}`] : []),
        ...(called === undefined ? [] : [`the name ${called}`]),
      ];
      const sure = code?.sure ?? true;
      const alone = names.length * codes.length === 1;
      return changes.length === 0
        ? []
        : [{ title: `Add ${parts.join(', and ')}`, sure: sure && alone, kind: 'all', changes }];
    }),
  );
};

/** What others call it: references to it, the section that leads to it. */
function namesOf(at: Located, { message, knowledge }: Fixing): string[] {
  const displays = referralsTo(at, message).flatMap(({ pointer }) => {
    const reference = valueAt(message.root.resource, pointer);
    return isObject(reference) ? (text(reference.display) ?? []) : [];
  });
  const document = documentOf(message, knowledge);
  const sections = (document?.sections ?? []).filter(({ resource }) => {
    const reference = referenceIn(list(resource.entry)[0]);
    return reference !== undefined && document && resolve(message, document.composition, reference) === at;
  });
  const told = sections.flatMap((section) =>
    (textOf(section)?.rows ?? []).flatMap(({ cell }) => textIn(textOf(section)!.div, cell.within)),
  );
  return [...new Set([...displays, ...told])].slice(0, 5);
}

/** Of a paragraph that begins with the word. */
function textIn(div: string, { offset, length }: { offset: number; length: number }): string[] {
  const [, name] = /^Name:\s*([^<&]{1,200})(?:<|$)/.exec(div.slice(offset, offset + length)) ?? [];
  return name === undefined ? [] : [name.trim()];
}

function codesOf(
  at: Located,
  name: string | undefined,
  fixing: Fixing,
): { code: string; why: string; sure: boolean; change: Change }[] {
  const [system] = ODS_SYSTEMS;
  const identifiers = join(at.pointer, 'identifier');
  const there = list(at.resource.identifier);
  const add = (code: string): Change => {
    const value = { system, value: code };
    return there.length > 0
      ? { kind: 'insert', pointer: join(identifiers, there.length), value }
      : { kind: 'set', pointer: identifiers, value: [value] };
  };
  const told = odsCodeTold(at, fixing);
  const i = there.findIndex((identifier) => isObject(identifier) && isOdsCode(asText(identifier.value)));
  const found = there[i];
  if (isObject(found)) {
    const code = asText(found.value);
    const change: Change = { kind: 'set', pointer: join(identifiers, i, 'system'), value: system };
    const other =
      told === undefined || told === code
        ? []
        : [{ code: told, why: 'as the text says', sure: false, change: add(told) }];
    return [{ code, why: 'by giving the identifier its system', sure: told === code, change }, ...other];
  }
  if (told !== undefined) return [{ code: told, why: 'as the text says', sure: true, change: add(told) }];
  const namesakes = organisationsOf(fixing.message).filter((o) => o.name === name);
  return namesakes.map(({ code }) => ({ code, why: 'which another of its name has', sure: false, change: add(code) }));
}

/** The guide takes UNK for a number that is not known. */
const unknownAuthor: FixMaker = ({ pointer }, { message }) => {
  const at = resourceAt(pointer, message);
  if (at?.type !== 'Practitioner') return [];
  const there = list(at.resource.identifier).length;
  const value = { system: SDS_USER, value: 'UNK' };
  const identifiers = join(at.pointer, 'identifier');
  return [
    {
      title: 'Add UNK as SDS user id, which says that it is not known',
      sure: false,
      ...(there === 0
        ? { kind: 'set', pointer: identifiers, value: [value] }
        : // The named identifiers stand before all others.
          { kind: 'insert', pointer: join(identifiers, 0), value }),
    },
  ];
};

/** Without spaces, and without the letters that people write before a number. */
const professional: FixMaker = ({ pointer }, { message }) => {
  const value = asText(valueAt(message.root.resource, pointer));
  const identifier = valueAt(message.root.resource, entryAt({ pointer } as Located));
  const system = isObject(identifier) ? identifier.system : undefined;
  const register = REGISTERS.find((r) => r.system === system);
  const tidy = value
    .slice(0, 40)
    .replace(/[\s.-]/g, '')
    .toUpperCase();
  const number = [tidy, tidy.replace(/^[A-Z]{1,4}/, '')].find((n) => register?.form.test(n));
  if (number === undefined) return [];
  const isTaken = message.resources.some((r) => identifiersOf(r, [system]).some((i) => i.identifier.value === number));
  return [{ title: `Change to ${number}`, sure: !isTaken, kind: 'set', pointer, value: number }];
};

/** Where the value is no code, the organisation may be one that has a code elsewhere. */
const odsCode: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const { message } = fixing;
  const at = resourceAt(pointer, message);
  if (!at || fixes.length > 0) return [];
  const told = odsCodeTold(at, fixing);
  const value = asText(valueAt(message.root.resource, pointer)).toLowerCase();
  const header = headerOf(message);
  const sender = header && referenceIn(header.resource.sender);
  const isSender = header && sender !== undefined && resolve(message, header, sender) === at;
  const known = organisationsOf(message).filter(({ located }) => located !== at);
  const namesakes = known.filter(({ name }) => name.toLowerCase() === value || name === at.resource.name);
  const change = (code: string, why: string): Fix => ({
    title: `Change to ${code}, ${why}`,
    sure: false,
    kind: 'set',
    pointer,
    value: code,
  });
  return [
    ...(told === undefined ? [] : [change(told, 'as the text says')]),
    ...(namesakes.length > 0 ? namesakes : isSender ? known : []).map(({ code, name }) =>
      change(code, `the code of ${name}`),
    ),
  ];
};

export const PEOPLE_FIXES: Readonly<Record<string, readonly FixMaker[]>> = {
  'nhs-number': [nhsNumber],
  'patient-identity': [patientFacts],
  'organisation-identity': [organisationFacts],
  'author-identifier': [unknownAuthor],
  'professional-number': [professional],
  'ods-code': [odsCode],
};
