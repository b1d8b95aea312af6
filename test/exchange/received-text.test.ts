import assert from 'node:assert/strict';
import { aboutOf, detailOf, isAstray, labelOf, readReceived, tellAnswers } from '../../exchange/received';
import { receivedText } from '../../exchange/received-text';
import { sentenceOfResponse } from '../../exchange/response-sentence';
import { accepted, departing, exchange } from './journalled';
import { readMessage } from '../../core/itk3/message';
import { type Answer, writeReply } from '../../core/itk3/reply';
import { writeXml } from '../../core/document/write-xml';
import { draftMessage } from '../../core/draft/message';
import type { Json } from '../../core/json';
import type { DownloadedMessage } from '../../mesh/client';
import { knowledge } from '../knowledge';

let count = 0;
const moment = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `11111111-2222-4333-8444-${String(++count).padStart(12, '0')}`,
  random: () => 0,
};
const asked = readMessage(draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment }));
const chunk = { part: 1, of: 1 };

function download(body: string | Buffer, rest: Partial<DownloadedMessage> = {}): DownloadedMessage {
  const envelope = { kind: 'data', messageId: '20260131_A', messageType: 'DATA', from: 'X26SURGERY', chunk } as const;
  return { ...envelope, body: Buffer.from(body), ...rest } as DownloadedMessage;
}

