// What is done to a message written as XML comes to the same as what is done to it written as JSON: fixes, all at once, and
// refactorings.
import assert from 'node:assert/strict';
import { changed } from '../../core/document/changes';
import { editsFor, editsOf } from '../../core/document/edits';
import { applyTextEdits } from '../../core/document/text-edits';
import { writeXml } from '../../core/document/write-xml';
import { readXml, readXmlValue } from '../../core/document/xml-document';
import type { Finding, Fix } from '../../core/finding';
import { fixAll } from '../../core/fixes/fix-all';
import { fixesOf } from '../../core/fixes/fixes-of';
import { readMessage } from '../../core/itk3/message';
import type { Knowledge } from '../../core/knowledge';
import { REFACTORINGS } from '../../core/refactor/refactorings';
import { checkDocument, type CheckedDocument } from '../../core/validate/check-document';
import { inventedFixture } from '../../exchange/fixture';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { check, fresh, fresher, NOW, OURS, PUBLISHED, response } from '../faults/proving';
import { knowing, knowledge } from '../knowledge';

const { registry } = knowledge();

/** Undefined where XML cannot say it. */
function asXml(value: unknown): string | undefined {
  const { text, left } = writeXml(value, registry);
  return left.length === 0 ? text : undefined;
}

function checkXml(text: string, known: Knowledge): CheckedDocument {
  return checkDocument(readXml(text, registry), known, { now: NOW });
}

function fixes({ findings, message, applicable }: CheckedDocument, at: number, known: Knowledge): Fix[] {
  if (!message || !applicable) return findings[at]!.fixes ?? [];
  return fixesOf(findings[at]!, { message, applicable, knowledge: known, fresh: fresh() });
}

interface Tally {
  faults: number;
  fixes: number;
}

/** Of a fault that XML can say (ALL=1 tries more than one of four): every fix of what it brings about, made in both. */
function tryFault(fault: Fault, message: unknown, before: readonly Finding[], tally: Tally): string[] {
  const value = structuredClone(message);
  fault.change?.(value);
  const xml = fault.edit ? undefined : asXml(value);
  if (xml === undefined) return [];
  tally.faults++;
  const known = fault.profiles ? knowing(fault.profiles) : knowledge();
  const inJson = check(JSON.stringify(value), known);
  const inXml = checkXml(xml, known);
  const wrong: string[] = [];
  fresher(inJson.findings, before).forEach((finding) => {
    const i = inJson.findings.indexOf(finding);
    const same = (one: typeof finding): boolean =>
      one.rule === finding.rule && one.pointer === finding.pointer && one.message === finding.message;
    const twin = inXml.findings.findIndex(same);
    if (twin < 0 || inJson.findings.findIndex(same) !== i) return;
    const [one, other] = [fixes(inJson, i, known), fixes(inXml, twin, known)];
    if (JSON.stringify(one.map(({ title }) => title)) !== JSON.stringify(other.map(({ title }) => title)))
      wrong.push(`${fault.name}: ${finding.message}: ${other.map(({ title }) => title).join()}`);
    one.forEach((fix, j) => {
      const wanted = writeXml(changed(value, fix), registry).text;
      const after = applyTextEdits(xml, editsFor(xml, other[j] ?? fix, registry));
      tally.fixes++;
      if (sorted(readXmlValue(after, registry)) !== sorted(readXmlValue(wanted, registry)) && wanted !== '')
        wrong.push(`${fault.name}: ${fix.title}: ${JSON.stringify(fix).slice(0, 300)}`);
      else if (after === xml && wanted !== xml) wrong.push(`${fault.name}: ${fix.title}: nothing changes`);
    });
  });
  return wrong;
}

