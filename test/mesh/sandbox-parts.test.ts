import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../mesh/sandbox/sandbox';
import { ask, jsonOf, refusalIn, V1, V2 } from './wire';

const OUTBOX = '/messageexchange/X26PHARMACY/outbox';
const INBOX = '/messageexchange/X26SURGERY/inbox';
const OUTSIDE = { 'Mex-To': 'X26SURGERY', 'Mex-WorkflowID': 'W', 'Mex-Content-Type': 'text/csv' };

describe('mesh sandbox, messages in parts', () => {
  let sandbox: Sandbox;
  beforeEach(async () => (sandbox = await startSandbox({ port: 0 })));
  afterEach(() => sandbox.close());

  async function first(
    of: number,
    headers: Record<string, string> = {},
    body: Buffer | string = 'one,',
  ): Promise<string> {
    const sent = await ask(
      sandbox,
      `POST ${OUTBOX}`,
      { ...V2, ...OUTSIDE, 'Mex-Chunk-Range': `1:${of}`, ...headers },
      body,
    );
    assert.equal(sent.status, 202, sent.body.toString());
    return jsonOf(sent).message_id as string;
  }

  const part = (id: string, range: string, headers: Record<string, string> = {}, body: Buffer | string = 'x') =>
    ask(sandbox, `POST ${OUTBOX}/${id}/${range.split(':')[0]!}`, { ...V2, 'Mex-Chunk-Range': range, ...headers }, body);

  const inbox = async () => jsonOf(await ask(sandbox, `GET ${INBOX}`, V1)).messages as string[];
  const statusOf = async (id: string) =>
    jsonOf(await ask(sandbox, `GET ${OUTBOX}/tracking?messageID=${id}`, V2)).status;

  it('is there when the last part is, and comes back part by part', async () => {
    const id = await first(3);
    assert.equal(await statusOf(id), 'uploading');
    assert.deepEqual(await inbox(), []);
    assert.equal(refusalIn(await ask(sandbox, `GET ${INBOX}/${id}`, V2)), '410 SEND Message already accepted');
    assert.equal(
      refusalIn(await ask(sandbox, `HEAD ${INBOX}/${id}`, V1).then((head) => ({ ...head, body: Buffer.from('{}') }))),
      '410',
    );
    assert.equal((await ask(sandbox, `HEAD /messageexchange/X26PHARMACY/inbox/${id}`, V2)).status, 200);
    const second = await part(id, '2:3', {}, 'two,');
    assert.equal(second.status, 202);
    assert.equal(second.body.toString(), 'null');
    assert.deepEqual(await inbox(), []);
    const third = await part(id, '3:3', V1, 'three');
    assert.deepEqual(jsonOf(third), { messageID: id, blockID: 3 });
    assert.deepEqual(await inbox(), [id]);
    for (const [number, status, text] of [
      [1, 206, 'one,'],
      [2, 206, 'two,'],
      [3, 200, 'three'],
    ] as const) {
      const got = await ask(sandbox, `GET ${INBOX}/${id}/${number}`, V2);
      assert.equal(got.status, status);
      assert.equal(got.body.toString(), text);
      assert.equal(got.headers['mex-chunk-range'], `${number}:3`);
      assert.equal(got.headers['mex-total-chunks'], '3');
      assert.equal(got.headers['content-type'], 'application/octet-stream');
      assert.equal(got.headers['mex-content-type'], 'text/csv');
    }
    assert.equal(refusalIn(await ask(sandbox, `GET ${INBOX}/${id}/4`, V2)), '404 RECEIVE 20');
    const v1 = jsonOf(await ask(sandbox, `GET ${OUTBOX}/tracking?messageID=${id}`, V1));
    assert.deepEqual([v1.chunkCount, v1.fileSize], [3, 13]);
  });

  it('is compressed part by part', async () => {
    const gzip = { 'Content-Encoding': 'gzip' };
    const id = await first(2, gzip, gzipSync('one,'));
    assert.equal((await part(id, '2:2', gzip, gzipSync('two'))).status, 202);
    const texts = [];
    for (const number of [1, 2]) texts.push((await ask(sandbox, `GET ${INBOX}/${id}/${number}`, V2)).body.toString());
    assert.deepEqual(texts, ['one,', 'two']);
  });

  it('takes a part again as long as it is not complete', async () => {
    const id = await first(2);
    assert.equal(
      (await ask(sandbox, `POST ${OUTBOX}/${id}/1`, { ...V2, 'Mex-Chunk-Range': '1:2' }, 'ONE,')).status,
      202,
    );
    await part(id, '2:2', {}, 'two');
    assert.equal((await ask(sandbox, `GET ${INBOX}/${id}`, V2)).body.toString(), 'ONE,');
  });

  it('keeps parts that come at the same time', async () => {
    const id = await first(5);
    const numbers = [2, 3, 4];
    const taken = await Promise.all(numbers.map((number) => part(id, `${number}:5`, {}, `part ${number}`)));
    assert.deepEqual(
      taken.map(({ status }) => status),
      [202, 202, 202],
    );
    await part(id, '5:5');
    for (const number of numbers)
      assert.equal((await ask(sandbox, `GET ${INBOX}/${id}/${number}`, V2)).body.toString(), `part ${number}`);
  });

  it('goes to the receiver as a whole', async () => {
    await sandbox.close();
    const bodies: string[] = [];
    const receive = ({ body }: { body: Buffer }) => {
      bodies.push(body.toString());
      return [];
    };
    sandbox = await startSandbox({ port: 0, receiver: { scenarioOf: () => undefined, receive } });
    const id = await first(2);
    await sandbox.settled();
    assert.deepEqual(bodies, []);
    await part(id, '2:2', {}, 'two');
    await sandbox.settled();
    assert.deepEqual(bodies, ['one,two']);
  });

  describe('refuses a part', () => {
    const cases: [what: string, path: string, headers: Record<string, string>, says: string][] = [
      ['without a range', '2', {}, '417 SEND InvalidHeaderChunks'],
      ['whose range is another', '2', { 'Mex-Chunk-Range': '1:3' }, '417 SEND InvalidHeaderChunks'],
      ['beyond its own range', '4', { 'Mex-Chunk-Range': '4:3' }, '417 SEND InvalidHeaderChunks'],
      ['numbered nought', '0', { 'Mex-Chunk-Range': '0:3' }, '417 SEND InvalidHeaderChunks'],
      ['whose range is words', '2', { 'Mex-Chunk-Range': 'two' }, '417 SEND InvalidHeaderChunks'],
      ['beyond the message’s range', '4', { 'Mex-Chunk-Range': '4:4' }, '406'],
      ['in another encoding', '2', { 'Mex-Chunk-Range': '2:3', 'Content-Encoding': 'gzip' }, '417'],
    ];
    for (const [what, path, headers, says] of cases) {
      it(what, async () => {
        const id = await first(3);
        const refused = await ask(sandbox, `POST ${OUTBOX}/${id}/${path}`, { ...V2, ...headers }, 'x');
        assert.equal(refusalIn(refused), says);
        if (says.includes('Chunks')) assert.equal(jsonOf(refused).message_id, id);
        assert.equal(await statusOf(id), 'uploading');
      });
    }

    it('numbered with a word', async () => {
      const refused = await ask(sandbox, `POST ${OUTBOX}/${await first(2)}/two`, V2, 'x');
      assert.equal(refused.status, 400);
      assert.match(refused.body.toString(), /int_parsing/);
    });

    it('of a message that is not there, somebody else’s, or complete', async () => {
      assert.equal(refusalIn(await part('NOPE', '2:2')), '404');
      const id = await first(2);
      const other = `POST /messageexchange/X26SURGERY/outbox/${id}/2`;
      assert.equal(refusalIn(await ask(sandbox, other, { ...V2, 'Mex-Chunk-Range': '2:2' }, 'x')), '403');
      assert.equal((await part(id, '2:2')).status, 202);
      assert.equal(refusalIn(await part(id, '2:2')), '423');
    });
  });

  it('is delivered although parts are missing, as NHS England’s sandbox does; those are not there', async () => {
    const id = await first(3);
    assert.equal((await part(id, '3:3')).status, 202);
    assert.deepEqual(await inbox(), [id]);
    assert.equal(refusalIn(await ask(sandbox, `GET ${INBOX}/${id}/2`, V2)), '404 RECEIVE 20');
  });
});
