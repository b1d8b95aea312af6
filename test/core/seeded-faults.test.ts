// One fault put into a valid message gives one finding, at its place, and nothing else new.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readJson } from '../../core/document/json-document';
import { fhirPath } from '../../core/document/pointer';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { checkDocument } from '../../core/validate/check-document';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { knowing, knowledge } from '../knowledge';
import type { Loose } from '../loose';

/** After the examples were made, so that nothing in them lies in the future. */
const NOW = Date.parse('2026-12-01T12:00:00Z');

const OURS = read('examples/emergency-supply.json')!;
const PUBLISHED = read('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json');

seed('our own example', OURS, FAULTS);
if (PUBLISHED !== undefined) seed('the published example', PUBLISHED, FAULTS);
for (const code of ['20013', '30002']) seed(`a response with ${code}`, response(code), RESPONSE_FAULTS);

function read(file: string): unknown {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

function response(code: string): unknown {
  let count = 0;
  const randomUUID = () => `00000000-0000-4000-9000-${String(++count).padStart(12, '0')}`;
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  return writeReply(readMessage(OURS), { code }, responder, knowledge(), { now: new Date(NOW), randomUUID });
}

function seed(title: string, message: unknown, lists: Record<string, Fault[]>): void {
  describe(`seeded faults in ${title}`, () => {
    const text = JSON.stringify(message, null, 2);
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

    for (const [stage, faults] of Object.entries(lists))
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
          assert.ok(finding!.source?.title, 'says by which standard');
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
