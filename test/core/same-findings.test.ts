// A message is judged alike in both forms: the same findings at the same places, and the same words underlined.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { kindsOfMessage } from '../../core/draft/choices';
import { chooseCast } from '../../core/draft/choose-cast';
import { draftMessage } from '../../core/draft/message';
import { seeded as drawn } from '../../core/draft/seeded';
import { readDocument } from '../../core/document/read-document';
import { writeXml } from '../../core/document/write-xml';
import type { Knowledge } from '../../core/knowledge';
import { checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { fresh, NOW, OURS, PUBLISHED, response, seeded } from '../faults/proving';
import { knowing, knowledge } from '../knowledge';
import { publishedFiles, publishedFolder, textOfPublished } from '../published';
import { sameWords } from './same-words';

const inXml = (value: unknown): string => writeXml(value, knowledge().registry).text;
const inJson = (value: unknown): string => JSON.stringify(value, null, 2);

function findingsOf(text: string, known: Knowledge = knowledge()): PlacedFinding[] {
  return checkDocument(readDocument(text, known.registry), known, { now: NOW }).findings;
}

/** Comparable, with what is underlined said in a way that both forms share. */
function assertSame(json: string, xml: string, rules: (rule: string) => boolean = () => true): void {
  const [ofJson, ofXml] = [findingsOf(json), findingsOf(xml).filter(({ rule }) => rules(rule))];
  const told = (list: readonly PlacedFinding[]) =>
    list.map(({ rule, severity, pointer, message }) => `${rule} ${severity} ${pointer} ${message}`).sort();
  assert.deepEqual(told(ofXml), told(ofJson));
  for (const finding of ofJson) {
    const twins = ofXml.filter(({ rule, pointer, message }) => {
      return rule === finding.rule && pointer === finding.pointer && message === finding.message;
    });
    assert.ok(twins.some((twin) => sameWords(finding, json, twin, xml) === undefined), finding.message);
  }
}

describe('whole messages in both forms', () => {
  if (PUBLISHED !== undefined) {
    const [json, xml] = ['json', 'xml'].map((ending) =>
      textOfPublished(`examples/emergency-supply/guide-1.3.0-example-1.${ending}`),
    );
    it('the published example has the same findings', () => assertSame(json!, xml!));
  }
  for (const file of publishedFiles('examples').filter((name) => name.endsWith('.xml')))
    it(`${file} has the findings of its value, and those of XML's own`, () => {
      const xml = textOfPublished(file);
      const { value } = readDocument(xml, knowledge().registry);
      assertSame(inJson(value), xml, (rule) => !rule.startsWith('xml-'));
    });
});
void [fs, kindsOfMessage, chooseCast, draftMessage, drawn, FAULTS, RESPONSE_FAULTS, fresh, OURS, response, seeded, knowing, publishedFolder, inXml];
type _F = Fault;
