import * as vscode from 'vscode';
import { openMessage } from '../documents';
import { countFindings } from '../../exchange/outgoing';
import { showProblems, tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * Says in one sentence what is wrong with the file given, or with the editor in front.
 * @returns that sentence
 */
export async function validateMessage(_toolkit: Toolkit, uri?: unknown): Promise<string> {
  const target = uri instanceof vscode.Uri ? uri : undefined;
  // Problems are shown for open documents only.
  if (target) await vscode.window.showTextDocument(target).then(undefined, () => undefined);
  const message = await openMessage(target, 'read');
  if (typeof message === 'string') {
    tell('warning', message);
    return message;
  }
  const { name, codesAreAsked, pending, outgoing } = message;
  const { findings } = outgoing;
  const asked =
    pending !== undefined ? ' What the terminology server says of its codes stands in the list of problems.' : '';
  const sentence = `${countFindings(outgoing)} in ${name}.${asked}`;
  const kind = findings.some(({ severity }) => severity === 'error') ? 'warning' : 'information';
  tell(
    kind,
    sentence,
    codesAreAsked || findings.some(({ severity }) => severity !== 'hint') ? { 'Show problems': showProblems } : {},
  );
  return sentence;
}
