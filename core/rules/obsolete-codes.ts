import { join } from '../document/pointer';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import type { Rule } from './rule';

/** Says why the code system is wrong, in place of the stages that only see that it is. */
export const obsoleteCodes: Rule = {
  id: 'obsolete-codes',
  severity: 'error',
  asks: 'The code of an acknowledgement is not of a code system that was given up.',
  source: { title: 'ITK3 Message Distribution 2.10.0, response codes' },
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge)) return;
    const { marks, says, source } = knowledge.envelope.response.obsoleteCodes;
    for (const { coding, at } of issuesOf(outcomeOf(message))) {
      const { system } = coding;
      if (typeof system === 'string' && marks.some((mark) => system.includes(mark)))
        say(join(at, 'system'), says, { source: { title: source } });
    }
  },
};
