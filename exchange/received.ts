// A message that lay in a mailbox, and how it is told in one line. Pure: no editor, no network.
import { readDocument } from '../core/document/read-document';
import { isObject } from '../core/json';
import { readHandling } from '../core/itk3/handling';
import { headerOf, readMessage } from '../core/itk3/message';
import { type Acknowledgement, readResponse } from '../core/itk3/response';
import type { Knowledge } from '../core/knowledge';
import type { DownloadedMessage } from '../mesh/client';
import { textOf } from '../mesh/content-text';
import { mask, maskAddress } from '../mesh/errors';
import type { Report } from '../mesh/reports';
import { patientHint } from './patient-hint';
import type { Exchange } from './timeline';

export interface Received {
  meshId: string;
  from?: string;
  workflowId?: string;
  /** Undefined when the content is binary or could not be had. */
  text?: string;
  /** There was a text, and memory was short: it can be downloaded again. */
  letGo?: true;
  /** It could not be had: the next look tries it again. */
  failed?: true;
  bytes: number;
  /** When it came into the mailbox; where MESH does not say, when it was downloaded. */
  at?: Date;
  acknowledgement?: Acknowledgement;
  /** Of a report: MESH itself says that a message did not arrive. */
  report?: Report;
  /** Of a message: which acknowledgements it asks for. */
  asks?: { infrastructure: boolean; business: boolean };
  /** Of a message: whom it is about, as `patientHint` puts it. */
  patient?: string;
  /** What the content is called: its event's display, else its workflow. */
  kind: string;
  /** Why nothing could be made of the content, as a sentence. */
  unreadable?: string;
}

/** @param now for a message of which MESH does not say when it came */
export function readReceived(downloaded: DownloadedMessage, knowledge: Knowledge, now?: Date): Received {
  const { messageId: meshId, body, from, workflowId, statusAt: at = now } = downloaded;
  const common = {
    meshId,
    bytes: body.length,
    kind: workflowId ?? 'Message',
    ...(from !== undefined && { from }),
    ...(workflowId !== undefined && { workflowId }),
    ...(at !== undefined && { at }),
  };
  if (downloaded.kind === 'report') {
    const { description, ...report } = downloaded.report;
    // In MESH's own words, which may repeat the address of a patient.
    const said = description === undefined ? {} : { description: mask(oneLine(description)) };
    return { ...common, kind: 'Not delivered', text: '', report: { ...report, ...said } };
  }
  const text = textOf(body);
  if (text === undefined) return { ...common, unreadable: 'The content is binary.' };
  const { value, problems, format } = readDocument(text, knowledge.registry);
  // What stands in the wrong order, for instance, was read all the same.
  const [problem] = problems.filter(({ isWhole }) => !isWhole);
  const broken = problem && `The content is broken ${format.toUpperCase()}: ${problem.message}`;
  const response = readResponse(value, knowledge);
  // What breaks off before it says anything is not taken for an answer, whatever it refers to.
  const acknowledgement = broken !== undefined && response?.code === undefined ? undefined : response;
  const read = readMessage(value);
  // Any element may be the outermost one of an XML text.
  const message = read && knowledge.registry.isResource(read.root.type) ? read : undefined;
  const event = message && headerOf(message)?.resource.event;
  const display = isObject(event) && typeof event.display === 'string' ? event.display : undefined;
  const handling = message && !acknowledgement ? readHandling(message, knowledge.envelope) : undefined;
  const patient = message && !acknowledgement ? patientHint(message) : undefined;
  return {
    ...common,
    text,
    kind: display || common.kind,
    acknowledgement,
    ...(handling && {
      asks: { infrastructure: handling.infrastructureAck === true, business: handling.businessAck === true },
    }),
    ...(patient !== undefined && { patient }),
    unreadable: broken ?? (message ? undefined : 'The content is no FHIR message.'),
  };
}

/**
 * True of what came back and does not say of anything that was sent that it answers that: broken, or astray.
 * @param sent what it is about, if that is known
 */
export function isAstray({ acknowledgement, report, unreadable, workflowId }: Received, sent?: Exchange): boolean {
  if (report) return false;
  if (acknowledgement) return sent === undefined;
  return unreadable !== undefined || /_ACK$/.test(workflowId ?? '');
}

/** `20013 Success`, `EPL-154 Not delivered`; of other messages what they are. */
export function titleOf({ acknowledgement, report, kind }: Received): string {
  if (report) return oneLine(`${report.code} Not delivered`);
  if (!acknowledgement) return oneLine(kind);
  return oneLine([acknowledgement.code ?? 'No code', acknowledgement.display].filter(Boolean).join(' '));
}

/** The same for a list or a tab: some published displays end in an explanation in brackets. */
export function labelOf(received: Received): string {
  return titleOf(received).replace(/\.?\s*\([^()]*\)$|\.$/, '');
}

/** The rest of the line in a list: `infrastructure · accepted · answers fcbe8af3`. */
export function aboutOf({ acknowledgement, report, from }: Received, sent?: Exchange): string {
  if (report) {
    const { linkedMessageId: about } = report;
    if (about === undefined) return 'from MESH · does not say about which message';
    return `from MESH · about ${sent ? `${sent.attempt.document.name} (${about})` : about}`;
  }
  if (!acknowledgement) return from ? `from ${maskAddress(from)}` : '';
  const { layer, answers, accepted } = acknowledgement;
  const verdict = accepted === undefined ? 'unclear' : accepted ? 'accepted' : 'rejected';
  const which = sent
    ? `answers ${sent.attempt.document.name} (${answers?.slice(0, 8)})`
    : `answers ${answers?.slice(0, 8)}`;
  return [layer ?? 'unknown layer', verdict, answers ? which : 'does not say which message it answers'].join(' · ');
}

/** The line below it. */
export function detailOf({ acknowledgement, report, unreadable }: Received): string {
  if (report) return report.meaning;
  if (acknowledgement) return acknowledgement.meaning ?? 'A code that ITK3 2.10.0 does not list.';
  return unreadable ?? 'No acknowledgement, but a message of its own.';
}

/**
 * `Accepted: 20013 Success (infrastructure), 30001 Patient known here (business).` What the responder says about a
 * refusal comes behind it: that is what the sender has to mend.
 */
export function tellAnswers(answers: readonly Received[]): { accepted: boolean; sentence: string } {
  const report = answers.find((one) => one.report)?.report;
  if (report) return { accepted: false, sentence: `${report.code} ${report.meaning}`.trim() };
  const refusals = answers.filter(({ acknowledgement }) => acknowledgement?.accepted !== true);
  const [refusal] = refusals;
  // "Rejected: 20013 Success" would help nobody.
  const told = (refusal ? refusals : answers).map(
    (one) => `${labelOf(one)} (${one.acknowledgement?.layer ?? 'unknown layer'})`,
  );
  const why = refusal?.acknowledgement?.diagnostics;
  const reason = why === undefined ? '' : ` ${mask(oneLine(why)).slice(0, 200)}`;
  return { accepted: !refusal, sentence: `${refusal ? 'Rejected' : 'Accepted'}: ${told.join(', ')}.${reason}` };
}

/** Text from outside on one line: it must neither break out of its place nor turn the direction of reading. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
