// Attachments of messages as read-only files that stand nowhere: read out of the message when asked for, and written to
// disk only where a person says.
import * as vscode from 'vscode';
import { valueAt } from '../../core/document/pointer';
import { readValue } from '../../core/document/read-document';
import type { Attachment } from '../../core/preview/attachments';
import { tell } from '../tell';
import { deedOf, tabName } from './attachment-kinds';
import { knowledge } from '../knowledge';

const SCHEME = 'itk3-attachment';

export async function openAttachment(message: vscode.Uri, attachment: Attachment): Promise<void> {
  if (deedOf(attachment.contentType).deed !== 'open') return;
  await vscode.commands.executeCommand('vscode.open', uriOf(message, attachment), { preview: true });
}

export async function saveAttachment(message: vscode.Uri, attachment: Attachment): Promise<void> {
  const content = await contentOf(message, attachment.at);
  if (!content) {
    tell('warning', 'The attachment is gone from the message.');
    return;
  }
  const { extension, kind } = deedOf(attachment.contentType);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = fileName(attachment);
  const chosen = await vscode.window.showSaveDialog({
    title: 'Save the attachment',
    filters: { [kind]: [extension] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, file) }),
  });
  if (chosen) await vscode.workspace.fs.writeFile(chosen, content);
}

function uriOf(message: vscode.Uri, attachment: Attachment): vscode.Uri {
  const query = JSON.stringify([message.toString(), attachment.at]);
  return vscode.Uri.from({ scheme: SCHEME, path: `/${tabName(attachment)}`, query });
}

/** By what it is here, never by a name of its own: that could end as a program's does. */
function fileName({ name, contentType }: Attachment): string {
  const plain =
    name
      .replace(/[^\p{L}\p{N} -]+/gu, ' ')
      .trim()
      .slice(0, 60) || 'Attachment';
  return `${plain}.${deedOf(contentType).extension}`;
}

async function contentOf(message: vscode.Uri, at: string): Promise<Uint8Array | undefined> {
  const document = await vscode.workspace.openTextDocument(message);
  const content = valueAt(readValue(document.getText(), knowledge().registry), at);
  return typeof content === 'string' ? Buffer.from(content, 'base64') : undefined;
}

export function provideAttachments(): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const read = async ({ query }: vscode.Uri): Promise<Uint8Array> => {
    const [message, at] = JSON.parse(query) as [string, string];
    const content = await contentOf(vscode.Uri.parse(message), at);
    if (!content) throw vscode.FileSystemError.FileNotFound();
    return content;
  };
  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions('An attachment is read only.');
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: async (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: (await read(uri)).byteLength }),
    readFile: read,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const registered = vscode.workspace.registerFileSystemProvider(SCHEME, provider, { isReadonly: true });
  return vscode.Disposable.from(changed, registered);
}
