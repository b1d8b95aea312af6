// From a message about each of the invented people to the practice that answers, by the address made from the message.
import assert from 'node:assert/strict';
import { chooseCast } from '../../core/draft/choose-cast';
import { draftMessage } from '../../core/draft/message';
import { registeredPeople } from '../../core/draft/registered';
import { type Addressed, addressOf } from '../../core/itk3/addressing';
import { readMessage } from '../../core/itk3/message';
import { readResponse } from '../../core/itk3/response';
import { createMeshClient, type MeshClient } from '../../mesh/client';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createPractice } from '../../mesh/sandbox/receiver';
import { type Sandbox, startSandbox } from '../../mesh/sandbox/sandbox';
import { knowledge } from '../knowledge';

const now = new Date('2026-01-31T09:30:00Z');
let count = 0;
const fresh = {
  now,
  randomUUID: () => `33333333-2222-4333-8444-${String(++count).padStart(12, '0')}`,
  random: () => 0,
  mailbox: 'X26PHARMACY',
};

describe('a message addressed by its patient, at a sandbox as strict as MESH', () => {
  const { invented } = knowledge();
  const pharmacy = DEFAULT_MAILBOXES.find(({ answered }) => !answered)!;
  const practice = DEFAULT_MAILBOXES.find(({ answered }) => answered)!;
  const people = registeredPeople(knowledge(), practice.mailbox);
  let sandbox: Sandbox;
  let client: MeshClient;

  beforeEach(async () => {
    const receiver = createPractice(knowledge(), { odsCode: practice.odsCode });
    sandbox = await startSandbox({ port: 0, strict: true, people, receiver });
    client = createMeshClient({ ...pharmacy, endpoint: new URL(sandbox.url) });
  });
  afterEach(() => sandbox.close());

  function write(patient = invented.patients[0]!): { body: Buffer; addressed: Addressed } {
    const cast = chooseCast(invented, () => 0, { patient });
    const value = draftMessage('emergency-supply', { knowledge: knowledge(), fresh, cast });
    const message = readMessage(value);
    assert.ok(message);
    return { body: Buffer.from(JSON.stringify(value)), addressed: addressOf(message, knowledge(), fresh) };
  }

  /** What comes back: response codes, and codes of reports. */
  async function answersTo({ addressed, body }: ReturnType<typeof write>): Promise<(string | undefined)[]> {
    const { to = '', workflowId = '', subject, localId, fileName } = addressed;
    const { messageId } = await client.send({ to, workflowId, subject, localId, fileName, body });
    await sandbox.settled();
    const codes: (string | undefined)[] = [];
    for (const id of await client.inbox()) {
      const received = await client.download(id);
      if (received.kind === 'report') {
        assert.equal(received.report.linkedMessageId, messageId);
        codes.push(received.report.code);
      } else codes.push(readResponse(JSON.parse(received.body.toString()), knowledge())?.code);
    }
    return codes;
  }

  for (const patient of invented.patients)
    it(`about ${patient.family} reaches the practice, which answers`, async () =>
      assert.deepEqual(await answersTo(write(patient)), ['20013', '30001']));

  it('does not say in an answer by MESH who the patient is', async () => {
    const { addressed, body } = write();
    const { to = '', workflowId = '', fileName } = addressed;
    const { messageId } = await client.send({ to, workflowId, fileName, body });
    assert.equal((await client.track(messageId)).recipient, practice.mailbox);
  });

  for (const [what, change, code] of [
    ['of another date of birth', (to: string) => to.replace('19560229', '19560228'), 'EPL-154'],
    ['with day and year turned round', (to: string) => to.replace('19560229', '29021956'), 'EPL-154'],
    ['of another name', (to: string) => to.replace('Testwell', 'Wellbeing'), 'EPL-154'],
    ['of somebody who is not there', (to: string) => to.replace('9990142017', '9990000018'), 'EPL-153'],
    ['whose number is none', (to: string) => to.replace('9990142017', '9990142018'), 'EPL-152'],
  ] as const)
    it(`${what} is reported later, as ${code}`, async () => {
      const { addressed, body } = write();
      assert.deepEqual(await answersTo({ addressed: { ...addressed, to: change(addressed.to ?? '') }, body }), [code]);
    });
});
