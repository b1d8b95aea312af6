// The Mex- headers: what is written on the outside of a MESH message, to and from typed data.
import { readTime } from './answers';
import { MeshError } from './errors';
import { meaningOf } from './reports';
import type { Report } from './reports';

/** What the sender writes on the outside. Nothing here may hold patient data unless the workflow's guide asks for it. */
export interface Envelope {
  /** A mailbox id, or `GPPROVIDER_<NHS number>_<yyyyMMdd>_<surname>`. */
  to: string;
  workflowId: string;
  fileName?: string;
  /** The sender's own reference. MESH does not use it to find duplicates. */
  localId?: string;
  subject?: string;
  partnerId?: string;
  /** Letters, digits, space, `:` `-` `/` only: hexadecimal, not base64. MESH does not check it. */
  checksum?: string;
  /** Media type of the content. Default: application/octet-stream. */
  contentType?: string;
  /** Told to the recipient, nothing more. */
  encrypted?: boolean;
  compressed?: boolean;
}

/** Part k of n, both from 1. A report has no parts: 1 of 0. */
export interface ChunkRange {
  part: number;
  of: number;
}

/** What the recipient reads on the outside. */
export type ReceivedEnvelope = DataEnvelope | ReportEnvelope;

interface Outside {
  messageId?: string;
  /** As MESH writes it, in upper case: DATA or REPORT. */
  messageType: string;
  from?: string;
  to?: string;
  workflowId?: string;
  localId?: string;
  subject?: string;
  fileName?: string;
  partnerId?: string;
  checksum?: string;
  contentType?: string;
  /** As the sender says. */
  encrypted?: boolean;
  chunk: ChunkRange;
  /** "00" for a delivered message, MESH's error code for a report. */
  statusCode?: string;
  statusEvent?: string;
  statusDescription?: string;
  /** When it got its status: of a delivered message, when it came into the mailbox. */
  statusAt?: Date;
}

/** A message that somebody sent. */
export interface DataEnvelope extends Outside {
  kind: 'data';
}

/** MESH itself says that a message did not arrive: no `from`, an empty body, and `to` is the sender's own mailbox. */
export interface ReportEnvelope extends Outside {
  kind: 'report';
  report: Report;
}

/** One header that carries text: its longest value, and whether characters beyond ASCII (Latin-1) may stand in it. */
export interface TextHeader {
  field: 'to' | 'workflowId' | 'fileName' | 'localId' | 'subject' | 'partnerId' | 'checksum' | 'contentType';
  header: string;
  maximum: number;
  required?: true;
  latin1?: true;
  pattern?: RegExp;
}

/** Lengths from the MESH API specification; it names no encoding, so Latin-1 is only let into what people read. */
export const TEXT_HEADERS: readonly TextHeader[] = [
  { field: 'to', header: 'Mex-To', maximum: 100, required: true },
  { field: 'workflowId', header: 'Mex-WorkflowID', maximum: 300, required: true },
  { field: 'fileName', header: 'Mex-FileName', maximum: 300, latin1: true },
  { field: 'localId', header: 'Mex-LocalID', maximum: 300 },
  { field: 'subject', header: 'Mex-Subject', maximum: 500, latin1: true },
  { field: 'partnerId', header: 'Mex-PartnerID', maximum: 500 },
  { field: 'checksum', header: 'Mex-Content-Checksum', maximum: 100, pattern: /^[A-Za-z0-9 :/-]*$/ },
  { field: 'contentType', header: 'Content-Type', maximum: 100 },
];

const FLAG_HEADERS = { encrypted: 'Mex-Content-Encrypted', compressed: 'Mex-Content-Compressed' } as const;

/**
 * The headers of a first (or only) part. Values are trimmed, the address is upper-cased unless it is a GPPROVIDER one.
 * Throws a MeshError of kind `invalid-request` that names the field, never its value.
 */
export function envelopeHeaders(envelope: Envelope, chunk: ChunkRange = { part: 1, of: 1 }): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const rule of TEXT_HEADERS) {
    const value = envelope[rule.field]?.trim() ?? '';
    const problem = headerProblem(value, rule);
    if (problem) throw new MeshError('invalid-request', `${rule.header} ${problem} Nothing was sent.`);
    if (value !== '') headers[rule.header] = value;
  }
  const to = headers['Mex-To'] ?? '';
  headers['Mex-To'] = to.startsWith('GPPROVIDER_') ? to : to.toUpperCase();
  headers['Content-Type'] ??= 'application/octet-stream';
  headers['Mex-Chunk-Range'] = `${chunk.part}:${chunk.of}`;
  for (const flag of ['encrypted', 'compressed'] as const) {
    const value = envelope[flag];
    if (value !== undefined) headers[FLAG_HEADERS[flag]] = value ? 'Y' : 'N';
  }
  return headers;
}

