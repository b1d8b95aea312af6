import type { SourceDocument, Span } from '../document/source-document';
import type { Finding } from '../finding';
import type { Knowledge } from './stage';
import { type Judgement, validate, type ValidateOptions } from './validate';

/** A finding with its place in the text. */
export interface PlacedFinding extends Finding {
  span: Span;
  relatedSpans: { span: Span; message: string }[];
}

export interface CheckedDocument extends Judgement {
  findings: PlacedFinding[];
}

/** Judges a text: what is wrong with it as text, and with what it says, in the order of the text. */
export function checkDocument(
  document: SourceDocument,
  knowledge: Knowledge,
  options?: ValidateOptions,
): CheckedDocument {
  const syntax = document.problems.map(({ rule, message, span, pointer, related = [] }): PlacedFinding => ({
    rule,
    severity: 'error',
    pointer,
    part: 'key',
    message,
    source: { title: 'RFC 8259, the JSON format', url: 'https://www.rfc-editor.org/rfc/rfc8259' },
    span,
    relatedSpans: related,
  }));
  const judgement = document.value === undefined ? { findings: [] } : validate(document.value, knowledge, options);
  const placed = judgement.findings.map((finding): PlacedFinding => ({
    ...finding,
    span: document.spanOf(finding.pointer, finding.part),
    relatedSpans: (finding.related ?? []).map(({ pointer, message }) => ({
      span: document.spanOf(pointer, 'key'),
      message,
    })),
  }));
  const findings = [...syntax, ...placed].sort((a, b) => a.span.offset - b.span.offset);
  return { ...judgement, findings };
}
