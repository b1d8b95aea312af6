// A message in the other form: FHIR JSON as FHIR XML and back.
import type { Registry } from '../definitions/registry';
import { formatOf, readDocument } from './read-document';
import type { Format, SourceDocument, Span, SyntaxProblem } from './source-document';
import { writeJson } from './write-json';
import { type Left, writeXml } from './write-xml';

export type Converted =
  | {
      text: string;
      /** What the other form cannot say. */
      left: Left[];
      /** Comments and instructions, which JSON cannot keep. */
      asides: number;
    }
  | {
      /** One sentence: the text cannot be converted. */
      problem: string;
      span: Span;
    };

/** What the reader of XML passes over, so that JSON does not have it. */
const PASSED_OVER: ReadonlySet<string> = new Set(['xml-text', 'xml-attribute', 'xml-namespace']);

/** A text that is in the form already stays as it is. Never throws. */
export function converted(text: string, to: Format, registry: Registry): Converted {
  if (formatOf(text) === to) return { text, left: [], asides: 0 };
  const document = readDocument(text, registry);
  const broken = document.problems.find(({ rule, isWhole }) => isWhole !== true || rule === 'duplicate-key');
  if (broken) return unconverted(document, broken);
  if (to === 'json') {
    const left = document.problems
      .filter((one) => isLost(one, text))
      .map(({ pointer, message }) => ({ pointer, message }));
    return { text: writeJson(document.value, { exact: document.exact() }), left, asides: document.asides() };
  }
  const written = writeXml(document.value, registry, { exact: document.exact() });
  const [first] = written.left;
  if (written.text === '') return { problem: first!.message, span: document.spanOf('', 'value') };
  return { ...written, asides: 0 };
}

function unconverted({ text, format }: SourceDocument, { message, span }: SyntaxProblem): Converted {
  const line = text.slice(0, span.offset).split('\n').length;
  const other = format === 'json' ? 'XML' : 'JSON';
  return { problem: `Line ${line} must be mended before this can become ${other}. ${message}`, span };
}

/** An element that is not where or what it should be is in the value all the same; what is no element is not. */
function isLost({ rule, span }: SyntaxProblem, text: string): boolean {
  return PASSED_OVER.has(rule) && (rule !== 'xml-attribute' || text[span.offset - 1] !== '<');
}
