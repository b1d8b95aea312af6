// Judges one message, with what stands beside it.
import { readJson } from '../../core/document/json-document';
import { readDocument } from '../../core/document/read-document';
import type { SourceDocument } from '../../core/document/source-document';
import { except } from '../../core/exceptions/apply';
import { type CheckedDocument, checkDocument } from '../../core/validate/check-document';
import { type Heard, questionOf, withAnswers } from '../../core/validate/terminology-answers';
import type { Enquiries } from '../../terminology/enquiries';
import { readInput, readSidecar } from '../read-input';
import type { Terminal } from '../terminal';
import type { Verdict } from './judged';
import { tellerOf } from './told';

/**
 * Never rejects for what the file is or holds.
 * @param name of a file, or STANDARD_INPUT
 * @param enquiries to a terminology server, where there is one
 */
export async function judge(name: string, terminal: Terminal, enquiries?: Enquiries): Promise<Verdict> {
  const input = await readInput(name, terminal);
  if ('problem' in input) return [input];
  const { file, text } = input;
  const document = readDocument(text, terminal.knowledge().registry);
  const { value } = document;
  const checked = await check(document, terminal, enquiries);
  const told = tellerOf(text, value);
  const beside = await readSidecar(name, terminal);
  if (!beside || 'problem' in beside) {
    const judged = { file, findings: checked.findings.map(told), passed: [] };
    return beside ? [judged, beside] : [judged];
  }
  const sidecar = readJson(beside.text);
  const { findings, excepted, beside: wrong } = except(checked, value, sidecar);
  const passed = excepted.map((finding) => ({
    ...told(finding),
    by: 'exception' as const,
    reason: finding.reason,
  }));
  const judged = { file, findings: findings.map(told), passed };
  if (wrong.length === 0) return [judged];
  return [judged, { file: beside.file, findings: wrong.map(tellerOf(beside.text, sidecar.value)), passed: [] }];
}

/** Judges a message, and asks a terminology server of the codes that are not at hand. */
async function check(document: SourceDocument, terminal: Terminal, enquiries?: Enquiries): Promise<CheckedDocument> {
  const knowledge = terminal.knowledge();
  const checked = checkDocument(document, knowledge, { now: terminal.now().getTime() });
  if (!enquiries || checked.unverified.length === 0) return checked;
  const questions = checked.unverified.map((code) => questionOf(code, knowledge));
  const failure = await enquiries.ask(questions, new AbortController().signal);
  const { host: server } = enquiries;
  const heard: Heard = { server, answerTo: (question) => enquiries.answerTo(question), failure: failure?.message };
  return withAnswers(checked, document, heard, knowledge);
}
