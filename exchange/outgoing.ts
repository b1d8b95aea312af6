// What is about to be sent, judged and described. Pure: no editor, no network.
import { readJson } from '../core/document/json-document';
import { readDocument } from '../core/document/read-document';
import { except } from '../core/exceptions/apply';
import type { Severity } from '../core/finding';
import { type Handling, readHandling } from '../core/itk3/handling';
import { headerOf, type Message } from '../core/itk3/message';
import { checkDocument, inOrder, type PlacedFinding } from '../core/validate/check-document';
import type { Knowledge } from '../core/knowledge';
import type { Severities } from '../core/severities';
import { numbersOutsideTests, strangersIn } from './real-patients';

export interface Outgoing {
  text: string;
  findings: PlacedFinding[];
  /** How many more there would be but for the exceptions beside the message. */
  excepted: number;
  message: Message;
  /** MessageHeader.id, which acknowledgements name. */
  messageId?: string;
  handling?: Handling;
  /** How many different NHS numbers are outside the test range 999. */
  realNhsNumbers: number;
  /** Who is not of the synthetic set, as sentences without the person. */
  strangers: string[];
  /** How many codes only a terminology server could judge. */
  unjudgedCodes: number;
}

/** Beyond it a text is no message, and judging it would only stop the editor. In UTF-16 code units. */
export const LARGEST = 20_000_000;

export interface Judging {
  now: Date;
  severities?: Severities;
  /** The text of the file of exceptions beside it, if there is one. */
  exceptions?: string;
}

/** Undefined when the text is no FHIR message. A message may be as wrong as it likes. */
export function readOutgoing(
  text: string,
  knowledge: Knowledge,
  { now, severities = {}, exceptions }: Judging,
): Outgoing | undefined {
  const document = readDocument(text, knowledge.registry);
  const checked = checkDocument(document, knowledge, { severities, now: now.getTime() });
  const { message } = checked;
  if (message?.root.type !== 'Bundle') return undefined;
  const judged = except(checked, document.value, readJson(exceptions ?? '{ "exceptions": [] }'), severities);
  // A mistake that a fixture is there to have passes its tests; before it leaves, a person is told of it all the same.
  const findings = judged.expected.length > 0 ? inOrder([...judged.findings, ...judged.expected]) : judged.findings;
  const excepted = judged.excepted.length;
  const common = {
    text,
    findings,
    excepted,
    message,
    realNhsNumbers: numbersOutsideTests(text, document.value).size,
    strangers: strangersIn(text, document, knowledge.invented),
    unjudgedCodes: checked.unverified.length,
  };
  const header = headerOf(message);
  if (!header) return common;
  return {
    ...common,
    messageId: typeof header.resource.id === 'string' ? header.resource.id : undefined,
    handling: readHandling(message, knowledge.envelope),
  };
}

/** A problem as an editor lists it. */
export interface Published {
  rule: string;
  severity: Severity;
  message: string;
  /** In the text. */
  offset: number;
  length: number;
}

/**
 * The message with what the list of problems says of its codes, which a terminology server was asked about. Undefined where
 * the list is not about this text: all that was found here stands in it.
 */
export function withPublished(outgoing: Outgoing, published: readonly Published[]): Outgoing | undefined {
  const same = (one: Published, other: PlacedFinding): boolean =>
    one.rule === other.rule && one.message === other.message && one.offset === other.span.offset;
  // What could not be checked goes when it was.
  const kept = outgoing.findings.filter(({ rule }) => rule !== NOT_CHECKED);
  if (!kept.every((finding) => published.some((one) => same(one, finding)))) return undefined;
  const more = published.filter((one) => !kept.some((finding) => same(one, finding)));
  const added = more.map(({ rule, severity, message, offset, length }): PlacedFinding => ({
    rule,
    severity,
    message,
    pointer: '',
    part: 'value',
    span: { offset, length },
    relatedSpans: [],
  }));
  return { ...outgoing, findings: inOrder([...kept, ...added]) };
}

const NOT_CHECKED = 'not-checked';

export function errorsIn(findings: readonly PlacedFinding[]): PlacedFinding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/** `No errors, 1 warning`, `2 errors`, `No problems`, `No problems, 1 excepted`. */
export function countFindings({ findings, excepted }: Pick<Outgoing, 'findings' | 'excepted'>): string {
  return excepted === 0 ? count(findings) : `${count(findings)}, ${excepted} excepted`;
}

function count(findings: readonly PlacedFinding[]): string {
  const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, notes] = [of('error'), of('warning'), of('information')];
  if (errors + warnings + notes === 0) return 'No problems';
  return [
    errors === 0 ? 'No errors' : plural(errors, 'error'),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(notes > 0 ? [plural(notes, 'note')] : []),
  ].join(', ');
}

export function plural(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}

/** `infrastructure and business`, `infrastructure`, `none`, `the message does not say`. */
export function acknowledgementsAsked(handling: Handling | undefined): string {
  if (!handling) return 'the message does not say';
  const { infrastructureAck, businessAck } = handling;
  const asked = [...(infrastructureAck ? ['infrastructure'] : []), ...(businessAck ? ['business'] : [])];
  return asked.join(' and ') || 'none';
}
