// The files that are to be converted, read.
import * as vscode from 'vscode';
import { readValue } from '../../core/document/read-document';
import type { Format } from '../../core/document/source-document';
import { LARGEST } from '../../exchange/outgoing';
import { readText } from '../documents';
import { knowledge } from '../knowledge';
import { type LeftOut, looked } from './plan';

export interface Source {
  uri: vscode.Uri;
  /** In the workspace: two folders may hold files of one name. */
  name: string;
  text: string;
  form: Format;
}

/** @param isMeant of a file that was chosen itself it is said why it is none; a folder holds what it holds */
export async function readSources(
  files: readonly vscode.Uri[],
  isMeant: (file: vscode.Uri) => boolean,
): Promise<{ sources: Source[]; leftOut: LeftOut[] }> {
  const [sources, leftOut]: [Source[], LeftOut[]] = [[], []];
  for (const uri of files) {
    const name = vscode.workspace.asRelativePath(uri);
    const text = await readText(uri);
    const what =
      text === undefined
        ? { why: 'It cannot be opened as text: it is binary, too large or gone.' }
        : text.length > LARGEST
          ? { why: 'It is larger than 20 million characters: it is not looked at.' }
          : looked(text, readValue(text, knowledge().registry));
    if (text !== undefined && 'form' in what) sources.push({ uri, name, text, form: what.form });
    else if ('why' in what && isMeant(uri)) leftOut.push({ name, why: what.why });
  }
  return { sources, leftOut };
}
