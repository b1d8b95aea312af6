// One fault put into a valid message gives one finding, at its place, and nothing else new.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { readJson } from '../../core/document/json-document';
import { fhirPath } from '../../core/document/pointer';
import { checkDocument } from '../../core/validate/check-document';
import { FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { knowing, knowledge } from '../knowledge';
import type { Loose } from '../loose';

const MESSAGES = {
  'our own example': path.resolve('examples/emergency-supply.json'),
  'the published example': path.resolve('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json'),
};

/** After the examples were made, so that nothing in them lies in the future. */
const NOW = Date.parse('2026-12-01T12:00:00Z');

for (const [title, file] of Object.entries(MESSAGES)) {
  const there = fs.existsSync(file);
  if (!there && title.startsWith('the published')) continue;
  describe(`seeded faults in ${title}`, () => {
    const text = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')), null, 2);
    const check = (source: string, profiles?: readonly object[]) => {
      const document = readJson(source);
      return checkDocument(document, profiles ? knowing(profiles) : knowledge(), { now: NOW }).findings.map((f) => ({
        ...f,
        path: fhirPath(document.value, f.pointer),
      }));
    };
    const before = check(text);

    it('has no error to begin with', () => {
      assert.deepEqual(
        before.filter((f) => f.severity === 'error'),
        [],
      );
    });

    for (const [stage, faults] of Object.entries(FAULTS))
      for (const fault of faults)
        it(`${stage}: ${fault.name}`, () => {
          const broken = seeded(text, fault);
          const fresh = check(broken, fault.profiles).filter(
            (f) => f.severity !== 'hint' && !before.some((b) => b.rule === f.rule && b.message === f.message),
          );
          assert.equal(fresh.length, 1, JSON.stringify(fresh, null, 1));
          const [finding] = fresh;
          assert.equal(finding!.rule, fault.rule, finding!.message);
          assert.equal(finding!.severity, fault.severity ?? 'error');
          const place = fromResource(finding!.path, readJson(broken).value);
          assert.equal(fault.path.includes('[*]') ? place.replace(/\[\d+\]/g, '[*]') : place, fault.path);
          const marked = broken.slice(finding!.span.offset, finding!.span.offset + finding!.span.length);
          assert.ok(marked.startsWith(fault.marks), marked);
        });
  });
}

/** The text of the message with the fault in it. */
function seeded(text: string, fault: Fault): string {
  const message: Loose = JSON.parse(text);
  fault.change?.(message);
  const changed = JSON.stringify(message, null, 2);
  const broken = fault.edit?.(changed) ?? changed;
  assert.notEqual(broken, text, 'the fault changes nothing in this message');
  return broken;
}

/** The path from the innermost resource on. */
function fromResource(full: string, message: Loose): string {
  const at = full.search(/\.resource(?!.*\.resource\b)\b/);
  if (at < 0) return full;
  const end = at + '.resource'.length;
  const steps = full.slice('Bundle.'.length, end).match(/\w+/g) ?? [];
  const resource = steps.reduce<Loose>((value, step) => value?.[step], message);
  return `${resource.resourceType}${full.slice(end)}`;
}
