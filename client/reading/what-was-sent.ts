// The message that an answer is about, as a document.
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { readJson } from '../../core/document/json-document';
import { headerOf, type Message, readMessage } from '../../core/itk3/message';
import { LARGEST } from '../../exchange/outgoing';
import { type Received, sentOf } from '../../exchange/received';
import type { Toolkit } from '../toolkit';

export interface WhatWasSent {
  document: vscode.TextDocument;
  /** It is not to the letter what was sent. */
  hasChanged: boolean;
}

/** @returns a sentence where it cannot be shown */
export function whatWasSent({ sent }: Toolkit, received: Received): WhatWasSent | string {
  const known = sentOf(received, sent);
  const name = known?.document ?? 'The message that this answers';
  const id = received.acknowledgement?.answers ?? known?.messageId;
  const open = id === undefined ? undefined : openMessageOf(id);
  if (open) return { document: open, hasChanged: false };
  return known
    ? `${name} is not open any more: open it, and try again.`
    : `${name} was not sent from here, or nothing is known of it any more: open it, and try again.`;
}

/** Of those in editors the one whose MessageHeader has that id. */
export function openMessageOf(id: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => {
    if (document.languageId !== 'json') return false;
    const text = document.getText();
    // Reading a text as a message costs more than looking for the identifier in it.
    if (text.length > LARGEST || !text.includes(id)) return false;
    const message = messageIn(document);
    return message !== undefined && headerOf(message)?.resource.id === id;
  });
}

export function messageIn(document: vscode.TextDocument): Message | undefined {
  return readMessage(readJson(document.getText()).value);
}

export function isStill(document: vscode.TextDocument, digest: string): boolean {
  return createHash('sha256').update(document.getText()).digest('hex') === digest;
}
