import assert from 'node:assert/strict';
import type { Hover } from 'vscode-languageserver/node';
import { type Client, EDITOR, hoverAt, startClient } from './client';

const PATIENT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
const STATUS = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1';
const COMPOSITION = 'https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-DM-EmergencySupply-Composition-1';

const patient = (rest: string): string =>
  `{ "resourceType": "Patient", "meta": { "profile": ["${PATIENT}"] }, ${rest} }`;
const identifier = (rest: string): string =>
  patient(`"identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", ${rest} }]`);
const bundle = (resource: string): string => `{ "resourceType": "Bundle", "type": "document", "entry": [
  { "fullUrl": "urn:uuid:0", "resource": ${resource} },
  { "fullUrl": "urn:uuid:1", "resource": { "resourceType": "Patient", "name": [{ "family": "Test*case", "given": ["Wilma"] }] } }
] }`;

describe('hover', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  async function shown(marked: string): Promise<{ lines: string[]; span: string }> {
    const hover = await hoverAt(client, marked);
    assert.ok(hover, `nothing at ${marked}`);
    return { lines: hover.markdown.split('\n\n'), span: hover.span };
  }

  it('on a name: what it is, how often, what it means, who says so', async () => {
    const { lines, span } = await shown('{ "resourceType": "Patient", "birth|Date": "2000-01-31" }');
    assert.equal(span, '"birthDate"');
    const [asked, example, ...rest] = lines.splice(3);
    assert.deepEqual(lines, [
      '**Patient.birthDate** · `date`',
      '`0..1` optional',
      'The date of birth for the individual',
    ]);
    assert.match(asked!, /^- A time at which .* `time-in-future`\n- The patient has .* `patient-identity`$/);
    assert.match(example!, /^Example: `"\d{4}-\d\d-\d\d"`$/);
    assert.deepEqual(rest, [
      'From [FHIR STU3 Patient](http://hl7.org/fhir/STU3/patient.html)',
      '---',
      '**Monday 31 January 2000**',
    ]);
  });

  it('on a name that a guide speaks of: what it asks, who says so, which rule looks', async () => {
    const { lines } = await shown(
      '{ "resourceType": "MedicationDispense", "days|Supply": { "value": 14, "unit": "day" } }',
    );
    const asked = lines.find((line) => line.startsWith('- '))!.split('\n');
    assert.match(asked[0]!, /^- In days: `\{"unit":"day",.*\}` — Digital Medicines 1\.2\.9/);
    assert.match(asked[1]!, /^- The daysSupply of a dispense is more than zero.* — Digital Medicines.* `days-supply`$/);
  });

  it('on a name of a kind of resource that no guide speaks of, nothing but the definition', async () => {
    const { lines } = await shown('{ "resourceType": "Observation", "sta|tus": "final" }');
    assert.deepEqual(lines.slice(0, 2), ['**Observation.status** · `code`', '`1..1` required']);
    assert.ok(!lines.some((line) => line.startsWith('- ')));
  });

  it('on a bracket: what it holds', async () => {
    const period = '{ "resourceType": "Encounter", "period": |{ "start": "2026-11-20" } }';
    const { lines, span } = await shown(period);
    assert.deepEqual([lines[0], span], ['**From Friday 20 November 2026** · no end is given', '{']);
    assert.equal((await shown('{ "resourceType": "Encounter", "period": { "start": "2026-11-20" |} }')).span, '}');
    assert.equal((await shown('|{ "resourceType": "Encounter" }')).lines[0], '**Encounter**');
    assert.match((await shown('{ "resourceType": "Patient", "name": |[] }')).lines[0]!, /^\*\*Patient\.name\*\*/);
  });

  it('in a file that says what is expected: what its properties are for there', async () => {
    const text = '{ "expected": [{ "rule": "nhs-number", "severity": "warning" }] }';
    const sidecar = client.open(text, 'file:///exceptions/expecting.json.itk3');
    const at = async (word: string): Promise<string> => {
      const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: sidecar.uri },
        position: { line: 0, character: text.indexOf(word) },
      });
      return (hover!.contents as { value: string }).value;
    };
    assert.match(await at('xpected'), /^\*\*expected\*\*\n\nThe findings that the message .* is there to have/);
    assert.match(await at('ule"'), /broken on purpose/);
    assert.match(await at('everity'), /^\*\*severity\*\*/);
    assert.match(await at('hs-number'), /^\*\*nhs-number\*\*/);
  });

  it('in a file of exceptions: what a rule asks, what the properties are for', async () => {
    const text = '{ "exceptions": [{ "rule": "nhs-number", "path": "Patient", "reason": "x" }, { "rule": "y" }] }';
    const sidecar = client.open(text, 'file:///exceptions/message.json.itk3');
    const at = async (word: string): Promise<string[] | undefined> => {
      const position = { line: 0, character: text.indexOf(word) };
      const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: sidecar.uri },
        position,
      });
      return hover
        ? [sidecar.spanText(hover.range!), ...(hover.contents as { value: string }).value.split('\n\n')]
        : undefined;
    };
    const [span, head, asks, source] = (await at('hs-number'))!;
    assert.deepEqual([span, head], ['"nhs-number"', '**nhs-number** · `warning`']);
    assert.match(asks!, /NHS number/);
    assert.match(source!, /^From /);
    assert.match((await at('rule'))![2]!, /^The rule that may be broken/);
    assert.match((await at('eason'))![2]!, /Without a reason/);
    assert.match((await at('"y"'))![1]!, /^\*\*rule\*\*$/);
    assert.match((await at('[{'))![2]!, /^The findings of the message/);
    assert.equal(await at(' "nhs'), undefined);
  });

  it('behind a byte order mark', async () => {
    const { lines, span } = await shown('\uFEFF{ "resourceType": "Patient", "birth|Date": "2000-01-31" }');
    assert.deepEqual([lines[0], span], ['**Patient.birthDate** · `date`', '"birthDate"']);
  });

  it('on a name in a slice: the slice, the cardinality of STU3 where it differs, the profile', async () => {
    const { lines } = await shown(identifier('"val|ue": "9990000018"'));
    assert.equal(lines[0], '**Patient.identifier:nhsNumber.value** · `string`');
    assert.equal(lines[1], '`1..1` required · STU3 alone: `0..1`');
    assert.match(lines.join('\n'), /From \[CareConnect-Patient-1 [\d.]+\]\(https:\/\/fhir\.hl7\.org\.uk/);
  });

  it('on a name with a fixed value and slices', async () => {
    const { lines } = await shown(identifier('"value": "1"').replace('"system"', '"sys|tem"'));
    assert.match(lines.join('\n'), /https:\/\/fhir\.nhs\.uk\/Id\/nhs-number/);
    assert.match(
      (await shown(identifier('"value": "1"').replace('"identifier"', '"ident|ifier"'))).lines.join('\n'),
      /Slices: nhsNumber `0\.\.1`/,
    );
  });

  it('on a name that systems must support, or that may not stand', async () => {
    const composition = (rest: string): string =>
      `{ "resourceType": "Composition", "meta": { "profile": ["${COMPOSITION}"] }, ${rest} }`;
    assert.match((await shown(composition('"cust|odian": {}'))).lines[1]!, /^`0\.\.1` optional · must be supported$/);
    assert.match(
      (await shown(composition('"att|ester": []'))).lines[1]!,
      /^`0\.\.0` not allowed here · STU3 alone: `0\.\.\*`$/,
    );
  });

  it('on a bound name: strength, value set and codes', async () => {
    const { lines } = await shown('{ "resourceType": "Patient", "gen|der": "female" }');
    assert.ok(
      lines.includes(
        'Codes (required): [AdministrativeGender](http://hl7.org/fhir/ValueSet/administrative-gender): `male` · `female` · `other` · `unknown`',
      ),
      lines.join('\n'),
    );
  });

  it('on a code: its display and definition first, then the element', async () => {
    const { lines, span } = await shown(
      identifier(
        `"extension": [{ "url": "${STATUS}", "valueCodeableConcept": { "coding": [{ "system": "https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1", "code": "0|1" }] } }]`,
      ),
    );
    assert.equal(span, '"01"');
    assert.equal(lines[0], '**Number present and verified** `01`');
    assert.match(lines[2]!, /^In \[.*\]\(https:/);
    assert.equal(lines[3], '---');
    assert.match(
      lines[4]!,
      /^\*\*Patient\.identifier:nhsNumber\.extension:nhsNumberVerificationStatus\.valueCodeableConcept/,
    );
  });

  it('on a reference: what it points at, markup characters kept', async () => {
    const { lines, span } = await shown(
      bundle('{ "resourceType": "Composition", "subject": { "reference": "urn:|uuid:1" } }'),
    );
    assert.equal(span, '"urn:uuid:1"');
    assert.equal(lines[0], 'Points at **Patient · Wilma TEST\\*CASE** (entry 2 of this bundle)');
    const onName = await shown(bundle('{ "resourceType": "Composition", "sub|ject": { "reference": "urn:uuid:1" } }'));
    assert.equal(onName.lines.at(-1), lines[0]);
    const lost = await shown(bundle('{ "resourceType": "Composition", "subject": { "reference": "urn:|uuid:7" } }'));
    assert.equal(lost.lines[0], 'Points at `urn:uuid:7`, which is not in this bundle.');
  });

  it('on the url of an extension: what the extension is', async () => {
    const { lines } = await shown(identifier(`"extension": [{ "url": "${STATUS}|" }]`));
    assert.match(lines[0]!, /^\*\*.+\*\*$/);
    assert.match(lines.join('\n'), /profile of Extension/);
  });

  it('on a claimed profile and on the type of a resource', async () => {
    const { lines } = await shown(patient('"active": true').replace(PATIENT, `${PATIENT}|`));
    assert.match(lines[0]!, /\]\(https:.*\) [\d.]+ · profile of Patient$/);
    const type = await shown(patient('"active": true').replace('"Patient"', '"Pat|ient"'));
    assert.equal(type.lines[0], '**Patient**');
    assert.match(type.lines.at(-1)!, /^Checked against \[CareConnect-Patient-1/);
  });

  it('on an NHS number: as people write it, with its check', async () => {
    assert.equal(
      (await shown(identifier('"value": "99900|00018"'))).lines[0],
      'NHS number **999 000 0018** · check digit right · of the test range',
    );
    assert.match((await shown(identifier('"value": "99900|00019"'))).lines[0]!, /check digit wrong/);
  });

  it('gives no example of another section or list, and lists no code as if it were all', async () => {
    const title = `{ "resourceType": "Composition", "meta": { "profile": ["${COMPOSITION}"] }, "section": [
      { "ti|tle": "", "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "886721000000107" }] } }] }`;
    assert.ok(!(await shown(title)).lines.some((line) => /Allergies/.test(line)));
    const { lines } = await shown(`{ "resourceType": "AllergyIntolerance", "meta": { "profile": [
      "https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-AllergyIntolerance-1"] }, "code": { "cod|ing": [] } }`);
    assert.match(
      lines.find((line) => line.startsWith('Codes'))!,
      /codes of SNOMED CT that are not listed here$/,
    );
  });

  it('says nothing twice, and has no links that lead nowhere', async () => {
    const value = await shown('{ "resourceType": "Patient", "telecom": [{ "val|ue": "" }] }');
    assert.equal(value.lines.filter((line) => line.startsWith('The actual contact point details')).length, 1);
    const profile = await shown('{ "resourceType": "Patient", "meta": { "pro|file": [] } }');
    assert.match(profile.lines.join('\n'), /references to StructureDefinition resources/);
  });

  it('in text that does not parse', async () => {
    const { lines } = await shown('{ "resourceType": "Patient", "gen|der": , "name": [{ "family": "x" ');
    assert.equal(lines[0], '**Patient.gender** · `code`');
  });

  it('says nothing between names and values, or of what nobody knows', async () => {
    for (const marked of [
      '{ | "resourceType": "Patient" }',
      '{ "resourceType": "Patient",| "name": [] }',
      '{ "resourceType": "Patient", "unheard|Of": 1 }',
    ])
      assert.equal(await hoverAt(client, marked), null, marked);
  });

  it('is plain text for a client that shows no markdown', async () => {
    const plain = await startClient({ capabilities: { ...EDITOR, textDocument: {} } });
    const hover = await hoverAt(plain, '{ "resourceType": "Patient", "birth|Date": "2000-01-31" }');
    plain.stop();
    assert.match(hover!.markdown, /^Patient\.birthDate · date\n\n0\.\.1 optional\n/);
    assert.match(hover!.markdown, /\nFrom FHIR STU3 Patient \(http:\/\/hl7\.org\/fhir\/STU3\/patient\.html\)\n/);
  });
});
