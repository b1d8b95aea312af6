import { composition, handling, header, patient, resource, type Fault } from './fault';

export const CODES: Fault[] = [
  {
    name: 'a code that its code system does not have, where no value set is asked for',
    change: (m) =>
      (composition(m).meta.tag = [{ system: handling(m, 'RecipientType').valueCoding.system, code: 'FX' }]),
    rule: 'code-unknown',
    path: 'Composition.meta.tag[0].code',
    marks: '"FX"',
  },
  {
    name: 'a code of an older version of its code system',
    change: (m) => (patient(m).meta.tag = [{ system: header(m).event.system, code: 'ITK002D' }]),
    rule: 'code-unknown',
    path: 'Patient.meta.tag[0].code',
    marks: '"ITK002D"',
  },
  {
    name: 'a code that STU3 has in another table',
    change: (m) => (resource(m, 'Encounter').meta.tag = [{ system: 'http://hl7.org/fhir/v3/ActReason', code: 'PPRF' }]),
    rule: 'code-unknown',
    severity: 'warning',
    path: 'Encounter.meta.tag[0].code',
    marks: '"PPRF"',
  },
  {
    name: 'another display than the published one',
    change: (m) => (handling(m, 'RecipientType').valueCoding.display = 'For Acting'),
    rule: 'display',
    severity: 'warning',
    path: 'MessageHeader.extension[0].extension[2].valueCoding.display',
    marks: '"For Acting"',
  },
  {
    name: 'the display of another event',
    change: (m) => (header(m).event.display = 'ITK Digital Medicine Immunization Document'),
    rule: 'display',
    severity: 'warning',
    path: 'MessageHeader.event.display',
    marks: '"ITK Digital Medicine Immunization Document"',
  },
  {
    name: 'the display of another status',
    change: (m) => (patient(m).identifier[0].extension[0].valueCodeableConcept.coding[0].display = 'Trace in progress'),
    rule: 'display',
    severity: 'warning',
    path: 'Patient.identifier[0].extension[0].valueCodeableConcept.coding[0].display',
    marks: '"Trace in progress"',
  },
  {
    name: 'a SNOMED CT code with two digits swapped',
    change: (m) => (composition(m).type.coding[0].code = '1218611000000012'),
    rule: 'snomed-id',
    path: 'Composition.type.coding[0].code',
    marks: '"1218611000000012"',
  },
  {
    name: 'a SNOMED CT code with a letter',
    change: (m) => (resource(m, 'Medication').code.coding[0].code = '3741721100000110E'),
    rule: 'snomed-id',
    path: 'Medication.code.coding[0].code',
    marks: '"3741721100000110E"',
  },
  {
    name: 'the id of a description where a concept belongs',
    change: (m) => (resource(m, 'AllergyIntolerance').code.coding[0].code = '1209001019'),
    rule: 'snomed-id',
    path: 'AllergyIntolerance.code.coding[0].code',
    marks: '"1209001019"',
  },
  {
    name: 'a SNOMED CT code that is too short',
    change: (m) => (resource(m, 'AllergyIntolerance').code.coding[0].code = '24700'),
    rule: 'snomed-id',
    path: 'AllergyIntolerance.code.coding[0].code',
    marks: '"24700"',
  },
];
