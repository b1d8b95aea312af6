// GET /endpointlookup and /workflowsearch: which mailboxes receive a workflow. No authorisation, and case matters.
import { json } from './bodies';
import type { Answer } from './bodies';
import type { Exchange } from './exchange';
import type { SandboxMailbox } from './accounts';

/** Those of one organisation. */
export function lookup({ parts, version, randomUUID, ...world }: Exchange): Answer {
  const found = receivers(world, parts.workflowId).filter(({ odsCode }) => odsCode === parts.odsCode);
  if (version === 2) return json(200, { results: found.map(endpoint) });
  const results = found.map(({ mailbox, name }) => ({ address: mailbox, description: name, endpoint_type: 'MESH' }));
  return json(200, { query_id: randomUUID().replaceAll('-', ''), results });
}

/** All of them; of version 2 whatever was asked for. */
export const search = ({ parts, ...world }: Exchange): Answer =>
  json(200, { results: receivers(world, parts.workflowId).map(endpoint) });

const endpoint = ({ mailbox, name }: SandboxMailbox) => ({ mailbox_id: mailbox, mailbox_name: name });

function receivers(
  { mailboxes, workflows }: Pick<Exchange, 'mailboxes' | 'workflows'>,
  workflowId = '',
): SandboxMailbox[] {
  const ids = workflows.filter(({ id }) => id === workflowId).flatMap((workflow) => workflow.receivers);
  return mailboxes.accounts.filter(({ mailbox }) => ids.includes(mailbox));
}
