import { expectFindings } from '../marked';

const patient = (rest: string): string => `{ "resourceType": "Patient", ${rest} }`;
const base = 'http://hl7.org/fhir/StructureDefinition';

describe('extensions', () => {
  it('may stand where their definition says', () => {
    expectFindings(patient(`"extension": [{ "url": "${base}/birthPlace", "valueAddress": { "city": "Exampleton" } }]`));
    expectFindings(
      patient(`"_birthDate": { "extension": [{ "url": "${base}/patient-birthTime", "valueDateTime": "1956" }] }`),
    );
    expectFindings(
      patient(`"name": [{ "family": "A", "_family": { "extension": [
        { "url": "${base}/humanname-own-name", "valueString": "B" }] } }]`),
    );
  });
  it('may stand in whatever is of the type they are for', () =>
    expectFindings(
      `{ "resourceType": "Observation", "status": "final", "code": { "text": "x" }, "valueQuantity": { "value": 1,
         "extension": [{ "url": "${base}/iso21090-uncertainty", "valueDecimal": 1 }] } }`,
    ));
  it('may not stand elsewhere', () =>
    expectFindings(
      patient(`"extension": [{ "url": ⟦"${base}/patient-birthTime"⟧, "valueDateTime": "1956" }]`),
      'extension: The extension patient-birthTime may stand in Patient.birthDate only, not in Patient.',
    ));
  it('may stand anywhere when their definition says so', () =>
    expectFindings(
      patient(`"_gender": { "extension": [{ "url": "${base}/data-absent-reason", "valueCode": "unknown" }] }`),
    ));
  it('that nobody knows are told once a message', () =>
    expectFindings(
      patient(`"extension": [{ "url": ⟦"urn:x:y"⟧, "valueString": "a" }, { "url": "urn:x:y", "valueString": "b" }]`),
      'extension: not known here',
    ));
  it('that are nearly known are guessed', () =>
    expectFindings(
      patient(`"extension": [{ "url": ⟦"${base}/birthPlaces"⟧, "valueAddress": { "city": "Exampleton" } }]`),
      `extension: did you mean ${base}/birthPlace?`,
    ));
  it('of STU3 that STU3 does not have are told', () =>
    expectFindings(
      patient(`"extension": [{ "url": ⟦"${base}/favourite-colour"⟧, "valueString": "blue" }]`),
      'extension: FHIR STU3 defines no such extension.',
    ));
  it('that change a meaning must be modifiers, and only those', () => {
    expectFindings(
      patient(`"modifierExtension": [{ "url": ⟦"${base}/birthPlace"⟧, "valueAddress": { "city": "Exampleton" } }]`),
      'extension: must stand in extension, not in modifierExtension',
    );
    expectFindings(
      patient(`"modifierExtension": [{ "url": ⟦"urn:x:y"⟧, "valueString": "a" }]`),
      'extension: must refuse what it stands in',
    );
  });
  it('have absolute urls, unless they are parts of another', () => {
    expectFindings(patient('"extension": [{ "url": ⟦"colour"⟧, "valueString": "blue" }]'), 'extension: is absolute');
    expectFindings(
      patient(
        `"extension": [{ "url": "${base}/patient-nationality", "extension": [{ "url": "code", "valueCodeableConcept": { "text": "x" } }] }]`,
      ),
    );
  });
  it('of other shapes are left to the shape', () => {
    expectFindings(patient('"extension": ⟦"x"⟧'), 'kind: is a list');
    expectFindings(patient('"extension": [⟦"x"⟧]'), 'kind: is an object');
  });
});
