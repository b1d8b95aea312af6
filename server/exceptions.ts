// A message and the file of exceptions beside it: each from its editor if one is open, else from disk.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { readJson } from '../core/document/json-document';
import type { SourceDocument } from '../core/document/source-document';
import { type Checked, except } from '../core/exceptions/apply';
import { messageBeside, sidecarOf } from '../core/exceptions/exception';
import { EXCEPTIONS } from '../core/exceptions/rules';
import { bySeverities, type Severities } from '../core/severities';
import type { PlacedFinding } from '../core/validate/check-document';
import type { Session } from './feature';
import type { Texts } from './texts';

export interface Pair {
  /** Of the message. */
  uri: string;
  /** Not asked for on disk unless the exceptions are open: then they are judged by it. */
  message?: TextDocument;
  sidecar?: TextDocument;
}

export interface Shown {
  findings: PlacedFinding[];
  /** In the file of exceptions. */
  beside: PlacedFinding[];
}

/** The uri of the message that a document is, or is beside. */
export function messageOf(uri: string): string {
  return messageBeside(uri) ?? uri;
}

export async function readPair({ documents, texts }: Session, uri: string): Promise<Pair> {
  const message = documents.get(uri);
  const sidecar = documents.get(sidecarOf(uri));
  if (sidecar) return { uri, sidecar, message: message ?? (await fromDisk(uri, texts)) };
  return { uri, message, sidecar: await fromDisk(sidecarOf(uri), texts) };
}

async function fromDisk(uri: string, texts: Texts): Promise<TextDocument | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return texts.create(uri, 'json', 0, await readFile(fileURLToPath(uri), 'utf8'));
  } catch {
    // Not there, or not to be read: then nothing is excepted.
    return undefined;
  }
}

/** The findings of a message as exceptions and settings want them. */
export function shown({ uri, message, sidecar }: Pair, rules: Severities, { forms, documents }: Session): Shown {
  const form = message && forms.of(message);
  // The form of a message that is not open would be kept for nothing.
  if (message && !documents.get(uri)) forms.drop(uri);
  const checked = form?.checked ?? { findings: [], unverified: [] };
  const isUnjudged = message !== undefined && forms.isTooLarge(message);
  if (!sidecar || isUnjudged) return { findings: bySeverities(checked.findings, rules), beside: [] };
  const source = readJson(sidecar.getText());
  const { findings, beside } = except(checked, form?.source.value, source, rules);
  return {
    findings: bySeverities(findings, rules),
    beside: bySeverities(
      message ? beside : [withoutMessage(uri), ...beside.filter((f) => !NEEDS_MESSAGE.has(f.rule))],
      rules,
    ),
  };
}

/** The findings of a text of the message as exceptions and settings want them. @param sidecar the exceptions, read */
export function kept(
  checked: Checked,
  value: unknown,
  sidecar: SourceDocument | undefined,
  rules: Severities,
): PlacedFinding[] {
  return bySeverities(sidecar ? except(checked, value, sidecar, rules).findings : checked.findings, rules);
}

const IN_VAIN = 'unused-exception';
const NEEDS_MESSAGE: ReadonlySet<string> = new Set([IN_VAIN, 'missing-expected']);

function withoutMessage(uri: string): PlacedFinding {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return {
    rule: IN_VAIN,
    severity: 'warning',
    pointer: '',
    part: 'key',
    message: `There is no ${decodeURIComponent(name)} beside this file: exceptions stand beside their message and bear its name.`,
    source: EXCEPTIONS,
    span: { offset: 0, length: 1 },
    relatedSpans: [],
  };
}
