import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  MessageType,
  ShowMessageNotification,
  TransportKind,
} from 'vscode-languageclient/node';
import { COMMANDS } from '../commands';
import { DEFINITION_SCHEME, provideDefinitions } from './definitions';
import { withTeam } from '../judging';
import { onDidChangeTeamFiles } from '../mailboxes/team-files';
import { OurClient } from './our-client';
import type { Output } from '../output';
import { forgetPublished, rememberPublished } from './published';
import { createRestarts, GIVEN_UP } from './restarts';
import { registerShowReferences, SHOW_REFERENCES } from './show-references';
import { provideSectionTexts } from './section-texts';
import { RECEIVED_SCHEME } from '../reading/received-documents';
import { tell } from '../tell';

export interface LanguageServer {
  /** Ends it, if it runs, and starts it anew, however often it has failed before. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts it and goes on: should it fail, the person is told and the commands still work. One that ends by itself is started
 * again and gets all open documents as they stand in their editors.
 */
export function startLanguageServer(output: Output): LanguageServer {
  const restarts = createRestarts();
  let stop: () => Promise<void>;
  const begin = (): void => {
    stop = startOnce(output, (gone) => {
      void gone();
      output.log('the language server ended');
      if (restarts.ended(Date.now())) begin();
      else tell('error', GIVEN_UP, { 'Start again': restart, 'Show output': () => output.channel.show() });
    });
  };
  const restart = async (): Promise<void> => {
    restarts.forget();
    await stop();
    begin();
  };
  begin();
  return { restart, stop: () => stop() };
}

/** @param onEnd called when it has ended without being asked to, with what stops the rest @returns what stops it */
function startOnce(output: Output, onEnd: (gone: () => Promise<void>) => void): () => Promise<void> {
  const server = { module: path.join(__dirname, 'server.js'), transport: TransportKind.ipc };
  let isStopped = false;
  const client = new OurClient('itk3', 'ITK3', server, {
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed() {
        // The library first takes back what it has registered, then another client may register the same.
        if (!isStopped) setImmediate(() => onEnd(stop));
        return { action: CloseAction.DoNotRestart, handled: true, message: 'The language server ended.' };
      },
    },
    initializationFailedHandler: () => false,
    documentSelector: [
      ...['file', 'untitled', RECEIVED_SCHEME].flatMap((scheme) => [
        { scheme, language: 'json' },
        // The server says nothing of XML that is no FHIR.
        { scheme, language: 'xml' },
      ]),
      // Only their links are asked for: they lead from one definition to another.
      { scheme: DEFINITION_SCHEME },
    ],
    initializationOptions: {
      client: {
        definitionDocuments: true,
        commands: [...Object.keys(COMMANDS), SHOW_REFERENCES],
        // VS Code formats JSON itself, and with two formatters of a language would ask which is meant.
        formatting: 'fhir-xml',
      },
    },
    middleware: {
      workspace: {
        configuration: async (params, token, next) => {
          const sections: unknown = await next(params, token);
          if (!Array.isArray(sections)) return [];
          return sections.map((section: unknown, i) => withTeam(section, params.items[i]));
        },
      },
      handleDiagnostics: (uri, problems, next) => {
        rememberPublished(uri, problems);
        next(
          uri,
          problems.filter((problem) => !isSaidTwice(uri, problem)),
        );
      },
      provideCompletionItem: async (document, position, context, token, next) => {
        const offered = await next(document, position, context, token);
        const items = Array.isArray(offered) ? offered : (offered?.items ?? []);
        for (const item of items) if (isUnfinished(item)) item.command = GO_ON;
        return offered;
      },
    },
    outputChannel: output.channel,
    traceOutputChannel: createTraceChannel(),
  });
  // VS Code cuts a notification without a button after its first line, and the output tells the rest.
  client.onNotification(ShowMessageNotification.type, ({ type, message }) =>
    tell(KINDS[type] ?? 'information', message, { 'Show output': () => output.channel.show() }),
  );
  const own = vscode.Disposable.from(
    // It asks for what it wants to know then.
    onDidChangeTeamFiles(() => {
      if (client.isRunning())
        void client.sendNotification(DidChangeConfigurationNotification.type, { settings: undefined });
    }),
    provideDefinitions(client),
    provideSectionTexts(client),
    registerShowReferences(client),
    forgetPublished(),
  );
  const started = client.start().catch(() => output.log('the language server did not start'));
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    own.dispose();
    await started;
    if (client.isRunning()) await client.stop();
  };
  return stop;
}

const KINDS: Partial<Record<MessageType, Parameters<typeof tell>[0]>> = {
  [MessageType.Error]: 'error',
  [MessageType.Warning]: 'warning',
};

/** VS Code's own JSON service tells of broken JSON too; one squiggle a mistake is enough. */
function isSaidTwice(uri: vscode.Uri, { code }: vscode.Diagnostic): boolean {
  const rule = typeof code === 'object' ? code.value : code;
  return rule === 'json-syntax' && vscode.workspace.getConfiguration('json', uri).get('validate.enable', true);
}

/** After a name, what may stand for its value is offered at once; where nothing is known, nothing pops up. */
const GO_ON: vscode.Command = { command: 'editor.action.triggerSuggest', title: 'Go on', arguments: [{ auto: true }] };

function isUnfinished({ kind, insertText }: vscode.CompletionItem): boolean {
  const leavesPlace = insertText instanceof vscode.SnippetString && insertText.value.includes('$1');
  return kind === vscode.CompletionItemKind.Property && leavesPlace;
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
