// Writes an exception into the file beside a message.
import { jsonEditsFor } from '../document/json-edits';
import { applyTextEdits, type TextEdit } from '../document/text-edits';
import { readJson } from '../document/json-document';
import type { Finding } from '../finding';
import { isObject } from '../json';
import { pathsOf } from './exception';

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
  const item = itemFor(finding, findings, value);
  if (text.trim() === '') {
    const whole = `${JSON.stringify({ exceptions: [item] }, null, 2)}\n`;
    return located([{ offset: 0, length: text.length, text: whole }], whole, 0);
  }
  const before = readJson(text);
  if (before.problems.length > 0 || !isObject(before.value)) return undefined;
  const { exceptions = [] } = before.value;
  if (!Array.isArray(exceptions)) return undefined;
  const at = exceptions.length;
  const edits = jsonEditsFor(text, { kind: 'set', pointer: `/exceptions/${at}`, value: item });
  return edits.length === 0 ? undefined : located(edits, applyTextEdits(text, edits), at);
}

/** The shortest path that excepts no other finding. */
function itemFor(finding: Finding, findings: readonly Finding[], value: unknown): object {
  const { rule, pointer, message } = finding;
  const same = findings.filter((one) => one.rule === rule);
  const others = new Set(same.filter((one) => one.pointer !== pointer).flatMap((one) => pathsOf(value, one.pointer)));
  const paths = pathsOf(value, pointer);
  const path = paths.findLast((one) => !others.has(one)) ?? paths[0];
  const isOneOfMany = same.some((one) => one.pointer === pointer && one.message !== message);
  return { rule, ...(path && { path }), ...(isOneOfMany && { message }), reason: '' };
}

function located(edits: TextEdit[], after: string, index: number): Written {
  return { edits, reasonAt: readJson(after).spanOf(`/exceptions/${index}/reason`, 'value').offset + 1 };
}
