import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { itk3, sentences, temporaryFolder, VALID, watched } from './terminal';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

describe('itk3 lsp', () => {
  let child: Child | undefined;
  const start = (argv: readonly string[], node: readonly string[] = []): Child =>
    (child = spawn(process.execPath, [...node, 'dist/cli.js', 'lsp', ...argv], { stdio: ['pipe', 'pipe', 'pipe'] }));
  afterEach(() => child?.kill('SIGKILL'));

  const speakTo = ({ stdin, stdout }: Child): ProtocolConnection => {
    const connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    connection.listen();
    return connection;
  };
  const begin = async (connection: ProtocolConnection, processId: number | null = process.pid) => {
    const asked = { processId, rootUri: null, capabilities: {} };
    const result = await connection.sendRequest<InitializeResult>('initialize', asked);
    await connection.sendNotification('initialized', {});
    return result;
  };
  const problemsOf = (connection: ProtocolConnection, message: string): Promise<PublishDiagnosticsParams> => {
    const told = new Promise<PublishDiagnosticsParams>((resolve) =>
      connection.onNotification('textDocument/publishDiagnostics', resolve),
    );
    const textDocument = { uri: 'file:///message.json', languageId: 'json', version: 1, text: message };
    void connection.sendNotification('textDocument/didOpen', { textDocument });
    return told;
  };

  for (const argv of [[], ['--stdio'], ['--stdio', `--clientProcessId=${process.pid}`]])
    it(`speaks the protocol and ends as it is told: lsp ${argv.join(' ').replace(/\d+/, 'PID')}`, async () => {
      const running = start(argv);
      const ended = once(running, 'close');
      const complaints = text(running.stderr);
      const connection = speakTo(running);
      const { serverInfo, capabilities } = await begin(connection);
      assert.equal(serverInfo?.name, 'ITK3 Toolkit');
      assert.equal(capabilities.positionEncoding, 'utf-16');
      const { diagnostics } = await problemsOf(
        connection,
        VALID.replace('"status": "finished"', '"status": "finishd"'),
      );
      assert.deepEqual(
        diagnostics.filter(({ severity }) => severity === 1).map(({ code, source }) => [source, code]),
        [['itk3', 'binding']],
      );
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      assert.deepEqual(await ended, [0, null]);
      assert.equal(await complaints, '');
    });

  it('ends with 1 when it is told to exit without having been shut down', async () => {
    const running = start(['--stdio']);
    const ended = once(running, 'close');
    const connection = speakTo(running);
    await begin(connection);
    await connection.sendNotification('exit');
    assert.deepEqual(await ended, [1, null]);
  });

  it('ends with 1 when its input is closed', async () => {
    const running = start(['--stdio']);
    const ended = once(running, 'close');
    await begin(speakTo(running));
    running.stdin.end();
    assert.deepEqual(await ended, [1, null]);
  });

  it('ends when the process of the editor is gone, though something holds the streams open', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    const running = start(['--stdio']);
    const ended = once(running, 'close');
    await begin(speakTo(running), gone);
    assert.deepEqual(await ended, [1, null]);
  });

  it('lets nothing but the protocol onto standard output, and nothing at all onto standard error, whatever a package prints', async () => {
    const folder = temporary.path;
    // Prints in every way there is whenever text is parsed, which happens with each message that comes in.
    temporary.file(
      'noisy.cjs',
      `const { parse } = JSON;
       let isBegun = false;
       JSON.parse = (...given) => {
         isBegun ||= String(given[0]).includes('"initialize"');
         if (isBegun)
           for (const say of ['log', 'info', 'warn', 'error', 'debug', 'dir', 'table', 'trace', 'group'])
             console[say]('Noisy package');
         if (isBegun) process.stdout.write('Noisy package\\n');
         return parse(...given);
       };`,
    );
    const running = start(['--stdio'], ['--require', `${folder}/noisy.cjs`]);
    const ended = once(running, 'close');
    const [said, complaints] = [buffer(running.stdout), text(running.stderr)];
    const tell = (message: object): void => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...message });
      running.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const textDocument = { uri: 'file:///message.json', languageId: 'json', version: 1, text: VALID };
    tell({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    tell({ method: 'initialized', params: {} });
    tell({ method: 'textDocument/didOpen', params: { textDocument } });
    tell({ id: 2, method: 'textDocument/hover', params: { textDocument, position: { line: 1, character: 4 } } });
    tell({ id: 3, method: 'shutdown' });
    tell({ method: 'exit' });
    assert.deepEqual(await ended, [0, null]);
    assert.deepEqual(
      messagesIn(await said).map(({ id }) => id),
      [1, 2, 3],
    );
    assert.equal(await complaints, '');
  });

  const temporary = temporaryFolder();

  it('lives on with what no client should send, and quotes none of it in its log', async () => {
    const connection = speakTo(start(['--stdio']));
    const logged: string[] = [];
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => void logged.push(message));
    await begin(connection);
    const secret = VALID.replaceAll('Testwell', 'Plantedname');
    // A batch, which the protocol does not have.
    const batch = JSON.stringify([{ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { text: secret } }]);
    child!.stdin.write(`Content-Length: ${Buffer.byteLength(batch)}\r\n\r\n${batch}`);
    for (const uri of [undefined, 7, null])
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, version: 1, text: secret } });
    await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 7, type: 2 }, {}] });
    const { diagnostics } = await problemsOf(connection, VALID.replace('"status": "finished"', '"status": "finishd"'));
    assert.ok(diagnostics.some(({ code }) => code === 'binding'));
    assert.match(logged.join('\n'), /neither a response nor a notification/);
    assert.doesNotMatch(logged.join('\n'), /Plantedname|resourceType/);
  });

  it("judges as the team's file above the document says, and again when that is saved", async () => {
    for (const folder of ['.vscode', 'fixtures']) fs.mkdirSync(path.join(temporary.path, folder));
    const whole = (name: string): string => path.join(temporary.path, name);
    const write = (validate: object): string =>
      whole(temporary.file('.vscode/itk3.json', JSON.stringify({ validate })));
    const team = write({ rules: { binding: 'warning', nosuch: 'off' } });
    const connection = speakTo(start(['--stdio']));
    const shown: string[] = [];
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => void shown.push(message));
    const waiting: ((params: PublishDiagnosticsParams) => void)[] = [];
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      if (params.uri.endsWith('message.json')) waiting.shift()?.(params);
    });
    const bindings = async (): Promise<unknown[]> => {
      const { diagnostics } = await new Promise<PublishDiagnosticsParams>((resolve) => waiting.push(resolve));
      return diagnostics.filter(({ code }) => code === 'binding').map(({ severity }) => severity);
    };
    await begin(connection);
    const open = (file: string, words: string) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: pathToFileURL(file).href, languageId: 'json', version: 1, text: words },
      });
    await open(team, '{}');
    let told = bindings();
    await open(whole('fixtures/message.json'), VALID.replace('"status": "finished"', '"status": "finishd"'));
    assert.deepEqual(await told, [2]);
    assert.equal(shown.length, 1);
    assert.match(shown[0]!, /^\.vscode.itk3\.json:1:\d+ .*No rule is called so/);
    write({ rules: { binding: 'off' } });
    told = bindings();
    await connection.sendNotification('textDocument/didSave', { textDocument: { uri: pathToFileURL(team).href } });
    assert.deepEqual(await told, []);
  });

  it('tells a person who types it by hand what it is for, and waits all the same', () => {
    const stderr = watched();
    temporary.file('toolkit.js', 'exports.server = () => ({ serve() {} });');
    void itk3(['lsp'], { folder: temporary.path, stdout: { write: () => undefined, isTTY: true }, stderr });
    assert.match(stderr.text, /^itk3 lsp is for an editor to start, .*Ctrl\+C.*--help.*\.\n$/);
  });

  for (const [argv, sentence] of [
    [['message.json'], /takes no file.*itk3 validate message\.json checks/],
    [['--port', '7'], /itk3 lsp has no option --port/],
    [['--clientProcessId', 'me'], /"me" is no number of a process/],
    [['--stdio=1'], /--stdio takes no value/],
  ] as const)
    it(`is not misunderstood: lsp ${argv.join(' ')}`, async () => {
      const { code, stdout, stderr } = await itk3(['lsp', ...argv]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(sentences(stderr).join(), sentence);
    });

  it('says what to do where the build is missing', async () => {
    const { code, stderr } = await itk3(['lsp', '--stdio'], { folder: temporary.path });
    assert.equal(code, 2);
    assert.match(sentences(stderr).join(), /The language server is missing beside itk3: build it/);
  });
});

/** Fails where anything stands between the messages. */
function messagesIn(said: Buffer): { id?: number }[] {
  const messages: { id?: number }[] = [];
  for (let at = 0; at < said.length;) {
    const head = /^Content-Length: (\d+)\r\n\r\n/.exec(said.toString('latin1', at, at + 60));
    assert.ok(head, `no message begins here: ${said.toString('utf8', at, at + 80)}`);
    const from = at + head[0].length;
    at = from + Number(head[1]);
    messages.push(JSON.parse(said.toString('utf8', from, at)) as { id?: number });
  }
  return messages.filter(({ id }) => id !== undefined);
}
