// Resources of every STU3 type, built at random from the definitions, are the same after both ways round.
// ROUND_TRIPS=50 tries fifty times as many.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { converted } from '../../core/document/convert';
import { readJson } from '../../core/document/json-document';
import { writeJson } from '../../core/document/write-json';
import { readXml } from '../../core/document/xml-document';
import { checkDocument } from '../../core/validate/check-document';
import { type AnyResource, anyResource, choicesOf } from '../any-resource';
import { knowledge } from '../knowledge';

const { registry } = knowledge();
const TIMES = Number(process.env.ROUND_TRIPS ?? 1);
const NOW = Date.parse('2026-12-01T12:00:00Z');

function other(text: string, to: 'json' | 'xml'): string {
  const result = converted(text, to, registry);
  assert.ok('text' in result, JSON.stringify(result));
  assert.deepEqual(result.left, []);
  assert.equal(result.asides, 0);
  return result.text;
}

/** @returns the XML */
function bothWays({ value, exact }: AnyResource): string {
  const json = writeJson(value, { exact });
  assert.deepEqual(JSON.parse(json), value);
  const xml = other(json, 'xml');
  const back = other(xml, 'json');
  assert.deepEqual(JSON.parse(back), value);
  assert.deepEqual(byPlace(readJson(back).exact()), byPlace(exact));
  assert.equal(other(back, 'xml'), xml);
  return xml;
}

function byPlace(exact: ReadonlyMap<string, string>): [string, string][] {
  return [...exact].sort(([a], [b]) => (a < b ? -1 : 1));
}

function findings(document: ReturnType<typeof readJson>): string[] {
  const { findings } = checkDocument(document, knowledge(), { now: NOW });
  return findings.map(({ rule, pointer, message }) => `${rule} ${pointer} ${message}`).sort();
}

describe('resources of every type, from JSON to XML and back', function () {
  if (TIMES > 1) this.timeout(10_000 * TIMES);
  const types = registry.resourceTypes();

  for (const type of types)
    it(type, () => {
      const all = choicesOf(type);
      const made = new Set<string>();
      for (let choice = 0; choice < Math.max(0, ...all.map(({ length }) => length)); choice++) {
        const resource = anyResource({ type, seed: choice, fullness: 0.1, choice });
        bothWays(resource);
        for (const one of resource.choices) made.add(one);
      }
      assert.deepEqual(
        all.flat().filter((one) => !made.has(one)),
        [],
      );
      fc.assert(
        fc.property(fc.integer(), fc.double({ min: 0, max: 0.8, noNaN: true }), (seed, fullness) => {
          bothWays(anyResource({ type, seed, fullness }));
        }),
        { numRuns: 4 * TIMES },
      );
    });

  it('are of the right shape, and judged alike in both forms', () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.integer(), (type, seed) => {
        const { value, exact } = anyResource({ type, seed, fullness: 0.3 });
        const xml = readXml(other(writeJson(value, { exact }), 'xml'), registry);
        // What is said once for many is said at the first, so both must have them in the same order.
        const json = readJson(other(xml.text, 'json'));
        assert.deepEqual(xml.problems, []);
        const found = findings(json);
        assert.deepEqual(
          found.filter((one) => /^(kind|empty|required|unknown-property|primitive-form) /.test(one)),
          [],
        );
        assert.deepEqual(findings(xml), found);
      }),
      { numRuns: 15 * TIMES },
    );
  });
});
