// Writes into the file beside a message: an exception, or what the message is expected to have.
import { jsonEditsFor } from '../document/json-edits';
import { applyTextEdits, type TextEdit } from '../document/text-edits';
import { readJson } from '../document/json-document';
import type { Finding } from '../finding';
import { isObject, list } from '../json';
import { parentOf } from '../document/pointer';
import { bySeverities, type Severities } from '../severities';
import { type Checked, except } from './apply';
import { pathsOf } from './exception';
import { MISSED } from './expected';
import { readExceptions } from './read';

export interface Written {
  edits: TextEdit[];
  /** Where the reason goes, in the text after the edits. */
  reasonAt: number;
}

/**
 * Adds an exception for a finding, its reason left empty.
 * @param text of the file as it is; empty when there is none
 * @param findings all of the message, so that no more is excepted than the one
 * @param value of the message
 * @returns undefined when the file is not such that anything could be added
 */
export function writeException(
  text: string,
  finding: Finding,
  findings: readonly Finding[],
  value: unknown,
): Written | undefined {
  const items = itemsIn(text, 'exceptions');
  if (!items) return undefined;
  const item = { ...itemFor(finding, findings, value), reason: '' };
  const edits = setIn(
    text,
    `/exceptions${items.length > 0 ? `/${items.length}` : ''}`,
    items.length > 0 ? item : [item],
  );
  if (edits.length === 0) return undefined;
  const after = readJson(applyTextEdits(text, edits));
  return { edits, reasonAt: after.spanOf(`/exceptions/${items.length}/reason`, 'value').offset + 1 };
}

/**
 * Makes a message a negative fixture: it is expected to have just the errors and warnings that it has, less those that are
 * excepted. What was expected and is found stays as it is written.
 * @param text of the file as it is; empty when there is none
 * @param checked the message, with all of its findings
 * @param value of the message
 * @param severities as settings want them
 * @returns undefined when the file is not such that anything could be written; no edits where it says so already
 */
export function writeExpected(
  text: string,
  checked: Checked,
  value: unknown,
  severities: Severities,
): TextEdit[] | undefined {
  const items = itemsIn(text, 'expected');
  if (!items) return undefined;
  const sidecar = readJson(text.trim() === '' ? '{}' : text);
  // An item that is not understood holds for nothing, and is not lost for that.
  if ((readExceptions(sidecar.value).expected ?? []).length < items.length) return undefined;
  const { findings, beside } = except(checked, value, sidecar, severities);
  const missed = new Set(beside.filter(({ rule }) => rule === MISSED).map(({ pointer }) => parentOf(pointer)));
  const fresh = bySeverities(findings, severities).filter(({ severity }) => ['error', 'warning'].includes(severity));
  if (fresh.length === 0 && missed.size === 0) return [];
  const kept = items.filter((_, i) => !missed.has(`/expected/${i}`));
  return setIn(text, '/expected', [...kept, ...fresh.map((finding) => itemFor(finding, checked.findings, value))]);
}

/** Undefined where the file is such that nothing can be added. */
function itemsIn(text: string, name: 'exceptions' | 'expected'): unknown[] | undefined {
  if (text.trim() === '') return [];
  const { problems, value } = readJson(text);
  if (problems.length > 0 || !isObject(value)) return undefined;
  const items = value[name];
  return items === undefined || Array.isArray(items) ? list(items) : undefined;
}

function setIn(text: string, pointer: string, value: unknown): TextEdit[] {
  if (text.trim() !== '') return jsonEditsFor(text, { kind: 'set', pointer, value });
  const whole = `${JSON.stringify({ [pointer.slice(1)]: value }, null, 2)}\n`;
  return [{ offset: 0, length: text.length, text: whole }];
}

/** By the shortest path at which the rule finds nothing else. */
function itemFor(finding: Finding, findings: readonly Finding[], value: unknown): object {
  const { rule, pointer, message } = finding;
  const same = findings.filter((one) => one.rule === rule);
  const others = new Set(same.filter((one) => one.pointer !== pointer).flatMap((one) => pathsOf(value, one.pointer)));
  const paths = pathsOf(value, pointer);
  const path = paths.findLast((one) => !others.has(one)) ?? paths[0];
  const isOneOfMany = same.some((one) => one.pointer === pointer && one.message !== message);
  return { rule, ...(path && { path }), ...(isOneOfMany && { message }) };
}
