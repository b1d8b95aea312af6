import { composition, patient, resource, type Fault } from './fault';

export const SHAPE: Fault[] = [
  {
    name: 'an unknown property',
    change: (m) => (composition(m).titel = 'x'),
    rule: 'unknown-property',
    path: 'Composition.titel',
    marks: '"titel"',
  },
  {
    name: 'an impossible date',
    change: (m) => (patient(m).birthDate = '1956-02-30'),
    rule: 'primitive-form',
    path: 'Patient.birthDate',
    marks: '"1956-02-30"',
  },
  {
    name: 'a scalar where an array belongs',
    change: (m) => (composition(m).author = composition(m).author[0]),
    rule: 'kind',
    path: 'Composition.author',
    marks: '{',
  },
  {
    name: 'an array where a scalar belongs',
    change: (m) => (composition(m).title = [composition(m).title]),
    rule: 'kind',
    path: 'Composition.title',
    marks: '[',
  },
  {
    name: 'a misspelt resource type',
    change: (m) => (patient(m).resourceType = 'Pateint'),
    rule: 'resource-type',
    path: 'Pateint.resourceType',
    marks: '"Pateint"',
  },
  {
    name: 'an empty list of codes',
    change: (m) => (resource(m, 'MedicationDispense').type.coding = []),
    rule: 'empty',
    path: 'MedicationDispense.type.coding',
    marks: '[',
  },
];
