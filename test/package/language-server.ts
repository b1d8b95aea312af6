// The language server of dist/ as a process of its own, spoken to as an editor does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  ShutdownRequest,
} from 'vscode-languageserver-protocol/node';

export interface LanguageServer {
  connection: ProtocolConnection;
  /** Opens a text, and resolves with the diagnostics that `enough` is content with. */
  open(uri: string, text: string, enough?: (diagnostics: readonly Diagnostic[]) => boolean): Promise<Diagnostic[]>;
  /** Resolves with the exit code and the signal. */
  end(): Promise<unknown>;
  kill(): void;
}

/**
 * @param flags of node itself
 * @param section what the client answers when asked for the section itk3
 */
export async function startLanguageServer(flags: readonly string[], section: unknown = {}): Promise<LanguageServer> {
  const child = spawn(process.execPath, [...flags, 'dist/server.js', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const connection = createProtocolConnection(child.stdout, child.stdin);
  const waiting = new Map<string, (diagnostics: Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) =>
    waiting.get(uri)?.(diagnostics),
  );
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => section));
  connection.listen();
  const capabilities: ClientCapabilities = { workspace: { configuration: true } };
  await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities });
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    async open(uri, text, enough = () => true) {
      const told = new Promise<Diagnostic[]>((resolve) =>
        waiting.set(uri, (diagnostics) => {
          if (enough(diagnostics)) resolve(diagnostics);
        }),
      );
      const languageId = text.trimStart().startsWith('<') ? 'xml' : 'json';
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      });
      return told;
    },
    async end() {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      return ended;
    },
    kill() {
      child.kill('SIGKILL');
      connection.dispose();
    },
  };
}
