import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { draftMessage } from '../../core/draft/message';
import { formatOf, readDocument } from '../../core/document/read-document';
import type { Message } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import type { Format } from '../../core/document/source-document';
import { writeXml } from '../../core/document/write-xml';
import { isObject } from '../../core/json';
import { isForm } from '../language/fhir-text';
import { answerableIn, orderAnswer } from '../drafting/acknowledgement-dialogue';
import { askIn } from '../ask';
import { nameOf } from '../documents';
import { knowledge } from '../knowledge';
import { type MessageOrder, orderMessage, readOrder } from '../drafting/new-message-dialogue';
import { LARGEST } from '../../exchange/outgoing';
import { PHARMACY, PRACTICE } from '../sandbox';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

const TITLE = 'New ITK3 message';

/** Under which the ODS code of one's own that was used last is kept, for the workspace. */
const SENDER = 'itk3.sender';

/** The one value of a new message that nobody is asked for, and that must be right where it is sent in earnest. */
const MAILBOX = '/entry/0/resource/source/endpoint';

/**
 * Opens a new, valid message about an invented person, or an answer to the message in front; nothing is saved.
 * @param asked what keybindings and tests say beforehand: a kind, or an object of `kind` and wishes as `itk3 new` takes
 * them, and `form`, `xml` or `json`. Without a kind the person is asked.
 */
export async function newMessage({ memory }: Toolkit, asked?: unknown): Promise<void> {
  const kept = memory.get(SENDER);
  const sender = typeof kept === 'string' ? kept : undefined;
  const given = { knowledge: knowledge(), now: new Date(), random: Math.random, sender };
  const said = readOrder(asked, given);
  if (typeof said === 'string') {
    tell('warning', said);
    return;
  }
  if (said) return show(make(said), isObject(asked) && asked.form === 'xml' ? 'xml' : 'json');
  const front = messageInFront();
  const order = await orderMessage(askIn(TITLE), { ...given, inFront: front?.name });
  if (order === 'acknowledgement') return front && acknowledge(front);
  if (!order) return;
  if (order.sender !== sender) await memory.update(SENDER, order.sender);
  await show(make(order), 'json');
}

function make({ kind, version, cast }: MessageOrder): unknown {
  const fresh = { now: new Date(), randomUUID, random: Math.random, mailbox: PHARMACY.mailbox };
  return draftMessage(kind.kind, { knowledge: knowledge(), fresh, cast, version });
}

/** In the form of the message. */
async function acknowledge({ message, form }: { message: Message; form: Format }): Promise<void> {
  const answer = await orderAnswer(askIn('Acknowledge the message in front'), knowledge());
  if (answer) await show(writeReply(message, answer, PRACTICE, knowledge(), { now: new Date(), randomUUID }), form);
}

function messageInFront(): { name: string; message: Message; form: Format } | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || !isForm(document.languageId)) return undefined;
  const text = document.getText();
  const message =
    text.length > LARGEST ? undefined : answerableIn(readDocument(text, knowledge().registry).value, knowledge());
  return message && { name: nameOf(document.uri), message, form: formatOf(text) };
}

/** Opens it with the sender's mailbox selected. */
async function show(message: unknown, form: Format): Promise<void> {
  const { registry } = knowledge();
  const content = form === 'xml' ? writeXml(message, registry).text : `${JSON.stringify(message, null, 2)}\n`;
  const document = await vscode.workspace.openTextDocument({ language: form, content });
  const { offset, length } = readDocument(content, registry).spanOf(MAILBOX, 'value');
  // Within the quotes.
  const [start, end] = [offset + 1, offset + length - 1].map((at) => document.positionAt(at)) as [
    vscode.Position,
    vscode.Position,
  ];
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, end) });
}