describe('fixes of a message that is XML', function () {
  this.timeout(120_000);

  for (const [title, message, lists] of [
    ['our own example', OURS, FAULTS],
    ['a response', response('20013'), RESPONSE_FAULTS],
  ] as const)
    it(`come to what they come to in JSON: ${title}`, () => {
      const tally = { faults: 0, fixes: 0 };
      const before = check(JSON.stringify(message), knowledge()).findings;
      const wrong = Object.values<Fault[]>(lists).flatMap((faults) =>
        faults
          .filter((_, i) => process.env.ALL !== undefined || i % 4 === 0)
          .flatMap((fault) => tryFault(fault, message, before, tally)),
      );
      assert.deepEqual(wrong, []);
      assert.ok(tally.faults > 10 && tally.fixes > 10, JSON.stringify(tally));
    });

  it('all at once, leave what they leave in JSON', () => {
    const value = structuredClone(OURS);
    const names = [
      'an element that the profile forbids',
      'another value than the fixed one',
      'another title of a section than the fixed one',
      'a code in capitals',
      'a slip in the url of a profile',
      'another display than the published one',
      'an id that contradicts the fullUrl',
      'the Composition is not first',
    ];
    const faults = Object.values<Fault[]>(FAULTS).flat();
    for (const name of names) faults.find((one) => one.name === name)!.change?.(value);
    const xml = asXml(value)!;
    const options = { knowledge: knowledge(), fresh: fresh() };
    const json = fixAll(JSON.stringify(value), (text) => check(text, knowledge()), options);
    const { text, edits } = fixAll(xml, (one) => checkXml(one, knowledge()), { ...options, fresh: fresh() });
    assert.equal(applyTextEdits(xml, edits), text);
    assert.equal(sorted(readXmlValue(text, registry)), sorted(JSON.parse(json.text)));
    const before = checkXml(asXml(OURS)!, knowledge()).findings;
    assert.deepEqual(fresher(checkXml(text, knowledge()).findings, before), []);
    assert.equal(text, asXml(OURS));
  });
});

describe('refactorings of a message that is XML', () => {
  for (const [title, message] of [
    ['our own example', OURS],
    ['the published example', PUBLISHED],
  ] as const) {
    if (message === undefined) continue;
    for (const { id, apply, whyNot, isLocal } of REFACTORINGS)
      it(`${id}: ${title}`, () => {
        const xml = asXml(message)!;
        const at = isLocal ? sectionOf(message) : '';
        const value = readXmlValue(xml, registry);
        assert.equal(whyNot(readMessage(value)!, knowledge(), at), undefined);
        const edits = editsOf(xml, (one) => apply(readMessage(one)!, knowledge(), fresh(), at), registry);
        const wanted = apply(readMessage(value)!, knowledge(), fresh(), at);
        const after = applyTextEdits(xml, edits);
        assert.equal(after, writeXml(wanted, registry).text);
      });
  }

  it('a fixture with invented people stays XML, and is laid out', () => {
    const flat = writeXml(OURS, registry, { layout: { isFlat: true } }).text;
    const fixture = inventedFixture(flat, knowledge(), () => 0.5);
    const inJson = inventedFixture(JSON.stringify(OURS), knowledge(), () => 0.5);
    if (typeof fixture === 'string' || typeof inJson === 'string') assert.fail('no fixture was made');
    assert.equal(sorted(readXmlValue(fixture.text, registry)), sorted(JSON.parse(inJson.text)));
    assert.deepEqual(fixture.needsLook, inJson.needsLook);
    assert.equal(fixture.text, writeXml(JSON.parse(inJson.text), registry).text);
  });
});

/** Where the first section of the document stands. */
function sectionOf(message: unknown): string {
  const entries = (message as { entry: { resource: { entry?: { resource: { section?: unknown } }[] } }[] }).entry;
  const document = entries.findIndex(({ resource }) => resource.entry !== undefined);
  const composition = entries[document]!.resource.entry!.findIndex(({ resource }) => resource.section !== undefined);
  return `/entry/${document}/resource/entry/${composition}/resource/section/0`;
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
