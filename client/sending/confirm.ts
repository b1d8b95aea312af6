// The questions before a message leaves: about its errors, about an earlier send, and, when it leaves the machine, about everything.
import * as vscode from 'vscode';
import { formatOf } from '../../core/document/read-document';
import type { Format } from '../../core/document/source-document';
import type { OpenMessage } from '../documents';
import { dryRun } from '../../exchange/dry-run';
import { type Guard, guardsOf } from '../../exchange/guards';
import { errorsIn, plural } from '../../exchange/outgoing';
import { isLive, type Place } from '../../exchange/place';
import { type Before, explainBefore } from '../../exchange/sent-before';
import { type Departure, summary } from '../../exchange/summary';
import { onTheWire, USUAL_FORMAT, wordFor } from '../../exchange/wire';
import { knowledge } from '../knowledge';
import { showProblems, tell } from '../tell';

/** True when there are no errors, or the person wants to send them: a receiver must be tested with wrong messages too. */
export async function confirmErrors({ uri, name, outgoing }: OpenMessage): Promise<boolean> {
  const errors = errorsIn(outgoing.findings);
  const [first] = errors;
  if (!first) return true;
  const line = outgoing.text.slice(0, first.span.offset).split('\n').length;
  const look = 'Show problems';
  const insist = 'Send all the same';
  const wire = onTheWire(outgoing.text, USUAL_FORMAT, knowledge().registry);
  const stays = 'problem' in wire ? `\n\n${wire.problem} So it leaves as it was written.` : '';
  const detail = `${errors.length > 1 ? 'The first, in' : 'In'} line ${line}: ${first.message}\n\nTo see what a receiver makes of it, it can be sent all the same, but not to LIVE.${stays}`;
  const question = `${name} has ${plural(errors.length, 'error')}.`;
  const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, look, insist);
  if (choice === look) await lookAtProblems(uri);
  return choice === insist;
}

export async function lookAtProblems(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri);
  await showProblems();
}

/** The form in which it was written, where the person sends it so: a receiver must be tested with that too. */
export async function confirmOtherForm(
  { uri, name, outgoing }: OpenMessage,
  problem: string,
  from: Place,
): Promise<Format | undefined> {
  const own = formatOf(outgoing.text);
  const look = 'Show problems';
  const insist = `Send as ${own.toUpperCase()}`;
  const instead = `To see what a receiver makes of it, it can be sent as ${wordFor(own)}, but not to LIVE.`;
  const question = `${name} cannot be converted to the form in which it is to leave.`;
  const options = { modal: true, detail: isLive(from) ? problem : `${problem}\n\n${instead}` };
  const choices = isLive(from) ? [look] : [look, insist];
  const choice = await vscode.window.showWarningMessage(question, options, ...choices);
  if (choice === look) await lookAtProblems(uri);
  return choice === insist ? own : undefined;
}

/** How a message goes that was sent before; undefined when it does not. */
export type Again = 'fresh' | 'same';

/** @param ask asks MESH what became of the earlier one; nothing is sent then */
export async function confirmAgain(name: string, before: Before, ask: () => unknown): Promise<Again | undefined> {
  const same: vscode.MessageItem = { title: 'Send the same again' };
  const fresh: vscode.MessageItem = { title: 'Send with fresh identifiers' };
  const askMesh: vscode.MessageItem = { title: 'Ask MESH' };
  const question = before.isSettled ? `${name} was sent before.` : `${name} may have been sent already.`;
  const options = { modal: true, detail: explainBefore(before) };
  const first = before.isSettled ? fresh : askMesh;
  const choice = await vscode.window.showWarningMessage(question, options, first, same);
  if (choice === askMesh) await ask();
  return choice === same ? 'same' : choice === fresh ? 'fresh' : undefined;
}

/**
 * To the window's own sandbox nothing is asked. Elsewhere (a tunnel on this machine leads away too) the whole is told, and
 * guards ask for a word to be typed.
 * @param look shows what would leave; nothing is sent then
 * @param isTold the summary is known already; what guards ask for is asked all the same
 */
export async function confirmDeparture(
  name: string,
  departure: Departure,
  look: () => unknown,
  isTold = false,
): Promise<boolean> {
  const { from, wire } = departure;
  if (from.sandbox) return true;
  const guards = guardsOf(from, [departure]);
  if (isTold && guards.length === 0) return true;
  const { host } = from.endpoint;
  const send: vscode.MessageItem = { title: guards.length > 0 ? 'Send…' : 'Send' };
  const copy: vscode.MessageItem = { title: 'Copy as dry run' };
  const question = isLive(from) ? `Send this message to LIVE MESH at ${host}?` : `Send this message to ${host}?`;
  const options = { modal: true, detail: summary(departure) };
  // What leaves as it was written is in front already.
  const show: vscode.MessageItem = { title: `Show the ${wire.format.toUpperCase()}` };
  const choices = wire.from === undefined ? [send, copy] : [send, show, copy];
  const choice = await vscode.window.showWarningMessage(question, options, ...choices);
  if (choice === show) await look();
  if (choice === copy) {
    await vscode.env.clipboard.writeText(dryRun(name, departure));
    tell('information', `Copied: what would be sent of ${name}, without the patient. Nothing was sent.`);
  }
  return choice === send && passGuards(guards);
}

/** True when each word was typed. */
export async function passGuards(guards: readonly Guard[]): Promise<boolean> {
  for (const guard of guards) if (!(await typed(guard))) return false;
  return true;
}

/** Typed, because a second Enter comes too easily. */
async function typed({ word, title, why, about }: Guard): Promise<boolean> {
  const hint = about === 'live' ? `Type ${word}, the name of the mailbox` : `Type ${word} in capitals`;
  const text = await vscode.window.showInputBox({
    title,
    prompt: why,
    placeHolder: word,
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === word ? undefined : `${hint}, to send it all the same, or press Escape.`,
  });
  return text?.trim() === word;
}
