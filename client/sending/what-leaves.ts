// The message as it leaves, where that is not as it was written: to be read, nothing is sent.
import * as vscode from 'vscode';
import type { Wire } from '../../exchange/wire';
import type { OpenMessage } from '../documents';
import type { Pages } from './pages';

export async function showWhatLeaves(
  pages: Pages,
  { uri, name }: Pick<OpenMessage, 'uri' | 'name'>,
  { text, fileEnding }: Wire,
): Promise<void> {
  await pages.show({
    name: `${name.replace(/\.(json|xml)$/i, '')}, as it leaves`,
    ending: fileEnding,
    text: () => text,
    actions: [{ title: 'Send message…', run: () => vscode.commands.executeCommand('itk3.sendMessage', uri) }],
  });
}
