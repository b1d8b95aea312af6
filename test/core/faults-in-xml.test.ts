// The seeded faults of FHIR JSON, said in FHIR XML: found by the same rule at the same place, but for what XML cannot say.
import assert from 'node:assert/strict';
import { readDocument } from '../../core/document/read-document';
import { writeXml } from '../../core/document/write-xml';
import type { Knowledge } from '../../core/knowledge';
import { checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { fresher, NOW, OURS, response, seeded } from '../faults/proving';
import { knowing, knowledge } from '../knowledge';
import { otherWords } from './same-words';

/** By stage and name, with the reason why the fault is another one in XML, or none. */
const NOT_IN_XML: readonly { because: string; faults: readonly string[] }[] = [];

const REASONS = new Map(NOT_IN_XML.flatMap(({ because, faults }) => faults.map((name) => [name, because])));

function judged(text: string, known: Knowledge): PlacedFinding[] {
  const { findings } = checkDocument(readDocument(text, known.registry), known, { now: NOW });
  return findings.filter(({ severity }) => severity !== 'hint');
}

function inXml(value: unknown, { registry }: Knowledge): string {
  return writeXml(value, registry).text;
}

/** Undefined of a text that is no JSON: its value is of nobody's making. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const told = ({ rule, severity, pointer, message }: PlacedFinding): string =>
  `${rule} ${severity} ${pointer} ${message}`;

function prove(title: string, message: unknown, lists: Record<string, Fault[]>): void {
  describe(`seeded faults in the XML of ${title}`, () => {
    const json = JSON.stringify(message, null, 2);
    const beforeJson = judged(json, knowledge());
    const beforeXml = judged(inXml(message, knowledge()), knowledge());
    for (const [stage, faults] of Object.entries(lists))
      for (const fault of faults) {
        const name = `${stage}: ${fault.name}`;
        const reason = REASONS.get(name);
        it(reason === undefined ? name : `${name}, is not there: ${reason}`, () => {
          const known = fault.profiles ? knowing(fault.profiles) : knowledge();
          const broken = seeded(json, fault);
          const inJson = fresher(judged(broken, known), beforeJson);
          const value = parsed(broken);
          const xml = value ? inXml(value.value, known) : '';
          const found = fresher(judged(xml, known), beforeXml);
          if (reason !== undefined) {
            assert.notDeepEqual(found.map(told), inJson.map(told), 'XML says it: take it out of the table');
            return;
          }
          assert.deepEqual(found.map(told), inJson.map(told));
          assert.equal(otherWords({ finding: inJson[0]!, text: broken }, { finding: found[0]!, text: xml }), undefined);
        });
      }
  });
}

prove('our own example', OURS, FAULTS);
prove('a response with 20013', response('20013'), RESPONSE_FAULTS);

describe('the table of what XML cannot say', () => {
  it('names faults that are there, each once', () => {
    const names = NOT_IN_XML.flatMap(({ faults }) => faults);
    assert.equal(new Set(names).size, names.length);
    const there = [FAULTS, RESPONSE_FAULTS].flatMap((lists) =>
      Object.entries(lists).flatMap(([stage, faults]) => faults.map(({ name }) => `${stage}: ${name}`)),
    );
    assert.deepEqual(
      names.filter((name) => !there.includes(name)),
      [],
    );
  });
});
