import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { expectFindings } from '../marked';

describe('rule header-id', () => {
  it('asks for the id by which an acknowledgement names the message', () => {
    const sent: Loose = draftMessage('emergency-supply', {
      knowledge: knowledge(),
      fresh: { now: new Date(), randomUUID, random: () => 0.2 },
    });
    delete sent.entry[0].resource.id;
    const findings = validate(sent, knowledge()).findings.filter((f) => f.severity !== 'hint');
    assert.deepEqual(
      findings.map(({ rule, severity, pointer }) => [rule, severity, pointer]),
      [['header-id', 'error', '/entry/0/resource']],
    );
  });

  it('asks nothing of messages that are not of ITK3', () =>
    expectFindings(
      `{ "resourceType": "Bundle", "type": "message", "entry": [{ "fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001", "resource": {
         "resourceType": "MessageHeader", "event": { "code": "x" }, "timestamp": "2026-01-31T09:30:00Z", "source": { "endpoint": "urn:x" } } }] }`,
    ));
});
