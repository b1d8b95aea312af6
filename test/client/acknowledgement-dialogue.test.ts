import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { answerableIn, orderAnswer } from '../../client/drafting/acknowledgement-dialogue';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import { type Move, scripted } from './scripted';

const request = JSON.parse(readFileSync('examples/emergency-supply.json', 'utf8')) as unknown;
const moment = { now: new Date('2026-11-20T09:30:00Z'), randomUUID: (): string => crypto.randomUUID() };
const practice = { odsCode: 'X26', mailbox: 'X26SURGERY' };

const chosen = async (move: Move) => orderAnswer(scripted([move]), knowledge());

describe('Acknowledge the message in front', () => {
  it('offers good news first', async () => {
    const person = scripted(['enter']);
    const answer = await orderAnswer(person, knowledge());
    assert.deepEqual(answer, { code: '20013' });
    assert.ok(person.seen[0]!.labels.length > 20);
  });

  it('gives an answer that is valid, for every code', async () => {
    const message = readMessage(request);
    assert.ok(message);
    for (const { code } of knowledge().responseCodes) {
      const answer = await chosen({ type: code });
      assert.ok(answer);
      const { findings } = validate(writeReply(message, answer, practice, knowledge(), moment), knowledge());
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error'),
        [],
      );
    }
  });

  it('is offered for a request, and for nothing else', async () => {
    const message = answerableIn(request, knowledge());
    assert.ok(message);
    const reply = writeReply(message, { code: '30001' }, practice, knowledge(), moment);
    for (const other of [reply, undefined, [], {}, { resourceType: 'Bundle', type: 'collection' }])
      assert.equal(answerableIn(other, knowledge()), undefined);
    assert.equal(await chosen('escape'), undefined);
  });
});
