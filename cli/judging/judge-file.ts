// Judges a file, be it one message or several; of a file that stood in a folder and is none of ours nothing is said.
import { isFhir } from '../../core/document/recognise';
import { placed } from './among';
import type { NamedFile } from './files';
import { NotText, readMessages, type SeveralInput } from './input';
import { type Judge, type Judging, judgeText } from './judge';
import { isUnreadable, type JudgedFile, type ToldFinding, type UnreadableFile, type Verdict } from './judged';
import { LARGEST_INPUT } from '../read-input';
import type { Part } from './messages';

/**
 * Never rejects for what the file is or holds.
 * @returns undefined of a file that nobody named and that holds no FHIR
 */
export async function judgeFile(
  { name, isFound }: NamedFile,
  terminal: Judge,
  judging: Judging,
): Promise<Verdict | undefined> {
  const input = await readMessages(name, terminal);
  const isOurs = (text: string): boolean => !isFound || isFhir(text, terminal.knowledge().registry);
  if ('parts' in input) return judgeSeveral(name, input, isOurs, terminal, judging);
  if ('text' in input) return isOurs(input.text) ? judgeText(name, input, terminal, judging) : undefined;
  // Not to be read as text, so that nobody knows for sure: words of FHIR in it decide.
  const { file, problem, head } = input;
  return isFound && head !== undefined && !/resourceType|hl7\.org\/fhir/.test(head) ? undefined : [{ file, problem }];
}

async function judgeSeveral(
  name: string,
  { file, parts }: SeveralInput,
  isOurs: (text: string) => boolean,
  terminal: Judge,
  judging: Judging,
): Promise<Verdict | undefined> {
  const gathered = gather(file);
  try {
    for await (const part of parts) {
      if (part.kind !== 'message') gathered.add([{ file, findings: [findingOf(part)], passed: [] }], part);
      else if (part.index === 0 && !isOurs(part.text)) return undefined;
      else gathered.add(await judgeText(name, { file, text: part.text }, terminal, judging, part), part);
    }
  } catch (error) {
    if (!(error instanceof NotText)) throw error;
    return [...gathered.verdict(), { file, problem: error.message }];
  }
  return gathered.verdict();
}

/** What stands in the way of messages. */
function findingOf(part: Exclude<Part, { kind: 'message' }>): ToldFinding {
  const isLarge = part.kind === 'large';
  const [offset, length] = [0, isLarge ? 0 : part.length];
  const message = isLarge
    ? `This message is larger than ${LARGEST_INPUT / 1024 / 1024} MiB, and no ITK3 message is: it was not judged.`
    : part.message;
  const around = { text: '', start: 0, end: 0 };
  const place = placed({ line: 1, column: 1, endLine: 1, endColumn: 1 + length, offset, length, around }, part.at);
  const pointer = isLarge ? `/${part.index}` : '';
  const path = isLarge ? `[${part.index}]` : '';
  return {
    rule: isLarge ? 'too-much' : 'json-syntax',
    severity: 'error',
    message,
    pointer,
    path,
    spot: '',
    place,
    related: [],
  };
}

/** What stands beside the file is about all of its messages: wrong with it is what each of them finds wrong. */
function gather(file: string) {
  const findings: ToldFinding[] = [];
  const passed: JudgedFile['passed'][number][] = [];
  const numbers = new Map<ToldFinding, number>();
  let more: Partial<JudgedFile> = {};
  let beside: JudgedFile | UnreadableFile | undefined;
  let messages = 0;
  let judged = 0;
  return {
    add([own, other]: Verdict, { kind }: Part): void {
      if (!own || isUnreadable(own)) return;
      if (kind !== 'stray') {
        messages += 1;
        for (const one of [...own.findings, ...own.passed]) numbers.set(one, messages);
      }
      findings.push(...own.findings);
      passed.push(...own.passed);
      if (kind !== 'message') return;
      more = { ...more, ...own };
      beside = judged === 0 ? other : inBoth(beside, other);
      judged += 1;
    },
    verdict(): Verdict {
      const numbered = <T extends ToldFinding>(one: T): T => {
        const message = numbers.get(one);
        return message === undefined ? one : { ...one, among: { message, of: messages } };
      };
      const whole = { ...more, file, findings: findings.map(numbered), passed: passed.map(numbered) };
      return beside ? [whole, beside] : [whole];
    },
  };
}

function inBoth(one: Verdict[number] | undefined, other: Verdict[number] | undefined): Verdict[number] | undefined {
  if (!one || !other) return undefined;
  if (isUnreadable(one) || isUnreadable(other)) return one;
  const key = ({ rule, place }: ToldFinding): string => `${rule} ${place.offset}`;
  const same = new Set(other.findings.map(key));
  const findings = one.findings.filter((finding) => same.has(key(finding)));
  return findings.length === 0 ? undefined : { ...one, findings };
}
