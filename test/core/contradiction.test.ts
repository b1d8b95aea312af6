import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

describe('where published sources contradict each other', () => {
  const message = (): Loose =>
    draftMessage('emergency-supply', {
      knowledge: knowledge(),
      fresh: { now: new Date(), randomUUID, random: () => 0.1 },
    });
  const dispense = (m: Loose): Loose =>
    m.entry[2].resource.entry.map((e: Loose) => e.resource).find((r: Loose) => r.resourceType === 'MedicationDispense');

  it('a choice that the author has is a warning that names both', () => {
    const sent = message();
    dispense(sent).type.coding[0] = { system: 'http://snomed.info/sct', code: '1218611000000102', display: 'x' };
    const findings = validate(sent, knowledge()).findings.filter((f) => f.severity !== 'hint');
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [['contradiction', 'warning']],
    );
    assert.match(findings[0]!.message, /The sources differ/);
  });

  it('a code that the profile itself fixes is no news, though its value set lacks it', () => {
    const { findings } = validate(message(), knowledge());
    assert.deepEqual(
      findings.filter((f) => f.severity !== 'hint'),
      [],
    );
  });
});
