// GET /{mailbox}/inbox/rich and /outbox/rich: undocumented listings with a few facts of each message, newest first.
import { versioned, withoutZone } from './bodies';
import type { Answer } from './bodies';
import type { Exchange } from './exchange';
import { failureOf, statusOf } from './message';
import type { StoredMessage } from './message';

const MONTH = 30 * 24 * 60 * 60 * 1000;
const LIMIT = 100;

export const richInbox = (exchange: Exchange): Answer =>
  listing(
    exchange,
    exchange.mailboxes.messages().filter(({ to }) => to.mailbox === exchange.owner.mailbox),
  );

export const richOutbox = (exchange: Exchange): Answer => listing(exchange, exchange.mailboxes.sent(exchange.owner));

function listing({ search, path, now }: Exchange, messages: StoredMessage[]): Answer {
  const query = new URLSearchParams(search);
  const wanted = utc(query.get('start_time') ?? '');
  const start = Number.isNaN(wanted.getTime()) ? new Date(now().getTime() - MONTH) : wanted;
  const asked = Number(query.get('max_results') ?? LIMIT);
  const limit = Number.isInteger(asked) ? Math.max(Math.min(asked, LIMIT), 0) : LIMIT;
  const last = query.get('continue_from');
  const recent = messages.filter(({ uploaded }) => uploaded > start).sort((a, b) => b.order - a.order);
  const rest = recent.slice(recent.findIndex(({ id }) => id === last) + 1);
  const page = rest.slice(0, limit);
  const link = (more: Record<string, string>) =>
    `${path}?${new URLSearchParams({ start_time: withoutZone(start), max_results: String(limit), ...more }).toString()}`;
  const end = rest.length > page.length ? page.at(-1) : undefined;
  return versioned(2, 200, {
    valid_at: withoutZone(now()),
    messages: page.map(facts),
    links: { self: link({}), next: end && link({ continue_from: end.id }) },
  });
}

/** A time without a zone is UTC here, as everywhere in MESH. */
const utc = (text: string) => new Date(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);

/** What has no value is left out. */
const facts = (message: StoredMessage) => ({
  message_id: message.id,
  expiry_timestamp: withoutZone(message.expires),
  local_id: message.localId,
  message_type: message.type,
  recipient: message.to.mailbox,
  recipient_name: message.to.name,
  sender: message.from.mailbox,
  sender_name: message.from.name,
  sent_date: withoutZone(message.uploaded),
  status: statusOf(message),
  status_code: failureOf(message)?.code,
  workflow_id: message.workflowId,
  total_chunks: message.of,
});
