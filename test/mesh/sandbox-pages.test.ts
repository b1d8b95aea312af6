// The sandbox's page over HTTP: who may see it, what it shows of what happened, and how a scenario is chosen there.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { authorizationHeader } from '../../mesh/authorization';
import { createMeshClient, type MeshClient } from '../../mesh/client';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../mesh/sandbox/sandbox';

const now = () => new Date('2026-12-04T05:06:07Z');
const SECRET = {
  subject: '<b>Quintessa</b> for "Testwell"',
  localId: 'LOCAL-9990142017',
  fileName: 'testwell<i>.json',
};

describe('the page that the sandbox serves', () => {
  let sandbox: Sandbox;
  let client: MeshClient;
  let log: string[];

  const start = async (options: SandboxOptions = {}) => {
    log = [];
    sandbox = await startSandbox({ port: 0, now, log: (line) => log.push(line), ...options });
    client = createMeshClient({ endpoint: new URL(sandbox.url), ...DEFAULT_MAILBOXES[0]! }, { now });
  };
  const get = (path: string, headers: Record<string, string> = {}) => fetch(sandbox.url + path, { headers });
  const page = async () => (await get('/')).text();
  const choose = (scenario: string, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.url}/scenario`, {
      method: 'POST',
      body: new URLSearchParams({ scenario }),
      headers,
      redirect: 'manual',
    });
  const send = (body: Buffer, to = 'X26SURGERY', workflowId = 'DIGMED_EMG_MED') =>
    client.send({ to, workflowId, contentType: 'application/fhir+json', body, ...SECRET });

  beforeEach(() => start());
  afterEach(() => sandbox.close());

  it('is HTML that is kept by nobody and runs nothing but its own script', async () => {
    const answer = await get('/');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const nonce = /script-src 'nonce-([\w-]+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
    assert.ok(nonce);
    assert.ok((await answer.text()).includes(`<script nonce="${nonce}">`));
    assert.ok(!(await page()).includes(nonce), 'a nonce is good for one page');
  });

  it('is not for a page from elsewhere, by its origin or by a name of its own for this address', async () => {
    assert.equal((await get('/', { origin: 'https://elsewhere.example' })).status, 403);
    const rebound = httpGet({ port: sandbox.port, host: '127.0.0.1', headers: { host: 'elsewhere.example' } });
    const [answer] = (await once(rebound, 'response')) as [IncomingMessage];
    answer.resume();
    assert.equal(answer.statusCode, 403);
    assert.equal((await get('/messages/any', { origin: sandbox.url })).status, 403);
  });

  it('shows a message, and nothing of its content, subject, local id or file name', async () => {
    const { messageId } = await send(Buffer.from('{"patient":"Quintessa Testwell"}'), 'X26PHARMACY');
    const text = await page();
    assert.ok(text.includes(`/messages/${messageId}`));
    assert.match(
      text,
      /X26PHARMACY.*X26PHARMACY.*DIGMED_EMG_MED.*32 B.*accepted.*Waits for X26PHARMACY to collect it\./s,
    );
    assert.doesNotMatch(text, /quintessa|testwell|9990142017/i);
    await client.acknowledge(messageId);
    assert.match(await page(), /acknowledged.*Collected at 05:06:07\./s);
  });

  it('masks what a mailbox id or workflow may hold of a patient', async () => {
    await send(Buffer.from('x'), 'X26SURGERY', 'GPPROVIDER_9990142017_19560229_TESTWELL');
    const text = await page();
    assert.ok(text.includes('GPPROVIDER_***'));
    assert.doesNotMatch(text, /9990142017|TESTWELL/);
  });

  it('tells what the practice did, and what it did not do because the message asked for none', async () => {
    await sandbox.close();
    const receiver = {
      scenarioOf: () => undefined,
      receive: (_: unknown, __: unknown, tell?: (sentence: string) => void) => {
        tell?.('answered with 20013');
        tell?.('not answered with 30001: the message asks for no business acknowledgement');
        return [];
      },
    };
    await start({ receiver });
    await send(Buffer.from('{}'));
    await sandbox.settled();
    assert.match(
      await page(),
      /<span>Answered with 20013\.<\/span>\s*<span class="note">Not answered with 30001: the message asks for no business acknowledgement\.<\/span>/,
    );
  });

  it('tells of a report by its code', async () => {
    await fetch(`${sandbox.url}/messageexchange/admin/report`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        mailbox_id: 'X26PHARMACY',
        code: 'EPL-153',
        description: 'Testwell',
        workflow_id: 'W',
        status: 'error',
      }),
    });
    const text = await page();
    assert.match(text, /<span>MESH<\/span>.*Report EPL-153\. The message was not delivered\. The NHS number/s);
    assert.doesNotMatch(text, /Testwell/);
  });

  it('shows on a page of its own what a message says on the outside and inside', async () => {
    const { messageId } = await send(Buffer.from('{"name":"<script>alert(1)</script>"}'), 'X26PHARMACY');
    const answer = await get(`/messages/${messageId}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const text = await answer.text();
    assert.ok(text.includes('&lt;b&gt;Quintessa&lt;/b&gt; for &quot;Testwell&quot;'));
    assert.ok(text.includes('&quot;name&quot;: &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot;'));
    assert.doesNotMatch(text, /<script|<b>Q|<i>/);
  });

  it('shows the beginning of a large one, unfolding no more than that', async () => {
    const large = Buffer.alloc(5_000_000, 'abcdefgh');
    const { messageId } = await client.send(
      { to: 'X26PHARMACY', workflowId: 'W', contentType: 'text/plain', body: large },
      { compress: true },
    );
    const text = await (await get(`/messages/${messageId}`)).text();
    assert.match(text, /Only its beginning, 262 KB, is shown/);
    assert.ok(text.length < 300_000);
  });

  it('says so when the content is not what its sender said', async () => {
    const account = DEFAULT_MAILBOXES[0]!;
    const answer = await fetch(`${sandbox.url}/messageexchange/${account.mailbox}/outbox`, {
      method: 'POST',
      headers: {
        authorization: authorizationHeader({ ...account, nonce: 'n', count: 0, time: now() }),
        'content-encoding': 'gzip',
        'mex-to': 'X26PHARMACY',
        'mex-workflowid': 'W',
      },
      body: 'no gzip',
    });
    const { messageID } = (await answer.json()) as { messageID: string };
    assert.match(await (await get(`/messages/${messageID}`)).text(), /or it cannot be read\./);
  });

  it('has no page for a message that is not there', async () => {
    const answer = await get('/messages/%3Cscript%3E');
    assert.equal(answer.status, 404);
    assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.doesNotMatch(await answer.text(), /script/);
  });

  it('chooses a scenario by its form, and none again', async () => {
    const answer = await choose('silence', { origin: sandbox.url });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/']);
    assert.equal(sandbox.scenario, 'silence');
    assert.match(await page(), /Every message meets <strong>silence<\/strong>/);
    await choose('', { origin: sandbox.url });
    assert.equal(sandbox.scenario, undefined);
  });

  it('tells whoever asked that another scenario plays, wherever it was chosen', async () => {
    await sandbox.close();
    const played: (string | undefined)[] = [];
    await start({ onPlay: () => played.push(sandbox.scenario) });
    await choose('silence');
    sandbox.play(undefined);
    assert.deepEqual(played, ['silence', undefined]);
  });

  it('lets no page from elsewhere choose', async () => {
    for (const origin of [
      'https://elsewhere.example',
      'null',
      'http://127.0.0.1:1',
      `${sandbox.url}.elsewhere.example`,
    ])
      assert.equal((await choose('silence', { origin })).status, 403, origin);
    assert.equal(sandbox.scenario, undefined);
  });

  it('says in a sentence that there is no such scenario, and which may be meant', async () => {
    const answer = await choose('silense');
    assert.equal(answer.status, 400);
    assert.match(await answer.text(), /no scenario of that name\. Did you mean "silence"\?/);
    assert.equal((await fetch(`${sandbox.url}/scenario`, { method: 'POST' })).status, 400);
  });

  it('leaves its own refreshing out of the log', async () => {
    await page();
    await choose('');
    await get('/messages/any');
    assert.deepEqual(log, ['POST /scenario 303', 'GET /messages/{id} 404']);
  });
});
