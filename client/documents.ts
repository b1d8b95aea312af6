// The document that a command is about.
import * as vscode from 'vscode';
import { sidecarOf } from '../core/exceptions/exception';
import { severitiesFor } from './judging';
import { knowledge } from './knowledge';
import { LARGEST, type Outgoing, readOutgoing } from '../exchange/outgoing';
import { judgedByServer } from './language/published';
import { RECEIVED_SCHEME } from './reading/received-documents';

/** For dialogues that open files. */
export const MESSAGE_FILES = { 'FHIR messages': ['json', 'xml'] };

export interface OpenMessage {
  uri: vscode.Uri;
  /** Its file name, as in its tab. */
  name: string;
  /** The language server asks a terminology server of its codes, and shows the answers in the list of problems only. */
  codesAreAsked: boolean;
  /** What the terminology server has not said yet, as a sentence. */
  pending?: string;
  outgoing: Outgoing;
}

/**
 * Reads the file given, or the editor in front, as a message.
 * @param purpose what was received is there to be read only
 * @returns the message, or a sentence that says why there is none
 */
export async function openMessage(
  uri: vscode.Uri | undefined,
  purpose: 'read' | 'send' = 'send',
): Promise<OpenMessage | string> {
  const target = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (!target) return 'No message is open: open one, or make one with "ITK3: New message…".';
  const name = nameOf(target);
  if (purpose === 'send' && target.scheme === RECEIVED_SCHEME)
    return `${name} was received: it is here to be read, not to be sent. "Save as fixture…" makes a file of it.`;
  // The two sides of a comparison, for instance: in another order, and with other references.
  if (purpose === 'send' && target.scheme.startsWith('itk3-'))
    return `This view of ${name} is here to be read, not to be sent: open the message itself.`;
  const text = await readText(target);
  if (text === undefined) return `${name} cannot be opened as text: it is binary, too large or gone.`;
  if (text.trim() === '') return `${name} is empty: make a message with "ITK3: New message…".`;
  if (text.length > LARGEST) return `${name} is larger than 20 million characters: it is not looked at.`;
  const settings = vscode.workspace.getConfiguration('itk3', target);
  const severities = severitiesFor(target);
  const codesAreAsked = Boolean(settings.get<unknown>('terminology.server'));
  const outgoing = readOutgoing(text, knowledge(), {
    now: new Date(),
    severities,
    exceptions: await readExceptions(target),
  });
  if (!outgoing) return `${name} is no FHIR message: a message is a Bundle, in FHIR JSON or FHIR XML.`;
  const judged = codesAreAsked ? await judgedByServer(target, outgoing) : { outgoing };
  return { uri: target, name, codesAreAsked, ...judged };
}

/** True when the document is no longer what was read and judged. */
export async function hasChanged({ uri, outgoing }: OpenMessage): Promise<boolean> {
  return (await readText(uri)) !== outgoing.text;
}

export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? uri.path;
}

/** As it is in its editor, if one is open; a file that is not is only read, so that nothing else begins to look at it. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    if (uri.scheme === 'file')
      return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
    return (await vscode.workspace.openTextDocument(uri)).getText();
  } catch {
    return undefined;
  }
}

export async function isThere(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

/** The text of the file of exceptions beside a file: as it is in its editor, if one is open. */
export async function readExceptions(message: vscode.Uri): Promise<string | undefined> {
  if (message.scheme !== 'file') return undefined;
  const uri = message.with({ path: sidecarOf(message.path) });
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
