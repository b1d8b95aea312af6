// What the sandbox lets out of what it is told: its log, its page, its answers, what became of messages, its files.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createMeshClient } from '../../../mesh/client';
import type { MeshClient } from '../../../mesh/client';
import { createPractice } from '../../../mesh/sandbox/receiver';
import { DEFAULT_MAILBOXES } from '../../../mesh/sandbox/accounts';
import type { GpSystem } from '../../../mesh/sandbox/receiver-contract';
import { startSandbox } from '../../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../../mesh/sandbox/sandbox';
import { createTransport } from '../../../mesh/transport';
import type { MeshResponse, Transport } from '../../../mesh/transport';
import { knowledge } from '../../knowledge';
import { createDetector } from './detector';
import { everythingKnown } from './hostile';
import { MESSAGE, OPERATIONS } from './operations';
import { ADDRESS, BODY, CREDENTIALS, OUTSIDE, PATIENT, SECRETS } from './planted';

const [SENDER, RECIPIENT] = DEFAULT_MAILBOXES.map((account) => ({
  ...account,
  password: CREDENTIALS.password,
  sharedKey: CREDENTIALS.sharedKey,
}));
const CREDENTIAL_NAMES = ['password', 'shared key', 'pass phrase', 'locked key', 'key', 'proxy password', 'token'];

const PATIENT_NAMES = ['surname', 'given name', 'NHS number', 'birth date'];

