// The same message in both forms: what a feature says of one it says of the other, at the same place.
import { join, type Pointer } from '../../core/document/pointer';
import { readDocument } from '../../core/document/read-document';
import type { SourceDocument } from '../../core/document/source-document';
import { writeXml } from '../../core/document/write-xml';
import { knowledge } from '../knowledge';

export interface Twins {
  json: SourceDocument;
  xml: SourceDocument;
  /** Of every value of the message, outer before inner. */
  pointers: readonly Pointer[];
}

export function xmlOf(json: string): string {
  return writeXml(JSON.parse(json), knowledge().registry).text;
}

export function twinsOf(text: string): Twins {
  const json = readDocument(text, knowledge().registry);
  const xml = readDocument(xmlOf(text), knowledge().registry);
  return { json, xml, pointers: pointersIn(json.value, '') };
}

function pointersIn(value: unknown, pointer: Pointer): Pointer[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([name, inner]) => pointersIn(inner, join(pointer, name)))];
}
