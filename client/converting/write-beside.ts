// Writes messages in the other form beside their files, each with its exceptions.
import * as vscode from 'vscode';
import { converted } from '../../core/document/convert';
import type { Format } from '../../core/document/source-document';
import { sidecarOf } from '../../core/exceptions/exception';
import { plural } from '../../exchange/outgoing';
import { isThere, nameOf, readText } from '../documents';
import { knowledge } from '../knowledge';
import { type LeftOut, whyNot } from './plan';
import type { Source } from './sources';
import { inForm } from './target';

export interface Result {
  written: vscode.Uri[];
  comments: number;
  leftOut: LeftOut[];
  isStopped: boolean;
}

export async function writeAll(sources: readonly Source[], to: Format): Promise<Result> {
  const options = {
    location: sources.length > 1 ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window,
    title: `Converting ${plural(sources.length, 'file')}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const result: Result = { written: [], comments: 0, leftOut: [], isStopped: false };
    for (const [i, source] of sources.entries()) {
      if (token.isCancellationRequested) return { ...result, isStopped: true };
      progress.report({ increment: 100 / sources.length, message: `${i + 1} of ${sources.length}` });
      const why = await write(source, to, result);
      if (why !== undefined) result.leftOut.push({ name: source.name, why });
    }
    return result;
  });
}

/** @returns why it was not written */
async function write(source: Source, to: Format, result: Result): Promise<string | undefined> {
  const other = converted(source.text, to, knowledge().registry);
  const why = whyNot(other, to);
  if (why !== undefined || 'problem' in other) return why;
  const target = targetOf(source, to);
  const [from, beside] = [besideOf(source.uri), besideOf(target)];
  for (const one of [target, beside])
    if (vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === one.toString()))
      return `${nameOf(one)} is open with changes that are not saved: save it or close it first.`;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(other.text));
    // Its paths are FHIR's own: they name the same in both forms.
    const exceptions = (await isThere(from)) ? await readText(from) : undefined;
    if (exceptions !== undefined) await vscode.workspace.fs.writeFile(beside, Buffer.from(exceptions));
  } catch {
    return `${nameOf(target)} could not be written: see whether you may write to its folder.`;
  }
  result.written.push(target);
  result.comments += other.asides;
  return undefined;
}

/** Of those files something is there already, the message or its exceptions. */
export async function existingOf(sources: readonly Source[], to: Format): Promise<Source[]> {
  const found: Source[] = [];
  for (const source of sources) {
    const target = targetOf(source, to);
    const isTaken =
      (await isThere(target)) || ((await isThere(besideOf(source.uri))) && (await isThere(besideOf(target))));
    if (isTaken) found.push(source);
  }
  return found;
}

export function isThereAlready(source: Source, to: Format): string {
  return `${nameOf(targetOf(source, to))} or its exceptions are there already.`;
}

function targetOf({ uri }: Source, to: Format): vscode.Uri {
  return uri.with({ path: inForm(uri.path, to) });
}

function besideOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: sidecarOf(uri.path) });
}
