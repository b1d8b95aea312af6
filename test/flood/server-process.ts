// A language server in a process of its own over stdio, as any editor starts it, and what it says.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Gauge } from './gauge';

export interface Published extends PublishDiagnosticsParams {
  /** Of performance.now(). */
  at: number;
}

export interface ServerProcess {
  connection: ProtocolConnection;
  process: ChildProcess;
  /** All that was published, in its order. */
  published: Published[];
  /** What it wrote to its log, and to stderr. */
  said: string[];
  /** The next problems published for which this is so; those already there count. */
  until(wanted: (published: Published) => boolean): Promise<Published>;
  /** Of our own server only. */
  gauge(): Promise<Gauge>;
  stop(): Promise<void>;
}

export interface ServerCommand {
  module: string;
  capabilities: ClientCapabilities;
  initializationOptions?: unknown;
  /** Said when the server is there. */
  settings?: unknown;
  /** Whether it answers what the gauge asks. */
  isGauged?: boolean;
}

export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const gauged = command.isGauged ? ['--expose-gc', '--require', path.join(__dirname, 'gauge.js')] : [];
  const child = spawn(process.execPath, [...gauged, command.module, '--stdio'], {
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
  const { stdin, stdout, stderr } = child as ChildProcess & {
    [stream in 'stdin' | 'stdout' | 'stderr']: NonNullable<ChildProcess[stream]>;
  };
  const said: string[] = [];
  stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  const published: Published[] = [];
  const waiting = new Set<(one: Published) => boolean>();
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    const one = { ...params, at: performance.now() };
    published.push(one);
    for (const taken of waiting) if (taken(one)) waiting.delete(taken);
  });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void said.push(message));
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/workspaceFolders', () => null);
  for (const what of ['codeLens', 'inlayHint']) connection.onRequest(`workspace/${what}/refresh`, () => null);
  connection.onUnhandledNotification(() => undefined);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: command.capabilities,
    initializationOptions: command.initializationOptions,
  });
  await connection.sendNotification('initialized', {});
  if (command.settings !== undefined)
    await connection.sendNotification('workspace/didChangeConfiguration', { settings: command.settings });
  const ended = once(child, 'exit');
  return {
    connection,
    process: child,
    published,
    said,
    until: (wanted) =>
      new Promise((resolve) => {
        const known = published.find(wanted);
        if (known) {
          resolve(known);
          return;
        }
        waiting.add((one) => {
          if (!wanted(one)) return false;
          resolve(one);
          return true;
        });
      }),
    async gauge() {
      child.send('how much');
      const [gauge] = (await once(child, 'message')) as [Gauge];
      return gauge;
    },
    async stop() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await ended;
      connection.dispose();
    },
  };
}
