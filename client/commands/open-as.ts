// Shows a message in the other form, beside: what is there stays as it is. What was received is only shown; of any other the
// other form is a new document, which is saved where the message lies.
import * as vscode from 'vscode';
import { type Converted, converted } from '../../core/document/convert';
import type { Pointer } from '../../core/document/pointer';
import { formatOf, readDocument, readValue } from '../../core/document/read-document';
import type { Format, Span } from '../../core/document/source-document';
import { LARGEST, plural } from '../../exchange/outgoing';
import { looked } from '../converting/plan';
import { inForm } from '../converting/target';
import { isThere, nameOf, readText } from '../documents';
import { idMeant, sentMeant } from '../following/sent-meant';
import { knowledge } from '../knowledge';
import { RECEIVED_SCHEME } from '../reading/received-documents';
import { whichReceived } from '../reading/which-received';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import { findDocument } from './open-sent';

/**
 * @param what the uri of a document, or the line of a tree: of what was received, or what was sent; without one, the editor
 * in front
 * @returns the document in the form
 */
export function openAsJson(toolkit: Toolkit, what?: unknown): Promise<vscode.Uri | undefined> {
  return openAs(toolkit, what, 'json');
}

export function openAsXml(toolkit: Toolkit, what?: unknown): Promise<vscode.Uri | undefined> {
  return openAs(toolkit, what, 'xml');
}

type Said = Exclude<Converted, { problem: string }>;

async function openAs(toolkit: Toolkit, what: unknown, form: Format): Promise<vscode.Uri | undefined> {
  const received = await whichReceived(toolkit, what);
  if (received) {
    const from = toolkit.responses.uriOf(received);
    const shown = await toolkit.responses.openAs(received, form);
    if (typeof shown === 'string') return refuse(shown);
    if (shown.converted) tellLost(from, form, shown.converted);
    return shown.document.uri;
  }
  const source = await sourceOf(toolkit, what);
  if (!source) return undefined;
  const name = nameOf(source);
  if (source.scheme === RECEIVED_SCHEME) return refuse('This is not known any more: look into its mailbox again.');
  const text = await readText(source);
  if (text === undefined) return refuse(`${name} cannot be opened as text: it is binary, too large or gone.`);
  if (text.length > LARGEST) return refuse(`${name} is larger than 20 million characters: it is not looked at.`);
  if (formatOf(text) === form) {
    await vscode.window.showTextDocument(source);
    return source;
  }
  const { registry } = knowledge();
  const seen = looked(text, readValue(text, registry));
  if ('why' in seen) return refuse(`${name} has no other form. ${seen.why}`);
  const other = converted(text, form, registry);
  if ('problem' in other) {
    tell('warning', other.problem, { 'Show it': () => showSpan(source, other.span) });
    return undefined;
  }
  const at = pointerInFront(source, text);
  const editor = await showUnsaved(source, form, other.text);
  const { document } = editor;
  if (at !== undefined) showAt(editor, placeOf(document, at));
  // VS Code guesses by the text that a document is opened with; this one was empty then.
  editor.options = { tabSize: 2, insertSpaces: true };
  tellLost(source, form, other);
  return document.uri;
}

async function sourceOf(toolkit: Toolkit, what: unknown): Promise<vscode.Uri | undefined> {
  if (what instanceof vscode.Uri) return what;
  if (idMeant(what) !== undefined) {
    const attempt = sentMeant(toolkit, what)?.attempt;
    const document = attempt && (await findDocument(attempt));
    if (attempt && !document)
      refuse(`${attempt.document.name} is not there any more, or was never saved. Its content is kept nowhere else.`);
    return document?.uri;
  }
  const front = vscode.window.activeTextEditor?.document.uri;
  if (!front) refuse('No message is open: open one, and then in its other form.');
  return front;
}

/** Where the reader is, so that the other form opens there. */
function pointerInFront(source: vscode.Uri, text: string): Pointer | undefined {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === source.toString());
  if (!editor) return undefined;
  const offset = editor.document.offsetAt(editor.selection.active);
  return readDocument(text, knowledge().registry).pointerAt(offset).pointer;
}

function placeOf(document: vscode.TextDocument, pointer: Pointer): vscode.Range {
  const { offset } = readDocument(document.getText(), knowledge().registry).spanOf(pointer, 'key');
  const place = document.positionAt(offset);
  return new vscode.Range(place, place);
}

/** Where the name is free, saving puts it beside the message without a question. */
async function showUnsaved(source: vscode.Uri, form: Format, content: string): Promise<vscode.TextEditor> {
  const named = source.with({ scheme: 'untitled', path: inForm(source.path, form) });
  if (source.scheme !== 'file' || (await isTaken(source.with({ path: named.path }), named)))
    return showBeside(await vscode.workspace.openTextDocument({ language: form, content }));
  const empty = await vscode.workspace.openTextDocument(named);
  // Shown before it is written: what is unsaved and in no editor, VS Code opens by itself, in front of the message.
  const editor = await showBeside(await vscode.languages.setTextDocumentLanguage(empty, form));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(named, new vscode.Position(0, 0), content);
  await vscode.workspace.applyEdit(edit);
  return editor;
}

function showBeside(document: vscode.TextDocument): Thenable<vscode.TextEditor> {
  return vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
}

function showAt(editor: vscode.TextEditor, place: vscode.Range): void {
  editor.selection = new vscode.Selection(place.start, place.start);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function isTaken(file: vscode.Uri, named: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === named.toString())) return true;
  return isThere(file);
}

function tellLost(source: vscode.Uri, form: Format, { left, asides }: Said): void {
  const name = nameOf(source);
  const [first] = left;
  const other = form.toUpperCase();
  if (first)
    tell(
      'warning',
      `${plural(left.length, 'thing')} of ${name} ${left.length === 1 ? 'is' : 'are'} not in the ${other}: ${first.message}`,
      { [left.length === 1 ? 'Show it' : 'Show the first']: () => showPlace(source, first.pointer) },
    );
  else if (asides > 0)
    tell(
      'information',
      `${plural(asides, 'comment')} of ${name} ${asides === 1 ? 'is' : 'are'} not in the ${other}, which has no place for comments: ${asides === 1 ? 'it stays' : 'they stay'} in ${name}.`,
    );
}

async function showPlace(source: vscode.Uri, pointer: Pointer): Promise<void> {
  const document = await vscode.workspace.openTextDocument(source);
  await showSpan(source, readDocument(document.getText(), knowledge().registry).spanOf(pointer, 'value'));
}

async function showSpan(source: vscode.Uri, { offset, length }: Span): Promise<void> {
  const document = await vscode.workspace.openTextDocument(source);
  const selection = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  await vscode.window.showTextDocument(document, { selection });
}

function refuse(sentence: string): vscode.Uri | undefined {
  tell('warning', sentence);
  return undefined;
}
