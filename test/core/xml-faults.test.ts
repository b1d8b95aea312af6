// One fault put into a valid message of FHIR XML gives one finding, at its place, and its fix gives the message back.
import assert from 'node:assert/strict';
import { fhirPath } from '../../core/document/pointer';
import { readDocument, readValue } from '../../core/document/read-document';
import { applyTextEdits } from '../../core/document/text-edits';
import { writeXml } from '../../core/document/write-xml';
import { fixAll } from '../../core/fixes/fix-all';
import { sureFix } from '../../core/fixes/fixes-of';
import { textFixesOf } from '../../core/fixes/text';
import { checkDocument } from '../../core/validate/check-document';
import { fresh, NOW, OURS } from '../faults/proving';
import { XML } from '../faults/xml';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { publishedFiles, textOfPublished } from '../published';

const known = knowledge();
const check = (text: string) => checkDocument(readDocument(text, known.registry), known, { now: NOW });
const told = (text: string) => check(text).findings.filter(({ severity }) => severity !== 'hint');

describe('seeded faults in the text of FHIR XML', () => {
  const { text } = writeXml(OURS, known.registry);
  const before = told(text).map(({ rule, message }) => `${rule} ${message}`);
  const ofRules = new Set(XML.map(({ rule }) => rule));

  it('has none of them to begin with', () => {
    assert.deepEqual(
      told(text).filter(({ rule, severity }) => severity === 'error' || ofRules.has(rule)),
      [],
    );
  });

  for (const fault of XML)
    it(`${fault.rule}: ${fault.name}`, () => {
      const broken = fault.edit(text);
      assert.notEqual(broken, text, 'the fault changes nothing');
      const found = told(broken).filter(({ rule, message }) => !before.includes(`${rule} ${message}`));
      assert.equal(found.length, 1, JSON.stringify(found, null, 1));
      const [finding] = found;
      assert.equal(finding!.rule, fault.rule, finding!.message);
      assert.ok(finding!.source?.title, 'says by which standard');
      assert.match(finding!.message, /[.?…]$/);
      const value = readValue(broken, known.registry);
      assert.equal(fromResource(fhirPath(value, finding!.pointer), value), fault.path);
      const marked = broken.slice(finding!.span.offset, finding!.span.offset + finding!.span.length);
      assert.ok(marked.startsWith(fault.marks), marked);

      const fixes = textFixesOf(finding!, broken, known.registry);
      if (fault.mend === undefined) return;
      const fix = fixes.find(({ title }) => title === fault.mend);
      assert.ok(fix, fixes.map(({ title }) => title).join(', '));
      assert.equal(sureFix(fixes) === fix, fault.isSure === true);
      const after = told(applyTextEdits(broken, fix.edits)).map(({ rule, message }) => `${rule} ${message}`);
      assert.deepEqual(after, before);
    });

  it('are mended all at once where that is sure', () => {
    const sure = XML.filter(({ isSure, rule }) => isSure && rule !== 'xml-syntax');
    // Each is put where the others leave it whole.
    const broken = sure.reduce((now, { edit }) => edit(now), text);
    const { text: mended } = fixAll(broken, check, { knowledge: known, fresh: fresh() }, ({ rule }) =>
      ofRules.has(rule),
    );
    assert.deepEqual(
      told(mended).filter(({ rule }) => ofRules.has(rule)),
      [],
    );
    assert.deepEqual(readValue(mended, known.registry), readValue(text, known.registry));
  });
});

describe('the published message whose elements are out of order', () => {
  const file = publishedFiles('examples/vaccination').find((name) => name.endsWith('.xml'));
  if (file === undefined) return;
  it('is put in order, and says the same', () => {
    const text = textOfPublished(file);
    const ordered = ({ rule }: { rule: string }): boolean => rule === 'xml-order';
    assert.equal(told(text).filter(ordered).length, 3);
    const { text: mended, count } = fixAll(text, check, { knowledge: known, fresh: fresh() }, ordered);
    assert.equal(count, 3);
    assert.deepEqual(told(mended).filter(ordered), []);
    assert.deepEqual(readValue(mended, known.registry), readValue(text, known.registry));
  });
});

/** The path from the innermost resource on. */
function fromResource(full: string, message: Loose): string {
  const at = full.search(/\.resource(?!.*\.resource\b)\b/);
  if (at < 0) return full;
  const end = at + '.resource'.length;
  const steps = full.slice('Bundle.'.length, end).match(/\w+/g) ?? [];
  const resource = steps.reduce<Loose>((value, step) => value?.[step], message);
  return `${resource.resourceType}${full.slice(end)}`;
}
