import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { readResponse } from '../../core/itk3/response';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

let count = 0;
const moment = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  random: () => 0.5,
};
const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };

describe('acknowledgements', () => {
  const asked = draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment });
  const message = readMessage(asked)!;
  const headerId = message.resources[1]!.resource.id;

  for (const { code, layer, outcome } of knowledge().responseCodes)
    it(`${code} is written valid and read back`, () => {
      const reply = writeReply(message, { code }, responder, knowledge(), moment);
      assert.deepEqual(validate(reply, knowledge()).findings, []);
      const read = readResponse(reply, knowledge())!;
      assert.equal(read.answers, headerId);
      assert.equal(read.code, code);
      assert.equal(read.layer, layer);
      assert.equal(read.accepted, outcome === 'positive');
      assert.equal(read.responder, 'ZZZ99');
      assert.ok(read.display && read.meaning);
    });

  it('echo the sender reference', () => {
    const read = readResponse(writeReply(message, { code: '20013' }, responder, knowledge(), moment), knowledge())!;
    assert.match(read.senderReference!, /^urn:uuid:/);
  });

  it('say so when the message answered could not be read', () => {
    const reply = writeReply(undefined, { code: '10009' }, responder, knowledge(), moment);
    assert.deepEqual(validate(reply, knowledge()).findings, []);
    assert.equal(readResponse(reply, knowledge())!.answers, 'UNREADABLE-IN-ORIGINAL-MESSAGE');
  });

  it('may have any value anywhere', () => {
    const text = JSON.stringify(writeReply(message, { code: '30002' }, responder, knowledge(), moment));
    let places = 0;
    JSON.parse(text, (_, value: unknown) => {
      places++;
      return value;
    });
    fc.assert(
      fc.property(fc.nat({ max: places - 1 }), fc.jsonValue({ maxDepth: 3 }), (place, value) => {
        let at = 0;
        const cut: unknown = JSON.parse(text, (_, was: unknown) => (at++ === place ? value : was));
        assert.ok(Array.isArray(validate(cut, knowledge()).findings));
      }),
      { numRuns: 500 },
    );
  });

  it('are told from other messages', () => {
    assert.equal(readResponse(asked, knowledge()), undefined);
    assert.equal(readResponse({ resourceType: 'Patient' }, knowledge()), undefined);
    assert.equal(readResponse(null, knowledge()), undefined);
  });
});
