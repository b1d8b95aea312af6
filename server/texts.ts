// The texts of documents, and in what their client counts columns: bytes, UTF-16 code units or characters. Nobody else knows of it.
import {
  type InitializeParams,
  PositionEncodingKind,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver';
import type { TextDocumentsConfiguration } from 'vscode-languageserver';
import type { Position, Range, TextDocument } from 'vscode-languageserver-textdocument';
import { list } from '../core/json';
import { type Columns, columnsOf, type Unit } from './columns';
import { EditedText } from './edited-text';

/** Makes every document whose places are told to the client or come from it, open or not. */
export interface Texts extends TextDocumentsConfiguration<TextDocument> {
  /** Called when the client introduces itself. Gives what is counted from now on. */
  initialize(params: Pick<InitializeParams, 'capabilities'>): PositionEncodingKind;
}

const UTF_16 = PositionEncodingKind.UTF16;
const KNOWN: readonly PositionEncodingKind[] = [UTF_16, PositionEncodingKind.UTF8, PositionEncodingKind.UTF32];

export function createTexts(): Texts {
  let encoding: PositionEncodingKind = UTF_16;
  return {
    initialize({ capabilities: { general } }) {
      // They come in the order of the client's liking; whoever names none means UTF-16.
      encoding = list(general?.positionEncodings).find((one): one is string => KNOWN.includes(String(one))) ?? UTF_16;
      return encoding;
    },
    create(uri, languageId, version, content) {
      // A client may send anything: what has no name leads to nothing.
      const plain = EditedText.create(typeof uri === 'string' ? uri : '', languageId, version, content);
      return encoding === UTF_16 ? plain : new CountedDocument(plain, encoding as Unit);
    },
    update(document, changes, version) {
      if (document instanceof CountedDocument) return document.updated(changes, version);
      return EditedText.update(document, changes, version);
    },
  };
}

function isOfRange(change: TextDocumentContentChangeEvent): change is { range: Range; text: string } {
  return 'range' in change;
}

/** A document whose columns are not those of its text. */
class CountedDocument implements TextDocument {
  /** Of the line that was asked about last: what is asked about next mostly stands there too. */
  private known: { line: number; columns: Columns } | undefined;

  constructor(
    private readonly plain: TextDocument,
    private readonly unit: Unit,
  ) {}

  get uri(): string {
    return this.plain.uri;
  }

  get languageId(): string {
    return this.plain.languageId;
  }

  get version(): number {
    return this.plain.version;
  }

  get lineCount(): number {
    return this.plain.lineCount;
  }

  getText(range?: Range): string {
    return this.plain.getText(range && this.inPlain(range));
  }

  positionAt(offset: number): Position {
    const { line, character } = this.plain.positionAt(offset);
    return { line, character: this.columnsAt(line).before(character) };
  }

  offsetAt(position: Position): number {
    return this.plain.offsetAt(this.placeInPlain(position));
  }

  /** Each change speaks of the text that the one before it left. */
  updated(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    for (const change of changes) {
      EditedText.update(
        this.plain,
        [isOfRange(change) ? { range: this.inPlain(change.range), text: change.text } : change],
        version,
      );
      this.known = undefined;
    }
    EditedText.update(this.plain, [], version);
    return this;
  }

  private inPlain({ start, end }: Range): Range {
    return { start: this.placeInPlain(start), end: this.placeInPlain(end) };
  }

  private placeInPlain({ line, character }: Position): Position {
    if (line < 0 || line >= this.plain.lineCount || character <= 0) return { line, character };
    return { line, character: this.columnsAt(line).offsetAt(character) };
  }

  private columnsAt(line: number): Columns {
    if (this.known?.line !== line) {
      const text = this.plain.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
      this.known = { line, columns: columnsOf(text, this.unit) };
    }
    return this.known.columns;
  }
}
