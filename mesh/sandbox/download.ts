// HEAD and GET of a message in an inbox: its headers, its bytes, and how they are compressed.
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { compactTime, refusal, REFUSALS } from './bodies';
import type { Answer } from './bodies';
import type { Exchange } from './exchange';
import { changedAt, failureOf, reachedAt, statusOf } from './message';
import type { StoredMessage } from './message';

const compressed = promisify(gzip) as (bytes: Buffer) => Promise<Buffer>;
const gunzipped = promisify(gunzip) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** The largest part that is decompressed: a small one may unfold into a machine's whole memory. */
const MAXIMUM_PLAIN_BYTES = 1024 * 1024 * 1024;

/** A stored part without its compression. Rejects when it is not what its sender said. */
function plainPart(message: StoredMessage, part: Buffer): Promise<Buffer> {
  return message.encoding === 'gzip'
    ? gunzipped(part, { maxOutputLength: MAXIMUM_PLAIN_BYTES })
    : Promise.resolve(part);
}

/** Recipient or sender may look; for anybody else the message is not there. */
export function head({ mailboxes, parts, owner, version }: Exchange): Answer {
  const message = mailboxes.message(parts.id ?? '');
  if (!message || (message.to.mailbox !== owner.mailbox && message.from.mailbox !== owner.mailbox)) {
    return refusal(version, REFUSALS.noMessage);
  }
  if (message.to.mailbox === owner.mailbox && !isThere(message)) return refusal(version, REFUSALS.gone);
  const encoding: Record<string, string> = message.encoding ? { 'content-encoding': message.encoding } : {};
  return { status: 200, headers: { ...messageHeaders(message, 1), ...encoding, 'content-length': '0' } };
}

/** The part named in the path, the first by default. 206 as long as another follows. */
export async function download({ mailboxes, parts, owner, version, headers, strict }: Exchange): Promise<Answer> {
  const message = mailboxes.message(parts.id ?? '');
  if (!message) return refusal(version, REFUSALS.noMessage);
  if (message.to.mailbox !== owner.mailbox) return refusal(version, REFUSALS.forbidden);
  const collected = statusOf(message) === 'acknowledged';
  if (!isThere(message) || (collected && strict.noDownloadAfterAcknowledge)) return refusal(version, REFUSALS.gone);
  if (message.type === 'REPORT') return { status: 200, headers: messageHeaders(message, 1) };
  const number = Number(parts.part ?? '1');
  const stored = await mailboxes.part(message, number);
  if (!stored) return refusal(version, REFUSALS.noMessage);
  const wantsGzip = /\bgzip\b/i.test(headers['accept-encoding'] ?? '');
  const asGzip = wantsGzip && (message.encoding === 'gzip' || version === 2);
  const plain = asGzip && message.encoding === 'gzip' ? stored : await plainPart(message, stored);
  const body = asGzip && message.encoding === undefined ? await compressed(plain) : plain;
  const ownType = version === 2 && message.of === 1;
  return {
    status: number < message.of ? 206 : 200,
    headers: {
      ...messageHeaders(message, number),
      ...(asGzip ? { 'content-encoding': 'gzip', 'mex-content-compressed': 'Y' } : {}),
      'content-type': ownType
        ? withCharset(message.contentType ?? 'application/octet-stream')
        : 'application/octet-stream',
    },
    body,
  };
}

/** For its recipient; its sender may look at the outside of it whatever happened. */
const isThere = (message: StoredMessage) => ['accepted', 'acknowledged'].includes(statusOf(message));

/** The real sandbox's framework adds a character set to every text. */
const withCharset = (type: string) => (/^text\/(?!.*charset=)/i.test(type) ? `${type}; charset=utf-8` : type);

/** Those without a value are left out, as MESH does. */
function messageHeaders(message: StoredMessage, part: number): Record<string, string> {
  const all: Record<string, string | undefined> = {
    'mex-from': message.from.mailbox || undefined,
    'mex-to': message.to.mailbox,
    'mex-workflowid': message.workflowId,
    'mex-chunk-range': `${part}:${message.of}`,
    'mex-total-chunks': String(message.of),
    'mex-addresstype': 'ALL',
    'mex-localid': message.localId,
    'mex-partnerid': message.partnerId,
    'mex-filename': message.fileName,
    'mex-subject': message.subject,
    'mex-version': '1.0',
    'mex-messagetype': message.type,
    'mex-messageid': message.id,
    ...statusHeaders(message),
    'mex-content-compressed': message.compressed ? 'Y' : undefined,
    'mex-content-encrypted': message.encrypted ? 'Y' : undefined,
    'mex-content-checksum': message.checksum,
    'mex-content-type': message.contentType,
    'last-modified': changedAt(message).toUTCString(),
  };
  const there = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(there.map(([name, value]) => [name, headerText(value)]));
}

/** A report that was asked for, or a file of another sandbox, may say what no header can. */
const headerText = (value: string) => value.replace(/[^\x20-\x7e\xa0-\xff]/g, '?');

function statusHeaders(message: StoredMessage): Record<string, string | undefined> {
  const failure = failureOf(message);
  const time = reachedAt(message, failure && message.type === 'DATA' ? 'error' : 'accepted') ?? changedAt(message);
  return {
    'mex-linkedmsgid': failure?.linkedMessageId,
    'mex-statuscode': failure ? failure.code : '00',
    'mex-statusevent': failure ? failure.event : 'TRANSFER',
    'mex-statusdescription': failure ? failure.description : 'Transferred to recipient mailbox',
    'mex-statussuccess': failure ? 'ERROR' : 'SUCCESS',
    'mex-statustimestamp': compactTime(time),
  };
}
