// The quick way to know which profiles apply finds what the stage of profiles finds.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { readJson } from '../../core/document/json-document';
import { readMessage } from '../../core/itk3/message';
import { applicableProfiles } from '../../core/validate/applicable';
import { validateProfiles } from '../../core/validate/profile';
import { type Applicable, createRun } from '../../core/validate/stage';
import { FAULTS } from '../faults';
import { knowing, knowledge } from '../knowledge';
import type { Loose } from '../loose';

const EXAMPLES = [
  'examples/emergency-supply.json',
  '../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json',
].filter((file) => fs.existsSync(file));

function agree(value: unknown, known = knowledge()): void {
  const message = readMessage(value);
  if (!message) return;
  const plain = (applicable: Applicable): object =>
    Object.fromEntries([...applicable].map(([{ pointer }, urls]) => [pointer, [...urls].sort()]));
  const run = createRun({ message, knowledge: known }, () => undefined);
  validateProfiles(run);
  assert.deepEqual(plain(applicableProfiles(message, known)), plain(run.applicable));
}

describe('the profiles that apply', () => {
  for (const file of EXAMPLES) {
    const text = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')), null, 2);

    it(`are the same as in the stage of profiles, for ${file}`, () => {
      agree(JSON.parse(text));
      const { root, resources } = readMessage(JSON.parse(text))!;
      const applicable = applicableProfiles(readMessage(JSON.parse(text))!, knowledge());
      assert.equal(root.type, 'Bundle');
      assert.ok(applicable.size >= resources.length - 1);
    });

    // The profiles that some faults bring along take their time to be known.
    it('and with each seeded fault in it', function () {
      this.timeout(30_000);
      for (const { change, edit, profiles } of Object.values(FAULTS).flat()) {
        const message: Loose = JSON.parse(text);
        change?.(message);
        const changed = JSON.stringify(message, null, 2);
        agree(readJson(edit?.(changed) ?? changed).value, profiles ? knowing(profiles) : knowledge());
      }
    });

    it('and with any of its values in the place of another', () => {
      const values: unknown[] = [];
      JSON.parse(text, (_, value: unknown) => {
        values.push(value);
        return value;
      });
      const places = values.length;
      const [at, from] = [fc.nat(places - 1), fc.nat(places - 1)];
      fc.assert(
        fc.property(fc.array(fc.tuple(at, from), { minLength: 1, maxLength: 4 }), (moves) => {
          let i = 0;
          const instead = new Map(moves.map(([to, what]) => [to, values[what]]));
          agree(
            JSON.parse(text, (_, value: unknown) => (instead.has(i++) ? structuredClone(instead.get(i - 1)) : value)),
          );
        }),
        { numRuns: 100 },
      );
    });
  }
});
