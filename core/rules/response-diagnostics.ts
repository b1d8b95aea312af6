import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** The published samples of ITK3 have none: it is GP Connect that asks. */
export const responseDiagnostics: Rule = {
  id: 'response-diagnostics',
  severity: 'warning',
  asks: 'A refusal says in diagnostics what was wrong.',
  source: sourced('GP Connect Send Document, GPCM-SD-074; GP Connect Emergency Supply 1.3.0, acknowledgements'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge)) return;
    for (const { issue, pointer, code } of issuesOf(outcomeOf(message))) {
      const known = knowledge.responseCodes.find((c) => c.code === code);
      if (known?.outcome !== 'negative' || issue.diagnostics !== undefined) continue;
      say(
        pointer,
        `diagnostics is missing: GP Connect asks every refusal to say there what was wrong, though ITK3 leaves it open.`,
        { part: 'key' },
      );
    }
  },
};
