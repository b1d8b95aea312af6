// A person at work and an editor that asks: edits and requests all at once. When the dust has settled the server says of the last
// text what one says that was started for it alone.
import assert from 'node:assert/strict';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Diagnostic, PublishDiagnosticsParams, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatOf } from '../../../core/document/read-document';
import { type Client, startClient } from '../../server/client';
import { anyMessage } from '../messages';
import { mutateText } from '../mutate-text';
import { PIECES } from '../odd';
import { randomOf, type Random } from '../random';
import { sources } from '../sources';
import { type Case, stepsCase, type Target } from '../target';

/** Everything an editor asks about a place of a document. */
const AT: readonly ((at: Place) => [method: string, params: object])[] = [
  ({ textDocument, position }) => ['textDocument/completion', { textDocument, position, context: { triggerKind: 1 } }],
  ({ textDocument, position }) => [
    'textDocument/completion',
    { textDocument, position, context: { triggerKind: 2, triggerCharacter: '"' } },
  ],
  ({ textDocument, position }) => [
    'textDocument/completion',
    { textDocument, position, context: { triggerKind: 2, triggerCharacter: '<' } },
  ],
  ({ textDocument, position }) => ['textDocument/hover', { textDocument, position }],
  ({ textDocument, position }) => ['textDocument/definition', { textDocument, position }],
  ({ textDocument, position }) => [
    'textDocument/references',
    { textDocument, position, context: { includeDeclaration: true } },
  ],
  ({ textDocument, position }) => ['textDocument/documentHighlight', { textDocument, position }],
  ({ textDocument, position }) => ['textDocument/prepareRename', { textDocument, position }],
  ({ textDocument, position, word }) => ['textDocument/rename', { textDocument, position, newName: word }],
  ({ textDocument, position }) => ['textDocument/selectionRange', { textDocument, positions: [position] }],
  ({ textDocument, range }) => ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
  ({ textDocument, range }) => [
    'textDocument/codeAction',
    { textDocument, range, context: { diagnostics: [], only: ['source.fixAll'] } },
  ],
  ({ textDocument, range }) => [
    'textDocument/codeAction',
    { textDocument, range, context: { diagnostics: [], only: ['refactor'] } },
  ],
  ({ textDocument, range }) => ['textDocument/inlayHint', { textDocument, range }],
  ({ textDocument }) => ['textDocument/documentSymbol', { textDocument }],
  ({ textDocument }) => ['textDocument/foldingRange', { textDocument }],
  ({ textDocument }) => ['textDocument/documentLink', { textDocument }],
  ({ textDocument }) => ['textDocument/codeLens', { textDocument }],
  ({ textDocument }) => ['textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } }],
  ({ textDocument, range }) => [
    'textDocument/rangeFormatting',
    { textDocument, range, options: { tabSize: 2, insertSpaces: true } },
  ],
  ({ textDocument }) => ['itk3/sectionTexts', { textDocument }],
  ({ word }) => ['workspace/symbol', { query: word }],
];

interface Place {
  textDocument: { uri: string };
  position: { line: number; character: number };
  range: Range;
  word: string;
}

/** Why a request may be refused: it is taken back, or what is asked cannot be done, told in a sentence. */
const ALLOWED: ReadonlySet<number> = new Set([
  -32800,
  -32801,
  -32802,
  -32803,
  ErrorCodes.InvalidRequest,
  ErrorCodes.InvalidParams,
]);

const SECTIONS = [
  undefined,
  { rules: { required: 'off' } },
  { rules: { 'unknown-profile': 'error', binding: 'hint' } },
  { rules: 'x' },
  null,
  7,
];

let shared: Promise<Client> | undefined;
const server = (): Promise<Client> => (shared ??= startClient());

type Step = { seed: number };

/** One document, from when it is opened to when it is closed. */
class Session {
  uri = '';
  version = 0;
  readonly pending: Promise<void>[] = [];
  readonly wrong: string[] = [];
  private readonly undo: string[] = [];

  constructor(
    private readonly client: Client,
    public text: string,
    private readonly name: string,
  ) {}

  private notify(method: string, params: object): void {
    void this.client.connection.sendNotification(method, params);
  }

  open(): void {
    const languageId = formatOf(this.text);
    this.uri = `file:///${this.name}-${++count}.${languageId}`;
    this.version = 1;
    const { uri, version, text } = this;
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  close(): void {
    this.notify('textDocument/didClose', { textDocument: { uri: this.uri } });
  }

  edit(offset: number, length: number, inserted: string): void {
    const before = TextDocument.create(this.uri, 'json', 1, this.text);
    const range = { start: before.positionAt(offset), end: before.positionAt(offset + length) };
    this.undo.push(this.text);
    this.text =
      before.getText().slice(0, before.offsetAt(range.start)) + inserted + this.text.slice(before.offsetAt(range.end));
    this.change([{ range, text: inserted }]);
  }

  replaceAll(text: string): void {
    this.undo.push(this.text);
    this.text = text;
    this.change([{ text }]);
  }

  private change(contentChanges: object[]): void {
    this.version += 1;
    this.notify('textDocument/didChange', { textDocument: { uri: this.uri, version: this.version }, contentChanges });
  }

  ask(random: Random): void {
    const document = TextDocument.create(this.uri, 'json', 1, this.text);
    const at = random.below(this.text.length + 1);
    const position = document.positionAt(at);
    const end = document.positionAt(at + random.below(300));
    const [method, params] = random.pick(AT)({
      textDocument: { uri: this.uri },
      position,
      range: { start: position, end },
      word: random.pick(['a', '', 'Patient', '00000000-0000-4000-8000-000000000000', ...PIECES]),
    });
    const { token, cancel } = cancelled(random.chance(0.3) ? random.below(3) : undefined);
    const asked = this.client.connection.sendRequest(method, params, token);
    cancel();
    this.pending.push(
      asked.then(
        () => undefined,
        (error: unknown) => {
          const code = error instanceof ResponseError ? error.code : undefined;
          if (code === undefined || !ALLOWED.has(code))
            this.wrong.push(`${method}: ${String(error)} (${String(code)})`);
        },
      ),
    );
  }

  step({ seed }: Step): void {
    const random = randomOf(seed);
    const at = random.below(this.text.length + 1);
    switch (random.below(14)) {
      case 0: {
        this.edit(at, random.below(Math.max(1, this.text.length)), '');
        return;
      }
      case 1: {
        this.edit(at, random.below(40), random.pick(sources()).slice(0, random.below(3000)));
        return;
      }
      case 2: {
        this.replaceAll(this.undo.pop() ?? this.text);
        return;
      }
      case 3: {
        this.replaceAll(random.chance(0.3) ? '' : mutateText(this.text, random));
        return;
      }
      case 4:
        this.close();
        {
          this.open();
          return;
        }
      case 5:
        return void this.client.configure(random.pick(SECTIONS));
      case 6:
      case 7:
      case 8: {
        this.ask(random);
        return;
      }
      default:
        // Typing, with the questions that it brings about.
        for (const letter of random.pick([...PIECES, '"gender": "ma', '<gender value="ma"/>', ',\n  ']))
          this.edit(Math.min(at, this.text.length), 0, letter);
        {
          this.ask(random);
          return;
        }
    }
  }
}

let count = 0;

/** A token that is taken back after so many turns, or never. */
function cancelled(turns: number | undefined) {
  const listeners = new Set<(event: unknown) => unknown>();
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: (event: unknown) => unknown) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
  const cancel = (left = turns): void => {
    if (left === undefined) return;
    if (left > 0) return void setImmediate(() => cancel(left - 1));
    token.isCancellationRequested = true;
    for (const listener of listeners) listener(undefined);
  };
  return { token, cancel };
}

async function diagnosed(
  client: Client,
  act: (session: Session) => void,
  session: Session,
): Promise<PublishDiagnosticsParams> {
  const published = new Promise<PublishDiagnosticsParams>((resolve) => {
    const listen = (): void =>
      void client
        .nextFor(session.uri)
        .then((params) => (params.version === session.version ? resolve(params) : listen()));
    act(session);
    listen();
  });
  return published;
}

/** Without addresses. */
function comparable(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ relatedInformation = [], ...rest }) => ({
    ...rest,
    related: relatedInformation.map(({ location, message }) => [location.range, message]),
  }));
}

