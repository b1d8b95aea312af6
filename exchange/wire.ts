// A message in the form in which it travels: ITK3's national flows are FHIR XML, and most authors write JSON. Pure.
import { converted } from '../core/document/convert';
import { fhirPath } from '../core/document/pointer';
import { formatOf, readDocument } from '../core/document/read-document';
import type { Format } from '../core/document/source-document';
import type { Registry } from '../core/definitions/registry';
import type { Addressed } from '../core/itk3/addressing';
import { inUtf8 } from '../mesh/content-text';
import { plural } from './outgoing';

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

/** The other form cannot say all of it: nobody is to think that all has arrived. */
export interface NotWhole {
  /** Where and what, as a sentence. */
  problem: string;
  /** What leaves where somebody wants it to leave all the same. */
  asWritten: Wire;
}

/**
 * The text in the form that is wanted. A broken one cannot be converted: it goes as it stands, for receivers are tested with
 * that too.
 */
export function onTheWire(text: string, format: Format, registry: Registry): Wire | NotWhole {
  const own = formatOf(text);
  if (own === format) return as(inUtf8(text), own);
  const asWritten = (why: string): Wire => ({
    ...as(inUtf8(text), own),
    unconverted: `${why}: it leaves as it was written.`,
  });
  const other = converted(text, format, registry);
  // The line alone: what the reader says of it may quote the message.
  if ('problem' in other)
    return asWritten(`Line ${lineAt(text, other.span.offset)} is broken, so it cannot be converted`);
  const [first, ...more] = other.left;
  if (!first) return { ...as(other.text, format), from: own, ...(other.asides > 0 && { asides: other.asides }) };
  const document = readDocument(text, registry);
  const line = lineAt(text, document.spanOf(first.pointer, 'value').offset);
  const rest = more.length === 0 ? '' : ` And ${plural(more.length, 'more such place')}.`;
  return {
    problem: `${wordFor(format)} cannot say all of it. Line ${line}, ${fhirPath(document.value, first.pointer)}: ${first.message}${rest}`,
    asWritten: asWritten(`${wordFor(format)} cannot say what line ${line} holds`),
  };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function as(text: string, format: Format): Wire {
  return { text, format, contentType: `application/fhir+${format}`, fileEnding: format };
}

export function fileNameOf({ addressed, wire }: { addressed: Pick<Addressed, 'fileName'>; wire: Wire }): string {
  return `${addressed.fileName}.${wire.fileEnding}`;
}

/** `FHIR XML`. */
export function wordFor(format: Format): string {
  return `FHIR ${format.toUpperCase()}`;
}
