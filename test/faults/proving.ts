// What the proofs over the faults share: the messages that faults are put into, and how a text is judged and mended.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { jsonEditsFor } from '../../core/document/json-edits';
import { applyTextEdits, type TextEdit } from '../../core/document/text-edits';
import { readJson } from '../../core/document/json-document';
import type { Finding } from '../../core/finding';
import { fixesOf, sureFix } from '../../core/fixes/fixes-of';
import { textFixesOf } from '../../core/fixes/text';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import type { Knowledge } from '../../core/knowledge';
import type { Fresh } from '../../core/fresh';
import { type CheckedDocument, checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import type { Fault } from './fault';

/** After the examples were made, so that nothing in them lies in the future. */
export const NOW = Date.parse('2026-12-01T12:00:00Z');

export const OURS = read('examples/emergency-supply.json')!;
export const PUBLISHED = read('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json');

function read(file: string): unknown {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

export function response(code: string): unknown {
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  const { now, randomUUID } = fresh('9000');
  return writeReply(readMessage(OURS), { code }, responder, knowledge(), { now, randomUUID });
}

/** Identifiers that are counted, so that a test gives the same each time. @param group four digits that set them apart */
export function fresh(group = 'a000'): Fresh {
  let count = 0;
  return {
    now: new Date(NOW),
    random: () => 0.5,
    randomUUID: () => `00000000-0000-4000-${group}-${String(++count).padStart(12, '0')}`,
  };
}

/** The text of the message with the fault in it. */
export function seeded(text: string, fault: Fault): string {
  const message: Loose = JSON.parse(text);
  fault.change?.(message);
  const changed = JSON.stringify(message, null, 2);
  const broken = fault.edit?.(changed) ?? changed;
  assert.notEqual(broken, text, 'the fault changes nothing in this message');
  return broken;
}

/** What is found in a text, hints left out. */
export function judged(text: string, known: Knowledge): PlacedFinding[] {
  return check(text, known).findings.filter((f) => f.severity !== 'hint');
}

/** The same of a text that is JSON without a name that stands twice, in half the time. */
export function judgedValue(text: string, known: Knowledge): Finding[] {
  const bytes = Buffer.byteLength(text);
  return validate(JSON.parse(text), known, { now: NOW, bytes }).findings.filter((f) => f.severity !== 'hint');
}

export function check(text: string, known: Knowledge): CheckedDocument {
  return checkDocument(readJson(text), known, { now: NOW });
}

/** Those that were not there before. */
export function fresher<T extends Finding>(after: readonly T[], before: readonly Finding[]): T[] {
  const left = before.map(({ rule, message }) => `${rule} ${message}`);
  return after.filter(({ rule, message }) => {
    const at = left.indexOf(`${rule} ${message}`);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

export interface Offer {
  title: string;
  isSure: boolean;
  edits: TextEdit[];
  after: string;
  /** Of the text, not of the value. */
  isOfText: boolean;
}

/** What is offered for a finding of a text, carried out. */
export function offers(finding: PlacedFinding, text: string, known: Knowledge, checked = check(text, known)): Offer[] {
  const { message, applicable } = checked;
  const ofText = textFixesOf(finding, text, known.registry);
  const ofValue =
    message && applicable
      ? fixesOf(finding, { message, applicable, knowledge: known, fresh: fresh() })
      : (finding.fixes ?? []);
  const sure = sureFix<(typeof ofText)[number] | (typeof ofValue)[number]>([...ofText, ...ofValue]);
  return [...ofText, ...ofValue].map((fix) => {
    const edits = 'edits' in fix ? fix.edits : jsonEditsFor(text, fix);
    const isOfText = 'edits' in fix;
    return { title: fix.title, isSure: fix === sure, edits, after: applyTextEdits(text, edits), isOfText };
  });
}
