// POST /{mailbox}/outbox: what the sandbox asks of a message, or of its first part, before it takes it.
import type { IncomingHttpHeaders } from 'node:http';
import { hasControlCharacter, readChunkRange, TEXT_HEADERS } from '../envelope';
import type { TextHeader } from '../envelope';
import { partyOf } from './accounts';
import type { SandboxMailbox } from './accounts';
import { invalid, json, missing, refusal, REFUSALS, tooLong } from './bodies';
import type { Answer, Problem, Refusal } from './bodies';
import type { Exchange } from './exchange';
import { flag, single } from './headers';
import type { Draft } from './message';
import { route, UNROUTED } from './routing';
import { MINIMUM_PART } from './strict';

export async function send(exchange: Exchange): Promise<Answer> {
  const { headers, version, owner, mailboxes, body } = exchange;
  const problems = TEXT_HEADERS.flatMap((rule) => headerProblems(headers, rule));
  if (problems.length > 0) return invalid(problems);
  const text = (field: TextHeader['field']) => {
    const rule = TEXT_HEADERS.find((candidate) => candidate.field === field);
    const value = rule && headerOf(headers, rule)?.trim();
    return value === '' ? undefined : value;
  };
  const address = text('to') ?? '';
  const workflowId = text('workflowId') ?? '';
  const of = readChunkRange(single(headers['mex-chunk-range']) ?? '1:1')?.of ?? 1;
  const found = route(address, workflowId, exchange);
  const to = found?.to ?? mailboxes.account(address);
  const refused =
    refusalOf(headers, text) ??
    (to || found ? unregistered(exchange, workflowId, to) : REFUSALS.unknownRecipient) ??
    (body.length === 0 ? REFUSALS.noContent : undefined) ??
    (exchange.strict.sizes && of > 1 && body.length <= MINIMUM_PART ? REFUSALS.smallPart : undefined);
  if (refused) return refusal(version, refused);
  const draft: Draft = {
    from: partyOf(owner),
    to: to ? partyOf(to) : UNROUTED,
    fate: found?.fate,
    workflowId,
    localId: text('localId'),
    subject: text('subject'),
    fileName: text('fileName'),
    partnerId: text('partnerId'),
    checksum: text('checksum'),
    encrypted: flag(headers['mex-content-encrypted']),
    compressed: flag(headers['mex-content-compressed']),
    contentType: single(headers['mex-content-type']) ?? text('contentType') ?? 'application/octet-stream',
    encoding: encodingOf(headers),
    parts: [body],
    of,
  };
  const message = await mailboxes.accept(draft);
  if (of === 1) exchange.accepted(message);
  return json(202, version === 2 ? { message_id: message.id } : { messageID: message.id });
}

/** Undefined for none. Any other than gzip has been refused. */
export const encodingOf = (headers: IncomingHttpHeaders): 'gzip' | undefined =>
  contentEncoding(headers) === 'gzip' ? 'gzip' : undefined;

const contentEncoding = (headers: IncomingHttpHeaders) => headers['content-encoding']?.trim().toLowerCase() ?? '';

function headerProblems(headers: IncomingHttpHeaders, rule: TextHeader): Problem[] {
  const name = rule.header.toLowerCase();
  const value = headerOf(headers, rule);
  if (value === undefined) return rule.required ? [missing('header', name)] : [];
  return value.length > rule.maximum ? [tooLong('header', name, value, rule.maximum)] : [];
}

function refusalOf(
  headers: IncomingHttpHeaders,
  text: (field: TextHeader['field']) => string | undefined,
): Refusal | undefined {
  if (text('to') === undefined) return REFUSALS.noRecipient;
  if (!['gzip', ''].includes(contentEncoding(headers))) return REFUSALS.encoding;
  if (hasControlCharacter(single(headers['mex-content-type']) ?? '')) return REFUSALS.malformedHeader;
  for (const { field, pattern } of TEXT_HEADERS) {
    const value = text(field) ?? '';
    if (hasControlCharacter(value)) return REFUSALS.malformedHeader;
    if (field === 'to' && /https?:\/\//i.test(value)) return REFUSALS.malformedHeader;
    if (pattern && !pattern.test(value)) return REFUSALS.checksum;
  }
  const range = readChunkRange(single(headers['mex-chunk-range']) ?? '1:1');
  return range?.part === 1 && range.of >= 1 ? undefined : REFUSALS.chunkRange;
}

/** A strict sandbox holds both ends to the workflow's registrations, and takes nothing to a closed mailbox. */
function unregistered(
  { strict, workflows, owner }: Exchange,
  workflowId: string,
  to: SandboxMailbox | undefined,
): Refusal | undefined {
  if (strict.inactive && to?.active === false) return REFUSALS.unknownRecipient;
  if (!strict.workflows) return undefined;
  const registered = workflows.filter(({ id }) => id === workflowId);
  if (!registered.some(({ senders }) => senders.includes(owner.mailbox))) return REFUSALS.senderNotAllowed;
  return !to || registered.some(({ receivers }) => receivers.includes(to.mailbox))
    ? undefined
    : REFUSALS.workflowNotRegistered;
}

const headerOf = (headers: IncomingHttpHeaders, rule: TextHeader) => single(headers[rule.header.toLowerCase()]);
