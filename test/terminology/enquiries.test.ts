import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { TerminologyQuestion } from '../../core/validate/terminology-answers';
import { createTerminologyClient } from '../../terminology/client';
import { createEnquiries, type EnquiryOptions } from '../../terminology/enquiries';
import { createMemory } from '../../terminology/memory';
import {
  LOCAL,
  outcome,
  send,
  type ServerOptions,
  SNOMED,
  startTerminologyServer,
  type TerminologyServer,
} from './server';

const NEVER = new AbortController().signal;
const question = (code: string, system = SNOMED): TerminologyQuestion => ({ system, code });
const many = (count: number): TerminologyQuestion[] => Array.from({ length: count }, (_, i) => question(`${i}`, LOCAL));

describe('terminology enquiries', () => {
  const servers: TerminologyServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

  async function start(options: ServerOptions = {}, enquiry: EnquiryOptions = {}) {
    const server = await startTerminologyServer(options);
    servers.push(server);
    return { server, enquiries: createEnquiries(createTerminologyClient(server.address), enquiry) };
  }

  it('give answers from memory once they are in', async () => {
    const { enquiries } = await start();
    assert.equal(enquiries.answerTo(question('73211009')), undefined);
    assert.equal(await enquiries.ask([question('73211009'), question('73211010')], NEVER), undefined);
    assert.equal(enquiries.answerTo(question('73211009'))?.verdict, 'valid');
    assert.equal(enquiries.answerTo(question('73211010'))?.verdict, 'invalid');
    assert.equal(enquiries.answerTo({ ...question('73211009'), display: 'x' }), undefined);
  });

  it('ask for each code once, however many documents have it, one after another or at the same time', async () => {
    const { enquiries, server } = await start();
    const codes = [question('73211009'), question('310080006'), question('73211009')];
    await Promise.all([enquiries.ask(codes, NEVER), enquiries.ask(codes, NEVER)]);
    await enquiries.ask(codes, NEVER);
    assert.deepEqual(server.asked.toSorted(), [
      `CodeSystem/$validate-code?url=${SNOMED}&code=310080006`,
      `CodeSystem/$validate-code?url=${SNOMED}&code=73211009`,
      'metadata',
    ]);
  });

  it('keep as many answers as they may, the latest', async () => {
    const { enquiries } = await start({}, { kept: 3, atOnce: 1 });
    await enquiries.ask(many(5), NEVER);
    const kept = many(5).filter((one) => enquiries.answerTo(one));
    assert.deepEqual(
      kept.map(({ code }) => code),
      ['2', '3', '4'],
    );
  });

  it('have only a few questions under way', async () => {
    let open = 0;
    let most = 0;
    const client = createTerminologyClient('https://tx.example.org/fhir', async (url) => {
      if (url.pathname.endsWith('metadata'))
        return { status: 200, body: '{"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"}' };
      most = Math.max(most, (open += 1));
      await turn();
      open -= 1;
      return {
        status: 200,
        body: '{"resourceType": "Parameters", "parameter": [{"name": "result", "valueBoolean": true}]}',
      };
    });
    await createEnquiries(client, { atOnce: 3 }).ask(many(50), NEVER);
    assert.equal(most, 3);
  });

  it('end when the time is over, with what was answered till then', async () => {
    const limit = new AbortController();
    const { enquiries, server } = await start(
      {
        instead: (_path, query) => {
          if (query.get('code') !== '310080006') return false;
          limit.abort();
          return true;
        },
      },
      { after: () => limit.signal, atOnce: 1 },
    );
    const failure = await enquiries.ask([question('73211009'), question('310080006'), question('73211010')], NEVER);
    assert.equal(failure?.kind, 'timeout');
    assert.match(failure.message, /did not answer in time/);
    assert.equal(enquiries.answerTo(question('73211009'))?.verdict, 'valid');
    assert.equal(enquiries.answerTo(question('310080006')), undefined);
    assert.equal(
      server.asked.some((asked) => asked.includes('73211010')),
      false,
    );
  });

  it('have a real time limit', async () => {
    const { enquiries } = await start({ instead: () => true }, { timeLimit: 20 });
    assert.equal((await enquiries.ask([question('73211009')], NEVER))?.kind, 'timeout');
  });

  it('are cancelled with the document, and asked again by the next', async () => {
    const stop = new AbortController();
    let close: Promise<unknown> | undefined;
    const { enquiries } = await start({
      instead: (path, _query, response) => {
        if (path === 'metadata' || close) return false;
        close = once(response, 'close');
        stop.abort();
        return true;
      },
    });
    await assert.rejects(enquiries.ask([question('73211009')], stop.signal), { kind: 'cancelled' });
    assert.ok(close);
    await close;
    assert.equal(await enquiries.ask([question('73211009')], NEVER), undefined);
    assert.equal(enquiries.answerTo(question('73211009'))?.verdict, 'valid');
  });

  it('go on when one of two documents that wait for the same answer is gone', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    let release: (() => void) | undefined;
    const { enquiries, server } = await start({
      instead: (path, _query, response) => {
        if (path === 'metadata') return false;
        release = () =>
          send(response, 200, { resourceType: 'Parameters', parameter: [{ name: 'result', valueBoolean: true }] });
        first.abort();
        return true;
      },
    });
    const one = enquiries.ask([question('73211009')], first.signal);
    const two = enquiries.ask([question('73211009')], second.signal);
    await assert.rejects(one, { kind: 'cancelled' });
    release?.();
    assert.equal(await two, undefined);
    assert.equal(server.asked.length, 2);
  });

  it('leave a server that is down alone for a while, and then try again', async () => {
    let time = 0;
    let isDown = true;
    const { enquiries, server } = await start(
      {
        instead: (_path, _query, response) => {
          if (isDown) send(response, 503, '');
          return isDown;
        },
      },
      { now: () => time },
    );
    assert.equal((await enquiries.ask(many(20), NEVER))?.kind, 'busy');
    const { length } = server.asked;
    assert.ok(length <= 4, String(length));
    time += 9_999;
    assert.equal((await enquiries.ask(many(20), NEVER))?.kind, 'busy');
    assert.equal(server.asked.length, length);
    time += 1;
    isDown = false;
    assert.equal(await enquiries.ask(many(20), NEVER), undefined);
  });

  it('that are refused for one system go on with the others', async () => {
    const { enquiries, server } = await start(
      {
        instead: (path, query, response) => {
          const isRefused = path !== 'metadata' && query.get('url') === SNOMED;
          if (isRefused) send(response, 403, outcome('forbidden', 'licence'));
          return isRefused;
        },
      },
      { atOnce: 1 },
    );
    const failure = await enquiries.ask([question('1'), question('2'), question('red', LOCAL)], NEVER);
    assert.equal(failure?.kind, 'not-allowed');
    assert.equal(enquiries.answerTo(question('red', LOCAL))?.verdict, 'valid');
    assert.equal(server.asked.filter((asked) => asked.includes(SNOMED)).length, 1);
  });

  it('that a server fails on are left, and after three of them the server', async () => {
    const { enquiries, server } = await start(
      {
        instead: (path, _query, response) => {
          if (path === 'metadata') return false;
          send(response, 500, outcome('exception', 'NullPointerException'));
          return true;
        },
      },
      { atOnce: 1 },
    );
    assert.equal((await enquiries.ask(many(20), NEVER))?.kind, 'server');
    assert.equal(server.asked.length, 4);
  });
});

describe('terminology memory', () => {
  it('forgets work that failed', async () => {
    const memory = createMemory<number>(10);
    await assert.rejects(
      memory.learn('a', () => Promise.reject(new Error('no')), NEVER),
      /no/,
    );
    assert.equal(await memory.learn('a', () => Promise.resolve(7), NEVER), 7);
    assert.deepEqual(memory.recall('a'), { value: 7 });
  });

  it('stops work that nobody waits for any more', async () => {
    const memory = createMemory<number>(10);
    const [one, two] = [new AbortController(), new AbortController()];
    let stopped = false;
    const work = (signal: AbortSignal) =>
      new Promise<number>((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(new Error('stopped'));
        });
      });
    const waiting = [memory.learn('a', work, one.signal), memory.learn('a', work, two.signal)];
    const settled = Promise.allSettled(waiting);
    one.abort();
    assert.equal(stopped, false);
    two.abort();
    assert.equal(stopped, true);
    for (const { status } of await settled) assert.equal(status, 'rejected');
    await assert.rejects(memory.learn('a', work, AbortSignal.abort()), { name: 'AbortError' });
  });
});
