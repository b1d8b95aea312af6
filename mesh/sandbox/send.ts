// POST /{mailbox}/outbox: what the sandbox asks of a message before it takes it.
import type { IncomingHttpHeaders } from 'node:http';
import { hasControlCharacter, readChunkRange, TEXT_HEADERS } from '../envelope';
import type { TextHeader } from '../envelope';
import { invalid, json, missing, refusal, REFUSALS, tooLong } from './bodies';
import type { Answer, Problem, Refusal } from './bodies';
import type { Exchange } from './exchange';
import type { Draft } from './mailboxes';

export function send(exchange: Exchange): Answer {
  const { headers, version, owner, mailboxes, body } = exchange;
  const problems = TEXT_HEADERS.flatMap((rule) => headerProblems(headers, rule));
  if (problems.length > 0) return invalid(problems);
  const text = (field: TextHeader['field']) => {
    const rule = TEXT_HEADERS.find((candidate) => candidate.field === field);
    const value = rule && headerOf(headers, rule)?.trim();
    return value === '' ? undefined : value;
  };
  const refused = refusalOf(headers, text);
  if (refused) return refusal(version, refused);
  const to = mailboxes.account(text('to') ?? '');
  if (!to) return refusal(version, REFUSALS.unknownRecipient);
  if (body.length === 0) return refusal(version, REFUSALS.noContent);
  const draft: Draft = {
    from: owner,
    to,
    workflowId: text('workflowId') ?? '',
    localId: text('localId'),
    subject: text('subject'),
    fileName: text('fileName'),
    partnerId: text('partnerId'),
    checksum: text('checksum'),
    encrypted: flag(headers['mex-content-encrypted']),
    compressed: flag(headers['mex-content-compressed']),
    contentType: single(headers['mex-content-type']) ?? text('contentType') ?? 'application/octet-stream',
    encoding: headers['content-encoding'] === 'gzip' ? 'gzip' : undefined,
    parts: [body],
  };
  const message = mailboxes.accept(draft);
  exchange.accepted(message);
  return json(202, version === 2 ? { message_id: message.id } : { messageID: message.id });
}

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
  if (!['gzip', 'identity'].includes(headers['content-encoding'] ?? 'identity')) return REFUSALS.encoding;
  if (hasControlCharacter(single(headers['mex-content-type']) ?? '')) return REFUSALS.malformedHeader;
  for (const { field, pattern } of TEXT_HEADERS) {
    const value = text(field) ?? '';
    if (hasControlCharacter(value)) return REFUSALS.malformedHeader;
    if (field === 'to' && /https?:\/\//i.test(value)) return REFUSALS.malformedHeader;
    if (pattern && !pattern.test(value)) return REFUSALS.checksum;
  }
  const range = readChunkRange(single(headers['mex-chunk-range']) ?? '1:1');
  if (range?.part !== 1 || range.of < 1) return REFUSALS.chunkRange;
  return range.of === 1 ? undefined : REFUSALS.chunked;
}

const headerOf = (headers: IncomingHttpHeaders, rule: TextHeader) => single(headers[rule.header.toLowerCase()]);

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : value);

const flag = (value: string | string[] | undefined) => /^(y|yes|t|true|on|1)$/i.test(single(value)?.trim() ?? '');
