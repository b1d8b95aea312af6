// A message as NHS England's own sandbox writes it to disk: `<mailbox>/in/<id>.json`, so that both can use one folder.
import type { MessageEvent, MessageStatus, Party, StoredMessage } from './message';
import { sizeOf } from './message';

/** What that sandbox does not know; it leaves it unread. */
interface Ours {
  fate?: StoredMessage['fate'];
  forgotten?: true;
  held?: { answers: string; due: string };
  answered?: readonly string[];
}

export function writeMessage(message: StoredMessage): string {
  const { held, fate, forgotten, answered } = message;
  const ours: Ours = {
    fate,
    forgotten,
    answered,
    held: held && { answers: held.answers, due: held.due.toISOString() },
  };
  const inboxed = message.events.findIndex(({ status }) => status === 'accepted');
  return JSON.stringify({
    message_id: message.id,
    recipient: partyOut(message.to),
    sender: partyOut(message.from),
    events: message.events.map((event, index) => ({
      status: event.status,
      code: event.code,
      event: event.event,
      description: event.description,
      timestamp: index === inboxed ? microTime(message.order) : microTime(event.at.getTime() * 1000),
      linked_message_id: event.linkedMessageId,
    })),
    metadata: {
      subject: message.subject,
      content_type: message.contentType,
      content_encoding: message.encoding,
      file_name: message.fileName,
      local_id: message.localId,
      partner_id: message.partnerId,
      checksum: message.checksum,
      encrypted: message.encrypted,
      compressed: message.compressed,
    },
    workflow_id: message.workflowId,
    message_type: message.type,
    total_chunks: message.of,
    file_size: sizeOf(message),
    inbox_expiry_timestamp: microTime(message.expires.getTime() * 1000),
    last_modified: microTime((message.events[0]?.at ?? message.uploaded).getTime() * 1000),
    // Its order is known from when it came into the inbox, or else from this.
    created_timestamp: microTime(inboxed < 0 ? message.order : message.uploaded.getTime() * 1000),
    itk3: Object.values(ours).some((value) => value !== undefined) ? ours : undefined,
  });
}

const partyOut = ({ mailbox, name, odsCode, orgName }: Party) => ({
  mailbox_id: mailbox,
  mailbox_name: name,
  ods_code: odsCode,
  org_code: odsCode,
  org_name: orgName,
});

/** Throws whatever it throws when the text is no such message. @param parts bytes of those on disk, by number */
export function readMessage(text: string, parts: ReadonlyMap<number, number>): StoredMessage {
  const value = JSON.parse(text) as Json;
  const metadata = (value.metadata ?? {}) as Json;
  const ours = (value.itk3 ?? {}) as Ours;
  const id = textOf(value.message_id);
  const created = microsOf(value.created_timestamp);
  const raw = Array.isArray(value.events) && value.events.length > 0 ? (value.events as Json[]) : [];
  const inboxed = raw.find(({ status }) => status === 'accepted');
  const events = raw.map(eventIn);
  const uploaded = dateOf(created);
  const type = value.message_type === 'REPORT' ? 'REPORT' : 'DATA';
  return {
    id,
    type,
    order: inboxed ? microsOf(inboxed.timestamp) : created,
    from: partyIn((value.sender ?? {}) as Json),
    to: partyIn((value.recipient ?? {}) as Json),
    workflowId: textOf(value.workflow_id),
    localId: maybe(metadata.local_id),
    subject: maybe(metadata.subject),
    fileName: maybe(metadata.file_name) ?? `${id}.dat`,
    partnerId: maybe(metadata.partner_id),
    checksum: maybe(metadata.checksum),
    encrypted: metadata.encrypted === true,
    compressed: metadata.compressed === true || metadata.is_compressed === true,
    contentType: maybe(metadata.content_type),
    encoding: metadata.content_encoding === 'gzip' ? 'gzip' : undefined,
    of: countOf(value.total_chunks),
    parts,
    uploaded,
    expires: dateOf(microsOf(value.inbox_expiry_timestamp)),
    events: events.length > 0 ? events : [{ status: 'accepted', at: uploaded }],
    fate: ours.fate,
    forgotten: ours.forgotten,
    held: ours.held && { answers: textOf(ours.held.answers), due: dateOf(microsOf(ours.held.due)) },
    answered: ours.answered?.map(textOf),
  };
}

type Json = Record<string, unknown>;

const STATUSES: readonly MessageStatus[] = ['uploading', 'accepted', 'acknowledged', 'undeliverable', 'error'];

function eventIn(event: Json): MessageEvent {
  const status = STATUSES.find((known) => known === event.status);
  if (!status) throw new TypeError('No such status');
  return {
    status,
    at: dateOf(microsOf(event.timestamp)),
    code: maybe(event.code),
    event: maybe(event.event),
    description: maybe(event.description),
    linkedMessageId: maybe(event.linked_message_id),
  };
}

const partyIn = (party: Json): Party => ({
  mailbox: maybe(party.mailbox_id) ?? '',
  name: maybe(party.mailbox_name) ?? '',
  odsCode: maybe(party.ods_code) ?? '',
  orgName: maybe(party.org_name),
});

const maybe = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('Not a text');
  return value;
}

function countOf(value: unknown): number {
  if (!Number.isInteger(value)) throw new TypeError('Not a number');
  return value as number;
}

/** `2026-11-21T01:59:52.993734`: UTC, without saying so. */
const microTime = (micros: number) =>
  `${dateOf(micros).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}`;

const dateOf = (micros: number) => new Date(Math.floor(micros / 1000));

function microsOf(value: unknown): number {
  const [, seconds = '', fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?/.exec(textOf(value)) ?? [];
  const time = Date.parse(`${seconds}Z`);
  if (Number.isNaN(time)) throw new TypeError('Not a time');
  return time * 1000 + Number(fraction.padEnd(6, '0'));
}
