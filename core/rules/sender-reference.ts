import { join } from '../document/pointer';
import { documentOf } from '../itk3/document';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

const NONE = 'None';

/** Its length is the profile's business; a text of spaces is none at all, which the shape has told. */
export const senderReference: Rule = {
  id: 'sender-reference',
  severity: 'error',
  asks: 'SenderReference has a letter or a digit in it; None stands for no reference.',
  source: sourced('ITK3 Message Distribution 2.10.0, handling specification; receivers check it and answer 10007'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    const key = announced?.keys.find(({ url }) => url === 'SenderReference');
    if (!announced || key?.name !== 'valueString' || typeof key.value !== 'string') return;
    const pointer = join(key.pointer, key.name);
    if (key.value.trim() !== '' && !/\w/.test(key.value) && !/[\p{L}\p{N}]/u.test(key.value))
      say(pointer, `SenderReference needs a letter or a digit: give a reference of your own, or "${NONE}".`);
    const advice = announced.kind?.header?.senderReference;
    // Older guides, whose sections are still sent, had None and no more.
    const isOlder = documentOf(message, knowledge)?.sections.some(({ form }) => form?.until !== undefined);
    if (
      advice &&
      !isOlder &&
      key.value.trim().toLowerCase() === NONE.toLowerCase() &&
      !isResponse(announced, knowledge)
    )
      say(pointer, advice.says, { severity: advice.severity, source: sourced(advice.source) });
  },
};
