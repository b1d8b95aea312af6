import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { Output } from './output';

/** Ready when the server is. The server speaks to documents of language JSON only. */
export async function startLanguageServer(output: Output): Promise<LanguageClient> {
  const server = { module: path.join(__dirname, 'server.js'), transport: TransportKind.ipc };
  const client = new LanguageClient('itk3', 'ITK3', server, {
    documentSelector: [
      { scheme: 'file', language: 'json' },
      { scheme: 'untitled', language: 'json' },
    ],
    outputChannel: output.channel,
    traceOutputChannel: createTraceChannel(),
  });
  await client.start();
  return client;
}

/** A trace of what was asked, not of what was in it: content would be messages about patients. Made when first written to. */
function createTraceChannel(): vscode.OutputChannel {
  const name = 'ITK3 trace';
  let channel: vscode.OutputChannel | undefined;
  return {
    name,
    append: () => undefined,
    replace: () => undefined,
    appendLine(line) {
      if (/^\[Trace\b[^{}]*$/.test(line)) (channel ??= vscode.window.createOutputChannel(name)).appendLine(line);
    },
    clear: () => channel?.clear(),
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the interface knows an old form of it too
    show: () => channel?.show(),
    hide: () => channel?.hide(),
    dispose: () => channel?.dispose(),
  };
}
