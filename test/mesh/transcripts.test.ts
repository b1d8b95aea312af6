// Replays recorded exchanges of NHS England's own sandbox against this one, where the recordings are at hand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createMeshClient } from '../../mesh/client';
import { DIFFERENCES } from '../../mesh/sandbox/differences';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../mesh/sandbox/sandbox';

const FILE = resolve(__dirname, '../../../../shared/domain/mesh-transcripts.md');

/** When the recording was made: its tokens are good at this time. */
const NOW = new Date('2026-11-21T01:59:50Z');

/** Recorded exchanges in which this sandbox answers otherwise on purpose, with its own status. */
const INTENDED = Object.fromEntries(DIFFERENCES.flatMap(({ recorded = {} }) => Object.entries(recorded)));
const HEADERS_LEFT_OUT = DIFFERENCES.flatMap(({ headers = [] }) => headers);

type Headers = Record<string, string>;

interface Answer {
  status: number;
  headers: Headers;
  body: Buffer;
}

interface Recorded {
  title: string;
  method: string;
  path: string;
  headers: Headers;
  body: Buffer;
  answer: Answer;
}

function readTranscripts(markdown: string): Recorded[] {
  return markdown.split(/^## /m).flatMap((section) =>
    section
      .split(/^### /m)
      .slice(1)
      .flatMap((text) => {
        const title = text.slice(0, text.indexOf('\n'));
        const [sent, received] = [...text.matchAll(/^```http\n(.*?)\n```$/gms)].map(([, block]) => readMessage(block!));
        const [method = '', path = ''] = sent!.first.split(' ');
        const answer = {
          status: Number(received!.first.split(' ')[1]),
          headers: received!.headers,
          body: received!.body,
        };
        return [{ title, method, path, headers: sent!.headers, body: sent!.body, answer }];
      }),
  );
}

function readMessage(block: string): { first: string; headers: Headers; body: Buffer } {
  const end = block.indexOf('\n\n');
  const [first = '', ...lines] = block.slice(0, end < 0 ? undefined : end).split('\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const text = end < 0 ? '' : block.slice(end + 2);
  const length = Number(headers['content-length'] ?? 0);
  const hex = /^\[\d+ bytes binary\] hex ([0-9a-f]+)/.exec(text)?.[1];
  // The page shows CR LF as LF; the recorded length tells which it was.
  const candidates = hex ? [Buffer.from(hex, 'hex')] : [Buffer.from(text), Buffer.from(text.replaceAll('\n', '\r\n'))];
  const body = text === '(empty)' ? undefined : candidates.find((candidate) => candidate.length >= length);
  return { first, headers, body: body?.subarray(0, length) ?? Buffer.alloc(0) };
}

function play(sandbox: Sandbox, { method, path, headers, body }: Recorded): Promise<Answer> {
  return new Promise((resolved, rejected) => {
    const outgoing = request({ port: sandbox.port, host: '127.0.0.1', method, path, headers, agent: false });
    outgoing.on('error', rejected);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', rejected);
      incoming.on('end', () =>
        resolved({ status: incoming.statusCode!, headers: incoming.headers as Headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.end(body);
  });
}

/** An answer as text in which only what differs from run to run is blotted out. */
function comparable(answer: Answer, head: boolean): string {
  const kept = Object.entries(answer.headers)
    .filter(([name]) => /^(mex-|content-type$|content-encoding$|allow$)/.test(name))
    .filter(([name]) => !HEADERS_LEFT_OUT.includes(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
  const body = answer.headers['content-encoding'] === 'gzip' && !head ? gunzipSync(answer.body) : answer.body;
  return [String(answer.status), ...kept, '', head ? '' : sortedKeys(body.toString())]
    .join('\n')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?!\w)/g, '(time)')
    .replace(/(?<!\w)\d{14}(?!\w)/g, '(compact time)')
    .replace(/(?<="internalID":")[0-9a-f]{32}(?=")/g, '(internal id)')
    .replace(/(?<="query_id":")[0-9a-f]{32}(?=")/g, '(query id)')
    .replace(/(?<=start_time=)[\w%.+-]+/g, '(start time)')
    .replace(/(?<=continue_from=)[\w%-]+/g, '(place)');
}

function sortedKeys(text: string): string {
  if (!text.startsWith('{')) return text;
  return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

if (existsSync(FILE)) {
  describe('mesh transcripts', () => {
    let sandbox: Sandbox;
    afterEach(() => sandbox.close());

    it('are answered as NHS England’s sandbox answered them', async () => {
      const recorded = readTranscripts(readFileSync(FILE, 'utf8'));
      /** Recorded message id to ours. */
      const ids = new Map<string, string>();
      const restart = async () => {
        sandbox = await startSandbox({
          port: 0,
          now: () => NOW,
          workflows: [
            { id: 'TEST_WORKFLOW', senders: ['X26ABC1'], receivers: ['X26ABC2'] },
            { id: 'TEST_WORKFLOW_ACK', senders: ['X26ABC2'], receivers: ['X26ABC1', 'X26ABC3'] },
            { id: 'TEST_WORKFLOW2', senders: ['X26ABC1'], receivers: ['X26ABC1', 'X26ABC2', 'X26ABC3'] },
          ],
          mailboxes: ['1', '2', '3'].map((number) => ({
            mailbox: `X26ABC${number}`,
            name: `TESTMB${number}`,
            odsCode: number === '3' ? 'X27' : 'X26',
            password: 'password',
            sharedKey: 'TestKey',
            answered: false,
          })),
        });
      };
      const clientOf = (index: number) =>
        createMeshClient({ endpoint: new URL(sandbox.url), ...sandbox.mailboxes[index]! }, { now: () => NOW });

      /** What happened off the record before an exchange. */
      const before: Record<string, (exchange: Recorded) => Promise<void>> = {
        async 'max_results=10 of 12: links.next appears'({ answer }) {
          await sandbox.close();
          await restart();
          const next = recorded.find(({ title }) => title.startsWith('Follow links.next'))!;
          const pages = [answer, next.answer].map(({ body }) => JSON.parse(body.toString()) as { messages: string[] });
          for (const [index, id] of pages.flatMap(({ messages }) => messages).entries()) {
            const workflowId = index % 2 === 0 ? 'WF_EVEN' : 'WF_ODD_ACK';
            ids.set(id, (await clientOf(0).send({ to: 'X26ABC2', workflowId, body: Buffer.from('x') })).messageId);
          }
        },
        async 'HEAD as recipient'({ path }) {
          await sandbox.close();
          await restart();
          const sent = await clientOf(0).send({
            to: 'X26ABC2',
            workflowId: 'TEST_WORKFLOW',
            fileName: 'report.csv',
            localId: 'local-001',
            subject: 'My subject',
            partnerId: 'partner-9',
            checksum: 'sha256:9f86d081884c7d65',
            contentType: 'text/csv',
            body: Buffer.from('a,b\r\n1,2\r\n'),
          });
          ids.set(path.split('/').at(-1)!, sent.messageId);
        },
        async 'Track by messageID, v2, accepted'({ path }) {
          ids.set(path.split('=').at(-1)!, await sendTracked());
        },
        async 'Track v2 after acknowledge'({ path }) {
          await clientOf(1).acknowledge(ids.get(path.split('=').at(-1)!)!);
        },
        async 'Local id used twice -> 300'() {
          await sendTracked();
        },
        async 'Chunk 1 of 2 goes to /outbox'() {
          await sandbox.close();
          await restart();
        },
        async 'Chunk 2 of 3, v1 body'({ path }) {
          ids.set(path.split('/').at(-2)!, await sendFirstOfThree());
        },
        async 'Last chunk with a gap (2 never sent): the sandbox accepts and delivers'({ path }) {
          ids.set(path.split('/').at(-2)!, await sendFirstOfThree());
        },
        async 'Create report, status=error'({ body }) {
          await sandbox.close();
          await restart();
          const { linked_message_id: linked } = JSON.parse(body.toString()) as { linked_message_id: string };
          const failed = {
            to: 'X26ABC2',
            workflowId: 'TEST_WORKFLOW',
            localId: 'loc-ndr',
            subject: 'Original subject',
          };
          const { messageId } = await clientOf(0).send({ ...failed, body: Buffer.alloc(10, 'x') });
          ids.set(linked, messageId);
        },
      };
      const newId = (body: Buffer) => /"message(?:_id|ID)":"(\w+)"/.exec(body.toString())?.[1];
      const sendFirstOfThree = async () => {
        const first = recorded.find(({ title }) => title === 'Chunk 1 of 2 goes to /outbox')!;
        const headers: Headers = { ...first.headers, 'mex-chunk-range': '1:3' };
        delete headers['content-encoding'];
        const sent = await play(sandbox, { ...first, headers });
        return newId(sent.body)!;
      };
      const sendTracked = async () => {
        const tracked = {
          to: 'X26ABC2',
          workflowId: 'TEST_WORKFLOW',
          localId: 'loc-1',
          fileName: 't.txt',
          subject: 'S',
        };
        return (await clientOf(0).send({ ...tracked, body: Buffer.from('tracking') })).messageId;
      };

      const differences: string[] = [];
      let alike = 0;
      let intended = 0;
      let place = '';
      await restart();
      for (const exchange of recorded) {
        await before[exchange.title]?.(exchange);
        const ours = (text: string) =>
          [...ids].reduce(
            (all, [theirs, our]) => all.replaceAll(theirs, our).replaceAll(theirs.toLowerCase(), our.toLowerCase()),
            text,
          );
        const path = ours(exchange.path).replace(/(?<=continue_from=)gAAA[\w%-]+/, place);
        const isJson = exchange.headers['content-type'] === 'application/json';
        const body = isJson ? Buffer.from(ours(exchange.body.toString())) : exchange.body;
        const headers = { ...exchange.headers, 'content-length': String(body.length) };
        const answer = await play(sandbox, { ...exchange, path, headers, body });
        place = /continue_from=([\w%-]+)/.exec(answer.body.toString())?.[1] ?? place;
        const [theirs, our] = [newId(exchange.answer.body), newId(answer.body)];
        if (exchange.method === 'POST' && answer.status < 300 && theirs && our) ids.set(theirs, our);
        const head = exchange.method === 'HEAD';
        const isSame = () => comparable(answer, head) === ours(comparable(exchange.answer, head));
        const wanted = INTENDED[exchange.title];
        if (wanted !== undefined) {
          intended++;
          if (answer.status !== wanted) differences.push(`${exchange.title}: ${answer.status}, meant to be ${wanted}`);
          if (answer.status === exchange.answer.status && isSame())
            differences.push(`${exchange.title}: no difference`);
        } else if (isSame()) alike++;
        else {
          const expected = ours(comparable(exchange.answer, head));
          differences.push(`${exchange.title}\n--- expected\n${expected}\n--- given\n${comparable(answer, head)}`);
        }
      }
      assert.equal(differences.join('\n\n'), '');
      assert.equal(intended, Object.keys(INTENDED).length);
      assert.equal(alike + intended, recorded.length);
      assert.equal(recorded.length, 156);
    });
  });
}
