// What values stand for: one line a case.
import assert from 'node:assert/strict';
import { type Client, hoverAt, startClient } from './client';

const HEADER = 'https://fhir.nhs.uk/STU3/StructureDefinition/ITK-MessageHeader-2';
const HANDLING = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-ITK-MessageHandling-2';
const COMPOSITION = 'https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-DM-EmergencySupply-Composition-1';
const SCT = 'http://snomed.info/sct';

const entry = (id: number, resource: string): string => `{ "fullUrl": "urn:uuid:${id}", "resource": ${resource} }`;
const patient = (rest: string): string => `{ "resourceType": "Patient", ${rest} }`;
const born = (
  date: string,
  written = '2026-11-20',
): string => `{ "resourceType": "Bundle", "type": "document", "entry": [
  ${entry(0, `{ "resourceType": "Composition", "date": "${written}" }`)}, ${entry(1, patient(`"birthDate": "${date}"`))}] }`;
const instant = (time: string): string => `{ "resourceType": "MessageHeader", "timestamp": "${time}" }`;
const identified = (type: string, system: string, value: string): string =>
  `{ "resourceType": "${type}", "identifier": [{ "system": "${system}", "value": "${value}" }] }`;
const coded = (coding: string): string => `{ "resourceType": "Observation", "code": { "coding": [{ ${coding} }] } }`;
const dispense = (rest: string): string => `{ "resourceType": "MedicationDispense", ${rest} }`;
const header = (rest: string): string =>
  `{ "resourceType": "Bundle", "type": "message", "entry": [${entry(0, `{ "resourceType": "MessageHeader", "meta": { "profile": ["${HEADER}"] }, ${rest} }`)}] }`;
const key = (url: string, value: string): string =>
  header(`"extension": [{ "url": "${HANDLING}", "extension": [{ "url": "${url}", ${value} }] }]`);
const outcome = (code: string): string =>
  `{ "resourceType": "OperationOutcome", "issue": [{ "details": { "coding": [{ "system": "https://fhir.nhs.uk/STU3/CodeSystem/ITK-ResponseCodes-1", "code": "${code}" }] } }] }`;
const section = (rest: string): string =>
  `{ "resourceType": "Composition", "meta": { "profile": ["${COMPOSITION}"] }, "section": [{ ${rest} }] }`;
const sectionCoded = (code: string): string => `"code": { "coding": [{ "system": "${SCT}", "code": "${code}" }] }`;
const table = (rows: string): string =>
  `"text": { "status": "generated", "div": "<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><table>${rows}</table></div>" }`;

