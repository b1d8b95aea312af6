// The questions before a message leaves: about its errors, and, when it leaves the machine, about everything.
import * as vscode from 'vscode';
import type { OpenMessage } from '../documents';
import { errorsIn, plural } from '../../exchange/outgoing';
import { isLive } from '../../exchange/place';
import { type Departure, realPatients, summary } from '../../exchange/summary';
import { showProblems } from '../tell';

/** True when there are no errors, or the person wants to send them: a receiver must be tested with wrong messages too. */
export async function confirmErrors({ uri, name, outgoing }: OpenMessage): Promise<boolean> {
  const errors = errorsIn(outgoing.findings);
  const [first] = errors;
  if (!first) return true;
  const line = outgoing.text.slice(0, first.span.offset).split('\n').length;
  const look = 'Show problems';
  const insist = 'Send all the same';
  const choice = await vscode.window.showWarningMessage(
    `${name} has ${plural(errors.length, 'error')}.`,
    { modal: true, detail: `${errors.length > 1 ? 'The first, in' : 'In'} line ${line}: ${first.message}` },
    look,
    insist,
  );
  if (choice === look) {
    await vscode.window.showTextDocument(uri);
    await showProblems();
  }
  return choice === insist;
}

/**
 * To the window's own sandbox nothing is asked. Elsewhere (a tunnel on this machine leads away too) the whole is told, and
 * where a real patient may be meant it is asked about once more.
 */
export async function confirmDeparture(departure: Departure): Promise<boolean> {
  const { from } = departure;
  if (from.sandbox) return true;
  const { host } = from.endpoint;
  const live = isLive(from);
  const send = 'Send';
  const detail = summary(departure);
  const question = live ? `Send this message to LIVE MESH at ${host}?` : `Send this message to ${host}?`;
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, send)) !== send) return false;
  if (live)
    return typed('LIVE', 'This message goes to live MESH', `Real recipients act on what arrives at ${host}.`, host);
  if (realPatients(departure) === 0) return true;
  const why = 'Test environments must not be given data of real people.';
  return typed('REAL', 'This message may be about a real patient', why, host);
}

/** Typed, because a second Enter comes too easily. */
async function typed(word: string, title: string, why: string, host: string): Promise<boolean> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: `${why} Type ${word} to send it to ${host} all the same.`,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value === word ? undefined : `Type ${word} in capitals to send it to ${host} all the same, or press Escape.`,
  });
  return text === word;
}
