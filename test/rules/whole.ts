// Rules of the envelope are tested on whole messages: ours, cut about as text, with the expected spot in ⟦ ⟧.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { jsonEditsFor } from '../../core/document/json-edits';
import { applyTextEdits } from '../../core/document/text-edits';
import { readJson } from '../../core/document/json-document';
import type { Severity } from '../../core/finding';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { checkDocument } from '../../core/validate/check-document';
import type { ValidateOptions } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import { unmark } from '../marked';
import { assertWhole } from '../sentence';

/** What stands in the text, without white space, and what is put there. */
export type Change = [from: string, to: string];

/** Our example of an emergency supply. */
export function request(...changes: Change[]): string {
  return changed(JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8')), changes);
}

/** An acknowledgement of our example. */
export function response(code: string, ...changes: Change[]): string {
  let count = 0;
  const moment = {
    now: new Date('2026-11-20T10:00:00Z'),
    randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  };
  const answered = readMessage(JSON.parse(request()));
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  return changed(writeReply(answered, { code }, responder, knowledge(), moment), changes);
}

function changed(message: unknown, changes: Change[]): string {
  let text = JSON.stringify(message);
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), `not in the message: ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}

/** A finding as a test expects it: its severity and words of its message. */
export type Expected = [Severity, string];

/** The rule finds exactly the marked spots, in the order of the text; what other rules find is their own business. */
export function expectOf(rule: string, marked: string, expected: Expected[] = [], options?: ValidateOptions): void {
  const { text, spans } = unmark(marked);
  const document = readJson(text);
  const findings = checkDocument(document, knowledge(), options).findings.filter((f) => f.rule === rule);
  for (const finding of findings) assertWhole(finding, document.value);
  const said = findings.map(({ severity, message }) => `${severity}: ${message}`);
  assert.deepEqual(
    findings.map(({ span }) => text.slice(span.offset, span.offset + span.length)),
    spans.map(({ offset, length }) => text.slice(offset, offset + length)),
    said.join('\n'),
  );
  assert.deepEqual(
    findings.map(({ span }) => span.offset),
    spans.map(({ offset }) => offset),
  );
  assert.equal(findings.length, expected.length, said.join('\n'));
  expected.forEach(([severity, words], i) => {
    assert.equal(findings[i]!.severity, severity, said[i]);
    assert.ok(findings[i]!.message.includes(words), said[i]);
  });
}

/** The text after the first fix of the rule's only finding. */
export function fixedBy(rule: string, text: string): string {
  const [finding] = checkDocument(readJson(text), knowledge()).findings.filter((f) => f.rule === rule);
  const [fix] = finding!.fixes!;
  return applyTextEdits(text, jsonEditsFor(text, fix!));
}
