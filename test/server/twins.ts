// The same message in both forms, each open in its editor: what a feature says of one it says of the other, at the same place.
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver';
import { join, type Pointer } from '../../core/document/pointer';
import { readDocument } from '../../core/document/read-document';
import type { Format, SourceDocument } from '../../core/document/source-document';
import { writeXml } from '../../core/document/write-xml';
import { knowledge } from '../knowledge';
import type { Client, OpenDocument } from './client';

export const FORMS: readonly Format[] = ['json', 'xml'];

export interface Twin {
  document: OpenDocument;
  source: SourceDocument;
  positionAt: (offset: number) => Position;
  /** Of the value that begins at, or around, the start of a range. */
  pointerOf: (range: Range) => Pointer;
}

export function xmlOf(json: string): string {
  return writeXml(JSON.parse(json), knowledge().registry).text;
}

/** @param json of a message */
export function openTwins(client: Client, json: string): Record<Format, Twin> {
  const xml = xmlOf(json);
  return { json: twinOf(client.open(json), json), xml: twinOf(client.open(xml), xml) };
}

function twinOf(document: OpenDocument, text: string): Twin {
  const plain = TextDocument.create('', 'json', 1, text);
  const source = readDocument(text, knowledge().registry);
  return {
    document,
    source,
    positionAt: (offset) => plain.positionAt(offset),
    pointerOf: ({ start }) => source.pointerAt(plain.offsetAt(start) + 1).pointer,
  };
}

/** Of every value of a message, outer before inner. */
export function pointersIn(value: unknown, pointer: Pointer = ''): Pointer[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([name, inner]) => pointersIn(inner, join(pointer, name)))];
}
