import { composition, type Fault } from './fault';

export const REFERENCES: Fault[] = [
  {
    name: 'a reference to an entry that is not there',
    change: (m) => (composition(m).subject.reference = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    rule: 'reference-missing',
    path: 'Composition.subject.reference',
    marks: '"urn:uuid:00000000-0000-4000-8000-000000000000"',
  },
  {
    name: 'a reference to the wrong type of resource',
    change: (m) => (composition(m).subject.reference = composition(m).custodian.reference),
    rule: 'reference-type',
    path: 'Composition.subject.reference',
    marks: '"urn:uuid:',
  },
];
