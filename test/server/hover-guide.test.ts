// What ITK3 and the guides ask, told on names: one line a case.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { type Client, hoverAt, startClient } from './client';

const EXAMPLE = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const ANSWER = EXAMPLE.replace('"ITK010D"', '"ITK008M"')
  .replace('ITK-DM-EmergencySupply-MessageDefinition-1', 'ITK-Response-MessageDefinition-1')
  .replace('"event": {', '"response": { "identifier": "1", "code": "ok" }, "event": {');

/** The name on which the cursor stands, what comes before it, and a line that is told there. */
const CASES: readonly (readonly [name: string, before: string, line: RegExp, text?: string])[] = [
  [
    'valueBoolean',
    'BusAckRequested',
    /^- `true` here: the guide asks every sender for both acknowledgements.* — GP Connect/,
  ],
  ['valueBoolean', 'BusAckRequested', /^- `false` here: nobody answers an acknowledgement/, ANSWER],
  [
    'valueString',
    'SenderReference',
    /^- The guide of version 1\.3\.0 wants a unique reference .* Digital Medicines 1\.2\.9$/,
  ],
  ['valueString', 'SenderReference', /^- SenderReference has a letter or a digit in it.* `sender-reference`$/],
  ['valueString', 'LocalExtension', /^- `"None"` here: the guide leaves no room/],
  ['valueReference', 'MessageDefinition', /`message-definition`$/],
  ['extension', 'Extension-ITK-MessageHandling-2', /has no key that ITK3 has retired.*`handling-key`$/],
  ['sender', 'ITK010D', /^- The organisation that sends needs its ODS code/],
  ['focus', 'endpoint', /^- Must lead to the document bundle/],
  ['endpoint', 'source', /MESH mailbox id.*`source-endpoint`$/],
  ['type', 'CareSettingType', /^- `1218611000000102` Urgent supply .* since version 1\.2\.1/],
  ['entry', 'Allergies and Adverse Reactions', /^- One `List` — /],
  ['entry', '"document"', /^- at least 1 `Encounter`, .* at most 1 `Composition`/],
  ['text', 'Allergies and Adverse Reactions', /^- Rows: Causative agent · Description of reaction/],
  ['title', '"section"', /`section-title`$/],
  ['div', 'Medications and medical devices', /`supply-in-text`$/],
  ['value', 'Id/nhs-number', /^- An NHS number has ten digits.*`nhs-number`$/],
  ['extension', 'Id/nhs-number', /^- `01` Number present and verified for a number that was traced/],
  ['identifier', 'CareConnect-Practitioner-1', /^- Of an author one of SDS user id, SDS role profile id, GPhC number/],
  ['status', '"MedicationDispense"', /^- `completed` for a supply that was made/],
  ['daysSupply', '"MedicationDispense"', /^- In days: `\{"unit":"day"/],
  ['unit', '"daysSupply"', /`days-supply`$/],
  ['quantity', '"MedicationDispense"', /`dispense-quantity`$/],
  ['verificationStatus', '"AllergyIntolerance"', /^- Not `refuted` or `entered-in-error`/],
];

describe('hover on names that a guide speaks of', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  for (const [name, before, line, text = EXAMPLE] of CASES)
    it(`${name} behind ${before}: ${line.source.slice(0, 50)}`, async () => {
      const start = text.indexOf(before);
      const at = text.indexOf(`"${name}":`, start) + 2;
      assert.ok(start > 0 && at > 2);
      // NHS numbers stand behind their extension, which may come first.
      const spot =
        name === 'extension' && before === 'Id/nhs-number' ? text.lastIndexOf('"extension":', start) + 2 : at;
      const { markdown } = (await hoverAt(client, `${text.slice(0, spot)}|${text.slice(spot)}`))!;
      assert.ok(
        markdown.split('\n').some((one) => line.test(one)),
        markdown,
      );
    });
});
