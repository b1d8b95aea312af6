// What the list of problems says of a message whose codes a terminology server is asked about.
import * as vscode from 'vscode';
import type { Severity } from '../../core/finding';
import { type Outgoing, type Published, withPublished } from '../../exchange/outgoing';

/** What the language server published last, by uri: VS Code's own list does not tell "nothing wrong" from "nothing said". */
const published = new Map<string, readonly vscode.Diagnostic[]>();

export function rememberPublished(uri: vscode.Uri, problems: readonly vscode.Diagnostic[]): void {
  published.set(uri.toString(), problems);
}

/** Of a document that is opened anew nothing has been said yet. */
export function forgetPublished(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(({ uri }) => void published.delete(uri.toString())),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void published.delete(uri.toString())),
  );
}

const SEVERITIES: Readonly<Record<vscode.DiagnosticSeverity, Severity>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'information',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

/** The message as the list of problems has it; with a sentence where that is not there yet. */
export async function judgedByServer(
  uri: vscode.Uri,
  outgoing: Outgoing,
): Promise<{ outgoing: Outgoing; pending?: string }> {
  if (outgoing.unjudgedCodes === 0) return { outgoing };
  const problems = published.get(uri.toString());
  if (!problems) return { outgoing, pending: PENDING };
  const document = await vscode.workspace.openTextDocument(uri);
  const list = problems.map((problem) => plain(problem, document));
  const judged = withPublished(outgoing, list);
  if (judged && !list.some(({ rule }) => rule === 'not-checked')) return { outgoing: judged };
  return { outgoing: judged ?? outgoing, pending: PENDING };
}

const PENDING = 'Of some codes it is not known yet what the terminology server says';

function plain({ code, severity, message, range }: vscode.Diagnostic, document: vscode.TextDocument): Published {
  const rule = typeof code === 'object' ? code.value : code;
  const offset = document.offsetAt(range.start);
  return {
    rule: String(rule),
    severity: SEVERITIES[severity],
    message,
    offset,
    length: document.offsetAt(range.end) - offset,
  };
}
