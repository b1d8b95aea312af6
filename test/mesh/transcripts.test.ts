// Replays recorded exchanges of NHS England's own sandbox against this one, where the recordings are at hand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createMeshClient } from '../../mesh/client';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../mesh/sandbox/sandbox';

const FILE = resolve(__dirname, '../../../../shared/domain/mesh-transcripts.md');

/** When the recording was made: its tokens are good at this time. */
const NOW = new Date('2026-11-21T01:59:50Z');

/** Parts of the recording about what this sandbox does not have: parts of messages, lookups, reports, administration. */
const LEFT_OUT = /^(7|9|10|11|12|13)\. /;
const TAKEN_ALL_THE_SAME = ['Unknown route', 'Method not allowed'];

/** Where this sandbox answers otherwise on purpose, with its own status. */
const INTENDED: Record<string, number> = {
  'continue_from garbage of legal length: the sandbox answers 500': 400,
};

/** Recorded with `N` sent and `Y` received; and a time zone that HTTP does not know. */
const HEADERS_BETTER_HERE = ['mex-content-encrypted', 'last-modified'];

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
        if (LEFT_OUT.test(section) && !TAKEN_ALL_THE_SAME.includes(title)) return [];
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
    .filter(([name]) => !HEADERS_BETTER_HERE.includes(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort();
  const body = answer.headers['content-encoding'] === 'gzip' && !head ? gunzipSync(answer.body) : answer.body;
  return [String(answer.status), ...kept, '', head ? '' : sortedKeys(body.toString())]
    .join('\n')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?!\w)/g, '(time)')
    .replace(/(?<!\w)\d{14}(?!\w)/g, '(compact time)')
    .replace(/(?<="internalID":")[0-9a-f]{32}(?=")/g, '(internal id)')
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
        // A replay can only be refused if the token was really shown before: the recording shows the second time alone.
        if (exchange.title.startsWith('Same token')) await play(sandbox, exchange);
        const answer = await play(sandbox, { ...exchange, path });
        place = /continue_from=([\w%-]+)/.exec(answer.body.toString())?.[1] ?? place;
        const newId = (body: Buffer) => /"message(?:_id|ID)":"(\w+)"/.exec(body.toString())?.[1];
        if (answer.status === 202) ids.set(newId(exchange.answer.body)!, newId(answer.body)!);
        const wanted = INTENDED[exchange.title];
        if (wanted !== undefined) {
          intended++;
          if (answer.status !== wanted) differences.push(`${exchange.title}: ${answer.status}, meant to be ${wanted}`);
          continue;
        }
        const head = exchange.method === 'HEAD';
        const expected = ours(comparable(exchange.answer, head));
        const given = comparable(answer, head);
        if (given === expected) alike++;
        else differences.push(`${exchange.title}\n--- expected\n${expected}\n--- given\n${given}`);
      }
      assert.equal(differences.join('\n\n'), '');
      assert.equal(intended, Object.keys(INTENDED).length);
      assert.ok(alike >= 80, `only ${alike} of ${recorded.length} recorded exchanges were found and alike`);
    });
  });
}
