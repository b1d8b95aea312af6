// Tests of findings mark the expected spot in the text with ⟦ ⟧; a text without a mark must give no finding.
import assert from 'node:assert/strict';
import { readJson } from '../core/document/json-document';
import { ALL_RULES } from '../core/rules';
import { checkDocument, type PlacedFinding } from '../core/validate/check-document';
import { knowledge } from './knowledge';
import { assertWhole } from './sentence';

/** Takes the marks out of a text and says where they stood. */
export function unmark(marked: string): { text: string; spans: { offset: number; length: number }[] } {
  const spans: { offset: number; length: number }[] = [];
  let text = '';
  let start = 0;
  for (const piece of marked.split(/([⟦⟧])/)) {
    if (piece === '⟦') start = text.length;
    else if (piece === '⟧') spans.push({ offset: start, length: text.length - start });
    else text += piece;
  }
  return { text, spans };
}

const KNOWN: ReadonlySet<string> = new Set(ALL_RULES.map(({ id }) => id));

/** Exactly the marked spots have findings, in order, each `rule` or `rule: words of the message`; hints are not asked for. */
export function expectFindings(marked: string, ...expected: string[]): void {
  const document = readJson(unmark(marked).text);
  const { findings } = checkDocument(document, knowledge());
  for (const finding of findings) assertWhole(finding, document.value);
  assertFindings(
    marked,
    findings.filter((f) => f.severity !== 'hint'),
    expected,
  );
}

/** The same of findings that were made in another way. */
export function assertFindings(marked: string, findings: readonly PlacedFinding[], expected: readonly string[]): void {
  const { text, spans } = unmark(marked);
  const said = findings.map((f) => `${f.rule}: ${f.message}`);
  assert.equal(findings.length, expected.length, said.join('\n'));
  for (const { rule } of findings) assert.ok(KNOWN.has(rule), `${rule} is not in ALL_RULES`);
  assert.deepEqual(
    findings.map((f) => text.slice(f.span.offset, f.span.offset + f.span.length)),
    spans.map((s) => text.slice(s.offset, s.offset + s.length)),
  );
  assert.deepEqual(
    findings.map((f) => f.span.offset),
    spans.map((s) => s.offset),
  );
  expected.forEach((words, i) => {
    const [rule, ...message] = words.split(': ');
    assert.equal(findings[i]!.rule, rule, said[i]);
    assert.ok(findings[i]!.message.includes(message.join(': ')), said[i]);
  });
}
