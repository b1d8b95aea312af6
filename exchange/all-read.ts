// Whether a text says more than the value that was read from it. Pure.
import type { SourceDocument } from '../core/document/source-document';

/** What these find is in the value all the same; text and attributes that are no FHIR are not, nor is the first of two names. */
const IN_VALUE: ReadonlySet<string> = new Set(['xml-order', 'xml-namespace']);

/** True where nobody can be named in the text who is not in the value, comments aside. */
export function isAllRead({ problems }: Pick<SourceDocument, 'problems'>): boolean {
  return problems.every(({ rule }) => IN_VALUE.has(rule));
}
