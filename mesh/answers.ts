// The JSON MESH answers with, read: both versions of the API, trusting nothing.
import { MeshError } from './errors';
import type { MeshResponse } from './transport';

/** Where a sent message is. `status` is lower case: uploading, accepted, acknowledged, undeliverable, error, or one unknown here. */
export interface Tracking {
  messageId: string;
  status: string;
  localId?: string;
  workflowId?: string;
  fileName?: string;
  /** The mailbox it went to: MESH puts the mailbox here even if the message was sent to a GPPROVIDER address. */
  recipient?: string;
  uploaded?: Date;
  expires?: Date;
  statusCode?: string;
  statusDescription?: string;
}

export interface InboxPage {
  messages: string[];
  /** How many wait in all, more or less: MESH counts now and then. */
  approximateCount?: number;
  /** As MESH gave it: a path with its query, already percent-encoded. */
  next?: string;
}

/** A mailbox that can receive. */
export interface Endpoint {
  mailbox: string;
  name: string;
}

/** v2 `message_id`, v1 `messageID`. Undefined when there is none, or an echo in its place. */
export function readMessageId(response: MeshResponse, echoes: readonly string[]): string | undefined {
  const id = text(json(response), 'message_id', 'messageID');
  return id !== undefined && isMessageId(id, echoes) ? id : undefined;
}

/** Ids are shown and kept: what a server repeats in the place of one must not be. */
export function isMessageId(id: string, echoes: readonly string[]): boolean {
  return /^(?!\d{10}$)[\w.:-]{1,100}$/.test(id) && !echoes.includes(id);
}

export function readPage(response: MeshResponse, action: string): InboxPage {
  const value = json(response);
  if (!Array.isArray(value.messages)) throw unreadable(action, 'it is no list of messages');
  const messages = value.messages.filter((id): id is string => typeof id === 'string');
  const next = text(record(value.links), 'next');
  const approximateCount = value.approx_inbox_count;
  return {
    messages,
    ...(typeof approximateCount === 'number' && { approximateCount }),
    ...(next !== undefined && { next }),
  };
}

export function readCount(response: MeshResponse, action: string): number {
  const { count } = json(response);
  if (typeof count !== 'number') throw unreadable(action, 'it is no count of messages');
  return count;
}

/** v2 `mailbox_id` and `mailbox_name`, v1 `address` and `description`. */
export function readEndpoints(response: MeshResponse, action: string): Endpoint[] {
  const { results } = json(response);
  if (!Array.isArray(results)) throw unreadable(action, 'it is no list of mailboxes');
  return results.map(record).flatMap((result) => {
    const mailbox = text(result, 'mailbox_id', 'address');
    return mailbox === undefined ? [] : [{ mailbox, name: text(result, 'mailbox_name', 'description') ?? '' }];
  });
}

/** v2 and v1; times are UTC with or without a zone, ISO or `yyyyMMddHHmmss`. */
export function readTracking(response: MeshResponse, action: string): Tracking {
  const value = json(response);
  const messageId = text(value, 'message_id', 'messageId');
  const status = text(value, 'status')?.toLowerCase();
  if (messageId === undefined || status === undefined) throw unreadable(action, 'it is no tracking record');
  const found = {
    localId: text(value, 'local_id', 'localId'),
    workflowId: text(value, 'workflow_id', 'workflowId'),
    fileName: text(value, 'filename', 'fileName'),
    recipient: text(value, 'recipient'),
    uploaded: readTime(text(value, 'upload_timestamp', 'uploadTimestamp')),
    expires: readTime(text(value, 'expiry_time', 'expiryTime')),
    statusCode: text(value, 'status_code', 'statusCode'),
    statusDescription: text(value, 'status_description', 'statusDescription', 'failureDiagnostic'),
  };
  const known = Object.fromEntries(Object.entries(found).filter(([, entry]) => entry !== undefined));
  return { messageId, status, ...known };
}

/** UTC with or without saying so, ISO or `yyyyMMddHHmmss`. */
export function readTime(value: string | undefined): Date | undefined {
  if (value === undefined) return undefined;
  const iso = value.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6');
  const parsed = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(parsed.getTime()) ? undefined : parsed;
}

function text(value: Record<string, unknown>, ...names: string[]): string | undefined {
  return names.map((name) => value[name]).find((found): found is string => typeof found === 'string' && found !== '');
}

/** Empty when it is no JSON, or no object. */
export function json({ body }: Pick<MeshResponse, 'body'>): Record<string, unknown> {
  try {
    return record(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

export const record = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

function unreadable(action: string, what: string): MeshError {
  return new MeshError(
    'server',
    `Could not ${action}: the answer cannot be understood, ${what}. Check that the endpoint is a MESH server.`,
  );
}
