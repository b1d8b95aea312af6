import { header, resource, type Fault } from './fault';

const nhsNumber = (value: string) => [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value }];

export const IDENTIFIERS: Fault[] = [
  {
    name: 'a header without its id',
    change: (m) => {
      delete header(m).id;
    },
    rule: 'header-id',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'an NHS number with spaces',
    change: (m) => (resource(m, 'Encounter').identifier = nhsNumber('999 014 2017')),
    rule: 'nhs-number',
    path: 'Encounter.identifier[0].value',
    marks: '"999 014 2017"',
  },
  {
    name: 'an NHS number that is too short',
    change: (m) => (resource(m, 'AllergyIntolerance').identifier = nhsNumber('999014201')),
    rule: 'nhs-number',
    path: 'AllergyIntolerance.identifier[0].value',
    marks: '"999014201"',
  },
  {
    name: 'an NHS number with a letter',
    change: (m) => (resource(m, 'List').identifier = nhsNumber('999014201X')),
    rule: 'nhs-number',
    path: 'List.identifier[0].value',
    marks: '"999014201X"',
  },
];
