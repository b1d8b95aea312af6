// The questions before several messages leave, each once for all.
import * as vscode from 'vscode';
import { dryRun } from '../../exchange/dry-run';
import { guardsOf } from '../../exchange/guards';
import { errorsIn, plural } from '../../exchange/outgoing';
import { isLive, type Place } from '../../exchange/place';
import { type LeftOut, namesOf, summaryOfSeveral, twinsAmong } from '../../exchange/several';
import { tell } from '../tell';
import type { NamedMessage } from './candidates';
import { type Again, lookAtProblems, passGuards } from './confirm';
import type { Going } from './several';

interface Kept<T> {
  kept: readonly T[];
  leftOut: readonly LeftOut[];
}

/** Those that go, errors or not; undefined when the person looks at them first, or gives up. */
export async function chooseAmongErrors(
  messages: readonly NamedMessage[],
  anyway = false,
): Promise<Kept<NamedMessage> | undefined> {
  const wrong = messages.filter(({ message }) => errorsIn(message.outgoing.findings).length > 0);
  const [first] = wrong;
  if (!first || anyway) return { kept: messages, leftOut: [] };
  const leave: vscode.MessageItem = { title: 'Leave them out' };
  const insist: vscode.MessageItem = { title: 'Send all the same' };
  const look: vscode.MessageItem = { title: 'Show problems of the first' };
  const named = wrong.map(({ path }) => ({ name: path }));
  const detail = `${namesOf(named)}.\n\nTo see what a receiver makes of them, they can be sent all the same, but not to LIVE.`;
  const question = `${wrong.length} of ${plural(messages.length, 'message')} ${wrong.length === 1 ? 'has' : 'have'} errors.`;
  const choices = wrong.length < messages.length ? [leave, insist, look] : [insist, look];
  const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...choices);
  if (choice === insist) return { kept: messages, leftOut: [] };
  if (choice === look) await lookAtProblems(first.message.uri);
  if (choice !== leave) return undefined;
  return parted(
    messages,
    wrong,
    () => 'It has errors.',
    ({ path }) => path,
  );
}

/**
 * How those go that were sent before, or that have the identifier of another of them. What may be on its way goes by itself
 * only, where a person looks at it. Undefined when the person gives up.
 */
export async function chooseAmongRepeated(
  going: readonly Going[],
  wished: Again | undefined,
): Promise<Kept<Going> | undefined> {
  const unclear = going.filter(({ departure }) => departure.before?.isSettled === false);
  const { kept, leftOut } = parted(
    going,
    unclear,
    () => UNCLEAR,
    ({ name }) => name,
  );
  const withIds = kept.map((one) => ({ one, messageId: one.departure.outgoing.messageId }));
  const twins = new Set(twinsAmong(withIds).map(({ one }) => one));
  const repeated = kept.filter((one) => one.departure.before !== undefined || twins.has(one));
  if (repeated.length === 0) return { kept, leftOut };
  const how = wished ?? (await askAboutRepeated(repeated, kept.length));
  if (how === undefined) return undefined;
  if (how === 'none') {
    const parts = parted(
      kept,
      repeated,
      () => 'It was sent before.',
      ({ name }) => name,
    );
    return { kept: parts.kept, leftOut: [...leftOut, ...parts.leftOut] };
  }
  const isRepeated = new Set(repeated);
  return { kept: kept.map((one) => ({ ...one, fresh: how === 'fresh' && isRepeated.has(one) })), leftOut };
}

const UNCLEAR = 'It may have been sent already: ask MESH in the view Sent, then send it alone.';

async function askAboutRepeated(repeated: readonly Going[], of: number): Promise<Again | 'none' | undefined> {
  const fresh: vscode.MessageItem = { title: 'Send with fresh identifiers' };
  const same: vscode.MessageItem = { title: 'Send the same again' };
  const leave: vscode.MessageItem = { title: 'Leave them out' };
  const question = `${repeated.length} of ${plural(of, 'message')} were sent before, or have the identifier of another of them.`;
  const detail = `${namesOf(repeated)}.\n\nA receiver refuses an identifier that it has seen (20007). Fresh identifiers are written into the files as they go.`;
  const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, fresh, same, leave);
  if (choice === leave) return 'none';
  return choice === fresh ? 'fresh' : choice === same ? 'same' : undefined;
}

function parted<T>(all: readonly T[], out: readonly T[], why: () => string, name: (one: T) => string) {
  const left = new Set(out);
  return {
    kept: all.filter((one) => !left.has(one)),
    leftOut: out.map((one): LeftOut => ({ name: name(one), why: why() })),
  };
}

/** @param isTold the summary is known already; what guards ask for is asked all the same */
export async function confirmSeveral(
  from: Place,
  going: readonly Going[],
  leftOut: readonly LeftOut[],
  isTold = false,
): Promise<boolean> {
  if (from.sandbox) return true;
  const guards = guardsOf(
    from,
    going.map(({ departure }) => departure),
  );
  if (isTold && guards.length === 0) return true;
  const { host } = from.endpoint;
  const send: vscode.MessageItem = { title: guards.length > 0 ? 'Send…' : 'Send' };
  const copy: vscode.MessageItem = { title: 'Copy as dry run' };
  const where = isLive(from) ? `LIVE MESH at ${host}` : host;
  const question = `Send ${plural(going.length, 'message')} to ${where}?`;
  const options = { modal: true, detail: summaryOfSeveral(going, leftOut) };
  const choice = await vscode.window.showWarningMessage(question, options, send, copy);
  if (choice === copy) {
    await vscode.env.clipboard.writeText(going.map(({ name, departure }) => dryRun(name, departure)).join('\n'));
    tell('information', 'Copied: what would be sent, without the patients. Nothing was sent.');
  }
  return choice === send && passGuards(guards);
}
