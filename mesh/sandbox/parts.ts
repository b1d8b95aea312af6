// POST /{mailbox}/outbox/{id}/{part}: the second and further parts of a message.
import { readChunkRange } from '../envelope';
import { internalError, invalid, json, refusal, REFUSALS } from './bodies';
import type { Answer, Problem, Refusal } from './bodies';
import type { Exchange } from './exchange';
import { single } from './headers';
import { statusOf } from './message';
import type { StoredMessage } from './message';
import { encodingOf } from './send';
import { MINIMUM_PART } from './strict';

export async function part(exchange: Exchange): Promise<Answer> {
  const { headers, version, parts, mailboxes, body } = exchange;
  const id = (parts.id ?? '').toUpperCase();
  const input = parts.part ?? '';
  if (!/^\d{1,9}$/.test(input)) return invalid([notANumber(input)]);
  const number = Number(input);
  const range = readChunkRange(single(headers['mex-chunk-range']) ?? '');
  if (range?.part !== number || number < 1 || number > range.of) {
    return refusal(version, { ...REFUSALS.chunkRange, messageId: id });
  }
  const place = { id, number, of: range.of };
  const taken = await mailboxes.takePart(id, number, body, (message) => objection(exchange, place, message));
  if ('refused' in taken) return 'text' in taken.refused ? refusal(version, taken.refused) : taken.refused;
  if (number === taken.message.of) exchange.accepted(taken.message);
  return version === 2 ? json(202, null) : json(202, { messageID: taken.message.id, blockID: number });
}

/** In the order in which NHS England's sandbox looks; a refusal, or the answer that has no refusal's shape. */
function objection(
  { owner, headers, strict, body }: Exchange,
  place: { id: string; number: number; of: number },
  message: StoredMessage | undefined,
): Refusal | Answer | undefined {
  const { id: messageId, number } = place;
  if (!message) return REFUSALS.notFound;
  if (message.from.mailbox !== owner.mailbox) return REFUSALS.forbidden;
  if (statusOf(message) !== 'uploading') return internalError(423);
  if (number > message.of) return internalError(406);
  if (encodingOf(headers) !== message.encoding) return REFUSALS.encodingChanged;
  if (strict.sizes && number < message.of && body.length <= MINIMUM_PART) {
    return { ...REFUSALS.smallPart, messageId };
  }
  if (strict.missingParts) {
    if (place.of !== message.of) return { ...REFUSALS.chunkRange, messageId };
    const there = new Set([...message.parts.keys(), number]);
    if (number === message.of && there.size < message.of) return { ...REFUSALS.missingParts, messageId };
  }
  return undefined;
}

const notANumber = (input: string): Problem => ({
  type: 'int_parsing',
  loc: ['path', 'chunk_number'],
  msg: 'Input should be a valid integer, unable to parse string as an integer',
  input,
});
