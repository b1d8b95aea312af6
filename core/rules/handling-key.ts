import { join } from '../document/pointer';
import { readAnnounced } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The extension is open for keys of a local agreement, so one that was retired breaks no profile. */
export const handlingKey: Rule = {
  id: 'handling-key',
  severity: 'warning',
  asks: 'The handling extension has no key that ITK3 has retired.',
  source: sourced('ITK3 Message Distribution 2.10.0, handling specification'),
  check({ message, knowledge }, say) {
    for (const { url, pointer } of readAnnounced(message, knowledge)?.keys ?? []) {
      const retired = knowledge.envelope.retiredKeys.find(({ key }) => key === url);
      if (!retired) continue;
      say(join(pointer, 'url'), retired.says, {
        source: sourced(retired.source),
        fixes: [{ kind: 'remove', title: `Remove ${url}`, pointer }],
      });
    }
  },
};
