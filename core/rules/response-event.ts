import { join } from '../document/pointer';
import { nameOf, readAnnounced } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Where the MessageDefinition shows that the event itself is wrong, that alone is told, by its own rule. */
export const responseEvent: Rule = {
  id: 'response-event',
  severity: 'error',
  asks: 'An acknowledgement, and no other message, says in response what it answers.',
  source: sourced('ITK3 Message Distribution 2.10.0, response messages'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced?.event || announced.event !== announced.kind) return;
    const { header, event } = announced;
    const { responseEvent: code } = knowledge.envelope;
    const isAnswer = event.event === code;
    const has = header.resource.response !== undefined;
    if (isAnswer && !has)
      say(header.pointer, `response is missing: an acknowledgement says there which message it answers.`, {
        part: 'key',
      });
    if (!isAnswer && has) {
      const pointer = join(header.pointer, 'response');
      say(pointer, `Only an acknowledgement, ${code}, has a response; this is ${nameOf(event, knowledge)}.`, {
        part: 'key',
      });
    }
  },
};
