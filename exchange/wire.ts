// A message in the form in which it travels: ITK3's national flows are FHIR XML, and most authors write JSON. Pure.
import { converted } from '../core/document/convert';
import { fhirPath } from '../core/document/pointer';
import { formatOf, readValue } from '../core/document/read-document';
import type { Format } from '../core/document/source-document';
import type { Registry } from '../core/definitions/registry';
import type { Addressed } from '../core/itk3/addressing';

/** What leaves. No source names a content type or a file name for these flows: the type is FHIR's own, the ending says the same. */
export interface Wire {
  text: string;
  format: Format;
  contentType: 'application/fhir+xml' | 'application/fhir+json';
  fileEnding: Format;
  /** In which form it was written, where that is another. */
  from?: Format;
  /** Comments and instructions that do not leave, since JSON has no place for them. */
  asides?: number;
  /** Why it leaves as it was written although another form was wanted, as a sentence. */
  unconverted?: string;
}

/** ITK3 2.10.0, messaging overview: national flows support XML. */
export const USUAL_FORMAT: Format = 'xml';

/**
 * The text in the form that is wanted. A broken one cannot be converted: it goes as it stands, for receivers are tested with
 * that too. One that the other form cannot say whole does not go: nobody is to think that all of it has arrived.
 */
export function onTheWire(text: string, format: Format, registry: Registry): Wire | { problem: string } {
  const own = formatOf(text);
  if (own === format) return as(inUtf8(text), own);
  const other = converted(text, format, registry);
  if ('problem' in other) {
    // The line alone: what the reader says of it may quote the message.
    const line = text.slice(0, other.span.offset).split('\n').length;
    const unconverted = `Line ${line} is broken, so it cannot be converted: it leaves as it was written.`;
    return { ...as(inUtf8(text), own), unconverted };
  }
  const [first, ...more] = other.left;
  if (!first) return { ...as(other.text, format), from: own, ...(other.asides > 0 && { asides: other.asides }) };
  const at = fhirPath(readValue(text, registry), first.pointer);
  const others = more.length === 0 ? '' : ` There are ${more.length} more such places.`;
  return { problem: `${wordFor(format)} cannot say all of it: ${at}: ${first.message}${others}` };
}

function as(text: string, format: Format): Wire {
  return { text, format, contentType: `application/fhir+${format}`, fileEnding: format };
}

/** It leaves in UTF-8, whatever its declaration says of the file that it was read from. */
function inUtf8(text: string): string {
  return text.replace(/^(\uFEFF?<\?xml\s[^<>]*?\sencoding\s*=\s*)(["'])(?!utf-8\2)[^"'<>]*\2/i, '$1$2UTF-8$2');
}

export function fileNameOf({ addressed, wire }: { addressed: Pick<Addressed, 'fileName'>; wire: Wire }): string {
  return `${addressed.fileName}.${wire.fileEnding}`;
}

/** `FHIR XML`. */
export function wordFor(format: Format): string {
  return `FHIR ${format.toUpperCase()}`;
}
