import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { printPage } from '../preview/print-page';
import { serveOnce } from '../preview/print-server';
import { builtIn } from '../preview/shell';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * Opens what the preview shows in the browser, and there the dialogue for printing.
 * @param options `{ open: false }` opens no browser
 * @returns the address, which holds for one request
 */
export async function printPreview({ previews }: Toolkit, options?: unknown): Promise<string | undefined> {
  const printed = await previews.printed();
  if (!printed) {
    tell('information', 'There is nothing to print: open a preview first, with "ITK3: Show preview".');
    return undefined;
  }
  const { style } = builtIn(__dirname);
  const address = await serveOnce((nonce) => printPage(printed, style, nonce));
  if (isObject(options) && options.open === false) return address;
  if (!(await vscode.env.openExternal(vscode.Uri.parse(address))))
    tell('warning', 'No browser was opened: VS Code itself cannot print a preview.');
  return address;
}
