// From a refusal to the element of the sent message that it is about.
import * as vscode from 'vscode';
import { readDocument } from '../../core/document/read-document';
import { valueAt } from '../../core/document/pointer';
import { readMessage } from '../../core/itk3/message';
import { labelOf, oneLine, type Received } from '../../exchange/received';
import { sentenceOfResponse } from '../../exchange/response-sentence';
import { nameOf } from '../documents';
import { knowledge } from '../knowledge';
import { markElement } from '../reading/element-mark';
import { whatWasSent } from '../reading/what-was-sent';
import { whichReceived } from '../reading/which-received';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param what the uri of a received document or the line of a tree; without one, the editor in front
 * @returns where it went, and what it said
 */
export async function goToElement(
  toolkit: Toolkit,
  what?: unknown,
): Promise<{ uri: vscode.Uri; range: vscode.Range; said?: string } | undefined> {
  const received = await whichReceived(toolkit, what);
  if (!received) {
    tell('warning', 'This is no response that was received here: look into its mailbox again.');
    return undefined;
  }
  const sent = await whatWasSent(toolkit, received);
  if (typeof sent === 'string') {
    tell('warning', sent);
    return undefined;
  }
  const { document, hasChanged } = sent;
  const { range, said } = placeIn(document, received, hasChanged);
  const editor = await vscode.window.showTextDocument(document, { selection: range, preview: false });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
  markElement(document, { range, ...told(received) });
  if (said !== undefined) tell('information', said);
  return { uri: document.uri, range, ...(said !== undefined && { said }) };
}

/** The element, or the nearest to it; what is odd about it as a sentence. */
function placeIn(
  document: vscode.TextDocument,
  received: Received,
  hasChanged: boolean,
): { range: vscode.Range; said?: string } {
  const source = readDocument(document.getText(), knowledge().registry);
  const message = readMessage(source.value);
  const element = sentenceOfResponse(received, undefined, message, knowledge())?.element;
  const pointer = element?.pointer ?? '';
  const value = valueAt(source.value, pointer);
  const part = typeof value === 'object' && value !== null ? 'key' : 'value';
  const span = pointer === '' ? { offset: 0, length: 0 } : source.spanOf(pointer, part);
  const range = new vscode.Range(document.positionAt(span.offset), document.positionAt(span.offset + span.length));
  const name = nameOf(document.uri);
  const expression = element && oneLine(element.expression).slice(0, 150);
  const odd =
    expression === undefined
      ? `The response names no element of ${name}: this is what was sent.`
      : pointer === ''
        ? `The response speaks of ${expression}, which leads to no one place in ${name}.`
        : element?.isThere === false
          ? `${expression} is not there: this is what it belongs in.`
          : undefined;
  const changed = hasChanged ? `${name} has changed since it was sent, so the place may be another.` : undefined;
  const said = [odd, changed].filter((one) => one !== undefined).join(' ');
  return said === '' ? { range } : { range, said };
}

function told(received: Received): { brief: string; paragraphs: string[] } {
  const { diagnostics, meaning } = received.acknowledgement ?? {};
  const title = labelOf(received);
  const why = oneLine(diagnostics ?? meaning ?? '');
  const brief = `${title}${why === '' ? '' : `: ${why}`}`;
  return {
    brief: brief.length > 120 ? `${brief.slice(0, 119)}…` : brief,
    paragraphs: [title, meaning, diagnostics].filter((one) => one !== undefined).map(oneLine),
  };
}
