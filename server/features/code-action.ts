import {
  type CodeAction,
  type CodeActionParams,
  CodeActionTriggerKind,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Span } from '../../core/document/source-document';
import { fixAllOfFile } from '../code-actions/fix-all';
import { type Asked, isOffer, type Offered, type Provider } from '../code-actions/provider';
import { quickFixes } from '../code-actions/quick-fixes';
import { refactorings } from '../code-actions/refactorings';
import { editOf, spanOf, workspaceEdit } from '../convert';
import { messageOf, readPair, shown } from '../exceptions';
import { type Feature, FINDINGS, guarded, type Session } from '../feature';
import { isReceived } from '../received';

/** All that can be done about what stands at the cursor. */
const PROVIDERS: readonly Provider[] = [quickFixes, fixAllOfFile, ...refactorings];

/** With an action whose edits are still to be worked out: what it was offered for. */
interface Pending {
  params: Pick<CodeActionParams, 'textDocument' | 'range' | 'context'>;
  version: number;
  kind: string;
  /** Among those of its kind. */
  index: number;
}

export const codeAction: Feature = {
  capabilities: {
    codeActionProvider: { codeActionKinds: PROVIDERS.map(({ kind }) => kind), resolveProvider: true },
  },
  register(session) {
    const { connection, documents } = session;
    connection.onCodeAction(async (params) => {
      const asked = await askedIn(params, session);
      return (asked && guarded(session, 'Code actions', () => actionsFor(asked, params))) ?? null;
    });
    connection.onCodeActionResolve(async (action) => {
      const pending = action.data as Pending | undefined;
      if (!pending || documents.get(pending.params.textDocument.uri)?.version !== pending.version) return action;
      const asked = await askedIn(pending.params, session);
      return (asked && guarded(session, 'A code action', () => resolved(action, pending, asked))) ?? action;
    });
  },
};

/** Undefined when there is no such document, it is not to be changed, or nobody wants what is here. */
async function askedIn(params: Pending['params'], session: Session): Promise<Asked | undefined> {
  const { uri } = params.textDocument;
  const { only } = params.context;
  if (
    isReceived(uri) ||
    !session.documents.get(uri) ||
    !PROVIDERS.some((provider) => isWanted(provider, params, session))
  )
    return undefined;
  const [rules, pair] = await Promise.all([session.settings.rulesFor(uri), readPair(session, messageOf(uri))]);
  const document = session.documents.get(uri);
  return (
    document &&
    (guarded(session, FINDINGS, () => lookedUp(document, params, { only, rules, pair, session })) ?? undefined)
  );
}

function lookedUp(
  document: TextDocument,
  { range }: Pending['params'],
  known: Pick<Asked, 'only' | 'rules' | 'pair' | 'session'>,
): Asked {
  const span = spanOf(document, range);
  const isMessage = document.uri === known.pair.uri;
  const found = shown(known.pair, known.rules, known.session);
  const touched = (isMessage ? found.findings : found.beside).filter((finding) => touches(finding.span, span));
  return { ...known, ...found, document, isMessage, span, touched };
}

/** As the protocol has it, who asks for `source` wants `source.fixAll.itk3` as well. */
function isWanted(
  { kind, isFor }: Provider,
  { context: { only, triggerKind } }: Pending['params'],
  { client }: Session,
): boolean {
  if (only === undefined) {
    if (!isFor || triggerKind === CodeActionTriggerKind.Automatic) return !isFor;
    // Our own client names a kind by its commands; in others most people can ask for everything only.
    return isFor === 'whoever invokes' || client.commands.length === 0;
  }
  return only.some((wanted) => wanted === '' || wanted === kind || kind.startsWith(`${wanted}.`));
}

function actionsFor(asked: Asked, params: CodeActionParams): CodeAction[] {
  const { document, session, only } = asked;
  return PROVIDERS.filter((provider) => isWanted(provider, params, session)).flatMap((provider) =>
    provider.offers(asked).flatMap((offered, index): CodeAction[] => {
      const action = plainly(offered, provider.kind);
      if (!isOffer(offered)) {
        const { edit, command, disabled } = offered;
        return !disabled || session.client.disabledActions ? [{ ...action, edit, command, disabled }] : [];
      }
      if (session.client.lazyEdits) {
        const { textDocument, range } = params;
        const context = { diagnostics: [], ...(only && { only: [...only] }) };
        const { kind } = provider;
        const data: Pending = { params: { textDocument, range, context }, version: document.version, kind, index };
        return [{ ...action, data }];
      }
      const edit = editIn(asked, offered);
      return edit ? [{ ...action, edit }] : [];
    }),
  );
}

function resolved(action: CodeAction, { kind, index }: Pending, asked: Asked): CodeAction {
  const offered = PROVIDERS.find((provider) => provider.kind === kind)?.offers(asked)[index];
  if (!offered || offered.title !== action.title || !isOffer(offered)) return action;
  const edit = editIn(asked, offered);
  return edit ? { ...action, edit } : action;
}

function plainly(offered: Offered, kind: string): CodeAction {
  const { title, diagnostics } = offered;
  const isPreferred = isOffer(offered) ? offered.isPreferred : undefined;
  return { title, kind, ...(diagnostics && { diagnostics }), ...(isPreferred !== undefined && { isPreferred }) };
}

function editIn(
  { document, session }: Asked,
  { edits }: Extract<Offered, { edits: unknown }>,
): WorkspaceEdit | undefined {
  const made = edits().map((edit) => editOf(document, edit));
  return made.length > 0 ? workspaceEdit(document, made, session.client) : undefined;
}

function touches(a: Span, b: Span): boolean {
  return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length;
}
