// A message out of this mailbox, whole or in parts. The first POST is made once, whatever happens.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { readMessageId, readTracking } from './answers';
import { pathPart } from './call';
import type { Caller } from './call';
import { DEFAULT_PART_SIZE, digestOf, digestsOf, lengthOf, MAXIMUM_PART_SIZE, partsOf } from './chunks';
import type { Content, Upload } from './chunks';
import { envelopeHeaders, privateValues } from './envelope';
import type { Envelope } from './envelope';
import { amend, couldNot, MeshError } from './errors';

export interface OutgoingMessage extends Envelope {
  body: Content;
}

export interface SendOptions {
  signal?: AbortSignal;
  /** Each part gzipped on its own. Default: false. */
  compress?: boolean;
  /** Bytes of a part, before compression. MESH wants more than 5 MB. Default: DEFAULT_PART_SIZE. */
  partSize?: number;
  /** After each part that MESH took; `bytes` counts from the beginning. What it throws is ignored. */
  onProgress?: (progress: { messageId: string; part: number; of: number; bytes: number }) => void;
}

const ACTION = 'send the message';
const compressed = promisify(gzip) as (bytes: Buffer) => Promise<Buffer>;

export async function sendMessage(
  { body, ...envelope }: OutgoingMessage,
  options: SendOptions,
  caller: Caller,
): Promise<string> {
  const { compress = false, partSize = DEFAULT_PART_SIZE, signal } = options;
  const bytes = checkedLength(body);
  if (!Number.isInteger(partSize) || partSize < 1 || partSize > MAXIMUM_PART_SIZE) {
    throw refusal(`a part may have 1 to ${MAXIMUM_PART_SIZE} bytes.`);
  }
  const of = Math.ceil(bytes / partSize);
  const headers = firstHeaders(envelope, of, compress);
  // Read once before anything goes out: what the source gives must be what it said, and the same to the end.
  const digests = of > 1 ? await digestsOf(body, partSize, signal) : undefined;
  const parts = partsOf(body, partSize, signal);
  try {
    const first = (await parts.next()).value as Buffer;
    if (digests) checkPart(first, digests.parts[0]);
    const response = await caller.once({
      action: ACTION,
      method: 'POST',
      path: `${caller.owner}/outbox`,
      headers,
      body: compress ? await compressed(first) : first,
      expect: [200, 202],
      recipient: envelope.to,
      delivers: of === 1,
      private: privateValues(envelope),
      signal,
    });
    const messageId = readMessageId(response, privateValues(envelope));
    if (messageId === undefined) throw noMessageId(of);
    const upload = { messageId, bytes, partSize, of, taken: 1, compress, digest: digests?.whole ?? '' };
    tell(upload, options);
    return digests ? await sendRest(parts, upload, digests.parts, options, caller) : messageId;
  } finally {
    await parts.return(undefined);
  }
}

/** Goes on where a send broke off. Refuses a content that is not the one that was being sent. */
export async function resumeMessage(
  upload: Upload,
  body: Content,
  options: SendOptions,
  caller: Caller,
): Promise<string> {
  try {
    return await goOn(upload, body, options, caller);
  } catch (error) {
    // Where only the last part is missing it may have gone through, and the message be whole: whatever fails now.
    const perhapsWhole = !(upload.taken < upload.of - 1);
    throw error instanceof MeshError && perhapsWhole ? amend(error, { sent: 'unknown' }) : error;
  }
}

async function goOn(upload: Upload, body: Content, options: SendOptions, caller: Caller): Promise<string> {
  const { messageId, bytes, partSize, of, taken, compress, digest } = upload;
  const makesSense =
    typeof messageId === 'string' &&
    typeof compress === 'boolean' &&
    [bytes, partSize, of, taken].every((number) => Number.isSafeInteger(number) && number > 0) &&
    of === Math.ceil(bytes / partSize) &&
    taken < of;
  if (!makesSense) throw amend(refusal('the record of what was sent is damaged.'), { sent: 'unknown' });
  const other = () => refusal('this is not the content that was being sent. Give the same one, or send it anew.');
  if (checkedLength(body) !== bytes) throw other();
  const digests = await digestsOf(body, partSize, options.signal);
  if (digests.whole !== digest) throw other();
  const parts = partsOf(body, partSize, options.signal);
  try {
    for (let skipped = 0; skipped < taken; skipped++) await parts.next();
    // Copied by name: only what belongs to it goes into an error again.
    const known: Upload = { messageId, bytes, partSize, of, taken, compress, digest };
    return await sendRest(parts, known, digests.parts, { ...options, resumed: true }, caller);
  } finally {
    await parts.return(undefined);
  }
}

