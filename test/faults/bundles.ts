import { documentBundle, resource, type Fault } from './fault';

/** Entries of the document, by the type of their resource. */
const entry = (m: Parameters<typeof documentBundle>[0], type: string) =>
  documentBundle(m).entry.find((e: { resource: { resourceType: string } }) => e.resource.resourceType === type);

export const BUNDLES: Fault[] = [
  {
    name: 'the Composition is not first',
    change: (m) => documentBundle(m).entry.push(documentBundle(m).entry.shift()),
    rule: 'first-entry',
    path: 'Encounter',
    marks: '"resource"',
  },
  {
    name: 'the MessageHeader is not first',
    change: (m) => m.entry.splice(1, 0, m.entry.shift()),
    rule: 'first-entry',
    path: 'Organization',
    marks: '"resource"',
  },
  {
    name: 'a message without MessageHeader',
    change: (m) => m.entry.shift(),
    rule: 'first-entry',
    path: 'Organization',
    marks: '"resource"',
  },
  {
    name: 'an entry without fullUrl',
    change: (m) => delete entry(m, 'Medication').fullUrl,
    rule: 'full-url',
    path: 'Bundle.entry[*]',
    marks: '{',
  },
  {
    name: 'an entry twice',
    change: (m) => documentBundle(m).entry.push(structuredClone(entry(m, 'Encounter'))),
    rule: 'full-url',
    path: 'Bundle.entry[*].fullUrl',
    marks: '"urn:uuid:',
  },
  {
    name: 'an id that contradicts the fullUrl',
    change: (m) => (resource(m, 'AllergyIntolerance').id = '00000000-0000-4000-8000-0000000000aa'),
    rule: 'full-url',
    severity: 'warning',
    path: 'Bundle.entry[*].fullUrl',
    marks: '"urn:uuid:',
  },
  {
    name: 'an organisation that nothing refers to',
    change: (m) =>
      documentBundle(m).entry.push({
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000ab',
        resource: { resourceType: 'Organization', id: '00000000-0000-4000-8000-0000000000ab', name: 'Example surgery' },
      }),
    rule: 'unreachable',
    severity: 'warning',
    path: 'Organization',
    marks: '"resource"',
  },
  {
    name: 'a location that nothing refers to',
    change: (m) =>
      documentBundle(m).entry.push({
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000ac',
        resource: { resourceType: 'Location', id: '00000000-0000-4000-8000-0000000000ac', name: 'Example branch' },
      }),
    rule: 'unreachable',
    severity: 'warning',
    path: 'Location',
    marks: '"resource"',
  },
  {
    name: 'a medication that nothing refers to',
    change: (m) =>
      documentBundle(m).entry.push({
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-0000000000ad',
        resource: {
          resourceType: 'Medication',
          id: '00000000-0000-4000-8000-0000000000ad',
          code: structuredClone(resource(m, 'Medication').code),
        },
      }),
    rule: 'unreachable',
    severity: 'warning',
    path: 'Medication',
    marks: '"resource"',
  },
  {
    name: 'a contained resource without id',
    change: (m) => (resource(m, 'Encounter').contained = [{ resourceType: 'Location', name: 'Example branch' }]),
    rule: 'contained-id',
    path: 'Encounter.contained[0]',
    marks: '{',
  },
  {
    name: 'two contained resources of one id',
    change: (m) => {
      const place = { resourceType: 'Location', id: 'place', name: 'Example branch' };
      resource(m, 'Encounter').contained = [place, { ...place, name: 'Another branch' }];
      resource(m, 'Encounter').location = [{ location: { reference: '#place' } }];
    },
    rule: 'contained-id',
    path: 'Encounter.contained[1].id',
    marks: '"place"',
  },
  {
    name: 'a contained practitioner without id',
    change: (m) => (resource(m, 'List').contained = [{ resourceType: 'Practitioner', name: [{ family: 'Example' }] }]),
    rule: 'contained-id',
    path: 'List.contained[0]',
    marks: '{',
  },
];
