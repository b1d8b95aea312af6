// The whole of an exchange as it travels: a JSON draft leaves as XML, a practice answers in XML, and the timeline ends well.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { writeXml } from '../../core/document/write-xml';
import { draftMessage } from '../../core/draft/message';
import { addressOf } from '../../core/itk3/addressing';
import type { Format } from '../../core/document/source-document';
import { attemptOf } from '../../exchange/attempt';
import { correlate } from '../../exchange/correlate';
import { letterOf } from '../../exchange/dry-run';
import { readInbox } from '../../exchange/inbox';
import type { Entry } from '../../exchange/journal';
import { readLine, writeLine } from '../../exchange/journal-line';
import { readOutgoing } from '../../exchange/outgoing';
import { keyOf, type Place } from '../../exchange/place';
import { isAstray, type Received } from '../../exchange/received';
import { receivedText } from '../../exchange/received-text';
import { createShelf } from '../../exchange/shelf';
import type { Departure } from '../../exchange/summary';
import { type Exchange, timelineOf } from '../../exchange/timeline';
import { onTheWire } from '../../exchange/wire';
import { createMeshClient } from '../../mesh/client';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createPractice } from '../../mesh/sandbox/receiver';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import { knowledge } from '../knowledge';
import { TIMES } from './journalled';

const now = (): Date => new Date();
const draft = (): unknown =>
  draftMessage('emergency-supply', { knowledge: knowledge(), fresh: { now: now(), randomUUID, random: () => 0 } });

interface Happened {
  departure: Departure;
  /** As the practice's mailbox had it. */
  arrived: { contentType?: string; fileName?: string; body: Buffer };
  answers: Received[];
  exchange: Exchange;
}

async function exchanged(text: string, format: Format): Promise<Happened> {
  const sandbox = await startSandbox({ port: 0, receiver: createPractice(knowledge(), { odsCode: 'ZZZ99' }) });
  try {
    const endpoint = new URL(sandbox.url);
    const [pharmacy, practice] = DEFAULT_MAILBOXES;
    const clientOf = (mailbox: NonNullable<typeof pharmacy>) => createMeshClient({ endpoint, ...mailbox });
    const from: Place = { name: 'Pharmacy', endpoint, mailbox: pharmacy!.mailbox, environment: 'Ours', format };
    const outgoing = readOutgoing(text, knowledge(), { now: now() });
    assert.ok(outgoing);
    const addressed = addressOf(outgoing.message, knowledge(), { randomUUID });
    const wire = onTheWire(text, format, knowledge().registry);
    assert.ok(!('problem' in wire));
    const to = practice!.mailbox;
    const departure = { outgoing, from, to, workflowId: addressed.workflowId ?? '', addressed, wire };
    const attempt = attemptOf(departure, { id: randomUUID(), document: { name: 'draft' } });
    const entries: Entry[] = [{ at: now().toISOString(), what: 'departing', attempt }];
    const client = clientOf(pharmacy!);
    const { messageId: meshId } = await client.send(letterOf(departure));
    entries.push({ at: now().toISOString(), what: 'accepted', meshId });
    await sandbox.settled();
    const page = await fetch(new URL(`/messages/${meshId}`, endpoint));
    assert.match(await page.text(), new RegExp(wire.contentType.replace('+', '\\+')));

    const told = (): Exchange => timelineOf(entries.map(kept), now(), TIMES, knowledge())!;
    const shelf = createShelf();
    await readInbox(shelf, from, client, { knowledge: knowledge(), now, limit: () => 10 });
    const answers = [...shelf.all()].sort((one, other) => one.meshId.localeCompare(other.meshId));
    for (const answer of answers) {
      const match = correlate(answer, keyOf(from), [told()]);
      assert.equal(isAstray(answer, match?.exchange), false);
      if (match) entries.push({ ...match.news, at: now().toISOString() });
    }
    const letter = letterOf(departure);
    return { departure, arrived: letter, answers, exchange: told() };
  } finally {
    await sandbox.close();
  }
}

/** As it is written down and read again. */
function kept(entry: Entry): Entry {
  const line = readLine(writeLine(entry));
  assert.ok(line);
  return line;
}

describe('an exchange in XML', () => {
  for (const [what, format, textOf] of [
    ['a JSON draft', 'xml', () => JSON.stringify(draft(), null, 2)],
    ['an XML draft', 'xml', () => writeXml(draft(), knowledge().registry).text],
    ['an XML draft to who reads JSON', 'json', () => writeXml(draft(), knowledge().registry).text],
    ['a JSON draft to who reads JSON', 'json', () => JSON.stringify(draft())],
  ] as const)
    it(`goes from ${what} to 30001, all of it as ${format}`, async () => {
      const { arrived, answers, exchange, departure } = await exchanged(textOf(), format);
      assert.equal(arrived.contentType, `application/fhir+${format}`);
      assert.match(arrived.fileName ?? '', new RegExp(`^[0-9a-f-]{36}\\.${format}$`));
      assert.equal(arrived.body.toString(), departure.wire.text);
      assert.equal(exchange.state, 'accepted');
      assert.equal(exchange.headline, 'Accepted: 30001 Patient known here');
      assert.deepEqual(
        answers.map(({ acknowledgement }) => [acknowledgement?.code, acknowledgement?.answers]),
        ['20013', '30001'].map((code) => [code, departure.outgoing.messageId]),
      );
      for (const answer of answers) {
        assert.equal(answer.text?.trimStart().startsWith(format === 'xml' ? '<' : '{'), true);
        assert.ok(receivedText(answer).name.endsWith(`.${format}`));
      }
      assert.deepEqual(
        exchange.answers.map(({ by }) => by),
        ['identifier', 'identifier'],
      );
    });

  it('ends in a refusal where the message is wrong, and in another where it cannot be read', async () => {
    const wrong = await exchanged(JSON.stringify(draft()).replace('"gender":"male"', '"gender":"mail"'), 'xml');
    assert.equal(wrong.exchange.headline, 'Rejected: 20009 Payload validation failure');
    const xml = writeXml(draft(), knowledge().registry).text;
    const torn = await exchanged(xml.slice(0, xml.indexOf('<type value="document"')), 'xml');
    assert.equal(torn.exchange.headline, 'Rejected: 10009 Unreadable message received');
    assert.ok(torn.answers[0]?.text?.startsWith('<?xml'));
  });
});
