// Small messages in which features find their way.
export const IDS = {
  header: '11111111-aaaa-4aaa-8aaa-111111111111',
  sender: '22222222-aaaa-4aaa-8aaa-222222222222',
  document: '33333333-aaaa-4aaa-8aaa-333333333333',
  composition: '44444444-aaaa-4aaa-8aaa-444444444444',
  encounter: '55555555-aaaa-4aaa-8aaa-555555555555',
  patient: '66666666-aaaa-4aaa-8aaa-666666666666',
} as const;

export const entry = (id: string, type: string, rest = ''): string =>
  `{ "fullUrl": "urn:uuid:${id}", "resource": { "resourceType": "${type}", "id": "${id}"${rest && `, ${rest}`} } }`;

export const reference = (id: string): string => `{ "reference": "urn:uuid:${id}" }`;

const HANDLING = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-ITK-MessageHandling-2';
const EVENTS = 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2';
const COMPOSITION = 'https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-DM-EmergencySupply-Composition-1';

/** A message with its document, one entry a line; the sender stands in both bundles. */
export const MESSAGE = `{ "resourceType": "Bundle", "type": "message", "entry": [
${entry(
  IDS.header,
  'MessageHeader',
  `"extension": [{ "url": "${HANDLING}", "extension": [{ "url": "SenderReference", "valueString": "urn:uuid:${IDS.encounter}" }] }],
"event": { "system": "${EVENTS}", "code": "ITK010D", "display": "Emergency supply" },
"sender": ${reference(IDS.sender)}, "focus": [${reference(IDS.document)}]`,
)},
${entry(IDS.sender, 'Organization', '"name": "Madeup Pharmacy"')},
${entry(
  IDS.document,
  'Bundle',
  `"identifier": { "system": "https://tools.ietf.org/html/rfc4122", "value": "${IDS.document}" }, "type": "document", "entry": [
${entry(
  IDS.composition,
  'Composition',
  `"meta": { "profile": ["${COMPOSITION}"] }, "title": "Supply record",
"subject": ${reference(IDS.patient)}, "encounter": ${reference(IDS.encounter)},
"custodian": ${reference(IDS.sender)}, "section": [
{ "title": "Patient Demographics", "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "886731000000109" }] },
"text": { "status": "additional", "div": "<div>x</div>" }, "entry": [${reference(IDS.patient)}] },
{ "title": "Contact with professionals" } ]`,
)},
${entry(IDS.encounter, 'Encounter', `"subject": ${reference(IDS.patient)}`)},
${entry(IDS.sender, 'Organization', '"name": "Madeup Pharmacy"')},
${entry(IDS.patient, 'Patient', '"name": [{ "family": "Example", "given": ["Anna"] }]')}
]`,
)}
] }`;

/** An acknowledgement of the message. */
export const ACKNOWLEDGEMENT = `{ "resourceType": "Bundle", "type": "message", "entry": [
${entry(
  '77777777-aaaa-4aaa-8aaa-777777777777',
  'MessageHeader',
  `"extension": [{ "url": "${HANDLING}", "extension": [{ "url": "SenderReference", "valueString": "urn:uuid:${IDS.encounter}" }] }],
"event": { "system": "${EVENTS}", "code": "ITK008M" },
"response": { "identifier": "${IDS.header}", "code": "ok", "details": ${reference('88888888-aaaa-4aaa-8aaa-888888888888')} }`,
)},
${entry('88888888-aaaa-4aaa-8aaa-888888888888', 'OperationOutcome', '"issue": []')}
] }`;

/** A bundle without UUIDs, and a contained resource. */
export const RELATIVE = `{ "resourceType": "Bundle", "type": "collection", "entry": [
{ "fullUrl": "https://example.org/fhir/Patient/p1", "resource": { "resourceType": "Patient", "id": "p1",
"managingOrganization": { "reference": "Organization/o1" } } },
{ "resource": { "resourceType": "Organization", "id": "o1" } },
{ "fullUrl": "https://example.org/fhir/Encounter/e1", "resource": { "resourceType": "Encounter", "id": "e1",
"contained": [{ "resourceType": "Location", "id": "l1" }],
"subject": { "reference": "https://example.org/fhir/Patient/p1", "display": "Anna" },
"location": [{ "location": { "reference": "#l1" } }] } }
] }`;

/** The text with the cursor behind a landmark; the n-th when it stands there several times. */
export function behind(text: string, landmark: string, n = 1): string {
  let at = -1;
  for (let i = 0; i < n; i++) at = text.indexOf(landmark, at + 1);
  if (at < 0) throw new Error(`${landmark} is not there ${n} times`);
  return `${text.slice(0, at + landmark.length)}|${text.slice(at + landmark.length)}`;
}