const replyOf = (answer: Answer): Json =>
  writeReply(asked, answer, { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' }, knowledge(), moment);

function reply(answer: Answer, indent = 2): DownloadedMessage {
  return download(JSON.stringify(replyOf(answer), null, indent));
}

const inXml = (answer: Answer): string => writeXml(replyOf(answer), knowledge().registry).text;

const receive = (downloaded: DownloadedMessage) => readReceived(downloaded, knowledge());

describe('the name of a received document, which VS Code remembers', () => {
  it('holds no number of a patient, whatever the message calls itself', () => {
    const message = draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment });
    const text = JSON.stringify(message).replace(/("display":")ITK Digital Medicine/, '$1About 999 014 2017');
    const { name } = receivedText(receive(download(text)));
    assert.match(name, /^About/);
    assert.doesNotMatch(name, /999|2017/);
  });
});

describe('a response', () => {
  it('is told in one line', () => {
    const received = receive(reply({ code: '20013' }));
    assert.equal(labelOf(received), '20013 Success');
    assert.equal(aboutOf(received), 'infrastructure · accepted · answers 11111111');
    assert.match(detailOf(received), /^Accepted at infrastructure level/);
    const sent = exchange([departing(), accepted('B')]);
    assert.equal(aboutOf(received, sent), 'infrastructure · accepted · answers draft.json (11111111)');
  });

  it('loses the explanation in brackets where there is little room', () => {
    assert.equal(labelOf(receive(reply({ code: '30001' }))), '30001 Patient known here');
  });

  it('is told after sending: both acknowledgements, and why a message was refused', () => {
    const good = [receive(reply({ code: '20013' })), receive(reply({ code: '30001', diagnostics: 'Filed.' }))];
    assert.deepEqual(tellAnswers(good), {
      accepted: true,
      sentence: 'Accepted: 20013 Success (infrastructure), 30001 Patient known here (business).',
    });
    const bad = [receive(reply({ code: '20006', diagnostics: 'No timestamp.' }))];
    assert.deepEqual(tellAnswers(bad), {
      accepted: false,
      sentence: 'Rejected: 20006 ITK header validation failure (infrastructure). No timestamp.',
    });
    const late = [receive(reply({ code: '20013' })), receive(reply({ code: '30003' }))];
    assert.deepEqual(tellAnswers(late), {
      accepted: false,
      sentence: 'Rejected: 30003 Patient no longer at this clinical setting (business). Patient has left this setting.',
    });
  });

  it('is shown as it came', () => {
    const downloaded = reply({ code: '30001', diagnostics: 'Filed.' });
    assert.deepEqual(receivedText(receive(downloaded)), {
      name: '30001 Patient known here.json',
      text: downloaded.body.toString(),
    });
  });

  it('is read from XML as it is from JSON', () => {
    const value = replyOf({ code: '20006', diagnostics: 'No timestamp.' });
    const xml = writeXml(value, knowledge().registry).text;
    const { text, bytes, ...read } = receive(download(xml));
    const { text: json, bytes: other, ...same } = receive(download(JSON.stringify(value)));
    assert.deepEqual(read, same);
    assert.deepEqual([read.acknowledgement?.code, text], ['20006', xml]);
    assert.notDeepEqual([text, bytes], [json, other]);
    assert.deepEqual(receivedText({ ...read, text, bytes }), { name: '20006 ITK header validation failure.xml', text });
  });

  it('is read from XML whatever its encoding', () => {
    const answer = { code: '20006', diagnostics: 'Zoë asked: £5 ½' };
    const declared = (encoding: string): string => inXml(answer).replace('UTF-8', encoding);
    for (const body of [
      Buffer.from(`\uFEFF${inXml(answer)}`),
      Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le'),
      Buffer.from(`\uFEFF${declared('UTF-16')}`, 'utf16le').swap16(),
      Buffer.from(declared('UTF-16LE'), 'utf16le'),
      Buffer.from(declared('ISO-8859-1'), 'latin1'),
    ])
      assert.equal(receive(download(body)).acknowledgement?.diagnostics, answer.diagnostics);
  });

  it('is none where it breaks off before its code, wherever that is', () => {
    const xml = inXml({ code: '20006', diagnostics: 'No timestamp.' });
    const code = xml.indexOf('<code value="20006"/>');
    for (let end = 0; end < code; end += 97) {
      const received = receive(download(xml.slice(0, end)));
      assert.equal(received.acknowledgement, undefined);
      assert.match(received.unreadable ?? '', /^The content is /);
      assert.notEqual(labelOf(received), '');
    }
  });

  it('is laid out when it came on one line', () => {
    const { text } = receivedText(receive(reply({ code: '20013' }, 0)));
    assert.match(text, /^\{\n {2}"resourceType": "Bundle",\n/);
    assert.deepEqual(JSON.parse(text), JSON.parse(text.replace(/\n */g, '')));
  });

  for (const [body, name] of [
    ['<Bundle xmlns="http://hl7.org/fhir"/>', 'Message.xml'],
    ['Dear Sir', 'Message.txt'],
    ['{"resourceType":', 'Message.json'],
    ['["a"]', 'Message.json'],
  ] as const)
    it(`is called ${name} where it is ${body}`, () => {
      const shown = receivedText(receive(download(body)));
      assert.equal(shown.name, name);
      assert.equal(shown.text.trim().replace(/\s+"a"\s+/, '"a"'), body);
    });
});

describe('what came back astray', () => {
  const answered = receive(reply({ code: '20013' }));
  const sent = exchange([departing()]);
  const workflowId = 'DIGMED_EMG_MED_ACK';

  for (const [what, received, astray] of [
    ['an answer to a message of this window', answered, false],
    ['a message of its own', receive(download('{ "resourceType": "Bundle", "type": "message" }')), false],
    ['broken content', receive(download('{ "resourceType": "Bun')), true],
    ['an answer that does not say to what', receive(download(JSON.stringify({}), { workflowId })), true],
  ] as const)
    it(`is ${astray ? '' : 'not '}${what}`, () => {
      assert.equal(isAstray(received, received === answered ? sent : undefined), astray);
    });

  it('is an answer to a message that nobody sent', () => assert.ok(isAstray(answered)));
});

describe('what else lies in a mailbox', () => {
  it('a report says what MESH could not deliver, without the patient', () => {
    const report = receive(
      download('', {
        kind: 'report',
        messageType: 'REPORT',
        from: undefined,
        report: {
          code: 'EPL-151',
          linkedMessageId: '20260131_S',
          description: 'No practice for GPPROVIDER_9990142017_19560229_Testwell',
          meaning: 'The message was not delivered.',
        },
      }),
    );
    assert.equal(labelOf(report), 'EPL-151 Not delivered');
    assert.equal(aboutOf(report), 'from MESH · about 20260131_S');
    assert.equal(detailOf(report), 'The message was not delivered.');
    const sentence = sentenceOfResponse(report, undefined, undefined, knowledge());
    const { text, name } = receivedText(report, sentence);
    assert.equal(name, 'EPL-151 Not delivered.txt');
    assert.match(text, /^Not delivered: EPL-151\n/);
    for (const line of [
      'The message was not delivered.',
      'About              20260131_S',
      'MESH says          No practice for GPPROVIDER_***',
    ])
      assert.ok(text.split('\n').includes(line), line);
    assert.doesNotMatch(JSON.stringify(report), /Testwell|9990142017/);
  });

  it('a report names the message that was sent', () => {
    const sent = exchange([departing({ to: 'GPPROVIDER_***' }), accepted('20260131_S')]);
    const at = new Date('2026-01-31T10:00:00Z');
    const report = receive(
      download('', {
        kind: 'report',
        messageType: 'REPORT',
        from: undefined,
        report: { code: '14', event: 'SEND', linkedMessageId: '20260131_S', at, meaning: 'Nobody came.' },
      }),
    );
    assert.equal(aboutOf(report, sent), 'from MESH · about draft.json (20260131_S)');
    assert.deepEqual(tellAnswers([report]), { accepted: false, sentence: '14 Nobody came.' });
  });

  it('a message of its own is called what it is', () => {
    const message = receive(
      download(JSON.stringify(draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment }))),
    );
    assert.equal(labelOf(message), 'ITK Digital Medicine Emergency Supply Document');
    assert.equal(detailOf(message), 'No acknowledgement, but a message of its own.');
  });

  for (const [what, body, sentence] of [
    ['other XML', '<a/>', 'The content is no FHIR message.'],
    ['broken XML', '<Bundle xmlns="http://hl7.org/fhir"><type', /^The content is broken XML: /],
    ['binary', Buffer.from([1, 0, 2]), 'The content is binary.'],
    ['other JSON', '{"a":1}', 'The content is no FHIR message.'],
    ['broken JSON', '{"a":', /^The content is broken JSON: /],
    ['nothing', '', /^The content is /],
  ] as const)
    it(`${what} is told with a sentence`, () => {
      const received = receive(download(body));
      assert.equal(received.acknowledgement, undefined);
      if (typeof sentence === 'string') assert.equal(received.unreadable, sentence);
      else assert.match(received.unreadable ?? '', sentence);
      if (what === 'binary' || what === 'nothing')
        assert.ok(
          receivedText(received)
            .text.replaceAll('\n', ' ')
            .includes(received.unreadable ?? '?'),
        );
    });
});
