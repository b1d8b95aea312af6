// Judges one message, with what stands beside it.
import { readJson } from '../../core/document/json-document';
import { readDocument } from '../../core/document/read-document';
import type { SourceDocument } from '../../core/document/source-document';
import { except } from '../../core/exceptions/apply';
import { type CheckedDocument, checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { bySeverities, type Severities } from '../../core/severities';
import { type Heard, questionOf, withAnswers } from '../../core/validate/terminology-answers';
import type { Enquiries } from '../../terminology/enquiries';
import { readInput, readSidecar } from '../read-input';
import type { Terminal } from '../terminal';
import { inPlace, type JudgedFile, type Verdict } from './judged';
import { menderOf } from './mends';
import { tellerOf } from './told';

export interface Judging {
  /** How serious rules are, where not as serious as they are by themselves. */
  severities?: Severities;
  /** Whether it is to be told what would mend findings. */
  fixes?: boolean;
  /** To a terminology server, where there is one. */
  enquiries?: Enquiries;
}

/**
 * Never rejects for what the file is or holds.
 * @param name of a file, or STANDARD_INPUT
 */
export async function judge(
  name: string,
  terminal: Terminal,
  { severities = {}, fixes = false, enquiries }: Judging = {},
): Promise<Verdict> {
  const input = await readInput(name, terminal);
  if ('problem' in input) return [input];
  const { file, text } = input;
  const document = readDocument(text, terminal.knowledge().registry);
  const { value } = document;
  const checked = await check(document, terminal, enquiries);
  const teller = tellerOf(text, value, fixes ? menderOf(text, checked, terminal.knowledge()) : undefined);
  const told = (findings: readonly PlacedFinding[]) => bySeverities(findings, severities).map(teller);
  const beside = await readSidecar(name, terminal);
  if (!beside || 'problem' in beside) {
    const judged = { file, findings: told(checked.findings), passed: [] };
    return beside ? [judged, beside] : [judged];
  }
  const sidecar = readJson(beside.text);
  const kept = except(checked, value, sidecar, severities);
  const excepted = kept.excepted.map((finding) => ({
    ...teller(finding),
    by: 'exception' as const,
    reason: finding.reason,
  }));
  const reason = `expected by ${beside.file}`;
  const expected = told(kept.expected).map((finding) => ({ ...finding, by: 'expected' as const, reason }));
  const judged: JudgedFile = {
    file,
    findings: told(kept.findings),
    passed: inPlace([...excepted, ...expected]),
    ...(kept.isFixture && { isFixture: true }),
  };
  const wrong = bySeverities(kept.beside, severities).map(tellerOf(beside.text, sidecar.value));
  return wrong.length === 0 ? [judged] : [judged, { file: beside.file, findings: wrong, passed: [] }];
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
