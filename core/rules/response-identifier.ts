import { join } from '../document/pointer';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import { UNREADABLE } from '../itk3/reply';
import { isObject } from '../json';
import { URN_UUID, withoutUrn } from '../uuid';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const responseIdentifier: Rule = {
  id: 'response-identifier',
  severity: 'error',
  asks: 'An acknowledgement names the message that it answers by the bare id of its header.',
  source: sourced('ITK3 Message Distribution 2.10.0, response messages and response example of 10009'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge)) return;
    const { resource, pointer: at } = announced.header;
    const identifier = isObject(resource.response) ? resource.response.identifier : undefined;
    if (typeof identifier !== 'string') return;
    const pointer = join(at, 'response', 'identifier');
    const bare = withoutUrn(identifier);
    const change = (value: string) => ({
      fixes: [{ kind: 'set' as const, title: `Change to ${value}`, pointer, value }],
    });
    if (bare === resource.id)
      say(pointer, 'This is the id of this header itself: it must be the id of the header of the message answered.');
    else if (identifier.startsWith(URN_UUID))
      say(
        pointer,
        `The identifier is the bare id of a header, without ${URN_UUID}, which an id cannot hold.`,
        change(bare),
      );
    else if (identifier.toUpperCase() === UNREADABLE) {
      const { code: unreadable } = knowledge.envelope.response.unreadable;
      const code = issuesOf(outcomeOf(message))[0]?.code;
      const known = knowledge.responseCodes.find((c) => c.code === code);
      if (identifier !== UNREADABLE) say(pointer, `This is written ${UNREADABLE}.`, change(UNREADABLE));
      else if (!known || code === unreadable) return;
      else if (known.layer === 'infrastructure' && known.outcome === 'negative')
        say(
          pointer,
          `This goes with ${unreadable}; with ${known.code} the id of the header that is answered is better, if it can be read.`,
          { severity: 'information' },
        );
      else
        say(
          pointer,
          `This goes with ${unreadable} only: who answers ${known.code} has read the message, and names it by the id of its header.`,
        );
    }
  },
};
