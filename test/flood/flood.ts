// One server under flood: edits at a rate, requests in flight, some of them taken back; then what was true of all that.
import { setTimeout as pass } from 'node:timers/promises';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Gauge } from './gauge';
import { type ServerCommand, type ServerProcess, startServer } from './server-process';
import { apply, type Edit, randomFrom, typist } from './typist';

export interface FloodOptions {
  server: ServerCommand;
  text: string;
  languageId: 'json' | 'xml';
  seconds: number;
  /** Short floods after the long one, of a second each: how long the last problems take has a median then. */
  bursts: number;
  editsPerSecond: number;
  requestsPerSecond: number;
  seed: number;
}

export interface Asked {
  method: string;
  params: object;
  /** Of the text at that moment. */
  version: number;
  at: number;
  delay: number;
  outcome: 'answered' | 'cancelled' | 'refused' | 'over its limit' | 'failed';
  result?: unknown;
}

export interface Flood {
  edits: Edit[];
  /** Edits a second, as they were sent. */
  rate: number;
  asked: Asked[];
  /** Milliseconds from the last edit of each flood to its problems. */
  settled: number[];
  published: { version?: number | undefined; diagnostics: unknown[] }[];
  before: Gauge;
  after: Gauge;
  said: string[];
}

export const URI = 'file:///flood/message';
export const METHODS = ['completion', 'hover', 'codeAction', 'documentSymbol'] as const;

/** One in so many requests is taken back. */
const TAKEN_BACK = 4;

const OUTCOMES = new Map<number, Asked['outcome']>([
  [LSPErrorCodes.RequestCancelled, 'cancelled'],
  [LSPErrorCodes.ContentModified, 'refused'],
  [LSPErrorCodes.RequestFailed, 'over its limit'],
]);

export async function flood(options: FloodOptions): Promise<Flood> {
  const { text, languageId, seed } = options;
  const server = await startServer({ ...options.server, isGauged: true });
  const { connection } = server;
  const open = (): Promise<void> =>
    connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: URI, languageId, version: 1, text },
    });
  const close = async (): Promise<void> => {
    const { length } = server.published;
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
    await server.until((one) => server.published.indexOf(one) >= length && one.diagnostics.length === 0);
  };
  await open();
  await server.until(({ version }) => version === 1);
  await close();
  const before = await server.gauge();

  const { length: old } = server.published;
  const lines = text.split('\n');
  const state: State = { server, lines, edits: [], asked: [], typing: typist(lines, seed), random: randomFrom(seed) };
  await open();
  const settled: number[] = [];
  const started = performance.now();
  let rate = 0;
  for (let i = 0; i <= options.bursts; i++) {
    await type(state, i === 0 ? options.seconds : 1, options);
    const last = performance.now();
    rate ||= (state.edits.length * 1000) / (last - started);
    const version = state.edits.length + 1;
    const { at } = await server.until((one) => one.version === version);
    settled.push(Math.max(0, at - last));
  }
  const asked = await Promise.all(state.asked);
  const published = server.published.slice(old);
  await close();
  const after = await server.gauge();
  await server.stop();
  return { edits: state.edits, rate, asked, settled, published, before, after, said: server.said };
}

interface State {
  server: ServerProcess;
  lines: string[];
  edits: Edit[];
  asked: Promise<Asked>[];
  typing: Generator<Edit, never>;
  random: () => number;
}

async function type(state: State, seconds: number, options: FloodOptions): Promise<void> {
  const { server, lines, edits, typing } = state;
  const start = performance.now();
  let [typed, asked] = [0, 0];
  for (;;) {
    const gone = (performance.now() - start) / 1000;
    const due = (perSecond: number): number => Math.floor(Math.min(gone, seconds) * perSecond);
    for (; typed < due(options.editsPerSecond); typed++) {
      const edit = typing.next().value;
      apply(lines, edit);
      edits.push(edit);
      void server.connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: URI, version: edits.length + 1 },
        contentChanges: [{ range: rangeOf(edit), text: edit.text }],
      });
    }
    for (; asked < due(options.requestsPerSecond); asked++) state.asked.push(ask(METHODS[asked % 4]!, state));
    if (gone >= seconds) return;
    await pass(1);
  }
}

function rangeOf({ line, from, to }: Edit): object {
  return { start: { line, character: from }, end: { line, character: to } };
}

async function ask(method: (typeof METHODS)[number], { server, edits, random }: State): Promise<Asked> {
  const { line, from, text } = edits.at(-1)!;
  const position = { line, character: from + text.length };
  const params = {
    textDocument: { uri: URI },
    ...(method !== 'codeAction' && method !== 'documentSymbol' && { position }),
    ...(method === 'codeAction' && { range: { start: position, end: position }, context: { diagnostics: [] } }),
  };
  const asked = { method: `textDocument/${method}`, params, version: edits.length + 1, at: performance.now() };
  const source = new CancellationTokenSource();
  if (random() * TAKEN_BACK < 1) void pass(random() * 100).then(() => source.cancel());
  const delay = (): number => performance.now() - asked.at;
  try {
    const result: unknown = await server.connection.sendRequest(asked.method, params, source.token);
    return { ...asked, delay: delay(), outcome: 'answered', result };
  } catch (error) {
    const code = error instanceof ResponseError ? error.code : ErrorCodes.InternalError;
    return { ...asked, delay: delay(), outcome: OUTCOMES.get(code) ?? 'failed' };
  }
}
