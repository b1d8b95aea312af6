// What holds of all rules beyond profiles, by themselves; the list of rules has a test of its own.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { readMessage } from '../../core/itk3/message';
import { RULES } from '../../core/rules';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { documentBundle, resource } from '../faults/fault';
import { copy } from '../faults/of-rule';

const text = fs.readFileSync(path.resolve('examples/emergency-supply.json'), 'utf8');
const NOW = Date.parse('2026-12-01T12:00:00Z');

/** Every object and list in a value with the names of what it holds. */
function* holders(value: Loose): Generator<[Loose, string]> {
  for (const [key, inner] of Object.entries(value as object)) {
    yield [value, key];
    if (typeof inner === 'object' && inner !== null) yield* holders(inner);
  }
}

describe('every rule', () => {
  it('bears any JSON value in any place', () => {
    const message: Loose = JSON.parse(text);
    const found = new Set<string>();
    let judged = 0;
    for (const [holder, key] of [...holders(message)]) {
      const before: unknown = holder[key];
      for (const odd of [null, 0, '', [], {}, [null], [[{}]], '𝒳<td><th>&#x110000;&#0;</td>']) {
        holder[key] = odd;
        const read = readMessage(message);
        if (!read) continue;
        for (const rule of RULES)
          rule.check({ message: read, knowledge: knowledge(), now: NOW }, () => found.add(rule.id));
        judged++;
      }
      holder[key] = before;
    }
    assert.ok(judged > 4_000 && found.size > 10, `${judged} ${found.size}`);
  }).timeout(60_000);

  it('is content with a new message', () => {
    const fresh = { now: new Date(NOW), randomUUID, random: () => 0.3 };
    const { findings } = validate(draftMessage('emergency-supply', { knowledge: knowledge(), fresh }), knowledge(), {
      now: NOW,
    });
    assert.deepEqual(
      findings.filter((f) => f.severity !== 'hint'),
      [],
    );
  });

  it('bears thousands of supplies that the text does not name', () => {
    const message: Loose = JSON.parse(text);
    const like = resource(message, 'MedicationDispense');
    for (let i = 0; i < 3_000; i++) {
      const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
      documentBundle(message).entry.push({ fullUrl: `urn:uuid:${id}`, resource: { ...copy(like), id } });
    }
    const found: string[] = [];
    const read = readMessage(message)!;
    for (const rule of RULES)
      rule.check({ message: read, knowledge: knowledge(), now: NOW }, () => found.push(rule.id));
    assert.deepEqual(found, []);
  });
});
