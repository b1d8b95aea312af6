import { composition, documentBundle, type Fault, patient, resource } from './fault';
import type { Loose } from '../loose';

const UCUM = 'http://unitsofmeasure.org';
const quantity = (value: number, code: string): Loose => ({ value, unit: code, system: UCUM, code });

/** A dosage with this in it, in place of what was there. */
const dosage = (m: Loose, more: Loose): Loose =>
  (resource(m, 'MedicationDispense').dosageInstruction = [{ text: 'One a day', ...more }]);

/** An organization inside the patient, referred to as the managing one. */
const contained = (m: Loose, more: Loose): Loose => {
  patient(m).managingOrganization = { reference: '#practice' };
  return (patient(m).contained = [
    { resourceType: 'Organization', id: 'practice', name: 'Quillbury Practice', ...more },
  ]);
};

export const INVARIANTS: Fault[] = [
  {
    name: 'dom-1: a contained resource with a narrative',
    change: (m) =>
      contained(m, { text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Quillbury</div>' } }),
    rule: 'invariant',
    path: 'Patient.contained[0].text',
    marks: '"text"',
  },
  {
    name: 'dom-2: a contained resource with one inside',
    change: (m) =>
      contained(m, {
        partOf: { reference: '#trust' },
        contained: [{ resourceType: 'Organization', id: 'trust', name: 'Quillbury Trust' }],
      }),
    rule: 'invariant',
    path: 'Patient.contained[0].contained',
    marks: '"contained"',
  },
  {
    name: 'dom-3: a contained resource that nothing refers to',
    change: (m) => (patient(m).contained = [{ resourceType: 'Organization', id: 'nobody', name: 'Quillbury Trust' }]),
    rule: 'invariant',
    path: 'Patient.contained[0]',
    marks: '{',
  },
  {
    name: 'dom-4: a contained resource with a date of change',
    change: (m) => contained(m, { meta: { lastUpdated: '2026-01-05T09:00:00+00:00' } }),
    rule: 'invariant',
    path: 'Patient.contained[0].meta.lastUpdated',
    marks: '"lastUpdated"',
  },
  {
    name: 'bdl-9: the identifier of the document without its system',
    change: (m) => delete documentBundle(m).identifier.system,
    rule: 'invariant',
    path: 'Bundle.identifier',
    marks: '"identifier"',
  },
  {
    name: 'cpt-2: a number that does not say what it is reached by',
    change: (m) => (resource(m, 'Organization').contact = [{ telecom: [{ value: '01632 960000', use: 'work' }] }]),
    rule: 'invariant',
    path: 'Organization.contact[0].telecom[0]',
    marks: '{',
  },
  {
    name: 'per-1: a period that ends before it starts',
    change: (m) => (patient(m).name[0].period = { start: '2024-03-01', end: '2020-03-01' }),
    rule: 'invariant',
    path: 'Patient.name[0].period.end',
    marks: '"2020-03-01"',
  },
  {
    name: 'per-1: a period of which the months are the wrong way round',
    change: (m) => (patient(m).identifier[0].period = { start: '2024-03', end: '2024-02-29' }),
    rule: 'invariant',
    path: 'Patient.identifier[0].period.end',
    marks: '"2024-02-29"',
  },
  {
    name: 'mdd-1: handed over before it was prepared',
    change: (m) => {
      const dispense = resource(m, 'MedicationDispense');
      dispense.whenPrepared = '2019-01-05T10:00:00+00:00';
      dispense.whenHandedOver = '2019-01-05T10:30:00+01:00';
    },
    rule: 'invariant',
    path: 'MedicationDispense.whenHandedOver',
    marks: '"2019-01-05T10:30:00+01:00"',
  },
  {
    name: 'cmp-1: a section inside with a title only',
    change: (m) => (composition(m).section[0].section = [{ title: 'Details' }]),
    rule: 'invariant',
    path: 'Composition.section[0].section[0]',
    marks: '{',
  },
  {
    name: 'tim-2: a period without its unit',
    change: (m) => dosage(m, { timing: { repeat: { frequency: 1, period: 1 } } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].timing.repeat',
    marks: '"repeat"',
  },
  {
    name: 'tim-5: a negative period',
    change: (m) => dosage(m, { timing: { repeat: { frequency: 1, period: -1, periodUnit: 'd' } } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].timing.repeat.period',
    marks: '-1',
  },
  {
    name: 'tim-9: minutes before breakfast itself',
    change: (m) => dosage(m, { timing: { repeat: { when: ['CM'], offset: 30 } } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].timing.repeat.when[0]',
    marks: '"CM"',
  },
  {
    name: 'tim-10: a time of day and a meal at once',
    change: (m) => dosage(m, { timing: { repeat: { timeOfDay: ['08:00:00'], when: ['AC'] } } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].timing.repeat.when',
    marks: '"when"',
  },
  {
    name: 'rng-2: a dose of 5 to 2 tablets',
    change: (m) => dosage(m, { doseRange: { low: { value: 5, unit: 'tablet' }, high: { value: 2, unit: 'tablet' } } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].doseRange.low',
    marks: '"low"',
  },
  {
    name: 'rng-2: a dose of 500 mg to 0.1 g',
    change: (m) => dosage(m, { doseRange: { low: quantity(500, 'mg'), high: quantity(0.1, 'g') } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].doseRange',
    marks: '"doseRange"',
  },
  {
    name: 'rat-1: a rate without denominator',
    change: (m) => dosage(m, { rateRatio: { numerator: quantity(5, 'mL') } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].rateRatio',
    marks: '"rateRatio"',
  },
  {
    name: 'qty-3: the code of a unit without its system',
    change: (m) => dosage(m, { doseQuantity: { value: 5, unit: 'mg', code: 'mg' } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].doseQuantity',
    marks: '"doseQuantity"',
  },
  {
    name: 'drt-1: a duration in a unit that is not of UCUM',
    change: (m) =>
      dosage(m, {
        timing: {
          repeat: { boundsDuration: { value: 7, unit: 'day', system: 'http://snomed.info/sct', code: '258703001' } },
        },
      }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].timing.repeat.boundsDuration.system',
    marks: '"http://snomed.info/sct"',
  },
  {
    name: 'ele-1: an element with an id and nothing else',
    change: (m) => dosage(m, { timing: { id: 'when' } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0].timing',
    marks: '"timing"',
  },
  {
    name: 'ele-1: a text with an id and nothing else',
    change: (m) => dosage(m, { _patientInstruction: { id: 'note' } }),
    rule: 'invariant',
    path: 'MedicationDispense.dosageInstruction[0]._patientInstruction',
    marks: '"_patientInstruction"',
  },
  {
    name: 'att-1: a photo that does not say of what type it is',
    change: (m) => (patient(m).photo = [{ data: 'QUJD' }]),
    rule: 'invariant',
    path: 'Patient.photo[0]',
    marks: '{',
  },
  {
    name: 'org-2: the home of an organization',
    change: (m) => (resource(m, 'Organization').address = [{ use: 'home', city: 'Quillbury' }]),
    rule: 'invariant',
    path: 'Organization.address[0].use',
    marks: '"home"',
  },
  {
    name: 'pro-1: a procedure with a reason why it was not done, that was done',
    change: (m) => {
      const dispense = resource(m, 'MedicationDispense');
      dispense.partOf = [{ reference: '#advice' }];
      dispense.contained = [
        {
          resourceType: 'Procedure',
          id: 'advice',
          status: 'completed',
          subject: dispense.subject,
          notDoneReason: { text: 'No time' },
        },
      ];
    },
    rule: 'invariant',
    path: 'MedicationDispense.contained[0].notDoneReason',
    marks: '"notDoneReason"',
  },
  {
    name: 'age-1: an age without the code of its unit',
    change: (m) => {
      const dispense = resource(m, 'MedicationDispense');
      dispense.supportingInformation = [{ reference: '#mother' }];
      dispense.contained = [
        {
          resourceType: 'FamilyMemberHistory',
          id: 'mother',
          status: 'completed',
          patient: dispense.subject,
          relationship: { text: 'mother' },
          ageAge: { value: 71, unit: 'years' },
        },
      ];
    },
    rule: 'invariant',
    path: 'MedicationDispense.contained[0].ageAge',
    marks: '"ageAge"',
  },
];
