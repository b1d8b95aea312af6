import assert from 'node:assert/strict';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox, SandboxOptions } from '../../mesh/sandbox/sandbox';
import { MINIMUM_PART } from '../../mesh/sandbox/strict';
import { ask, jsonOf, refusalIn, V2 } from './wire';

const PHARMACY = 'X26PHARMACY';
const SURGERY = 'X26SURGERY';
const OUTBOX = `/messageexchange/${PHARMACY}/outbox`;
const INBOX = `/messageexchange/${SURGERY}/inbox`;
const REPORTS = `/messageexchange/${PHARMACY}/inbox`;
const OUTSIDE = { 'Mex-To': SURGERY, 'Mex-WorkflowID': 'DIGMED_EMG_MED', 'Mex-LocalID': 'X26', 'Mex-Subject': 'About' };
const START = new Date('2026-11-21T02:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

describe('mesh sandbox, strict', () => {
  let sandbox: Sandbox;
  let time: Date;
  const log: string[] = [];

  const start = async (options: SandboxOptions = {}) => {
    time = START;
    log.length = 0;
    const shared = { port: 0, now: () => time, log: (line: string) => log.push(line) };
    sandbox = await startSandbox({ ...shared, strict: true, ...options });
  };
  afterEach(() => sandbox.close());

  const request = (what: string, headers: Record<string, string> = {}, body?: Buffer | string) =>
    ask(sandbox, what, { ...V2, ...headers }, body, time);
  const send = (headers: Record<string, string> = {}, body: Buffer | string = 'hello') =>
    request(`POST ${OUTBOX}`, { ...OUTSIDE, ...headers }, body);
  const sent = async (headers?: Record<string, string>, body?: Buffer | string) => {
    const response = await send(headers, body);
    assert.equal(response.status, 202, response.body.toString());
    return jsonOf(response).message_id as string;
  };
  const list = async (inbox: string) => jsonOf(await request(`GET ${inbox}`)).messages as string[];
  const track = async (id: string) => jsonOf(await request(`GET ${OUTBOX}/tracking?messageID=${id}`));

  it('takes a token once', async () => {
    await start();
    const { authorization } = await captured();
    const again = await request(`GET ${INBOX}`, { Authorization: authorization });
    assert.equal(again.status, 403);
    await sandbox.close();
    await start({ strict: false });
    const twice = await captured();
    assert.equal((await request(`GET ${INBOX}`, { Authorization: twice.authorization })).status, 200);

    async function captured() {
      const { authorizationHeader } = await import('../../mesh/authorization');
      const token = { mailbox: SURGERY, password: 'password', sharedKey: 'TestKey', nonce: 'once', count: 0, time };
      const value = authorizationHeader(token);
      assert.equal((await request(`GET ${INBOX}`, { Authorization: value })).status, 200);
      return { authorization: value };
    }
  });

  it('holds clients to its clock, two hours either way', async () => {
    for (const strict of [true, false]) {
      await start({ strict });
      for (const [minutes, status] of [
        [-121, 403],
        [-119, 200],
        [119, 200],
        [121, 403],
      ] as const) {
        const at = new Date(START.getTime() + minutes * 60_000);
        const response = await ask(sandbox, `GET ${INBOX}`, V2, undefined, at);
        assert.equal(response.status, strict ? status : 200, `${minutes} minutes, strict ${strict}`);
      }
      if (strict) await sandbox.close();
    }
  });

  it('asks for the scheme of a token', async () => {
    for (const [strict, status] of [
      [true, 403],
      [false, 200],
    ] as const) {
      await start({ strict });
      const { authorizationHeader } = await import('../../mesh/authorization');
      const token = { mailbox: SURGERY, password: 'password', sharedKey: 'TestKey', nonce: 'bare', count: 0, time };
      const bare = authorizationHeader(token).replace('NHSMESH ', '');
      assert.equal((await request(`GET ${INBOX}`, { Authorization: bare })).status, status);
      if (strict) await sandbox.close();
    }
  });

  describe('holds to the workflows', () => {
    const workflows = [
      { id: 'ASK', senders: [PHARMACY], receivers: [SURGERY] },
      { id: 'OURS', senders: [SURGERY], receivers: [PHARMACY] },
      { id: 'ELSEWHERE', senders: [PHARMACY], receivers: ['X26OTHER'] },
    ];
    for (const [workflow, says] of [
      ['ASK', '202'],
      ['OURS', '417 SEND 16'],
      ['UNKNOWN', '417 SEND 16'],
      ['ELSEWHERE', '417 SEND 17'],
    ] as const) {
      it(workflow, async () => {
        await start({ workflows });
        assert.equal(refusalIn(await send({ 'Mex-WorkflowID': workflow })), says);
        assert.equal((await list(INBOX)).length, says === '202' ? 1 : 0);
      });
    }

    it('of a sandbox that was told none: the emergency supply', async () => {
      await start();
      await sent();
      assert.equal(refusalIn(await send({ 'Mex-WorkflowID': 'ANY' })), '417 SEND 16');
      await sandbox.close();
      await start({ strict: false });
      await sent({ 'Mex-WorkflowID': 'ANY' });
    });
  });

  describe('holds to the sizes', () => {
    it('of a request: 100 MB', async function () {
      this.timeout(20_000); // A hundred megabytes go over the wire.
      await start();
      const response = await send({}, Buffer.alloc(100_000_001));
      assert.equal(response.status, 413);
      assert.deepEqual(await list(INBOX), []);
    });

    it('of every part but the last: more than 5 MB', async function () {
      this.timeout(20_000);
      await start();
      const small = { 'Mex-Chunk-Range': '1:3' };
      assert.equal(refusalIn(await send(small, Buffer.alloc(MINIMUM_PART))), '417 SEND InvalidHeaderChunks');
      const id = await sent(small, Buffer.alloc(MINIMUM_PART + 1));
      const second = `POST ${OUTBOX}/${id}/2`;
      const range = { 'Mex-Chunk-Range': '2:3' };
      assert.equal(refusalIn(await request(second, range, 'small')), '417 SEND InvalidHeaderChunks');
      assert.equal((await request(second, range, Buffer.alloc(MINIMUM_PART + 1))).status, 202);
      assert.equal((await request(`POST ${OUTBOX}/${id}/3`, { 'Mex-Chunk-Range': '3:3' }, 'small')).status, 202);
      assert.deepEqual(await list(INBOX), [id]);
    });
  });

  it('does not complete a message of which parts are missing, or whose parts disagree how many there are', async function () {
    this.timeout(20_000);
    await start();
    const big = Buffer.alloc(MINIMUM_PART + 1);
    const id = await sent({ 'Mex-Chunk-Range': '1:3' }, big);
    const put = (range: string, body: Buffer | string) =>
      request(`POST ${OUTBOX}/${id}/${range.split(':')[0]!}`, { 'Mex-Chunk-Range': range }, body);
    assert.equal(refusalIn(await put('3:3', 'end')), '417 SEND InvalidHeaderChunks');
    assert.equal(refusalIn(await put('2:2', big)), '417 SEND InvalidHeaderChunks');
    assert.equal((await track(id)).status, 'uploading');
    assert.equal((await put('2:3', big)).status, 202);
    assert.equal((await put('3:3', 'end')).status, 202);
    assert.deepEqual(await list(INBOX), [id]);
  });

  it('gives nothing away that has been acknowledged', async () => {
    for (const [strict, status] of [
      [true, 410],
      [false, 200],
    ] as const) {
      await start({ strict });
      const id = await sent();
      assert.equal((await request(`GET ${INBOX}/${id}`)).status, 200);
      await request(`PUT ${INBOX}/${id}/status/acknowledged`);
      assert.equal((await request(`GET ${INBOX}/${id}`)).status, status);
      assert.equal((await request(`PUT ${INBOX}/${id}/status/acknowledged`)).status, 200);
      if (strict) await sandbox.close();
    }
  });

  describe('lets messages expire', () => {
    const told14 = 'Message not collected by recipient after 5 days';

    it('after five days, and tells the sender', async () => {
      await start();
      const id = await sent();
      time = new Date(START.getTime() + 5 * DAY - 1);
      assert.deepEqual(await list(INBOX), [id]);
      time = new Date(START.getTime() + 5 * DAY);
      assert.deepEqual(await list(INBOX), []);
      assert.equal(refusalIn(await request(`GET ${INBOX}/${id}`)), '410 SEND Message already accepted');
      const tracked = await track(id);
      const { status, status_success, status_code, status_event, status_description, status_timestamp } = tracked;
      assert.deepEqual(
        [status, status_success, status_code, status_event, status_description, status_timestamp],
        ['undeliverable', false, '14', 'SEND', told14, '2026-11-26T02:00:00.000000'],
      );
      const v1 = await request(`GET ${OUTBOX}/tracking/X26`);
      assert.deepEqual([jsonOf(v1).statusSuccess, jsonOf(v1).failureDiagnostic], ['ERROR', told14]);
      const [report, ...more] = await list(REPORTS);
      assert.deepEqual(more, []);
      const { headers, body } = await request(`GET ${REPORTS}/${report!}`);
      assert.equal(body.length, 0);
      const told = Object.fromEntries(
        Object.entries(headers).filter(([name]) => name.startsWith('mex-') && !/filename|timestamp/.test(name)),
      );
      assert.deepEqual(told, {
        'mex-to': PHARMACY,
        'mex-workflowid': 'DIGMED_EMG_MED',
        'mex-chunk-range': '1:0',
        'mex-total-chunks': '0',
        'mex-addresstype': 'ALL',
        'mex-localid': 'X26',
        'mex-subject': 'NDR: About',
        'mex-version': '1.0',
        'mex-messagetype': 'REPORT',
        'mex-messageid': report,
        'mex-linkedmsgid': id,
        'mex-statuscode': '14',
        'mex-statusevent': 'SEND',
        'mex-statusdescription': told14,
        'mex-statussuccess': 'ERROR',
      });
    });

    it('once, and neither reports nor what was acknowledged', async () => {
      await start();
      const collected = await sent();
      await request(`PUT ${INBOX}/${collected}/status/acknowledged`);
      await sent();
      time = new Date(START.getTime() + 6 * DAY);
      await Promise.all([list(REPORTS), list(REPORTS), list(INBOX)]);
      time = new Date(START.getTime() + 20 * DAY);
      assert.equal((await list(REPORTS)).length, 1);
      assert.equal((await track(collected)).status, 'acknowledged');
    });

    it('not at once when it is put back into the inbox', async () => {
      await start();
      const id = await sent();
      time = new Date(START.getTime() + 5 * DAY);
      assert.deepEqual(await list(INBOX), []);
      const back = JSON.stringify({ status: 'accepted' });
      assert.equal((await request(`POST /admin/message/${id}/event`, {}, back)).status, 200);
      time = new Date(START.getTime() + 10 * DAY - 1);
      assert.deepEqual(await list(INBOX), [id]);
      time = new Date(START.getTime() + 10 * DAY);
      assert.deepEqual(await list(INBOX), []);
      assert.equal((await list(REPORTS)).length, 2);
    });

    it('not unless it is strict', async () => {
      await start({ strict: false });
      const id = await sent();
      time = new Date(START.getTime() + 50 * DAY);
      assert.deepEqual(await list(INBOX), [id]);
    });
  });

  describe('closes inactive mailboxes', () => {
    const mailboxes = DEFAULT_MAILBOXES.map((account) => ({ ...account, active: account.mailbox !== SURGERY }));
    it('to their owners and to senders', async () => {
      await start({ mailboxes });
      assert.equal(refusalIn(await request(`GET ${INBOX}`)), '403 SEND 100');
      assert.equal(refusalIn(await send()), '417 SEND 12');
      await sandbox.close();
      await start({ mailboxes, strict: false });
      const id = await sent();
      assert.deepEqual(await list(INBOX), [id]);
    });
  });

  describe('routes by the patient', () => {
    const address = (text: string) => ({ 'Mex-To': `GPPROVIDER_${text}` });

    for (const [what, to] of [
      ['as registered', '9997000013_19700101_Testperson'],
      ['whatever the case', '9997000013_19700101_TESTPERSON'],
      ['with an apostrophe', "9997000234_20011231_O'Invented"],
      ['with a space', '9997000560_19880809_Made Upp'],
    ] as const) {
      it(`to the practice, ${what}`, async () => {
        await start();
        const id = await sent(address(to));
        assert.deepEqual(await list(INBOX), [id]);
        assert.equal((await track(id)).recipient, SURGERY);
        const received = await request(`GET ${INBOX}/${id}`);
        assert.equal(received.headers['mex-to'], SURGERY);
        const all = [log.join('\n'), JSON.stringify(received.headers), JSON.stringify(await track(id))].join('\n');
        assert.doesNotMatch(all, /GPPROVIDER|99970/);
      });
    }

    for (const [what, to, code] of [
      ['two practices', '9997000455_19630229_Twicefold', 'EPL-150'],
      ['a practice without a mailbox', '9997000676_19450508_Nowhereson', 'EPL-151'],
      ['a number whose last digit is wrong', '9997000014_19700101_Testperson', 'EPL-152'],
      ['a number that is too short', '999700001_19700101_Testperson', 'EPL-152'],
      ['no birth date', '9997000013_Testperson', 'EPL-152'],
      ['a number that nobody has', '9990000018_19700101_Testperson', 'EPL-153'],
      ['another surname', '9997000013_19700101_Sampleby', 'EPL-154'],
      ['another birth date', '9997000013_19700102_Testperson', 'EPL-154'],
      ['a birth date the other way round', '9997000129_14061952_Sampleby', 'EPL-154'],
    ] as const) {
      it(`and says later, in a report, what is wrong: ${what}`, async () => {
        await start();
        const id = await sent(address(to));
        await sandbox.settled();
        assert.deepEqual(await list(INBOX), []);
        const [report, ...more] = await list(REPORTS);
        assert.deepEqual(more, []);
        const { headers } = await request(`HEAD ${REPORTS}/${report!}`);
        assert.equal(headers['mex-statuscode'], code);
        assert.equal(headers['mex-linkedmsgid'], id);
        assert.equal(headers['mex-messagetype'], 'REPORT');
        const tracked = await track(id);
        assert.deepEqual([tracked.status, tracked.status_success, tracked.recipient], ['error', false, '']);
        assert.doesNotMatch(JSON.stringify([log, headers, tracked]), /GPPROVIDER|99970|Testperson|Sampleby/);
      });
    }

    it('a message in parts too, when it is complete', async function () {
      this.timeout(20_000);
      await start();
      const big = Buffer.alloc(MINIMUM_PART + 1);
      const id = await sent({ ...address('9990000018_19700101_Testperson'), 'Mex-Chunk-Range': '1:2' }, big);
      assert.deepEqual(await list(REPORTS), []);
      assert.equal((await request(`POST ${OUTBOX}/${id}/2`, { 'Mex-Chunk-Range': '2:2' }, 'end')).status, 202);
      await sandbox.settled();
      assert.equal((await list(REPORTS)).length, 1);
      assert.equal((await track(id)).status, 'error');
    });

    it('of the people it was told', async () => {
      const person = { nhsNumber: '9990000018', birthDate: '20000101', surname: 'Other', mailbox: SURGERY };
      await start({ people: [person] });
      const id = await sent(address('9990000018_20000101_Other'));
      assert.deepEqual(await list(INBOX), [id]);
    });

    it('only for workflows that are routed, only to who receives them, and only if it is strict', async () => {
      const to = address('9997000013_19700101_Testperson');
      const workflows = [
        { id: 'PLAIN', senders: [PHARMACY], receivers: [SURGERY] },
        { id: 'GPCONNECT_SEND_DOCUMENT', senders: [PHARMACY], receivers: [] },
        { id: 'DIGMED_EMG_MED_ACK', senders: [PHARMACY], receivers: [SURGERY] },
      ];
      await start({ workflows });
      assert.equal(refusalIn(await send({ ...to, 'Mex-WorkflowID': 'PLAIN' })), '417 SEND 12');
      assert.equal(refusalIn(await send({ ...to, 'Mex-WorkflowID': 'DIGMED_EMG_MED_ACK' })), '417 SEND 12');
      await sent({ ...to, 'Mex-WorkflowID': 'GPCONNECT_SEND_DOCUMENT' });
      await sandbox.settled();
      const [report] = await list(REPORTS);
      assert.equal((await request(`HEAD ${REPORTS}/${report!}`)).headers['mex-statuscode'], 'EPL-151');
      await sandbox.close();
      await start({ strict: false });
      assert.equal(refusalIn(await send(to)), '417 SEND 12');
    });
  });
});
