import { join } from '../document/pointer';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** Says why a code is wrong, in place of the stages that only see that it is. */
export const obsoleteCodes: Rule = {
  id: 'obsolete-codes',
  severity: 'error',
  asks: 'An acknowledgement has no response code that ITK3 has retired.',
  source: sourced('ITK3 Message Distribution 2.10.0, response codes'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge)) return;
    const { systems, codes } = knowledge.envelope.response.obsoleteCodes;
    for (const { coding, at, code } of issuesOf(outcomeOf(message))) {
      const { system } = coding;
      const retired = codes.find((c) => c.code === code);
      if (typeof system === 'string' && systems.marks.some((mark) => system.includes(mark)))
        say(join(at, 'system'), systems.says, { source: sourced(systems.source) });
      else if (retired) say(join(at, 'code'), retired.says, { source: sourced(retired.source) });
    }
  },
};
