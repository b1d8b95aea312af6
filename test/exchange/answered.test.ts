import assert from 'node:assert/strict';
import { answeredBy } from '../../exchange/answered';
import type { Received } from '../../exchange/received';
import { writeXml } from '../../core/document/write-xml';
import { draftMessage } from '../../core/draft/message';
import { addressOf } from '../../core/itk3/addressing';
import { type Message, readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { knowledge } from '../knowledge';

let count = 0;
const fresh = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `22222222-2222-4333-8444-${String(++count).padStart(12, '0')}`,
  random: () => 0,
  mailbox: 'X26PHARMACY',
};

function read(value: unknown): Message {
  const message = readMessage(value);
  assert.ok(message);
  return message;
}

describe('the message that an acknowledgement answers', () => {
  const request = read(draftMessage('emergency-supply', { knowledge: knowledge(), fresh }));
  const other = read(draftMessage('emergency-supply', { knowledge: knowledge(), fresh }));
  const responder = { odsCode: 'FZZ98', mailbox: 'X26SURGERY' };
  const reply = read(writeReply(request, { code: '20013' }, responder, knowledge(), fresh));
  const textOf = ({ root }: Message): string => JSON.stringify(root.resource);
  const received = (message: Message): Received => ({
    meshId: 'M1',
    from: 'X26OTHER',
    workflowId: 'DIGMED_EMG_MED',
    bytes: 1,
    kind: 'any',
    text: textOf(message),
  });
  const addressed = (known: Parameters<typeof answeredBy>[1]) => {
    const answered = answeredBy(reply, known, knowledge());
    const { to, workflowId } = addressOf(reply, knowledge(), { ...fresh, answered });
    return [to, workflowId];
  };

  it('was received, so the answer goes to the mailbox it came from', () =>
    assert.deepEqual(
      addressed({ received: [received(other), received(reply), received(request)], open: [textOf(request)] }),
      ['X26OTHER', 'DIGMED_EMG_MED_ACK'],
    ));

  it('is open, so the answer goes to the mailbox that it names', () =>
    assert.deepEqual(addressed({ received: [], open: ['{', textOf(reply), textOf(other), textOf(request)] }), [
      'X26PHARMACY',
      'DIGMED_EMG_MED_ACK',
    ]));

  it('is found in whichever form it came or is open', () => {
    const inXml = ({ root }: Message): string => writeXml(root.resource, knowledge().registry).text;
    const came = { ...received(request), text: inXml(request) };
    assert.deepEqual(addressed({ received: [came], open: [] }), ['X26OTHER', 'DIGMED_EMG_MED_ACK']);
    assert.deepEqual(addressed({ received: [], open: [inXml(request)] }), ['X26PHARMACY', 'DIGMED_EMG_MED_ACK']);
  });

  it('may not be known here', () =>
    assert.deepEqual(addressed({ received: [received(other)], open: [textOf(reply), ''] }), [undefined, undefined]));

  it('is none of a message that answers nothing', () =>
    assert.equal(
      answeredBy(request, { received: [received(request)], open: [textOf(request)] }, knowledge()),
      undefined,
    ));
});
