// Requests about a text in which `|` marks the cursor, or about a whole one.
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range } from 'vscode-languageserver';
import { type Client, cursorIn, type OpenDocument } from './client';

export interface Asked<T> {
  document: OpenDocument;
  answer: T | null;
  /** What the text holds at a range; its line of the text for a long one. */
  said: (range: Range) => string;
}

export async function askAt<T>(client: Client, marked: string, method: string, more: object = {}): Promise<Asked<T>> {
  const { text, offset } = cursorIn(marked);
  const position = TextDocument.create('', 'json', 1, text).positionAt(offset);
  return ask(client, text, method, { position, ...more });
}

export async function ask<T>(client: Client, text: string, method: string, more: object = {}): Promise<Asked<T>> {
  const document = client.open(text);
  const textDocument = { uri: document.uri };
  const answer = await client.connection.sendRequest<T | null>(method, { textDocument, ...more });
  return { document, answer, said: (range) => document.spanText(range) };
}
