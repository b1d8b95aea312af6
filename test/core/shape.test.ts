import { expectFindings } from '../marked';

const patient = (inside: string): string => `{ "resourceType": "Patient", "id": "a", ${inside} }`;

describe('the shape of STU3', () => {
  it('accepts what is right', () =>
    expectFindings(
      patient(
        '"active": true, "birthDate": "1956-02-29", "multipleBirthInteger": 2, "name": [{ "given": ["A", "B"] }]',
      ),
    ));
  it('has no other properties', () =>
    expectFindings(patient('⟦"colour"⟧: "red"'), 'unknown-property: Patient has no property "colour".'));
  it('guesses what was meant', () =>
    expectFindings(patient('⟦"gendre"⟧: "male"'), 'unknown-property: did you mean "gender"?'));
  it('names the part that has no such property', () =>
    expectFindings(
      patient('"contact": [{ ⟦"nmae"⟧: { "text": "A" } }]'),
      'unknown-property: Patient.contact has no property "nmae": did you mean "name"?',
    ));
  it('wants lists as lists', () => expectFindings(patient('"name": ⟦{ "text": "A" }⟧'), 'kind: name is a list here'));
  it('wants single values single', () =>
    expectFindings(patient('"gender": ⟦["male"]⟧'), 'kind: gender is a single value here, not a list.'));
  it('wants objects as objects', () =>
    expectFindings(patient('"maritalStatus": ⟦"M"⟧'), 'kind: maritalStatus is an object { … }, not "M".'));
  it('wants texts in quotes', () => expectFindings(patient('"birthDate": ⟦1956⟧'), 'kind: birthDate is text'));
  it('wants true or false', () => expectFindings(patient('"active": ⟦"true"⟧'), 'kind: active must be true or false'));
  it('wants whole numbers', () =>
    expectFindings(patient('"multipleBirthInteger": ⟦1.5⟧'), 'kind: multipleBirthInteger must be a whole number'));
  it('wants lists and objects filled', () => {
    expectFindings(patient('"name": ⟦[]⟧'), 'empty: name is an empty list');
    expectFindings(patient('"maritalStatus": ⟦{}⟧'), 'empty: maritalStatus is empty');
    expectFindings(patient('"language": ⟦""⟧'), 'primitive-form: "" is not a code');
  });
  it('names an item by its list', () =>
    expectFindings('{ "resourceType": "Bundle", "type": "collection", "entry": [⟦{}⟧] }', 'empty: entry[0] is empty'));
  it('knows the calendar', () => {
    for (const right of ['2024', '2024-02', '2024-02-29', '2000-02-29'])
      expectFindings(patient(`"birthDate": "${right}"`));
    for (const wrong of ['2024-13', '24-01-01', '0000', '2024-1-1'])
      expectFindings(patient(`"birthDate": ⟦"${wrong}"⟧`), 'primitive-form: is not a date: YYYY');
    expectFindings(patient('"birthDate": ⟦"1900-02-29"⟧'), 'primitive-form: February 1900 has 28 days.');
    expectFindings(patient('"birthDate": ⟦"2024-04-31"⟧'), 'primitive-form: April 2024 has 30 days.');
    expectFindings(
      patient('"deceasedDateTime": ⟦"2023-02-29T10:00:00Z"⟧'),
      'primitive-form: February 2023 has 28 days.',
    );
  });
  it('wants seconds and a zone with a time', () => {
    for (const right of ['2024-02-29T10:00:00Z', '2024-02-29T10:00:00.123+01:00', '2024'])
      expectFindings(patient(`"deceasedDateTime": "${right}"`));
    for (const wrong of ['2024-02-29T10:00', '2024-02-29T10:00:00', '2024-02-29T24:00:00Z'])
      expectFindings(
        patient(`"deceasedDateTime": ⟦"${wrong}"⟧`),
        'primitive-form: a date and time with seconds and zone',
      );
  });
  it('looks at each item of a list of primitives', () => {
    expectFindings(
      patient('"name": [{ "given": ["A", ⟦""⟧] }]'),
      'primitive-form: is empty: put something in it or remove it',
    );
    expectFindings(patient('"name": [{ "given": ["A", ⟦5⟧] }]'), 'kind: This string is text');
  });
  it('lets a primitive be there by its companion alone', () =>
    expectFindings(
      '{ "resourceType": "OperationOutcome", "issue": [{ "severity": "error", "_code": { "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown" }] } }] }',
    ));
  it('allows one form of a choice', () =>
    expectFindings(
      patient('"deceasedBoolean": true, ⟦"deceasedDateTime"⟧: "2024"'),
      'choice: Only one of deceasedBoolean, deceasedDateTime may stand here.',
    ));
  it('tells a missing property at the name of what it is missing from', () =>
    expectFindings(
      patient('"⟦⟧link": [{ "other": { "display": "B" } }]').replace('"⟦⟧link": [{', '"link": [⟦{⟧'),
      'required: type is missing',
    ));
  it('lets categories be several codes, as STU3 says and its JSON Schema does not', () =>
    expectFindings(
      '{ "resourceType": "AllergyIntolerance", "clinicalStatus": "active", "verificationStatus": "confirmed", "category": ["food", "medication"], "patient": { "display": "A" } }',
    ));
  it('looks into contained resources', () =>
    expectFindings(
      patient(
        '"contained": [{ "resourceType": "Organization", "id": "o", ⟦"nmae"⟧: "x" }], "managingOrganization": { "reference": "#o" }',
      ),
      'unknown-property: Organization has no property "nmae": did you mean "name"?',
    ));
});

describe('codes of STU3', () => {
  it('must be of a required value set', () =>
    expectFindings(patient('"gender": ⟦"man"⟧'), 'binding: use one of male, female, other, unknown.'));
  it('a slip is guessed', () => expectFindings(patient('"gender": ⟦"mael"⟧'), 'binding: did you mean "male"?'));
  it('inside data types too', () =>
    expectFindings(patient('"name": [{ "use": ⟦"offical"⟧, "text": "A" }]'), 'binding: did you mean "official"?'));
});

describe('references', () => {
  it('to contained resources must be there', () =>
    expectFindings(
      patient('"managingOrganization": { "reference": ⟦"#o"⟧ }'),
      'reference-missing: No contained resource here has the id "o".',
    ));
  it('outside any bundle cannot be judged', () =>
    expectFindings(patient('"managingOrganization": { "reference": "Organization/1" }')));
  it('must name a type that is allowed', () =>
    expectFindings(
      patient(
        '"contained": [{ "resourceType": "Patient", "id": "p" }], "managingOrganization": { "reference": ⟦"#p"⟧ }',
      ),
      'reference-type: Patient.managingOrganization points at a Patient, but must point at an Organization.',
    ));
});