/** A message as people write them, about the planted patient. */
const EXAMPLE = readFileSync('examples/emergency-supply.json', 'utf8')
  .replace(/("value": ")999\d{7}"/g, `$1${PATIENT.nhsNumber}"`)
  .replace(/("birthDate": ")[^"]*"/g, '$11961-08-29"')
  .replace(/("family": ")[^"]*"/g, `$1${PATIENT.surname}"`);

describe('no secret comes out of the sandbox', function () {
  this.timeout(20_000);
  let folder: string;
  let sandbox: Sandbox;
  let log: string[];
  let answers: { asked: string; answer: MeshResponse }[];
  const detector = createDetector();

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mesh-secrets-'));
    log = [];
    answers = [];
  });
  afterEach(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Every token is a secret from the moment it is made. */
  const transport: Transport = async (request, signal) => {
    detector.plant('token', (request.headers.Authorization ?? '').split(':').at(-1) ?? '');
    const answer = await createTransport()(request, signal);
    answers.push({ asked: `${request.method} ${request.url.pathname}`, answer });
    return answer;
  };
  const clientOf = (account = SENDER!, password: string = account.password): MeshClient =>
    createMeshClient(
      { endpoint: new URL(sandbox.url), ...account, password },
      { transport, wait: () => Promise.resolve(), clientVersion: OUTSIDE.partnerId },
    );

  async function start(strict: boolean, receiver: GpSystem, scenario?: string): Promise<void> {
    const people = [{ ...PATIENT, mailbox: RECIPIENT!.mailbox }];
    const mailboxes = [SENDER!, RECIPIENT!];
    const options = { port: 0, folder, strict, people, mailboxes, receiver, scenario };
    sandbox = await startSandbox({ ...options, log: (line) => log.push(line) });
  }

  /** All that a client can do, by one who may and by one who gives the wrong password; some of it must go wrong. */
  async function everything(): Promise<void> {
    const quiet = (call: Promise<unknown>) => call.catch(() => undefined);
    for (const client of [clientOf(), clientOf(RECIPIENT), clientOf(SENDER, CREDENTIALS.proxyPassword)])
      for (const operation of Object.values(OPERATIONS)) await quiet(operation(client));
    const sent: string[] = [];
    for (const to of [RECIPIENT!.mailbox, ADDRESS, ADDRESS.replace(PATIENT.birthDate, '29081961')])
      for (const body of [MESSAGE.body, Buffer.from(EXAMPLE), Buffer.from(`not JSON ${ADDRESS}`)]) {
        const send = clientOf().send({ ...MESSAGE, to, body, contentType: 'application/fhir+json' });
        sent.push(
          ...(await send.then(
            ({ messageId }) => [messageId],
            () => [],
          )),
        );
      }
    await sandbox.settled();
    assert.ok(sent.length >= (sandbox.strict ? 9 : 3), 'messages got in, by the patient too where that is known');
    for (const id of sent) {
      await quiet(clientOf(RECIPIENT).download(id));
      // Local id and file name are the sender's own, and come back; whom the address was of does not.
      const record = detector.find(JSON.stringify(await clientOf().track(id)));
      assert.deepEqual(
        record.filter((name) => [...CREDENTIAL_NAMES, ...PATIENT_NAMES].includes(name)),
        [],
        'a tracking record',
      );
      assert.ok(record.includes('file name'), 'the detector reads the record');
      await quiet(clientOf().trackByLocalId(OUTSIDE.localId));
      assert.deepEqual(detector.find(sandbox.told(id).join('\n')), [], 'told of a message');
    }
    for (const id of await clientOf().inbox()) {
      const { body } = await clientOf().download(id);
      assert.deepEqual(detector.find(body.toString()), [], 'an answer, or a report');
    }
  }

  async function get(where: string, method: 'GET' | 'POST' = 'GET', body?: string): Promise<MeshResponse> {
    const url = new URL(sandbox.url + where);
    const headers = { Accept: 'application/vnd.mesh.v2+json' };
    const answer = await createTransport()({ method, url, headers, body: body ? Buffer.from(body) : undefined });
    answers.push({ asked: `${method} ${where}`, answer });
    return answer;
  }

  const textOf = ({ headers, body }: MeshResponse) => `${JSON.stringify(headers)} ${body.toString()}`;

  const practice = () => createPractice(knowledge(), { odsCode: 'ZZZ99' });

  /** Says all it knows where it must not: what it throws, what it asks to be played. */
  const careless: GpSystem = {
    scenarioOf: () => PATIENT.surname,
    receive({ body }) {
      if (body.length % 2 === 0) throw new Error(everythingKnown());
      return [{ to: ADDRESS, workflowId: 'X', contentType: 'x', body: Buffer.from(everythingKnown()) }];
    },
  };

  for (const strict of [false, true])
    for (const [who, receiver] of Object.entries({ 'the practice': practice, 'a careless receiver': () => careless }))
      it(`${strict ? 'strict' : 'by default'}, with ${who}: log, page, answers and files`, async () => {
        await start(strict, receiver());
        await everything();
        assert.ok(log.length > 40, 'the log was written');
        for (const line of log) assert.deepEqual(detector.find(line), [], line);

        const page = await get('/');
        assert.equal(page.status, 200);
        assert.match(page.body.toString(), new RegExp(RECIPIENT!.mailbox));
        assert.deepEqual(detector.find(textOf(page)), [], 'the page');

        for (const { mailbox } of [SENDER!, RECIPIENT!]) await get(`/messageexchange/admin/mailbox/${mailbox}`);
        for (const id of await clientOf(RECIPIENT).inbox()) await get(`/messageexchange/admin/message/${id}`);
        await get('/messageexchange/admin/report', 'POST', JSON.stringify({ mailbox_id: SENDER!.mailbox, ...OUTSIDE }));
        await get(`/scenario`, 'POST', `scenario=${encodeURIComponent(PATIENT.surname)}`);
        await get(`/messages/${encodeURIComponent(ADDRESS)}`);
        await get(`/messageexchange/${encodeURIComponent(ADDRESS)}/inbox`);
        await get(`/messageexchange/endpointlookup/${encodeURIComponent(ADDRESS)}/${encodeURIComponent(BODY)}`);
        for (const line of log) assert.deepEqual(detector.find(line), [], line);

        // What was sent is there to be collected; what proves who one is never is.
        for (const { asked, answer } of answers) {
          const found = detector.find(textOf(answer)).filter((name) => CREDENTIAL_NAMES.includes(name));
          assert.deepEqual(found, [], asked);
        }
      });

  it('keeps messages in its folder, and no password, key or token', async () => {
    await start(true, practice());
    const { messageId } = await clientOf().send({ ...MESSAGE, to: RECIPIENT!.mailbox });
    await sandbox.settled();
    for (const operation of Object.values(OPERATIONS)) await operation(clientOf()).catch(() => undefined);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const contents = files.map((file) => readFileSync(path.join(file.parentPath, file.name), 'latin1'));
    assert.ok(
      contents.some((content) => detector.find(content).includes('body')),
      'the message is in a file',
    );
    assert.ok(
      contents.some((content) => content.includes(messageId)),
      'and what stands on its outside',
    );
    for (const content of [...contents, ...files.map(({ name }) => name)]) {
      const found = detector.find(content).filter((name) => CREDENTIAL_NAMES.includes(name));
      assert.deepEqual(found, []);
    }
    for (const { name } of files) assert.deepEqual(detector.find(name), [], 'the name of a file');
  });

  it('refuses to start or to play in a sentence that repeats nothing', async () => {
    await start(false, practice());
    for (const name of [PATIENT.surname, ADDRESS, CREDENTIALS.password, OUTSIDE.subject])
      assert.throws(
        () => sandbox.play(name),
        (error: Error) => detector.find(`${error.message} ${error.stack}`).length === 0,
      );
    await assert.rejects(
      startSandbox({ port: 0, folder: path.join(folder, 'x'), scenario: ADDRESS }),
      (error: Error) => detector.find(`${error.message} ${error.stack}`).length === 0,
    );
  });

  it('plants what it looks for', () => {
    const names = Object.keys(SECRETS);
    for (const name of CREDENTIAL_NAMES.filter((one) => one !== 'token')) assert.ok(names.includes(name), name);
  });
});
