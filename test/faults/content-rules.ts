// What the guides ask of the people, places and supplies in a document beyond profiles.
import type { Loose } from '../loose';
import { patient, resource, type Fault } from './fault';
import { author, of } from './of-rule';

const status = (m: Loose, code: string, display: string): void => {
  Object.assign(patient(m).identifier[0].extension[0].valueCodeableConcept.coding[0], { code, display });
  delete patient(m).identifier[0].extension[0].valueCodeableConcept.text;
};

const number = of('nhs-number');
const verified = of('nhs-number-status', 'warning');
const person = of('patient-identity');
const organisation = of('organisation-identity');
const authored = of('author-identifier', 'warning');
const professional = of('professional-number', 'warning');
const ods = of('ods-code', 'warning');
const dispensed = of('dispense-status', 'warning');
const quantity = of('dispense-quantity', 'warning');
const days = of('days-supply', 'warning');
const dose = of('dose-directions', 'information');

const VALUE = 'Patient.identifier[0].value';
const STATUS = 'Patient.identifier[0].extension[0].valueCodeableConcept.coding[0].code';
const spaced = (m: Loose, between: string): void => {
  const [id] = patient(m).identifier;
  id.value = id.value.replace(/^(...)(...)/, `$1${between}$2${between}`);
};
const numbered = (m: Loose, system: string, value: string): void =>
  void (author(m).identifier = [{ system: `https://fhir.hl7.org.uk/Id/${system}`, value }]);
const practice = (m: Loose): Loose => resource(m, 'Organization', 1);
const dispense = (m: Loose): Loose => resource(m, 'MedicationDispense');
const TEXT = 'MedicationDispense.quantity.extension[0].valueString';

export const CONTENT_RULES: Fault[] = [
  number('spaces', (m) => spaced(m, ' '), VALUE, '"'),
  number('hyphens', (m) => spaced(m, '-'), VALUE, '"'),
  number('nine digits', (m) => (patient(m).identifier[0].value = '999014201'), VALUE, '"999014201"'),

  verified('not traced', (m) => status(m, '02', 'Number present but not traced'), STATUS, '"02"'),
  verified(
    'not present, with a number',
    (m) => status(m, '07', 'Number not present and trace not required'),
    STATUS,
    '"07"',
  ),
  verified('in progress', (m) => status(m, '06', 'Trace in progress'), STATUS, '"06"'),

  person('no NHS number', (m) => delete patient(m).identifier, 'Patient', '"resource"', { severity: 'warning' }),
  person('no birth date', (m) => delete patient(m).birthDate, 'Patient', '"resource"'),
  person(
    'neither NHS number nor gender',
    (m) => delete patient(m).identifier && delete patient(m).gender,
    'Patient',
    '"resource"',
  ),

  organisation('no identifier', (m) => delete practice(m).identifier, 'Organization', '"resource"'),
  organisation('no name', (m) => delete practice(m).name, 'Organization', '"resource"'),
  organisation(
    'an identifier of another kind',
    (m) => (practice(m).identifier[0].system = 'urn:x:y'),
    'Organization.identifier',
    '"identifier"',
  ),

  authored('no identifier', (m) => delete author(m).identifier, 'Practitioner', '"resource"'),
  authored(
    'a number of no register',
    (m) => (author(m).identifier = [{ system: 'urn:x:y', value: '1' }]),
    'Practitioner.identifier',
    '"identifier"',
  ),
  authored(
    'a number alone',
    (m) => (author(m).identifier = [{ value: '1' }]),
    'Practitioner.identifier',
    '"identifier"',
  ),

  professional(
    'six digits',
    (m) => numbered(m, 'gphc-number', '214587'),
    'Practitioner.identifier[0].value',
    '"214587"',
  ),
  professional(
    'a letter before',
    (m) => numbered(m, 'gmc-number', 'C6122477'),
    'Practitioner.identifier[0].value',
    '"C6122477"',
  ),
  professional(
    'digits for a PIN',
    (m) => numbered(m, 'nmc-number', '12345678'),
    'Practitioner.identifier[0].value',
    '"12345678"',
  ),
  professional(
    'no letter',
    (m) => numbered(m, 'gmp-number', '88123456'),
    'Practitioner.identifier[0].value',
    '"88123456"',
  ),

  ods(
    'small letters',
    (m) => (practice(m).identifier[0].value = practice(m).identifier[0].value.toLowerCase()),
    'Organization.identifier[0].value',
    '"',
  ),
  ods(
    'too long',
    (m) => (practice(m).identifier[0].value = 'ZZZ9900000'),
    'Organization.identifier[0].value',
    '"ZZZ9900000"',
  ),
  ods(
    'a site with spaces',
    (m) => practice(m).identifier.push({ system: 'https://fhir.nhs.uk/Id/ods-site-code', value: 'ZZZ 99' }),
    'Organization.identifier[1].value',
    '"ZZZ 99"',
  ),

  dispensed('in progress', (m) => (dispense(m).status = 'in-progress'), 'MedicationDispense.status', '"in-progress"'),
  dispensed('preparation', (m) => (dispense(m).status = 'preparation'), 'MedicationDispense.status', '"preparation"'),
  dispensed('stopped', (m) => (dispense(m).status = 'stopped'), 'MedicationDispense.status', '"stopped"'),

  quantity('none', (m) => delete dispense(m).quantity, 'MedicationDispense', '"resource"'),
  quantity(
    'another number as text',
    (m) => (dispense(m).quantity.extension[0].valueString = '3 cartridge'),
    TEXT,
    '"3 cartridge"',
  ),
  quantity(
    'in words',
    (m) => (dispense(m).quantity.extension[0].valueString = 'two cartridges'),
    TEXT,
    '"two cartridges"',
  ),
  quantity(
    'the plural',
    (m) => (dispense(m).quantity.extension[0].valueString = '2 cartridges'),
    TEXT,
    '"2 cartridges"',
    { severity: 'information' },
  ),

  days(
    'unit in the plural',
    (m) => (dispense(m).daysSupply.unit = 'days'),
    'MedicationDispense.daysSupply.unit',
    '"days"',
  ),
  days('another code', (m) => (dispense(m).daysSupply.code = 'wk'), 'MedicationDispense.daysSupply.code', '"wk"'),
  days(
    'no system',
    (m) => delete dispense(m).daysSupply.system && delete dispense(m).daysSupply.code,
    'MedicationDispense.daysSupply',
    '"daysSupply"',
  ),

  dose('none', (m) => delete dispense(m).dosageInstruction, 'MedicationDispense', '"resource"'),
  dose(
    'not as needed',
    (m) => (dispense(m).dosageInstruction = [{ asNeededBoolean: false }]),
    'MedicationDispense.dosageInstruction',
    '"dosageInstruction"',
  ),
  dose(
    'an order only',
    (m) => (dispense(m).dosageInstruction = [{ sequence: 1 }, { sequence: 2 }]),
    'MedicationDispense.dosageInstruction',
    '"dosageInstruction"',
  ),
];
