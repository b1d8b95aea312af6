// The seeded faults of FHIR JSON, said in FHIR XML: found by the same rule at the same place, but for what XML says otherwise.
import assert from 'node:assert/strict';
import { isWithin, parentOf, valueAt } from '../../core/document/pointer';
import { readDocument } from '../../core/document/read-document';
import { writeXml } from '../../core/document/write-xml';
import type { Knowledge } from '../../core/knowledge';
import { checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { OTHERWISE } from '../faults/otherwise-in-xml';
import { fresher, NOW, OURS, response, seeded } from '../faults/proving';
import { knowing, knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { otherWords } from './same-words';

const TABLE = new Map(OTHERWISE.flatMap(({ faults, ...how }) => faults.map((name) => [name, how])));

function judged(text: string, known: Knowledge): PlacedFinding[] {
  const { findings } = checkDocument(readDocument(text, known.registry), known, { now: NOW });
  return findings.filter(({ severity }) => severity !== 'hint');
}

/** As an author would write it: a narrative that XML cannot say is put in as it stands, broken as it is. */
function inXml(value: unknown, { registry }: Knowledge): string {
  const { text, left } = writeXml(value, registry);
  const broken = left.map(({ pointer }) => pointer).filter((pointer) => pointer.endsWith('/text/div'));
  if (broken.length === 0) return text;
  const whole: Loose = structuredClone(value);
  const mark = (i: number): string => `<div xmlns="http://www.w3.org/1999/xhtml">BROKEN-${i}</div>`;
  for (const [i, pointer] of broken.entries())
    (valueAt(whole, pointer.replace(/\/div$/, '')) as { div: string }).div = mark(i);
  return broken.reduce(
    (marked, pointer, i) => marked.replace(mark(i), () => valueAt(value, pointer) as string),
    writeXml(whole, registry).text,
  );
}

/** Undefined of a text that is no JSON: it has no value to be written otherwise. */
function valueOf(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

const told = ({ rule, severity, pointer }: PlacedFinding): string => `${severity} ${rule} ${pointer}`;

function prove(title: string, message: unknown, lists: Record<string, Fault[]>): void {
  describe(`seeded faults in the XML of ${title}`, () => {
    const json = JSON.stringify(message, null, 2);
    const beforeJson = judged(json, knowledge());
    const beforeXml = judged(inXml(message, knowledge()), knowledge());

    // What is too much to be read is each form's own: test/core/hostile-xml.test.ts.
    for (const [stage, faults] of Object.entries(lists))
      for (const fault of faults.filter(({ rule }) => rule !== 'too-much')) {
        const name = `${stage}: ${fault.name}`;
        const otherwise = TABLE.get(name);
        it(otherwise ? `${name} (${otherwise.because})` : name, () => {
          const known = fault.profiles ? knowing(fault.profiles) : knowledge();
          const broken = seeded(json, fault);
          const inJson = fresher(judged(broken, known), beforeJson);
          const said = valueOf(broken);
          const xml = said && inXml(said.value, known);
          const found = xml ? fresher(judged(xml, known), beforeXml) : [];
          if (otherwise) {
            assert.notDeepEqual(
              found.map(told),
              inJson.map(told),
              'XML says it as JSON does: no row of the table is due',
            );
            assert.deepEqual(found.map(({ rule }) => rule).sort(), otherwise.finds ?? []);
            for (const { rule, pointer } of found)
              if (rule.startsWith('xml-')) assert.ok(isWithin(pointer, parentOf(inJson[0]!.pointer)), pointer);
            return;
          }
          assert.deepEqual(found.map(told), inJson.map(told));
          const words = otherWords({ finding: inJson[0]!, text: broken }, { finding: found[0]!, text: xml ?? '' });
          assert.equal(words, undefined);
        });
      }
  });
}

prove('our own example', OURS, FAULTS);
for (const code of ['20013', '30002']) prove(`a response with ${code}`, response(code), RESPONSE_FAULTS);

describe('the table of what XML says otherwise', () => {
  it('names faults that are there, each once', () => {
    const names = OTHERWISE.flatMap(({ faults }) => faults);
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