function headerProblem(value: string, rule: TextHeader): string | undefined {
  if (value === '') return rule.required ? 'is missing: give it a value.' : undefined;
  if (value.length > rule.maximum) return `is longer than ${rule.maximum} characters: shorten it.`;
  if (hasControlCharacter(value)) return 'holds a control character, such as a tab or a line end: take it out.';
  if (!(rule.latin1 ? /^[\x20-\xff]*$/ : /^[\x20-\x7e]*$/).test(value)) {
    return `holds a character outside ${rule.latin1 ? 'Latin-1' : 'ASCII'}: MESH headers cannot carry it, so write it another way.`;
  }
  if (rule.pattern && !rule.pattern.test(value)) {
    return 'may hold letters, digits, space, ":", "-" and "/" only: write the checksum in hexadecimal.';
  }
  if (rule.field === 'to' && /https?:\/\//i.test(value)) return 'is a web address: give a mailbox id.';
  return undefined;
}

/** True for C0, DEL and C1, a tab among them. */
export function hasControlCharacter(text: string): boolean {
  return /[\x00-\x1f\x7f-\x9f]/.test(text);
}

/** Reads `k:n`. Undefined when it is not two numbers. */
export function readChunkRange(text: string): ChunkRange | undefined {
  const match = /^(\d{1,9}):(\d{1,9})$/.exec(text.trim());
  return match ? { part: Number(match[1]), of: Number(match[2]) } : undefined;
}

/** From the headers of a downloaded part (names in lower case). Absent and empty headers are left out. */
export function readEnvelope(headers: Record<string, string>): ReceivedEnvelope {
  const outside: Outside = {
    messageType: (headers['mex-messagetype'] ?? 'DATA').toUpperCase(),
    chunk: readChunkRange(headers['mex-chunk-range'] ?? '') ?? { part: 1, of: 1 },
  };
  for (const [field, header] of Object.entries(RECEIVED) as [keyof typeof RECEIVED, string][]) {
    const value = headers[header];
    if (value) outside[field] = value;
  }
  const statusAt = readTime(headers['mex-statustimestamp']);
  if (statusAt) outside.statusAt = statusAt;
  const contentType = outside.contentType ?? headers['content-type'];
  if (contentType !== undefined) outside.contentType = contentType;
  if (/^y/i.test(headers['mex-content-encrypted'] ?? '')) outside.encrypted = true;
  if (outside.messageType !== 'REPORT') return { kind: 'data', ...outside };
  return { kind: 'report', ...outside, report: readReport(headers, outside) };
}

function readReport(headers: Record<string, string>, { statusCode = '', ...outside }: Outside): Report {
  const report: Report = { code: statusCode, meaning: meaningOf(statusCode) };
  if (headers['mex-linkedmsgid']) report.linkedMessageId = headers['mex-linkedmsgid'];
  if (outside.statusEvent !== undefined) report.event = outside.statusEvent;
  if (outside.statusDescription !== undefined) report.description = outside.statusDescription;
  if (outside.statusAt) report.at = outside.statusAt;
  return report;
}

const RECEIVED = {
  messageId: 'mex-messageid',
  from: 'mex-from',
  to: 'mex-to',
  workflowId: 'mex-workflowid',
  localId: 'mex-localid',
  subject: 'mex-subject',
  fileName: 'mex-filename',
  partnerId: 'mex-partnerid',
  checksum: 'mex-content-checksum',
  contentType: 'mex-content-type',
  statusCode: 'mex-statuscode',
  statusEvent: 'mex-statusevent',
  statusDescription: 'mex-statusdescription',
} as const;

/** What of an envelope an error must not repeat, should the server echo it: a patient's particulars each by itself. */
export function privateValues({ to, subject, fileName, localId, partnerId, checksum }: Envelope): string[] {
  const patient = /^\s*GPPROVIDER_/i.test(to) ? to.trim().split('_').slice(1) : [];
  return [subject, fileName, localId, partnerId, checksum, ...patient].flatMap((value) => value?.trim() || []);
}
