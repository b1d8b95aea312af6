// One fault put into a valid message gives one finding, at its place, and nothing else new.
import assert from 'node:assert/strict';
import { readJson } from '../../core/document/json-document';
import { fhirPath } from '../../core/document/pointer';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { judged, OURS, PUBLISHED, response, seeded } from '../faults/proving';
import { knowing, knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { assertWhole } from '../sentence';

seed('our own example', OURS, FAULTS);
if (PUBLISHED !== undefined) seed('the published example', PUBLISHED, FAULTS);
for (const code of ['20013', '30002']) seed(`a response with ${code}`, response(code), RESPONSE_FAULTS);

function seed(title: string, message: unknown, lists: Record<string, Fault[]>): void {
  describe(`seeded faults in ${title}`, () => {
    const text = JSON.stringify(message, null, 2);
    const check = (source: string, profiles?: readonly object[]) =>
      judged(source, profiles ? knowing(profiles) : knowledge());
    const before = check(text);

    it('has no error to begin with', () => {
      assert.deepEqual(
        before.filter((f) => f.severity === 'error'),
        [],
      );
    });

    for (const [stage, faults] of Object.entries(lists))
      for (const fault of faults)
        it(`${stage}: ${fault.name}`, () => {
          const broken = seeded(text, fault);
          const fresh = check(broken, fault.profiles).filter(
            (f) => !before.some((b) => b.rule === f.rule && b.message === f.message),
          );
          assert.equal(fresh.length, 1, JSON.stringify(fresh, null, 1));
          const [finding] = fresh;
          assert.equal(finding!.rule, fault.rule, finding!.message);
          assert.equal(finding!.severity, fault.severity ?? 'error');
          assert.ok(finding!.source?.title, 'says by which standard');
          const { value } = readJson(broken);
          const place = fromResource(fhirPath(value, finding!.pointer), value);
          assert.equal(fault.path.includes('[*]') ? place.replace(/\[\d+\]/g, '[*]') : place, fault.path);
          assertWhole(finding!, value);
          const marked = broken.slice(finding!.span.offset, finding!.span.offset + finding!.span.length);
          assert.ok(marked.startsWith(fault.marks), marked);
        });
  });
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
