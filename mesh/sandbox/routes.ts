// The sandbox's table of contents: every path it answers, and the answers too short for a file of their own.
import { invalid, json, missing, refusal, REFUSALS } from './bodies';
import type { Answer } from './bodies';
import { download, head } from './download';
import type { Exchange, Route } from './exchange';
import { inbox } from './inbox';
import { send } from './send';
import { trackById, trackByLocalId } from './tracking';

/** In the order in which a path is looked up. */
export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/health', answer: ping },
  { method: 'GET', path: '/_ping', answer: ping },
  { method: 'GET', path: '/messageexchange/_ping', answer: ping },
  { method: 'POST', path: '/messageexchange/{mailbox}', answer: handshake },
  { method: 'GET', path: '/messageexchange/{mailbox}', answer: handshake },
  { method: 'POST', path: '/messageexchange/{mailbox}/outbox', answer: send },
  { method: 'GET', path: '/messageexchange/{mailbox}/outbox/tracking', answer: trackById },
  { method: 'GET', path: '/messageexchange/{mailbox}/outbox/tracking/{localId}', answer: trackByLocalId },
  { method: 'GET', path: '/messageexchange/{mailbox}/count', answer: count },
  { method: 'GET', path: '/messageexchange/{mailbox}/inbox', answer: inbox },
  { method: 'HEAD', path: '/messageexchange/{mailbox}/inbox/{id}', answer: head },
  { method: 'GET', path: '/messageexchange/{mailbox}/inbox/{id}', answer: download },
  { method: 'GET', path: '/messageexchange/{mailbox}/inbox/{id}/{part}', answer: download },
  { method: 'PUT', path: '/messageexchange/{mailbox}/inbox/{id}/status/acknowledged', answer: acknowledge },
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

function count({ mailboxes, owner, version, randomUUID }: Exchange): Answer {
  const waiting = { count: mailboxes.waiting(owner).length };
  if (version === 2) return json(200, waiting);
  return json(200, { ...waiting, internalID: randomUUID().replaceAll('-', ''), allResultsIncluded: true });
}

function acknowledge({ mailboxes, owner, version, parts }: Exchange): Answer {
  const message = mailboxes.message(parts.id ?? '');
  if (!message) return refusal(version, REFUSALS.noMessage);
  if (message.to.mailbox !== owner.mailbox) return refusal(version, REFUSALS.forbidden);
  mailboxes.acknowledge(message);
  return version === 2 ? { status: 200 } : json(200, { messageId: message.id });
}
