// Typing in a large message: what the editor asks meanwhile is answered, and the message is checked when there is time.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import {
  type CompletionList,
  createConnection,
  Event,
  type Hover,
  LSPErrorCodes,
  Message,
  type NotificationMessage,
  type PublishDiagnosticsParams,
  type ResponseMessage,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Knowledge } from '../../core/knowledge';
import { CONNECTION, createServer } from '../../server/server';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { startClient } from './client';

/** Our example with many more of its entries. */
function largeMessage(): string {
  const message: Loose = JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8'));
  const { entry } = message.entry.at(-1).resource;
  const few: Loose[] = entry.slice(1);
  for (let i = 1; JSON.stringify(entry).length < 150_000; i++)
    for (const one of few) entry.push({ ...one, fullUrl: `${one.fullUrl}-${i}` });
  return JSON.stringify(message, null, 2);
}

/** Tells of each validation: only a validation asks for the validator of a header's shape. */
function counting(told: (type: string) => void): Knowledge {
  const shapes = new Proxy(knowledge().shapes, {
    get(all, type: string) {
      if (type === 'MessageHeader') told(type);
      return all[type];
    },
  });
  return { ...knowledge(), shapes };
}

describe('typing in a large message', () => {
  const text = largeMessage();
  const NAME = '"family": "';
  const at = text.indexOf(NAME) + NAME.length;
  const letters = Array.from({ length: 50 }, (_, i) => String.fromCharCode(0x41 + (i % 26)));

  it('leads to one validation, of what is there in the end, however much is asked between', async function () {
    this.timeout(60_000);
    assert.ok(text.length > 250_000);
    const validated: string[] = [];
    const client = await startClient({ knowledge: counting((type) => validated.push(type)) });
    const document = client.open(text);
    await document.published();
    assert.deepEqual(validated, ['MessageHeader']);
    const { uri } = document;
    const line = TextDocument.create('', 'json', 1, text).positionAt(at);
    const answers: Promise<unknown>[] = [];
    for (const [i, letter] of letters.entries()) {
      answers.push(document.edit(at + i, 0, letter));
      const place = {
        textDocument: { uri },
        position: { line: line.line, character: line.character - NAME.length + 3 },
      };
      answers.push(client.connection.sendRequest<CompletionList | null>('textDocument/completion', place));
      answers.push(client.connection.sendRequest<Hover | null>('textDocument/hover', place));
    }
    const { version } = await document.published();
    assert.equal(version, letters.length + 1);
    const given = await Promise.all(answers);
    assert.equal(given.filter((answer) => answer === null).length, 0);
    // The one before was under way at most once more.
    const { length } = validated;
    assert.ok(length <= 3, String(length));
    await document.edit(text.indexOf('"MessageHeader"'), '"MessageHeader"'.length, '"MassageHeader"');
    const { diagnostics } = await document.published();
    assert.ok(diagnostics.some(({ code }) => code === 'resource-type'));
    assert.deepEqual(client.log, []);
    client.stop();
  });

  it('is not checked while a change is waiting to be read', async () => {
    let validations = 0;
    const slow = counting(() => validations++);
    const registry = {
      ...slow.registry,
      isResource(type: string) {
        // Longer than the server waits for more, so that its time has come when this is over.
        for (const start = performance.now(); performance.now() - start < 40;);
        return slow.registry.isResource(type);
      },
    };
    const server = together({ ...slow, registry });
    const document = { uri: 'untitled:1', version: 1 };
    const text = '{ "resourceType": "MessageHeader" }';
    const change = { textDocument: { ...document, version: 2 }, contentChanges: [{ text: `${text} ` }] };
    server.tell('textDocument/didOpen', { textDocument: { ...document, languageId: 'json', text } });
    server.tell('textDocument/hover', { textDocument: document, position: { line: 0, character: 20 } }, 2);
    server.tell('textDocument/hover', { textDocument: document, position: { line: 0, character: 4 } }, 3);
    server.tell('textDocument/didChange', change);
    await server.published(2);
    server.stop();
    assert.equal(validations, 1);
  });

  it('what is taken back before its turn is not worked on', async () => {
    const server = together(knowledge());
    const textDocument = {
      uri: 'untitled:1',
      languageId: 'json',
      version: 1,
      text: '{ "resourceType": "Patient", "gender":  }',
    };
    const asked = { textDocument, position: { line: 0, character: 39 } };
    server.tell('textDocument/didOpen', { textDocument });
    server.tell('textDocument/completion', asked, 2);
    server.tell('$/cancelRequest', { id: 2 });
    server.tell('textDocument/completion', asked, 3);
    const last = await server.answerTo(3);
    const first = await server.answerTo(2);
    server.stop();
    assert.equal(first.error?.code, LSPErrorCodes.RequestCancelled);
    assert.equal((last.result as CompletionList).items.length, 4);
  });
});

interface Together {
  tell(method: string, params: object, id?: number): void;
  answerTo(id: number): Promise<ResponseMessage>;
  published(version: number): Promise<void>;
  stop(): void;
}

/** A server that gets what is told at one time together, before it works on any of it, as over node's own channel. */
function together(known: Knowledge): Together {
  const said: Message[] = [];
  const waiting = new Set<() => void>();
  let take: (message: Message) => void = () => undefined;
  const none = Event.None as Event<never>;
  const still = { onError: none, onClose: none, dispose: () => undefined };
  const listen = (callback: typeof take): typeof still => {
    take = callback;
    return still;
  };
  const write = (message: Message): Promise<void> => {
    said.push(message);
    for (const look of waiting) look();
    return Promise.resolve();
  };
  const server = createConnection(
    { ...still, onPartialMessage: none, listen },
    { ...still, write, end: () => undefined },
    CONNECTION,
  );
  createServer(server, known, () => ({ knowledge: known, problems: [] }));
  server.listen();
  const heard = <T extends Message>(wanted: (message: Message) => message is T): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = said.find(wanted);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const tell: Together['tell'] = (method, params, id) =>
    take({ jsonrpc: '2.0', method, params, ...(id !== undefined && { id }) } as Message);
  tell('initialize', { processId: null, rootUri: null, capabilities: {} }, 1);
  return {
    tell,
    answerTo: (id) => heard((message): message is ResponseMessage => Message.isResponse(message) && message.id === id),
    async published(version) {
      await heard((message): message is NotificationMessage => {
        const isTold = Message.isNotification(message) && message.method === 'textDocument/publishDiagnostics';
        return isTold && (message.params as PublishDiagnosticsParams).version === version;
      });
    },
    stop: () => server.dispose(),
  };
}
