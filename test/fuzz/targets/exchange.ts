// A message that came, and one about to leave: told, matched, answered and guarded, whatever stands in it.
import assert from 'node:assert/strict';
import { issueOffers } from '../../../core/draft/answer';
import { addressOf } from '../../../core/itk3/addressing';
import { writeReply } from '../../../core/itk3/reply';
import { headerOf, readMessage } from '../../../core/itk3/message';
import { attemptOf } from '../../../exchange/attempt';
import { correlate } from '../../../exchange/correlate';
import { dryRun } from '../../../exchange/dry-run';
import { guardsOf, type Policies, whyForbidden } from '../../../exchange/guards';
import { readLine, withoutPatient, writeLine } from '../../../exchange/journal-line';
import { readOutgoing } from '../../../exchange/outgoing';
import { aboutOf, detailOf, labelOf, readReceived, tellAnswers, titleOf } from '../../../exchange/received';
import { receivedText } from '../../../exchange/received-text';
import { sentenceOfResponse } from '../../../exchange/response-sentence';
import { storedName } from '../../../exchange/store-message';
import { type Departure, summary } from '../../../exchange/summary';
import { onTheWire } from '../../../exchange/wire';
import type { DownloadedMessage } from '../../../mesh/client';
import { createPractice } from '../../../mesh/sandbox/receiver';
import { LIVE, TEST } from '../../exchange/departing';
import { accepted, attempt, departing, exchange } from '../../exchange/journalled';
import { fresh } from '../../faults/proving';
import { knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { judge, sentence } from '../oracles';
import { NOW } from '../sources';
import { type Target, textCase } from '../target';

const SENT = [
  exchange([departing({ place: 'p' }), accepted()]),
  exchange([
    departing({ place: 'p', messageId: attempt().messageId!, senderReference: 'ab'.repeat(32) }),
    accepted('2'),
  ]),
];
const POLICIES: Policies = { patients: { policy: 'confirm', by: [] }, live: { policy: 'confirm', by: [] } };

function downloaded(body: Buffer): DownloadedMessage {
  return {
    kind: 'data',
    messageId: '20261201_1',
    messageType: 'DATA',
    from: 'X26SURGERY',
    to: 'X26PHARMACY',
    workflowId: 'DIGMED_EMG_MED_ACK',
    chunk: { part: 1, of: 1 },
    body,
  };
}

/** On one line, so that nothing in it breaks out of its place. */
function line(words: string): void {
  assert.doesNotMatch(
    words,
    /[\n\r\u2028\u2029\u202a-\u202e\u2066-\u2069\0]/,
    `Not on one line: ${words.slice(0, 200)}`,
  );
}

function comes(text: string): void {
  const message = downloaded(Buffer.from(text));
  const received = readReceived(message, knowledge(), NOW);
  for (const tell of [titleOf, labelOf, aboutOf]) line(tell(received));
  sentence(detailOf(received));
  assert.match(storedName(message, knowledge()), /^[\w.-]+$/);
  const match = correlate(received, 'p', SENT);
  if (match)
    assert.ok(readLine(writeLine({ at: NOW.toISOString(), ...match.news }).trim()), 'A line that is not read again');
  const said = sentenceOfResponse(received, SENT[0], undefined, knowledge());
  if (said) for (const words of [said.headline, said.sentence, said.meaning]) line(words);
  const { name } = receivedText(received, said);
  assert.match(name, /^[\p{L}\p{N} ()-]+\.(?:xml|json|txt)$/u);
  if (received.acknowledgement) line(tellAnswers([received]).sentence);
}

function leaves(text: string): void {
  const outgoing = readOutgoing(text, knowledge(), { now: NOW });
  if (!outgoing) return;
  const addressed = addressOf(outgoing.message, knowledge(), fresh());
  for (const { says } of addressed.notes) sentence(says);
  const leaving = onTheWire(text, 'xml', knowledge().registry);
  const wire = 'problem' in leaving ? leaving.asWritten : leaving;
  if ('problem' in leaving) sentence(leaving.problem);
  for (const from of [TEST, LIVE]) {
    const departure: Departure = {
      outgoing,
      from,
      to: addressed.to ?? 'X26XYZ',
      workflowId: addressed.workflowId ?? 'DIGMED_EMG_MED',
      addressed,
      wire,
    };
    sentence(whyForbidden(from, [departure], POLICIES)?.sentence ?? 'may leave');
    guardsOf(from, [departure]);
    assert.doesNotMatch(summary(departure) + dryRun('a.json', departure), /\bundefined\b.*\bundefined\b/s);
    const written = withoutPatient(attemptOf(departure, { id: fresh().randomUUID(), document: { name: 'a.json' } }));
    const entry = { at: NOW.toISOString(), what: 'departing', attempt: written } as const;
    assert.deepEqual(readLine(writeLine(entry).trim()), JSON.parse(JSON.stringify(entry)));
    assert.doesNotMatch(
      JSON.stringify(written),
      /(?<![\dA-Fa-f-])\d{10}(?![\dA-Fa-f-])/,
      'An NHS number in the journal',
    );
  }
}

function answers(text: string): void {
  const { message } = judge(text);
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  const code = message && headerOf(message) ? '20013' : '10009';
  const reply = writeReply(message, { code }, responder, knowledge(), fresh());
  const wrong = judge(JSON.stringify(reply)).findings.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    wrong.map((one) => one.message),
    [],
    'The answer to it has errors',
  );
  if (message) {
    issueOffers(message, knowledge());
  }
  const practice = createPractice(knowledge(), { odsCode: 'ZZZ99', now: () => NOW });
  const told: string[] = [];
  const replies = practice.receive(
    {
      messageId: '1',
      from: 'A',
      to: 'B',
      workflowId: 'W',
      fileName: 'f',
      contentType: 'application/fhir+json',
      body: Buffer.from(text),
    },
    undefined,
    (words) => told.push(words),
  );
  for (const words of told) line(words);
  assert.ok(Array.isArray(replies));
  for (const { body } of replies)
    assert.ok(readMessage(judge(body.toString()).source.value), 'An answer that is no message');
  practice.scenarioOf(Buffer.from(text));
}

function check(text: string): void {
  comes(text);
  leaves(text);
  answers(text);
}

export const exchanging: Target = {
  name: 'exchange',
  cases: 15,
  make: (random) => textCase(anyMessage(random), check),
};
