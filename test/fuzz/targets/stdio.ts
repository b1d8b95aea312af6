// The built server as a process, and what no client should send it: it goes on or ends, and says nothing of a message where
// others may read it.
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Message, StreamMessageReader } from 'vscode-languageserver/node';
import { mutateText } from '../mutate-text';
import { mutate } from '../mutate-value';
import { NAMES } from '../odd';
import type { Random } from '../random';
import { exampleText } from '../sources';
import { stepsCase, type Target } from '../target';

/** In every document: it must come out nowhere but in answers. */
const PLANTED = 'Plantedname';

const URI = 'file:///planted.json';
const textDocument = { uri: URI };
const position = { line: 20, character: 5 };
const range = { start: position, end: { line: 40, character: 0 } };
const text = (): string => exampleText().replaceAll('Testwell', PLANTED);

const REQUESTS: readonly [method: string, params: object][] = [
  ['textDocument/completion', { textDocument, position, context: { triggerKind: 1 } }],
  ['completionItem/resolve', { label: 'a', data: { at: 1 } }],
  ['textDocument/hover', { textDocument, position }],
  ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
  ['codeAction/resolve', { title: 'a', data: {} }],
  ['textDocument/rename', { textDocument, position, newName: 'a' }],
  ['textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } }],
  ['textDocument/inlayHint', { textDocument, range }],
  ['textDocument/documentSymbol', { textDocument }],
  ['textDocument/selectionRange', { textDocument, positions: [position] }],
  ['workspace/executeCommand', { command: 'itk3.showReason', arguments: [URI, {}] }],
  ['workspace/symbol', { query: 'a' }],
  ['itk3/sectionTexts', { textDocument }],
  ['itk3/definition', { uri: 'itk3-definition:x' }],
  ['initialize', { processId: null, rootUri: null, capabilities: {} }],
  ['nothing/ofTheKind', {}],
];
const NOTIFICATIONS: readonly [method: string, params: object][] = [
  [
    'textDocument/didOpen',
    { textDocument: { ...textDocument, languageId: 'json', version: 1, text: '{ "resourceType": "Patient" }' } },
  ],
  [
    'textDocument/didChange',
    { textDocument: { ...textDocument, version: 2 }, contentChanges: [{ range, text: PLANTED }] },
  ],
  ['textDocument/didClose', { textDocument: { uri: 'file:///other.json' } }],
  [
    'workspace/didChangeConfiguration',
    { settings: { itk3: { rules: { required: 'off' }, profiles: { packages: ['nowhere'] } } } },
  ],
  ['workspace/didChangeWatchedFiles', { changes: [{ uri: `${URI}.exceptions.json`, type: 2 }] }],
  ['workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [] } }],
  ['$/cancelRequest', { id: 1 }],
  ['$/setTrace', { value: 'verbose' }],
  ['initialized', {}],
  ['nothing/ofTheKind', {}],
];

interface Frame {
  /** As it goes out, with its header. */
  bytes: string;
}

function framed(body: string, length = Buffer.byteLength(body)): Frame {
  return { bytes: `Content-Length: ${length}\r\n\r\n${body}` };
}

function anyFrame(random: Random): Frame {
  const isRequest = random.chance(0.6);
  const [method, params] = structuredClone(random.pick(isRequest ? REQUESTS : NOTIFICATIONS));
  const all: unknown = {
    jsonrpc: '2.0',
    ...(isRequest && { id: random.pick<unknown>([1, 1, 7, 'a', -1, 1.5, null, {}]) }),
    method,
    params,
  };
  const inside = random.chance(0.8) ? params : all;
  for (let left = random.below(4); left > 0; left--) mutate(inside, random);
  switch (random.below(10)) {
    case 0:
      return framed(mutateText(JSON.stringify(all), random));
    case 1:
      return framed(
        JSON.stringify(
          random.pick<unknown>([[all, all], 1, 'a', null, [], { id: 5, result: 1 }, { id: 6, error: 'x' }]),
        ),
      );
    case 2:
      return framed(
        JSON.stringify({ jsonrpc: '2.0', method: random.pick(NAMES), params: random.pick<unknown>([[], null, 1, {}]) }),
      );
    default:
      return framed(JSON.stringify(all));
  }
}

interface Running {
  child: ChildProcessWithoutNullStreams;
  stderr: () => string;
  answered: (id: string) => Promise<unknown>;
}

async function start(): Promise<Running> {
  const child = spawn(process.execPath, ['dist/server.js', '--stdio']);
  let stderr = '';
  let told = '';
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  child.stdin.on('error', () => undefined);
  const waiting = new Map<unknown, (answer: Message) => void>();
  new StreamMessageReader(child.stdout).listen((message) => {
    const { id, method } = message as { id?: unknown; method?: string };
    if (method?.startsWith('window/')) told += JSON.stringify(message);
    waiting.get(id)?.(message);
    waiting.delete(id);
  });
  const ended = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`The server has ended with ${String(code)}: ${stderr.slice(0, 500)}`);
  });
  ended.catch(() => undefined);
  const answered = (id: string): Promise<unknown> =>
    Promise.race([new Promise((resolve) => waiting.set(id, resolve)), ended]);
  const running = { child, answered, stderr: () => stderr + told };
  const ready = answered('begin');
  const params = { processId: process.pid, rootUri: null, capabilities: {} };
  child.stdin.write(framed(JSON.stringify({ jsonrpc: '2.0', id: 'begin', method: 'initialize', params })).bytes);
  await ready;
  const opened = { textDocument: { ...textDocument, languageId: 'json', version: 1, text: text() } };
  child.stdin.write(framed(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: opened })).bytes);
  return running;
}

let running: Promise<Running> | undefined;
let count = 0;

async function stop(): Promise<void> {
  const ending = running;
  running = undefined;
  const child = (await ending?.catch(() => undefined))?.child;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

async function check(frames: readonly Frame[]): Promise<void> {
  const { child, answered, stderr } = await (running ??= start());
  try {
    for (const { bytes } of frames) child.stdin.write(bytes);
    const id = `ping-${++count}`;
    const answer = answered(id);
    const ping = { jsonrpc: '2.0', id, method: 'textDocument/hover', params: { textDocument, position } };
    child.stdin.write(framed(JSON.stringify(ping)).bytes);
    const { error } = (await answer) as { error?: unknown };
    assert.equal(error, undefined, `A hover is refused: ${JSON.stringify(error)}`);
    assert.doesNotMatch(stderr(), new RegExp(PLANTED));
  } catch (error) {
    await stop();
    throw error;
  }
}

export const stdio: Target = {
  name: 'stdio',
  cases: 10,
  make: (random) =>
    stepsCase(
      Array.from({ length: 1 + random.below(12) }, () => anyFrame(random)),
      check,
    ),
  close: stop,
};

/** Nobody could go on after these: the process ends when its client does. */
async function checkBroken(bytes: readonly string[]): Promise<void> {
  const { child, stderr } = await start();
  const exit = once(child, 'exit');
  for (const some of bytes) child.stdin.write(some);
  child.stdin.end();
  await exit;
  assert.doesNotMatch(stderr(), new RegExp(PLANTED));
}

export const headers: Target = {
  name: 'stdio-headers',
  cases: 1,
  make(random) {
    const odd = Array.from({ length: 1 + random.below(3) }, () => {
      const { bytes } = anyFrame(random);
      const length = random.pick(['-1', '0', '3', '1e3', 'x', '', '99999999', '9'.repeat(30)]);
      return random.chance(0.5) ? bytes.replace(/\d+/, length) : mutateText(bytes, random);
    });
    return stepsCase(odd, checkBroken);
  },
};
