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
import type { Finding } from '../../core/finding';
import { messageOf, type Pair, readPair, shown } from '../exceptions';
import { diagnosticOf } from './diagnostics';
import { exceptionFor } from './show-reason';

/** A quick fix for each finding that carries one, and for each in a message the way to except it. */
export const codeAction: Feature = {
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] } },
  register(session) {
    session.connection.onCodeAction(async (params) => {
      const { uri } = params.textDocument;
      if (!session.documents.get(uri) || !wantsFixes(params)) return null;
      const [rules, pair] = await Promise.all([session.settings.rulesFor(uri), readPair(session, messageOf(uri))]);
      const document = session.documents.get(uri);
      return (
        guarded(session, 'Quick fixes', () => document && actionsIn(document, params, rules, pair, session)) ?? null
      );
    });
  },
};

/** What is only a hint stands in no list of problems: nobody has to except it. */
function isTold({ severity }: Finding): boolean {
  return severity !== 'hint';
}

function wantsFixes({ context: { only } }: CodeActionParams): boolean {
  return only === undefined || only.some((kind) => kind === '' || kind === CodeActionKind.QuickFix);
}

function actionsIn(
  document: TextDocument,
  params: CodeActionParams,
  rules: Severities,
  pair: Pair,
  session: Session,
): CodeAction[] {
  const asked = spanOf(document, params.range);
  const { findings, beside } = shown(pair, rules, session);
  const isMessage = document.uri === pair.uri;
  return (isMessage ? findings : beside)
    .filter(({ span }) => touches(span, asked))
    .flatMap((finding) => {
      const diagnostics = [diagnosticOf(finding, document, session)];
      const except = isMessage && isTold(finding) ? exceptionFor(finding, pair, session) : undefined;
      return [...fixesOf(finding, document, session), ...(except ? [except] : [])].map((action) => ({
        ...action,
        kind: CodeActionKind.QuickFix,
        diagnostics,
      }));
    });
}

function fixesOf({ fixes = [] }: Finding, document: TextDocument, session: Session): CodeAction[] {
  const text = document.getText();
  return fixes.flatMap((fix): CodeAction[] => {
    const edits = editsFor(text, fix).map((edit) => editOf(document, edit));
    if (edits.length === 0) return [];
    return [{ title: fix.title, isPreferred: fixes.length === 1, edit: workspaceEdit(document, edits, session) }];
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
