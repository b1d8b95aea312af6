import { headerOf } from '../itk3/message';
import { readHandling } from '../itk3/handling';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** STU3 leaves the id of a resource open, but an ITK3 message is known by that of its header. */
export const headerId: Rule = {
  id: 'header-id',
  severity: 'error',
  asks: 'The header of an ITK3 message has an id, by which acknowledgements name the message.',
  source: sourced('ITK3 Message Distribution 2.10.0, responses: MessageHeader.response.identifier'),
  absence: true,
  check({ message, knowledge: { envelope } }, say) {
    const header = headerOf(message);
    if (!header || header.resource.id !== undefined || !readHandling(message, envelope)) return;
    say(header.pointer, 'id is missing: acknowledgements name the message by the id of its header.', {
      part: 'key',
      missing: 'id',
    });
  },
};
