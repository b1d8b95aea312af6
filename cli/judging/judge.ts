// Judges one message, with what stands beside it.
import { readJson } from '../../core/document/json-document';
import { readDocument } from '../../core/document/read-document';
import type { SourceDocument } from '../../core/document/source-document';
import { except } from '../../core/exceptions/apply';
import { type CheckedDocument, checkDocument, type PlacedFinding } from '../../core/validate/check-document';
import { bySeverities, type Severities } from '../../core/severities';
import { type Heard, questionOf, withAnswers } from '../../core/validate/terminology-answers';
import type { Enquiries } from '../../terminology/enquiries';
import { type Input, readInput, readSidecar } from '../read-input';
import type { Terminal } from '../terminal';
import { type Among, amongOthers, inList } from './among';
import { inPlace, type JudgedFile, type Verdict } from './judged';
import { menderOf } from './mends';
import { tellerOf } from './told';

/** What judging needs of the world. */
export type Judge = Pick<Terminal, 'stdin' | 'cwd' | 'knowledge' | 'now'>;

export interface Judging {
  /** How serious rules are, where not as serious as they are by themselves. */
  severities?: Severities;
  /** Whether it is to be told what would mend findings. */
  fixes?: boolean;
  /** To a terminology server, where there is one. */
  enquiries?: Enquiries;
  /** Ends what is asked of it. */
  signal?: AbortSignal;
}

/**
 * Never rejects for what the file is or holds.
 * @param name of a file, or STANDARD_INPUT
 */
export async function judge(name: string, terminal: Judge, judging: Judging = {}): Promise<Verdict> {
  const input = await readInput(name, terminal);
  return 'problem' in input ? [input] : judgeText(name, input, terminal, judging);
}

/** @param among of a message that is one of several in its file: which, and where its text begins */
export async function judgeText(
  name: string,
  { file, text }: Input,
  terminal: Judge,
  judging: Judging,
  among?: Among,
): Promise<Verdict> {
  const document = readDocument(text, terminal.knowledge().registry);
  const { severities = {}, fixes = false } = judging;
  const value = among ? amongOthers(document.value, among) : document.value;
  const own = await check(document, terminal, judging);
  const checked = inList(own, among);
  const mend = fixes ? menderOf(text, own, terminal.knowledge(), among) : undefined;
  const teller = tellerOf(text, value, among, mend);
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
async function check(document: SourceDocument, terminal: Judge, judging: Judging): Promise<CheckedDocument> {
  const { enquiries, signal = new AbortController().signal } = judging;
  const knowledge = terminal.knowledge();
  const checked = checkDocument(document, knowledge, { now: terminal.now().getTime() });
  if (!enquiries || checked.unverified.length === 0) return checked;
  const questions = checked.unverified.map((code) => questionOf(code, knowledge));
  const failure = await enquiries.ask(questions, signal);
  const { host: server } = enquiries;
  const heard: Heard = { server, answerTo: (question) => enquiries.answerTo(question), failure: failure?.message };
  return withAnswers(checked, document, heard, knowledge);
}
