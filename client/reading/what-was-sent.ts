// The message that an answer is about, as a document.
import * as vscode from 'vscode';
import { readValue } from '../../core/document/read-document';
import { headerOf, type Message, readMessage } from '../../core/itk3/message';
import { idInJournal, isAsItWent } from '../../exchange/attempt';
import { LARGEST } from '../../exchange/outgoing';
import type { Received } from '../../exchange/received';
import type { Exchange } from '../../exchange/timeline';
import type { Toolkit } from '../toolkit';
import { knowledge } from '../knowledge';
import { isForm } from '../language/fhir-text';

export interface WhatWasSent {
  document: vscode.TextDocument;
  /** It is not to the letter what was sent, or what that was made from. */
  hasChanged: boolean;
}

/** @returns a sentence where it cannot be shown */
export async function whatWasSent({ journal }: Toolkit, received: Received): Promise<WhatWasSent | string> {
  const exchange = journal.of(received);
  const id = received.acknowledgement?.answers;
  const where = exchange && (await documentOf(exchange));
  // It may hold another message by now, and the one that was sent be open elsewhere.
  const isIt = where !== undefined && exchange !== undefined && isOfAttempt(where, exchange);
  const document = isIt ? where : ((id === undefined ? undefined : openMessageOf(id)) ?? where);
  if (document)
    return { document, hasChanged: exchange !== undefined && !isAsItWent(document.getText(), exchange.attempt) };
  return exchange
    ? `${exchange.attempt.document.name}, which this answers, is not there any more: open the message that was sent, and try again.`
    : 'The message that this answers was not sent from here, or nothing is known of it any more: open it, and try again.';
}

async function documentOf({ attempt }: Exchange): Promise<vscode.TextDocument | undefined> {
  const { uri } = attempt.document;
  if (uri === undefined) return undefined;
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  // Asked for a new document that is gone, VS Code would make another.
  if (open ?? uri.startsWith('untitled:')) return open;
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  } catch {
    return undefined;
  }
}

function isOfAttempt(document: vscode.TextDocument, { attempt }: Exchange): boolean {
  if (isAsItWent(document.getText(), attempt)) return true;
  const id = idOf(document);
  return id !== undefined && attempt.messageId === idInJournal(id);
}

/** Of those in editors the one whose MessageHeader has that id. */
export function openMessageOf(id: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => {
    if (!isForm(document.languageId)) return false;
    const text = document.getText();
    // Reading a text as a message costs more than looking for the identifier in it.
    return text.length <= LARGEST && text.includes(id) && idOf(document) === id;
  });
}

export function messageIn(document: vscode.TextDocument): Message | undefined {
  return readMessage(readValue(document.getText(), knowledge().registry));
}

function idOf(document: vscode.TextDocument): string | undefined {
  const message = messageIn(document);
  const id = message && headerOf(message)?.resource.id;
  return typeof id === 'string' ? id : undefined;
}
