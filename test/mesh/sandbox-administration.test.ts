import assert from 'node:assert/strict';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../mesh/sandbox/sandbox';
import { ask, jsonOf, refusalIn, V1, V2 } from './wire';

const PHARMACY = 'X26PHARMACY';
const SURGERY = 'X26SURGERY';
const OUTSIDE = { ...V2, 'Mex-To': SURGERY, 'Mex-WorkflowID': 'DIGMED_EMG_MED', 'Mex-LocalID': 'ref' };

describe('mesh sandbox, beside the messages', () => {
  let sandbox: Sandbox;
  beforeEach(async () => (sandbox = await startSandbox({ port: 0 })));
  afterEach(() => sandbox.close());

  const inbox = async (mailbox: string) =>
    jsonOf(await ask(sandbox, `GET /messageexchange/${mailbox}/inbox`, V2)).messages as string[];
  const send = async () =>
    jsonOf(await ask(sandbox, `POST /messageexchange/${PHARMACY}/outbox`, OUTSIDE, 'hello')).message_id as string;
  const post = (path: string, value: unknown) => ask(sandbox, `POST ${path}`, V2, JSON.stringify(value));

  it('answers whoever asks whether it is there', async () => {
    const paths = [
      '/health',
      '/healthcheck',
      '/_status',
      '/_ping',
      '/messageexchange/_ping',
      '/messageexchange/deepping',
    ];
    for (const path of paths) assert.equal(jsonOf(await ask(sandbox, `GET ${path}`)).status, 'running', path);
  });

  it('has no newer client to offer', async () => {
    const response = await ask(sandbox, `POST /messageexchange/${PHARMACY}/update`, V2);
    assert.deepEqual([response.status, response.body.length], [200, 0]);
  });

  it('takes version 3 for version 2', async () => {
    const V3 = { Accept: 'application/vnd.mesh.v3+json' };
    const id = await send();
    const tracked = await ask(sandbox, `GET /messageexchange/${PHARMACY}/outbox/tracking?messageID=${id}`, V3);
    assert.equal(jsonOf(tracked).message_id, id);
  });

  describe('looks up', () => {
    const lookup = (path: string, version = V2) => ask(sandbox, `GET /messageexchange/${path}`, version);
    const surgery = { mailbox_id: SURGERY, mailbox_name: 'Sandbox GP practice' };

    it('who of an organisation receives a workflow', async () => {
      assert.deepEqual(jsonOf(await lookup('endpointlookup/X26/DIGMED_EMG_MED')), { results: [surgery] });
      const { results, query_id } = jsonOf(await lookup('endpointlookup/X26/DIGMED_EMG_MED', V1));
      assert.deepEqual(results, [{ address: SURGERY, description: 'Sandbox GP practice', endpoint_type: 'MESH' }]);
      assert.match(query_id as string, /^[0-9a-f]{32}$/);
      for (const path of ['X27/DIGMED_EMG_MED', 'x26/DIGMED_EMG_MED', 'X26/OTHER'])
        assert.deepEqual(jsonOf(await lookup(`endpointlookup/${path}`)), { results: [] }, path);
    });

    it('who receives a workflow at all', async () => {
      for (const version of [V1, V2])
        assert.deepEqual(jsonOf(await lookup('workflowsearch/DIGMED_EMG_MED', version)), { results: [surgery] });
      const back = await lookup('workflowsearch/DIGMED_EMG_MED_ACK');
      assert.deepEqual(jsonOf(back), { results: [{ mailbox_id: PHARMACY, mailbox_name: 'Sandbox pharmacy' }] });
    });
  });

  describe('makes reports', () => {
    const wanted = { mailbox_id: PHARMACY, code: 'EPL-153', description: 'Not found', workflow_id: 'W' };

    it('of an error, as they were asked for', async () => {
      const more = { status: 'error', subject: 'About', local_id: 'ref', linked_message_id: 'LINKED' };
      const made = await post('/messageexchange/admin/report', { ...wanted, ...more });
      const { message_id: id } = jsonOf(made);
      assert.deepEqual(await inbox(PHARMACY), [id]);
      const { headers } = await ask(sandbox, `HEAD /messageexchange/${PHARMACY}/inbox/${id as string}`, V2);
      assert.equal(headers['mex-messagetype'], 'REPORT');
      assert.equal(headers['mex-statuscode'], 'EPL-153');
      assert.equal(headers['mex-linkedmsgid'], 'LINKED');
      assert.equal(headers['mex-from'], undefined);
      assert.equal(headers['mex-chunk-range'], '1:0');
      await ask(sandbox, `PUT /messageexchange/${PHARMACY}/inbox/${id as string}/status/acknowledged`, V2);
      assert.deepEqual(await inbox(PHARMACY), []);
    });

    it('that can be fetched, whatever was written into them', async () => {
      const text = 'Zoë → 2\nX-Other: 1';
      const asked = { ...wanted, status: 'error', subject: text, local_id: text, file_name: text, description: text };
      const { message_id: id } = jsonOf(await post('/messageexchange/admin/report', asked));
      const { headers } = await ask(sandbox, `GET /messageexchange/${PHARMACY}/inbox/${id as string}`, V2);
      for (const name of ['mex-subject', 'mex-localid', 'mex-filename', 'mex-statusdescription'])
        assert.equal(headers[name], 'Zoë ? 2?X-Other: 1', name);
    });

    it('that something was not delivered, in the same words always', async () => {
      const made = await post('/messageexchange/admin/report', { ...wanted, subject: 'About' });
      const path = `HEAD /messageexchange/${PHARMACY}/inbox/${jsonOf(made).message_id as string}`;
      const { headers } = await ask(sandbox, path, V2);
      assert.equal(headers['mex-statuscode'], '14');
      assert.equal(headers['mex-statusdescription'], 'Message not collected by recipient after 5 days');
      assert.equal(headers['mex-subject'], 'NDR: About');
    });

    for (const [what, value, says] of [
      ['for nobody', { ...wanted, mailbox_id: 'NOSUCH' }, /mailbox does not exist/],
      ['about nothing', { mailbox_id: PHARMACY }, /"code"\].*"description"\].*"workflow_id"\]/],
      ['of another kind', { ...wanted, status: 'accepted' }, /"body","status"/],
      ['that are no object', 'text', /"mailbox_id"/],
    ] as const) {
      it(`but not ${what}`, async () => {
        const refused = await post('/messageexchange/admin/report', value);
        assert.ok([400, 404].includes(refused.status));
        assert.match(refused.body.toString(), says);
        assert.deepEqual(await inbox(PHARMACY), []);
      });
    }
  });

  it('lets things happen to messages', async () => {
    const id = await send();
    const track = async () =>
      jsonOf(await ask(sandbox, `GET /messageexchange/${PHARMACY}/outbox/tracking?messageID=${id}`, V1));
    const happen = (value: unknown) => post(`/admin/message/${id.toLowerCase()}/event`, value);
    assert.equal((await happen({ status: 'error', code: '15', event: 'SEND', description: 'Bad file' })).status, 200);
    const failed = await track();
    assert.deepEqual([failed.status, failed.statusSuccess, failed.failureDiagnostic], ['Error', 'ERROR', 'Bad file']);
    assert.deepEqual(await inbox(SURGERY), []);
    const gone = await ask(sandbox, `GET /messageexchange/${SURGERY}/inbox/${id}`, V2);
    assert.equal(refusalIn(gone), '410 SEND Message already accepted');
    await happen({ status: 'accepted' });
    assert.deepEqual(await inbox(SURGERY), [id]);
    assert.equal((await happen({ status: 'lost' })).status, 400);
    assert.equal((await happen({})).status, 400);
    assert.equal(refusalIn(await post('/admin/message/NOPE/event', { status: 'accepted' })), '404');
  });

  it('resets one mailbox: what it received is gone, what it sent stays with others', async () => {
    const id = await send();
    assert.equal((await ask(sandbox, `DELETE /admin/reset/${PHARMACY}`)).status, 200);
    assert.deepEqual(await inbox(SURGERY), [id]);
    const byLocalId = `GET /messageexchange/${PHARMACY}/outbox/tracking/ref`;
    assert.equal((await ask(sandbox, byLocalId, V2)).status, 404);
    await ask(sandbox, `DELETE /messageexchange/admin/reset/${SURGERY.toLowerCase()}`);
    assert.deepEqual(await inbox(SURGERY), []);
    await send();
    await ask(sandbox, 'DELETE /admin/reset');
    assert.deepEqual(await inbox(SURGERY), []);
    assert.equal((await ask(sandbox, 'DELETE /admin/reset/NOSUCH')).status, 404);
  });

  it('lists with a few facts of each message, newest first, page by page', async () => {
    const sent: string[] = [];
    for (let number = 0; number < 3; number++) sent.unshift(await send());
    for (const [mailbox, box] of [
      [SURGERY, 'inbox'],
      [PHARMACY, 'outbox'],
    ] as const) {
      const path = `/messageexchange/${mailbox}/${box}/rich`;
      const first = jsonOf(await ask(sandbox, `GET ${path}?max_results=2`, V1)) as unknown as Rich;
      assert.deepEqual(
        first.messages.map(({ message_id }) => message_id),
        sent.slice(0, 2),
      );
      const second = jsonOf(await ask(sandbox, `GET ${first.links.next!}`, V2)) as unknown as Rich;
      assert.deepEqual(
        second.messages.map(({ message_id }) => message_id),
        sent.slice(2),
      );
      assert.equal(second.links.next, undefined);
      const later = await ask(sandbox, `GET ${path}?start_time=2999-01-01T00:00:00`, V2);
      assert.deepEqual((jsonOf(later) as unknown as Rich).messages, []);
    }
  });

  interface Rich {
    messages: { message_id: string }[];
    links: { next?: string };
  }
});
