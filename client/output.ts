import * as vscode from 'vscode';
import type { Transport } from '../mesh/transport';
import { routeOf } from './trace';

/** The channel "ITK3". It is told methods, routes and statuses; never content, names, numbers or secrets. */
export interface Output {
  channel: vscode.OutputChannel;
  log: (line: string) => void;
  dispose(): void;
}

export function createOutput(): Output {
  const channel = vscode.window.createOutputChannel('ITK3');
  return {
    channel,
    log: (line) => channel.appendLine(`${new Date().toISOString().slice(11, 19)} ${line}`),
    dispose: () => channel.dispose(),
  };
}

/** A transport that writes down what it did. */
export function logged(transport: Transport, { log }: Output): Transport {
  return async (request, signal) => {
    const line = `${request.method} ${request.url.host}${routeOf(request.url)}`;
    try {
      const response = await transport(request, signal);
      log(`${line} ${response.status}`);
      return response;
    } catch (error) {
      log(`${line} no answer`);
      throw error;
    }
  };
}
