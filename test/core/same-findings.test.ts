// A message is judged alike in both forms: the same findings at the same places, with the same words underlined.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { kindsOfMessage } from '../../core/draft/choices';
import { chooseCast } from '../../core/draft/choose-cast';
import { draftMessage } from '../../core/draft/message';
import { readDocument } from '../../core/document/read-document';
import { writeXml } from '../../core/document/write-xml';
import { checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { fresh, NOW, response } from '../faults/proving';
import { knowledge } from '../knowledge';
import { publishedFiles, textOfPublished } from '../published';
import { otherWords } from './same-words';

const known = knowledge();
const inXml = (value: unknown): string => writeXml(value, known.registry).text;
const inJson = (value: unknown): string => JSON.stringify(value, null, 2);

function findingsOf(text: string): PlacedFinding[] {
  return checkDocument(readDocument(text, known.registry), known, { now: NOW }).findings;
}

const told = ({ rule, severity, pointer, message }: PlacedFinding): string =>
  `${rule} ${severity} ${pointer} ${message}`;

/** Those of XML's own writing aside. @param unsaid of JSON, by rule and place: what XML cannot say */
function assertSame(json: string, xml: string, unsaid: readonly string[] = []): void {
  const all = findingsOf(json);
  const ofJson = all.filter(({ rule, pointer }) => !unsaid.includes(`${rule} ${pointer}`));
  assert.equal(all.length - ofJson.length, unsaid.length);
  const ofXml = findingsOf(xml).filter(({ rule }) => !rule.startsWith('xml-'));
  assert.deepEqual(ofXml.map(told).sort(), ofJson.map(told).sort());
  for (const finding of ofJson) {
    const twin = ofXml.splice(
      ofXml.findIndex((one) => told(one) === told(finding)),
      1,
    )[0]!;
    assert.equal(otherWords({ finding, text: json }, { finding: twin, text: xml }), undefined);
  }
}

describe('a published message, judged in both forms', () => {
  const [json, ...more] = publishedFiles('examples').filter((file) => file.endsWith('.json'));
  if (json !== undefined)
    it('has the same findings where both were published', () => {
      assert.deepEqual(more, []);
      assertSame(textOfPublished(json), textOfPublished(json.replace(/json$/, 'xml')));
    });

  for (const file of publishedFiles('examples').filter((file) => file.endsWith('.xml')))
    it(`${file} has the findings of its value`, () => {
      const xml = textOfPublished(file);
      // Words between tags are told as such, and not once more as an element without a value.
      const unsaid = file.includes('vaccination') ? ['empty /entry/3/resource/entry/3/resource/name/0/_text'] : [];
      assertSame(inJson(readDocument(xml, known.registry).value), xml, unsaid);
    });
});

describe('a message of our own, judged in both forms', () => {
  it('has the same findings where it has mistakes', () => {
    const json = fs.readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8');
    // One element of XML is a list of one.
    assertSame(json, inXml(JSON.parse(json)), ['kind /entry/2/resource/entry/1/resource/participant']);
  });

  const { invented } = known;
  const { medicines } = invented;
  for (const { kind, versions } of kindsOfMessage(known))
    for (const version of [undefined, ...versions])
      for (const [i, patient] of invented.patients.entries())
        it(`${kind}, ${version ?? 'as the newest guide has it'}, about ${patient.family}`, () => {
          const { now, random, randomUUID } = fresh();
          const { pharmacies, practices } = invented;
          const wanted = {
            patient,
            pharmacy: pharmacies[i % pharmacies.length]!,
            practice: practices[i % practices.length]!,
            medicines: i === 0 ? medicines : [medicines[i % medicines.length]!],
          };
          const cast = chooseCast(invented, random, wanted);
          const drafted = draftMessage(kind, {
            knowledge: known,
            fresh: { now, random, randomUUID, mailbox: 'X26PHARMACY' },
            cast,
            ...(version !== undefined && { version }),
          });
          assertSame(inJson(drafted), inXml(drafted));
        });

  for (const { code } of known.responseCodes)
    it(`an acknowledgement with ${code}`, () => assertSame(inJson(response(code)), inXml(response(code))));
});
