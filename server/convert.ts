// Offsets to lines and columns, and our words to the protocol's: the only place where the two meet.
import {
  DiagnosticSeverity,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit as PlainEdit } from '../core/document/text-edits';
import type { Span } from '../core/document/source-document';
import type { Severity } from '../core/finding';
import type { Client } from './feature';

export function rangeOf(document: TextDocument, { offset, length }: Span): Range {
  return { start: document.positionAt(offset), end: document.positionAt(offset + length) };
}

/** The part of a range that lies in another; the beginning of that where none does. */
export function within(outer: Range, { start, end }: Range): Range {
  const isIn = !isBefore(start, outer.start) && !isBefore(outer.end, end);
  return isIn ? { start, end } : { start: outer.start, end: outer.start };
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

export function spanOf(document: TextDocument, { start, end }: Range): Span {
  const offset = document.offsetAt(start);
  return { offset, length: document.offsetAt(end) - offset };
}

export function editOf(document: TextDocument, { text, ...span }: PlainEdit): TextEdit {
  return { range: rangeOf(document, span), newText: text };
}

/** Of one document, which must not have changed meanwhile where the client can see to that. */
export function workspaceEdit(
  { uri, version }: TextDocument,
  edits: TextEdit[],
  { versionedEdits }: Pick<Client, 'versionedEdits'>,
): WorkspaceEdit {
  return versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function severityOf(severity: Severity): DiagnosticSeverity {
  return SEVERITIES[severity];
}
