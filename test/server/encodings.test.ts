// Whatever a client counts columns in, every feature speaks of the same places of a message.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readDocument } from '../../core/document/read-document';
import { writeXml } from '../../core/document/write-xml';
import { knowledge } from '../knowledge';
import { type Client, EDITOR, type OpenDocument, startClient } from './client';

const ENCODINGS = ['utf-16', 'utf-8', 'utf-32'] as const;
type Encoding = (typeof ENCODINGS)[number];

const COUNT: Record<Encoding, (text: string) => number> = {
  'utf-8': (text) => Buffer.byteLength(text),
  'utf-16': (text) => text.length,
  'utf-32': (text) => Array.from(text).length,
};

interface Place {
  line: number;
  character: number;
}

/** Between places as a client says them and offsets, by the plainest means there are. */
class Counting {
  private readonly lines: string[];
  private readonly starts: number[] = [];
  private readonly known = new Map<number, number[]>();

  constructor(
    text: string,
    private readonly encoding: Encoding,
  ) {
    this.lines = text.split('\n');
    let start = 0;
    for (const line of this.lines) {
      this.starts.push(start);
      start += line.length + 1;
    }
  }

  place(offset: number): Place {
    const line = this.starts.findLastIndex((start) => start <= offset);
    return { line, character: COUNT[this.encoding](this.lines[line]!.slice(0, offset - this.starts[line]!)) };
  }

  offset({ line, character }: Place): number {
    return (this.starts[line] ?? 0) + (this.columns(line)[character] ?? (this.lines[line] ?? '').length);
  }

  /** Of each unit of a line the offset of the character that begins or goes on there. */
  private columns(line: number): number[] {
    const known = this.known.get(line);
    if (known) return known;
    const columns: number[] = [];
    let offset = 0;
    for (const letter of this.lines[line] ?? '') {
      for (let i = COUNT[this.encoding](letter); i > 0; i--) columns.push(offset);
      offset += letter.length;
    }
    this.known.set(line, columns);
    return columns;
  }

  /** An answer with offsets for places, and without what is drawn anew each time. */
  plain(answer: unknown): unknown {
    if (typeof answer === 'string')
      return answer.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\b\d{10}\b|\d{4}-\d\d-\d\dT[\d:.+Z-]+/gi, 'fresh');
    if (Array.isArray(answer)) return answer.map((one) => this.plain(one));
    if (typeof answer !== 'object' || answer === null) return answer;
    if ('line' in answer && 'character' in answer) return { offset: this.offset(answer as Place) };
    return Object.fromEntries(Object.entries(answer).map(([name, one]) => [name, this.plain(one)]));
  }
}

const HERE = [
  'textDocument/hover',
  'textDocument/completion',
  'textDocument/definition',
  'textDocument/references',
  'textDocument/documentHighlight',
  'textDocument/prepareRename',
  'textDocument/rename',
] as const;
const WHOLE = ['textDocument/documentSymbol', 'textDocument/foldingRange', 'textDocument/documentLink'] as const;

const mistakes = fs.readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8');
const OTHER = mistakes
  .replace('"famly": "Testwell"', '"family": "Zoë 😀 Testpatient", "famly": "漢字 👩‍⚕️"')
  .replaceAll('Make-Believe', 'Make-Bélieve 🏥')
  .replaceAll('"display": "', '"display": "€ 😀 ');
const TEXTS = {
  'FHIR JSON': OTHER,
  // All of it on one line: every place but the first stands behind others.
  'FHIR JSON on one line': JSON.stringify(JSON.parse(OTHER)),
  'FHIR XML': writeXml(readDocument(OTHER, knowledge().registry).value, knowledge().registry).text,
};

describe('every feature says the same places', function () {
  this.timeout(120_000);
  let clients: Record<Encoding, Client>;
  before(async () => {
    const start = (encoding: Encoding): Promise<Client> =>
      startClient({
        capabilities: { ...EDITOR, general: { positionEncodings: [encoding] } },
        initializationOptions: { client: { definitionDocuments: true, commands: ['_itk3.showReferences'] } },
      });
    const [a, b, c] = await Promise.all([start('utf-16'), start('utf-8'), start('utf-32')]);
    clients = { 'utf-16': a, 'utf-8': b, 'utf-32': c };
  });
  after(() => {
    for (const client of Object.values(clients)) client.stop();
  });

  for (const [form, text] of Object.entries(TEXTS))
    it(`in ${form}, in bytes, code units and characters`, async () => {
      const uri = `file:///${form.replaceAll(' ', '-')}`;
      const documents = ENCODINGS.map((encoding) => clients[encoding].open(text, uri));
      const countings = ENCODINGS.map((encoding) => new Counting(text, encoding));
      let places = 0;
      const same = async (
        what: string,
        ask: (client: Client, counting: Counting, document: OpenDocument) => Promise<unknown>,
      ) => {
        const answers = await Promise.all(
          ENCODINGS.map(async (encoding, i) => {
            const answer = await ask(clients[encoding], countings[i]!, documents[i]!).catch((error: unknown) =>
              String(error),
            );
            return countings[i]!.plain(answer);
          }),
        );
        for (const answer of answers.slice(1)) assert.deepEqual(answer, answers[0], what);
        places += JSON.stringify(answers[0] ?? null).split('"offset"').length - 1;
      };

      await same('problems', (_, __, document) => document.published());
      const textDocument = { uri };
      for (const method of WHOLE)
        await same(method, ({ connection }) => connection.sendRequest(method, { textDocument }));
      await same('formatting', ({ connection }) =>
        connection.sendRequest('textDocument/formatting', {
          textDocument,
          options: { insertSpaces: true, tabSize: 3 },
        }),
      );
      for (const method of ['textDocument/inlayHint', 'textDocument/codeAction', 'textDocument/rangeFormatting'])
        await same(method, ({ connection }, counting) =>
          connection.sendRequest(method, {
            textDocument,
            range: { start: counting.place(0), end: counting.place(text.length) },
            context: { diagnostics: [] },
            options: { insertSpaces: false, tabSize: 4 },
          }),
        );
      await same('code lenses', ({ connection }) => connection.sendRequest('textDocument/codeLens', { textDocument }));
      await same('symbols', ({ connection }) => connection.sendRequest('workspace/symbol', { query: 'Zoë' }));

      // At places all over the text, and wherever something stands that is not ASCII.
      const found = (pattern: RegExp, most: number): number[] => {
        const all = [...text.matchAll(pattern)].map(({ index, 0: { length } }) => index + length);
        return all.filter((_, i) => i % Math.ceil(all.length / most) === 0);
      };
      const offsets = [
        ...found(/[^\s\w]\w/g, 12),
        ...found(/[^\p{ASCII}]+/gu, 8),
        ...found(/urn:uuid|"code"|gender|famly/g, 8),
      ];
      for (const offset of offsets) {
        for (const method of HERE)
          await same(`${method} at ${offset}`, ({ connection }, counting) =>
            connection.sendRequest(method, {
              textDocument,
              position: counting.place(offset),
              context: { includeDeclaration: true },
              newName: '99999999-aaaa-4aaa-8aaa-999999999999',
            }),
          );
        await same(`selection at ${offset}`, ({ connection }, counting) =>
          connection.sendRequest('textDocument/selectionRange', { textDocument, positions: [counting.place(offset)] }),
        );
      }
      assert.ok(places > 800, String(places));
      assert.ok(text.length !== Buffer.byteLength(text));
      for (const { log } of Object.values(clients)) assert.deepEqual(log, []);
    });
});
