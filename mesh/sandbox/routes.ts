// The sandbox's table of contents: every path it answers, and the answers too short for a file of their own.
import { invalid, json, missing, refusal, REFUSALS } from './bodies';
import type { Answer } from './bodies';
import { event, mailbox, message, report, reset } from './administration';
import { download, head } from './download';
import type { Exchange, Route } from './exchange';
import { inbox } from './inbox';
import { lookup, search } from './lookup';
import { part } from './parts';
import { richInbox, richOutbox } from './rich';
import { send } from './send';
import { trackById, trackByLocalId } from './tracking';

/** In the order in which a path is looked up. */
export const ROUTES: readonly Route[] = [
  { name: 'ping', method: 'GET', path: '/health', answer: ping },
  { name: 'ping', method: 'GET', path: '/healthcheck', answer: ping },
  { name: 'ping', method: 'GET', path: '/_status', answer: ping },
  { name: 'ping', method: 'GET', path: '/_ping', answer: ping },
  { name: 'ping', method: 'GET', path: '/messageexchange/_ping', answer: ping },
  { name: 'ping', method: 'GET', path: '/messageexchange/deepping', answer: ping },
  { name: 'lookup', method: 'GET', path: '/messageexchange/endpointlookup/{odsCode}/{workflowId}', answer: lookup },
  { name: 'search', method: 'GET', path: '/messageexchange/workflowsearch/{workflowId}', answer: search },
  { name: 'reset', method: 'DELETE', path: '/messageexchange/admin/reset', answer: reset },
  { name: 'reset', method: 'DELETE', path: '/admin/reset', answer: reset },
  { name: 'reset', method: 'DELETE', path: '/messageexchange/admin/reset/{account}', answer: reset },
  { name: 'reset', method: 'DELETE', path: '/admin/reset/{account}', answer: reset },
  { name: 'report', method: 'POST', path: '/messageexchange/admin/report', answer: report },
  { name: 'event', method: 'POST', path: '/messageexchange/admin/message/{id}/event', answer: event },
  { name: 'event', method: 'POST', path: '/admin/message/{id}/event', answer: event },
  { name: 'mailbox', method: 'GET', path: '/messageexchange/admin/mailbox/{account}', answer: mailbox },
  { name: 'mailbox', method: 'GET', path: '/admin/mailbox/{account}', answer: mailbox },
  { name: 'mailbox', method: 'GET', path: '/messageexchange/mailbox/{account}', answer: mailbox },
  { name: 'message', method: 'GET', path: '/messageexchange/admin/message/{id}', answer: message },
  { name: 'message', method: 'GET', path: '/admin/message/{id}', answer: message },
  { name: 'handshake', method: 'POST', path: '/messageexchange/{mailbox}', answer: handshake },
  { name: 'handshake', method: 'GET', path: '/messageexchange/{mailbox}', answer: handshake },
  { name: 'update', method: 'POST', path: '/messageexchange/{mailbox}/update', answer: update },
  { name: 'send', method: 'POST', path: '/messageexchange/{mailbox}/outbox', answer: send },
  { name: 'part', method: 'POST', path: '/messageexchange/{mailbox}/outbox/{id}/{part}', answer: part },
  { name: 'rich-outbox', method: 'GET', path: '/messageexchange/{mailbox}/outbox/rich', answer: richOutbox },
  { name: 'track', method: 'GET', path: '/messageexchange/{mailbox}/outbox/tracking', answer: trackById },
  {
    name: 'track-by-local-id',
    method: 'GET',
    path: '/messageexchange/{mailbox}/outbox/tracking/{localId}',
    answer: trackByLocalId,
  },
  { name: 'count', method: 'GET', path: '/messageexchange/{mailbox}/count', answer: count },
  { name: 'inbox', method: 'GET', path: '/messageexchange/{mailbox}/inbox', answer: inbox },
  { name: 'rich-inbox', method: 'GET', path: '/messageexchange/{mailbox}/inbox/rich', answer: richInbox },
  { name: 'head', method: 'HEAD', path: '/messageexchange/{mailbox}/inbox/{id}', answer: head },
  { name: 'download', method: 'GET', path: '/messageexchange/{mailbox}/inbox/{id}', answer: download },
  { name: 'download', method: 'GET', path: '/messageexchange/{mailbox}/inbox/{id}/{part}', answer: download },
  {
    name: 'acknowledge',
    method: 'PUT',
    path: '/messageexchange/{mailbox}/inbox/{id}/status/acknowledged',
    answer: acknowledge,
  },
];

function ping(): Answer {
  return json(200, { env: 'local', build_label: 'latest', status: 'running', outcome: 'Yes' });
}

const HANDSHAKE_HEADERS = ['mex-clientversion', 'mex-osname', 'mex-osversion'];

function handshake({ headers, version, owner }: Exchange): Answer {
  const absent = HANDSHAKE_HEADERS.filter((name) => headers[name] === undefined);
  if (absent.length > 0) return invalid(absent.map((name) => missing('header', name)));
  return version === 2 ? { status: 200 } : json(200, { mailboxId: owner.mailbox });
}

/** Where the Java client asked for a newer one of itself. */
function update(): Answer {
  return { status: 200 };
}

function count({ mailboxes, owner, version, randomUUID }: Exchange): Answer {
  const waiting = { count: mailboxes.waiting(owner).length };
  if (version === 2) return json(200, waiting);
  return json(200, { ...waiting, internalID: randomUUID().replaceAll('-', ''), allResultsIncluded: true });
}

async function acknowledge({ mailboxes, owner, version, parts }: Exchange): Promise<Answer> {
  const found = mailboxes.message(parts.id ?? '');
  if (!found) return refusal(version, REFUSALS.noMessage);
  if (found.to.mailbox !== owner.mailbox) return refusal(version, REFUSALS.forbidden);
  await mailboxes.acknowledge(found);
  return version === 2 ? { status: 200 } : json(200, { messageId: found.id });
}