/** The cursor is where | stands; the value's meaning must hold what stands beside. */
const CASES: Readonly<Record<string, readonly [text: string, means: string | RegExp][]>> = {
  dates: [
    [born('1987-|03-12'), '**Thursday 12 March 1987** · 39 years old at the date of the document'],
    [born('1987-|11-20'), '**Friday 20 November 1987** · 39 years old at the date of the document'],
    [born('1987-|11-21'), '**Saturday 21 November 1987** · 38 years old at the date of the document'],
    [born('1956-|02-29', '2026-02-28'), '**Wednesday 29 February 1956** · 69 years old at the date of the document'],
    [born('2026-|09-21'), '**Monday 21 September 2026** · 1 month old at the date of the document'],
    [born('2026-|11-17'), '**Tuesday 17 November 2026** · 3 days old at the date of the document'],
    [born('2027-|01-01'), '**Friday 1 January 2027** · not born yet at the date of the document'],
    [born('1987-|02', '2026-02-28'), '**February 1987** · no day is given · 39 years old at the date of the document'],
    [born('1987-|03'), '**March 1987** · no day is given · 39 years old at the date of the document'],
    [born('1987-|11'), '**November 1987** · no day is given · 38 or 39 years old at the date of the document'],
    [born('19|87'), '**The year 1987** · no month or day is given · 38 or 39 years old at the date of the document'],
    [patient('"birthDate": "1987-|03-12"'), '**Thursday 12 March 1987**'],
    [
      patient('"birthDate": "1987-03-12", "deceasedDateTime": "2020-|03-11"'),
      '**Wednesday 11 March 2020** · 32 years old at death',
    ],
    [instant('2026-|01-31T09:30:00Z'), '**Saturday 31 January 2026, 09:30** · UTC · British time (GMT)'],
    [
      instant('2026-|06-30T09:30:15+01:00'),
      '**Tuesday 30 June 2026, 09:30:15** · +01:00, which is 08:30 UTC · British time (BST)',
    ],
    [instant('2026-|06-30T09:30:00+00:00'), '**Tuesday 30 June 2026, 09:30** · UTC · 10:30 in British time (BST)'],
    [
      instant('2026-|01-01T01:30:00+02:00'),
      '**Thursday 1 January 2026, 01:30** · +02:00, which is 23:30 UTC on Wednesday 31 December 2025 · 23:30 in British time (GMT), Wednesday 31 December 2025',
    ],
    [
      '{ "resourceType": "Encounter", "period": |{ "start": "2026-11-20", "end": "2026-11-21" } }',
      '**From Friday 20 November 2026 to Saturday 21 November 2026**',
    ],
  ],
  identifiers: [
    [
      identified('Patient', 'https://fhir.nhs.uk/Id/nhs-number', '99900|00018'),
      'NHS number **999 000 0018** · check digit right · of the test range',
    ],
    [identified('Patient', 'https://fhir.nhs.uk/Id/nhs-number', '9990|000019'), /check digit wrong/],
    [
      identified('Organization', 'https://fhir.nhs.uk/Id/ods-organization-code', 'FZ|Z99'),
      'ODS code **FZZ99** of an organisation · form right · given out by NHS England, Organisation Data Service · [look it up](https://directory.spineservices.nhs.uk/ORD/2-0-0/organisations/FZZ99)',
    ],
    [identified('Organization', 'https://fhir.nhs.uk/Id/ods-organization-code', 'f|zz'), /form wrong: it is three/],
    [
      identified('Practitioner', 'https://fhir.hl7.org.uk/Id/gphc-number', '999|9999'),
      /^GPhC number \*\*9999999\*\* of a pharmacist or pharmacy technician · form right · given out by General Pharmaceutical Council/,
    ],
    [identified('Practitioner', 'https://fhir.hl7.org.uk/Id/gmc-number', '1|2'), /form wrong: it is seven digits/],
    [
      identified('Practitioner', 'https://fhir.nhs.uk/Id/sds-user-id', 'U|NK'),
      'SDS user id: `UNK` stands where it is not known',
    ],
    [
      identified('Patient', 'https://tools.ietf.org/html/rfc4122', '5d0a8d4c-|6a52-4c0b-9d3f-0c2f5b7e9a14'),
      'UUID **5d0a8d4c-6a52-4c0b-9d3f-0c2f5b7e9a14** · version 4, made at random',
    ],
    [identified('Patient', 'https://tools.ietf.org/html/rfc4122', 'no|ne'), /not the form of a UUID/],
    [identified('Patient', 'https://hospital.example/mrn', '1|2'), /^\*\*12\*\*, an identifier of `https:/],
    [identified('Patient', 'urn:oid:2.16.840.1.113883.2.1.4.1', '1|2'), /^NHS number .*\n\nThis is its OID/],
  ],
  addresses: [
    [
      identified('Patient', 'https://fhir.nhs.uk/Id/|ods-organization-code', '1'),
      /^\*\*ODS code\*\* of an organisation/,
    ],
    [identified('Patient', 'https://fhir.nhs.uk/|Id/something-else', '1'), 'NHS FHIR · owned by NHS England'],
    [
      identified('Patient', 'https://fhir.nhs.uk|.evil.org/Id/nhs-number', '1'),
      /whoever owns fhir\.nhs\.uk\.evil\.org$/,
    ],
    [identified('Patient', 'urn:oid:2.16.840.1.113883.2.1.3|.9', '1'), 'OID · owned by HL7 UK'],
    [identified('Patient', 'urn:oid:1.|2.3', '1'), 'An OID · nothing is known of its owner here'],
    [identified('Patient', 'https://hospital.|example/mrn', '1'), /a name kept for examples/],
    [coded('"system": "http://snomed.info|/sct", "code": "310080006"'), /owned by SNOMED International/],
  ],
  codes: [
    [
      coded(`"system": "${SCT}", "code": "310080|006"`),
      '**Pharmacy service** `310080006`\n\nSNOMED CT concept · check digit right · not looked up, as no terminology server has told of it · [SNOMED CT browser](https://termbrowser.nhs.uk/?perspective=full&conceptId1=310080006&edition=uk-edition)',
    ],
    [coded(`"system": "${SCT}", "code": "310080|007"`), /No concept of SNOMED CT: its check digit is wrong/],
    [coded(`"system": "${SCT}", "code": "7|54745019"`), /No concept of SNOMED CT: it identifies a description/],
    [coded(`"system": "${SCT}", "code": "37417211000|001103"`), /a medicine or device of dm\+d · .*\[dm\+d browser\]/],
    [coded(`"system": "${SCT}", "code": "1 |: 2 = 3"`), /An expression of SNOMED CT/],
    [
      coded(`"system": "${SCT}", "code": "310080006", "display": "Shop|"`),
      /^\*\*Pharmacy service\*\*.*\n\nCalled Shop here/,
    ],
    [
      coded('"system": "https://hospital.example/codes", "code": "4|2"'),
      /Not checked: `https:\/\/hospital\.example\/codes` is not/,
    ],
    [patient('"gender": "fe|male"'), /^`female`\n\nIn \[AdministrativeGender\]/],
    [dispense('"dosageInstruction": [{ "timing": { "repeat": { "periodUnit": "w|k" } } }]'), /week/],
  ],
  amounts: [
    [
      dispense('"daysSupply": { "value": 1|4, "unit": "day", "system": "http://unitsofmeasure.org", "code": "d" }'),
      '**14 day**\n\n`d` is day in UCUM',
    ],
    [
      dispense(`"quantity": |{ "value": 2, "unit": "cartridge", "system": "${SCT}", "code": "732988008" }`),
      /^\*\*2 cartridge\*\*\n\n`732988008` cartridge · SNOMED CT concept/,
    ],
    [dispense('"quantity": { "value": 28|, "unit": "tablet" }'), '**28 tablet**'],
  ],
  acknowledgements: [
    [
      outcome('200|13'),
      /\*\*Positive\*\* answer of the infrastructure layer\n\nWhat the sender must do: wait for the business response/,
    ],
    [
      outcome('200|09'),
      /\*\*Negative\*\* answer of the infrastructure layer\n\nWhat the sender must do: correct the content/,
    ],
    [outcome('300|02'), /\*\*Negative\*\* answer of the business layer\n\n.*the patient is not known there/],
    [outcome('300|01'), /\*\*Positive\*\* answer of the business layer\n\nWhat the sender must do: nothing more/],
    [outcome('300|22'), /\*\*Negative\*\* answer of the business layer\n\n.*tell a person/],
  ],
  headers: [
    [key('BusAckRequested', '"valueBoolean": t|rue'), /^\*\*BusAckRequested\*\* `true`: The receiver answers/],
    [key('InfAckRequested', '"valueBoolean": f|alse'), /^\*\*InfAckRequested\*\* `false`: No infrastructure/],
    [key('SenderReference', '"valueString": "N|one"'), /The sender gives no reference/],
    [key('LocalExtension', '"valueString": "N|one"'), /There is no local agreement/],
    [
      header('"source": { "endpoint": "X26|ABC1" }'),
      'MESH mailbox **X26ABC1** of the sender · acknowledgements go there',
    ],
    [
      header('"event": { "system": "https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2", "code": "ITK01|0D" }'),
      /Announces: Emergency supply of medicines[^]*Travels over MESH as `DIGMED_EMG_MED`/,
    ],
  ],
  sections: [
    [
      section(`"title": "GP |Practice", ${sectionCoded('886711000000101')}`),
      /^Section \*\*GP Practice\*\*, mandatory · .*\n\nRows: GP name · /,
    ],
    [
      section(`"title": "x", ${sectionCoded('886711|000000101')}`),
      /^\*\*GP practice\*\*[^]*Section \*\*GP Practice\*\*, mandatory/,
    ],
    [
      section(`"title": "x|", ${sectionCoded('61861000000100')}`),
      /^Section \*\*Consent\*\*, required · .*up to version 1\.2\.7 · now \*\*Legal information\*\*/,
    ],
    [
      section(`"title": "x|", ${sectionCoded('310080006')}`),
      /^No section of GP Connect Emergency Supply 1\.3\.0 has this code$/,
    ],
    [
      section(`${sectionCoded('886711000000101')}, ${table('<tr><th>GP| name</th><td>Dr A*B</td></tr>')}`),
      '| | |\n| --- | --- |\n| GP name | Dr A\\*B |',
    ],
    [section(table('<tr><td>No| rows</td></tr>')), 'No rows'],
    [section(table('<tr><td>A</td><td>B</td></tr>').replace('{', '|{')), '| | |\n| --- | --- |\n| A | B |'],
  ],
};

describe('hover on values', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  for (const [kind, cases] of Object.entries(CASES))
    for (const [text, means] of cases)
      it(`${kind}: ${typeof means === 'string' ? means.split('\n')[0]!.slice(0, 60) : means.source.slice(0, 60)}`, async () => {
        const { markdown } = (await hoverAt(client, text)) ?? { markdown: 'nothing' };
        const [first] = markdown.split('\n\n---\n\n');
        if (typeof means === 'string') assert.equal(first, means);
        else assert.match(first!, means);
      });
});
