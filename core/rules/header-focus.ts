import { join } from '../document/pointer';
import type { Finding } from '../finding';
import { entriesOf, focusOf } from '../itk3/message';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** A focus that leads nowhere is told by the stage of references, one in an acknowledgement by its own rule. */
export const headerFocus: Rule = {
  id: 'header-focus',
  severity: 'error',
  asks: 'The focus of the header leads to what the message is about.',
  source: sourced('ITK3 Message Distribution 2.10.0, message header'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || isResponse(announced, knowledge) || announced.header.resource.response !== undefined) return;
    const { header, kind } = announced;
    const mandatory = kind?.header?.focus;
    const advice = mandatory ?? knowledge.envelope.focus;
    const more: Partial<Finding> = { severity: advice.severity, source: sourced(advice.source) };
    const target = focusOf(message);
    const pointer = join(header.pointer, 'focus');
    const bundles = entriesOf(message, message.root).filter(({ type, fullUrl }) => type === 'Bundle' && fullUrl);
    const value = [{ reference: bundles[0]?.fullUrl }];
    if (bundles.length === 1)
      more.fixes = [{ kind: 'set', title: 'Point at the bundle in this message', pointer, value }];
    if (header.resource.focus === undefined)
      say(header.pointer, `focus is missing: it ${advice.says}.`, { ...more, part: 'key' });
    else if (mandatory && target && target.type !== 'Bundle' && knowledge.registry.isResource(target.type))
      say(join(pointer, 0, 'reference'), `This leads to a resource of type ${target.type}: focus ${advice.says}.`, {
        ...more,
        related: [{ pointer: target.pointer, message: `The ${target.type} it points at` }],
      });
  },
};