async function sendRest(
  parts: AsyncGenerator<Buffer>,
  begun: Upload,
  digests: readonly string[],
  options: SendOptions & { resumed?: boolean },
  caller: Caller,
): Promise<string> {
  let upload = begun;
  try {
    for (let number = begun.taken + 1; number <= begun.of; number++) {
      const part = (await parts.next()).value as Buffer;
      checkPart(part, digests[number - 1]);
      // Only the part that broke off last time may have been taken already.
      const doubtful = options.resumed === true && number === begun.taken + 1;
      if (await postPart(part, { upload, number, doubtful }, options, caller)) return upload.messageId;
      upload = { ...upload, taken: number };
      tell(upload, options);
    }
    return upload.messageId;
  } catch (error) {
    throw error instanceof MeshError ? brokenOff(error, upload) : error;
  }
}

interface Position {
  upload: Upload;
  number: number;
  /** Whether this part may be with MESH already. */
  doubtful: boolean;
}

/** True when the message turns out to be whole already: an answer was lost, not the part. */
async function postPart(
  part: Buffer,
  { upload, number, doubtful }: Position,
  { signal }: SendOptions,
  caller: Caller,
): Promise<boolean> {
  const { messageId, of, compress } = upload;
  const body = compress ? await compressed(part) : part;
  const path = `${caller.owner}/outbox/${pathPart(messageId, ACTION)}/${number}`;
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Mex-Chunk-Range': `${number}:${of}`,
    ...(compress && { 'Content-Encoding': 'gzip' }),
  };
  const delivers = number === of;
  let attempts = 0;
  let unclear = doubtful && delivers;
  const attempt = async () => {
    attempts++;
    try {
      await caller.once({
        action: ACTION,
        method: 'POST',
        path,
        headers,
        body,
        expect: [200, 202],
        messageId,
        delivers,
        repeatable: true,
        signal,
      });
    } catch (error) {
      unclear ||= error instanceof MeshError && error.sent === 'unknown';
      throw error;
    }
  };
  try {
    await caller.repeat(attempt, { action: ACTION, signal });
    return false;
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    const { status = 0 } = error;
    // A part that may have gone through is refused now: MESH has perhaps the whole message, and tracking knows.
    const perhapsWhole = (attempts > 1 || doubtful) && (status === 423 || (unclear && status >= 400 && status < 500));
    if (perhapsWhole && (await isWhole(messageId, signal, caller))) return true;
    unclear ||= status === 423;
    throw unclear ? amend(error, { sent: 'unknown' }) : error;
  }
}

const WHOLE: ReadonlySet<string> = new Set(['accepted', 'acknowledged', 'undeliverable', 'error']);

/** False also when MESH cannot be asked. */
async function isWhole(messageId: string, signal: AbortSignal | undefined, caller: Caller): Promise<boolean> {
  try {
    const path = `${caller.owner}/outbox/tracking?messageID=${pathPart(messageId, ACTION)}`;
    const response = await caller.again({ action: ACTION, method: 'GET', path, expect: [200], signal });
    return WHOLE.has(readTracking(response, ACTION).status);
  } catch {
    return false;
  }
}

function firstHeaders(envelope: Envelope, of: number, compress: boolean): Record<string, string> {
  const headers = envelopeHeaders(envelope, { part: 1, of });
  if (compress) headers['Content-Encoding'] = 'gzip';
  if (of > 1) {
    // Of a part by itself nothing can be said; what the whole is stands in a header of its own.
    if (envelope.contentType !== undefined) headers['Mex-Content-Type'] = headers['Content-Type']!;
    headers['Content-Type'] = 'application/octet-stream';
  }
  return headers;
}

function checkedLength(body: Content): number {
  const bytes = lengthOf(body);
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw refusal('its source does not say how many bytes it has.');
  if (bytes === 0) throw refusal('it is empty. Send at least one byte.');
  return bytes;
}

/** So that MESH never holds parts of two states of a file. */
function checkPart(part: Buffer, digest: string | undefined): void {
  if (digestOf(part) !== digest) throw refusal('its content changed while it was being sent.');
}

function tell({ messageId, taken, of, bytes, partSize }: Upload, { onProgress }: SendOptions): void {
  try {
    onProgress?.({ messageId, part: taken, of, bytes: Math.min(bytes, taken * partSize) });
  } catch {
    // A display that fails must not break off a message.
  }
}

/** MESH knows no such upload any more, or takes it for another one: going on is no use. */
const LOST_UPLOAD: ReadonlySet<number | undefined> = new Set([404, 406]);

function brokenOff(error: MeshError, upload: Upload): MeshError {
  const { status, sent } = error;
  if (LOST_UPLOAD.has(status)) return sent === 'unknown' ? error : amend(error, {}, 'Send the message anew.');
  // Smaller parts are another upload.
  return status === 413 && sent !== 'unknown' ? error : amend(error, { upload });
}

function noMessageId(of: number): MeshError {
  const reason = 'the answer gives no message id. Check that the endpoint is a MESH server.';
  return new MeshError('server', couldNot({ action: ACTION }, reason), { sent: of === 1 ? 'unknown' : 'no' });
}

function refusal(reason: string): MeshError {
  return new MeshError('invalid-request', couldNot({ action: ACTION }, reason), { sent: 'no' });
}
