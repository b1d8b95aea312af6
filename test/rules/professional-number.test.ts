import { expectFindings } from '../marked';

describe('rule professional-number', () => {
  const numbered = (system: string, value: string): string =>
    `{ "resourceType": "Practitioner", "identifier": [{ "system": "https://${system}", "value": ${value} }] }`;
  const right: [string, string][] = [
    ['fhir.hl7.org.uk/Id/gphc-number', '2145879'],
    ['fhir.hl7.org.uk/Id/gmc-number', '6122477'],
    ['fhir.hl7.org.uk/Id/nmc-number', '12A3456E'],
    ['fhir.hl7.org.uk/Id/gmp-number', 'G8812345'],
    ['fhir.nhs.uk/Id/sds-user-id', '099945750518'],
    ['fhir.nhs.uk/Id/sds-user-id', 'UNK'],
    ['fhir.nhs.uk/Id/sds-role-profile-id', '099945750518'],
    ['example.invalid/Id/staff-number', 'anything'],
  ];
  for (const [system, value] of right)
    it(`${system} ${value} is right`, () => expectFindings(numbered(system, `"${value}"`)));
  const wrong: [string, string, string][] = [
    ['fhir.hl7.org.uk/Id/gphc-number', '214587', 'seven digits'],
    ['fhir.hl7.org.uk/Id/gmc-number', 'C6122477', 'seven digits'],
    ['fhir.hl7.org.uk/Id/nmc-number', '12A3456', 'two digits, a letter, four digits and a letter'],
    ['fhir.hl7.org.uk/Id/gmp-number', '88123456', 'a letter and seven digits'],
    ['fhir.nhs.uk/Id/sds-user-id', '99945750518', 'twelve digits'],
    ['fhir.nhs.uk/Id/sds-role-profile-id', 'R1290', 'twelve digits'],
  ];
  for (const [system, value, words] of wrong)
    it(`${system} ${value} is wrong`, () =>
      expectFindings(numbered(system, `⟦"${value}"⟧`), `professional-number: ${words}`));
});
