import * as vscode from 'vscode';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** Shows the message given, or the one in front, as whoever receives it would see it. */
export function showPreview(toolkit: Toolkit, uri?: unknown): Promise<void> {
  return show(toolkit, uri, false);
}

export function showPreviewToSide(toolkit: Toolkit, uri?: unknown): Promise<void> {
  return show(toolkit, uri, true);
}

function show({ previews }: Toolkit, uri: unknown, toSide: boolean): Promise<void> {
  const target = uri instanceof vscode.Uri ? uri : vscode.window.activeTextEditor?.document.uri;
  if (target) previews.show(target, toSide);
  else tell('warning', 'No message is open: open one, or make one with "ITK3: New message…".');
  return Promise.resolve();
}

/** Keeps the preview on its message, or lets it follow the one in front again. */
export function lockPreview({ previews }: Toolkit): Promise<void> {
  previews.toggleLock();
  return Promise.resolve();
}

/** Shows the text of the message that is previewed. */
export async function showPreviewSource({ previews }: Toolkit): Promise<void> {
  const { source } = previews;
  if (!source) return;
  const shown = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === source.toString());
  await vscode.window.showTextDocument(source, { viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Active });
}
