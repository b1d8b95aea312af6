// What is shown of a document: judged as sending it would, so that the preview says the same as the list of problems.
import * as vscode from 'vscode';
import type { SourceDocument } from '../../core/document/source-document';
import { readJson } from '../../core/document/json-document';
import { readDocument } from '../../core/document/read-document';
import { except } from '../../core/exceptions/apply';
import { type Preview, previewOf, type Verdict, verdictOf } from '../../core/preview/preview';
import { checkDocument } from '../../core/validate/check-document';
import { LARGEST } from '../../exchange/outgoing';
import { readExceptions } from '../documents';
import { severitiesFor } from '../judging';
import { knowledge } from '../knowledge';
import { mayBeFhir } from '../language/fhir-text';
import { RECEIVED_SCHEME } from '../reading/received-documents';

export interface Read {
  source: SourceDocument;
  /** Undefined when the text is no FHIR resource, however broken. */
  preview?: Preview;
  verdict: Verdict;
}

/** Undefined when the text is too long to be looked at. */
export async function readOpen(document: vscode.TextDocument): Promise<Read | undefined> {
  const text = document.getText();
  if (text.length > LARGEST) return undefined;
  const exceptions = await readExceptions(document.uri);
  const severities = severitiesFor(document.uri);
  const source = readDocument(text, knowledge().registry);
  const checked = checkDocument(source, knowledge(), { severities, now: Date.now() });
  const { findings } = except(checked, source.value, readJson(exceptions ?? '{ "exceptions": [] }'), severities);
  if (!checked.message) return { source, verdict: verdictOf(findings) };
  const preview = previewOf(checked.message, findings, knowledge());
  return { source, preview, verdict: preview.verdict };
}

const HEAD = 4000;

/** Whether the preview follows an editor to its document: one that holds a resource, or breaks off before it says so. */
export function isPreviewable(document: vscode.TextDocument): boolean {
  const { languageId, uri } = document;
  if (uri.scheme === RECEIVED_SCHEME) return true;
  if (UNSEEN.has(uri.scheme)) return false;
  return mayBeFhir(languageId, document.getText(new vscode.Range(0, 0, HEAD, 0)).slice(0, 100 * HEAD));
}

/** Documents that are made of messages and are none. */
const UNSEEN: ReadonlySet<string> = new Set(['vscode-userdata', 'vscode-settings', 'output']);
