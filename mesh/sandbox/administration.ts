// What NHS England's sandbox lets a tester do from outside, without authorisation: reset, reports, events, details.
import { invalid, json, missing, refusal, REFUSALS, withoutZone } from './bodies';
import type { Answer, Problem } from './bodies';
import type { Exchange } from './exchange';
import { failureOf, reachedAt, sizeOf, statusOf } from './message';
import type { MessageStatus, Party, StoredMessage } from './message';
import { reportTo, UNDELIVERED, undeliveredSubject } from './reports';
import type { ReportedFailure } from './reports';
import { titled } from './tracking';

export async function reset({ mailboxes, parts, version }: Exchange): Promise<Answer> {
  if (parts.account === undefined) {
    await mailboxes.reset();
    return json(200, { message: 'all mailboxes reset' });
  }
  const account = mailboxes.account(parts.account);
  if (!account) return refusal(version, REFUSALS.noMailbox);
  await mailboxes.reset(account);
  return json(200, { message: `mailbox ${account.mailbox} reset` });
}

export async function report({ mailboxes, body, version, now }: Exchange): Promise<Answer> {
  const fields = read(body);
  const problems = ['mailbox_id', 'code', 'description', 'workflow_id'].filter((name) => fields[name] === undefined);
  if (problems.length > 0) return invalid(problems.map((name) => missing('body', name)));
  const { status = 'undeliverable' } = fields;
  if (status !== 'error' && status !== 'undeliverable') return invalid([noStatus(status, ['error', 'undeliverable'])]);
  const account = mailboxes.account(fields.mailbox_id ?? '');
  if (!account) return refusal(version, REFUSALS.noMailbox);
  const about = {
    workflowId: fields.workflow_id ?? '',
    localId: fields.local_id,
    linkedMessageId: fields.linked_message_id,
  };
  const { code = '', description = '', subject, file_name: fileName } = fields;
  // Of a message that was not delivered MESH says the same whatever was asked for.
  const failure: ReportedFailure =
    status === 'error'
      ? { ...about, status, code, description, subject, fileName }
      : { ...about, status, ...UNDELIVERED, subject: undeliveredSubject(subject) };
  const message = await mailboxes.accept(reportTo(account, failure, now()));
  return json(200, { message_id: message.id });
}

const STATUSES: readonly MessageStatus[] = ['uploading', 'accepted', 'acknowledged', 'undeliverable', 'error'];

/** Something happens to a message: `accepted` puts it into the inbox again. */
export async function event({ mailboxes, parts, body, version }: Exchange): Promise<Answer> {
  const { status: wanted, code, event: name, description, linked_message_id: linkedMessageId } = read(body);
  if (wanted === undefined) return invalid([missing('body', 'status')]);
  const status = STATUSES.find((known) => known === wanted);
  if (!status) return invalid([noStatus(wanted, STATUSES)]);
  const happened = { status, code, event: name, description, linkedMessageId };
  const message = await mailboxes.happened(parts.id ?? '', happened);
  return message ? { status: 200 } : refusal(version, REFUSALS.notFound);
}

export function mailbox({ mailboxes, parts, version }: Exchange): Answer {
  const account = mailboxes.account(parts.account ?? '');
  if (!account) return refusal(version, REFUSALS.noMailbox);
  return json(200, {
    mailbox_id: account.mailbox,
    mailbox_name: account.name,
    billing_entity: 'England',
    ods_code: account.odsCode,
    org_code: account.odsCode,
    org_name: '',
    active: account.active ?? true,
  });
}

/** What has no value is left out. */
export function message({ mailboxes, parts, version }: Exchange): Answer {
  const found = mailboxes.message(parts.id ?? '');
  return found ? json(200, details(found)) : refusal(version, REFUSALS.notFound);
}

function details(found: StoredMessage) {
  const failure = failureOf(found);
  const told = found.type === 'REPORT' ? failure : undefined;
  const collected = reachedAt(found, 'acknowledged');
  return {
    checksum: found.checksum ?? '',
    chunk_count: found.of,
    content_encoding: found.encoding,
    download_timestamp: collected && withoutZone(collected),
    expiry_time: withoutZone(found.expires),
    failure_date: failure && !told ? withoutZone(failure.at) : undefined,
    failure_diagnostic: told ? undefined : failure?.description,
    filename: found.fileName,
    file_size: sizeOf(found),
    linked_msg_id: failure?.linkedMessageId,
    local_id: found.localId,
    message_id: found.id,
    message_type: titled(found.type.toLowerCase()),
    ...party('recipient', found.to),
    ...party('sender', found.from),
    recipient: found.to.mailbox,
    sender: found.from.mailbox,
    status: titled(statusOf(found)),
    status_code: told?.code,
    status_description: told?.description,
    status_event: told?.event,
    status_success: failure ? 'ERROR' : 'SUCCESS',
    status_timestamp: told && withoutZone(told.at),
    subject: found.subject,
    upload_timestamp: withoutZone(found.uploaded),
    workflow_id: found.workflowId,
  };
}

const party = (side: 'sender' | 'recipient', { name, odsCode, orgName = '' }: Party) => ({
  [`${side}_name`]: name,
  [`${side}_ods_code`]: odsCode,
  [`${side}_org_code`]: odsCode,
  [`${side}_org_name`]: orgName,
});

const noStatus = (input: string, known: readonly string[]): Problem => ({
  type: 'value_error',
  loc: ['body', 'status'],
  msg: `Status should be one of ${known.join(', ')}`,
  input,
});

/** The texts in a JSON object; nothing when it is none. */
function read(body: Buffer): Partial<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(body.toString());
    const entries: [string, unknown][] = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
