// A message's text as a document, whichever way it is written.
import type { Registry } from '../definitions/registry';
import { readJson, readJsonValue } from './json-document';
import type { Format, SourceDocument } from './source-document';
import { readXml, readXmlValue } from './xml-document';

/** XML begins with a bracket that JSON has not. */
export function formatOf(text: string): Format {
  return /^[\s\uFEFF]*</.test(text) ? 'xml' : 'json';
}

/** Reads a message; broken text gives problems and as much of the value as can be read. Never throws. */
export function readDocument(text: string, registry: Registry): SourceDocument {
  return formatOf(text) === 'xml' ? readXml(text, registry) : readJson(text);
}

/** The value alone; undefined of what is beyond reading. */
export function readValue(text: string, registry: Registry): unknown {
  return formatOf(text) === 'xml' ? readXmlValue(text, registry) : readJsonValue(text);
}
