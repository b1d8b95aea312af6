import { join } from '../document/pointer';
import { entriesOf, focusOf } from '../itk3/message';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const responseContent: Rule = {
  id: 'response-content',
  severity: 'error',
  asks: 'An acknowledgement holds its header, the sender and the outcome, and has no focus.',
  source: sourced('ITK3 Message Distribution 2.10.0, bundle types and response messages'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge) || announced.header.resource.response === undefined) return;
    const { resources, resourcesSource } = knowledge.envelope.response;
    const isPart = (type: string): boolean => resources.includes(type) || !knowledge.registry.isResource(type);
    for (const { type, pointer } of entriesOf(message, message.root))
      if (!isPart(type))
        say(
          pointer,
          `An acknowledgement holds no ${type}: only its header, the organisation or person that answers, and the outcome.`,
          { part: 'key', source: sourced(resourcesSource) },
        );
    const target = focusOf(message);
    if (!target || !isPart(target.type)) return;
    const pointer = join(announced.header.pointer, 'focus');
    say(pointer, 'focus does not belong in an acknowledgement: response.details leads to the outcome.', {
      severity: 'warning',
      part: 'key',
      fixes: [{ kind: 'remove', title: 'Remove focus', pointer }],
    });
  },
};
