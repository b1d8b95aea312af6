import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { editsFor } from '../../core/document/json-edits';
import type { Span } from '../../core/document/source-document';
import { editOf, spanOf } from '../convert';
import { type Feature, guarded, type Session } from '../feature';
import type { Severities } from '../../core/severities';
import { diagnosticOf, shown } from './diagnostics';

/** A quick fix for each finding that carries one. */
export const codeAction: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } },
  register(session) {
    session.connection.onCodeAction(async (params) => {
      const document = session.documents.get(params.textDocument.uri);
      if (!document || !wantsFixes(params)) return null;
      const rules = await session.settings.rulesFor(document.uri);
      return guarded(session, 'Quick fixes', () => fixesIn(document, params, rules, session));
    });
  },
};

function wantsFixes({ context: { only } }: CodeActionParams): boolean {
  return only === undefined || only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix);
}

function fixesIn(document: TextDocument, params: CodeActionParams, rules: Severities, session: Session): CodeAction[] {
  const form = session.forms.of(document);
  if (!form) return [];
  const asked = spanOf(document, params.range);
  return shown(form, rules)
    .filter(({ span }) => touches(span, asked))
    .flatMap((finding) => {
      const diagnostic = diagnosticOf(finding, document, session);
      const fixes = finding.fixes ?? [];
      return fixes.flatMap((fix): CodeAction[] => {
        const edits = editsFor(form.text, fix).map((edit) => editOf(document, edit));
        if (edits.length === 0) return [];
        return [
          {
            title: fix.title,
            kind: CodeActionKind.QuickFix,
            diagnostics: [diagnostic],
            isPreferred: fixes.length === 1,
            edit: workspaceEdit(document, edits, session),
          },
        ];
      });
    });
}

function touches(a: Span, b: Span): boolean {
  return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length;
}

function workspaceEdit({ uri, version }: TextDocument, edits: TextEdit[], { client }: Session): WorkspaceEdit {
  return client.versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}
