import assert from 'node:assert/strict';
import { hasPage, pageOf } from '../../core/definitions/page/page';
import { publishedPage } from '../../core/definitions/published-page';
import { basePackages, knowledge } from '../knowledge';

describe('pages of definitions', () => {
  const urls = basePackages().flatMap(({ definitions, valueSets, codeSystems, messageDefinitions }) =>
    [...definitions, ...valueSets, ...codeSystems, ...messageDefinitions].map(({ url }) => url),
  );

  it('are there for everything we know, and say its url', () => {
    for (const url of urls) assert.ok(pageOf(url, knowledge())?.text.includes(url), url);
  });
  it('are found with a version behind the url, and not of what is not known', () => {
    const url = 'http://hl7.org/fhir/administrative-gender';
    assert.equal(pageOf(`${url}|3.0.1`, knowledge())?.url, url);
    assert.equal(pageOf('https://example.org/unknown', knowledge()), undefined);
    assert.ok(!hasPage('https://example.org/unknown', knowledge()));
  });
  it('have a row for each element of a profile, at its place', () => {
    const { text, rows } = pageOf(
      'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1',
      knowledge(),
    )!;
    const row = (id: string): string => {
      const { offset, length } = rows.get(id)!;
      return text
        .slice(offset, offset + length)
        .replace(/ {2,}/g, ' ')
        .trim();
    };
    assert.match(
      row('Patient.identifier:nhsNumber.system'),
      /^• system 1\.\.1 uri always "https:\/\/fhir\.nhs\.uk\/Id\/nhs-number"/,
    );
    assert.match(row('Patient.deceased[x]'), /^deceased\[x\] 0\.\.1 boolean \| dateTime /);
    assert.match(row('Patient.gender'), /codes \(required\) of https:\/\/fhir\.hl7\.org\.uk\/STU3\/ValueSet\//);
  });
  it('list the codes of a value set by their systems', () => {
    const { text, rows } = pageOf(
      'https://fhir.hl7.org.uk/STU3/ValueSet/CareConnect-AdministrativeGender-1',
      knowledge(),
    )!;
    assert.match(text, /^http:\/\/hl7\.org\/fhir\/administrative-gender \(4 codes\)\n {2}male {5}Male\n/m);
    assert.ok(rows.has('http://hl7.org/fhir/administrative-gender|male'));
  });
  it('tell the sections of a kind of message', () => {
    const { text } = pageOf(
      'https://fhir.nhs.uk/STU3/MessageDefinition/ITK-DM-EmergencySupply-MessageDefinition-1',
      knowledge(),
    )!;
    assert.match(text, /^ {2}GP Practice +mandatory +886711000000101 · Organization$/m);
  });
  for (const [url, page] of [
    ['http://hl7.org/fhir/StructureDefinition/Patient', 'patient.html'],
    ['http://hl7.org/fhir/StructureDefinition/HumanName', 'datatypes.html#HumanName'],
    ['http://hl7.org/fhir/StructureDefinition/birthPlace', 'extension-birthplace.html'],
    ['http://hl7.org/fhir/ValueSet/administrative-gender', 'valueset-administrative-gender.html'],
    ['http://hl7.org/fhir/ValueSet/v3-ActEncounterCode', 'v3/ActEncounterCode/vs.html'],
    ['http://hl7.org/fhir/v3/MaritalStatus', 'v3/MaritalStatus/cs.html'],
    ['http://hl7.org/fhir/list-mode', 'codesystem-list-mode.html'],
  ] as const)
    it(`${url} is published as ${page}`, () =>
      assert.equal(publishedPage(url, knowledge().registry), `http://hl7.org/fhir/STU3/${page}`));
  it('of others, and of what is not known, no page is guessed', () => {
    for (const url of [
      'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1',
      'http://hl7.org/fhir/StructureDefinition/Nothing',
      'http://hl7.org/fhir/v2/0131',
      'http://hl7.org/fhir/no/such-thing',
    ])
      assert.equal(publishedPage(url, knowledge().registry), undefined);
  });
});