async function check(text: string, steps: readonly Step[]): Promise<void> {
  const client = await server();
  client.log.length = client.shown.length = 0;
  const session = new Session(client, text, 'worked');
  session.open();
  steps.forEach((step) => session.step(step));
  await client.configure(undefined);
  await Promise.all(session.pending);
  // The last key that is pressed, which no server may miss.
  const last = await diagnosed(client, (one) => one.edit(one.text.length, 0, ' '), session);
  assert.deepEqual(session.wrong, []);
  assert.deepEqual(
    client.log.filter((line) => /failed/.test(line)),
    [],
  );
  const alone = new Session(await freshServer(), session.text, 'alone');
  const wanted = await diagnosed(await freshServer(), (one) => one.open(), alone);
  alone.close();
  session.close();
  assert.ok(!/mistake in ITK3/.test(JSON.stringify(last)), 'The check itself failed');
  assert.deepEqual(
    comparable(last.diagnostics),
    comparable(wanted.diagnostics),
    'Not what a server says that was started for it',
  );
}

let other: Promise<Client> | undefined;
/** Which has never seen an edit, a setting or a request. */
const freshServer = (): Promise<Client> => (other ??= startClient());

function worked(text: string, steps: readonly Step[]): Case {
  const steady = stepsCase(steps, (some) => check(text, some));
  return {
    check: () => steady.check(),
    smaller: () => steady.smaller(),
    told: () => `${String(steady.told())}\n${text}`,
  };
}

export const protocol: Target = {
  name: 'protocol',
  cases: 12,
  make(random) {
    const text = random.chance(0.5) ? random.pick(sources()) : anyMessage(random);
    return worked(
      text,
      Array.from({ length: 2 + random.below(25) }, () => ({ seed: random.seed() })),
    );
  },
  async close() {
    (await shared)?.stop();
    (await other)?.stop();
    shared = other = undefined;
  },
};
