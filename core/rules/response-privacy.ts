import { join, type Pointer } from '../document/pointer';
import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import { isObject } from '../json';
import { identifyingIn } from '../nhs/patient-data';
import type { Rule } from './rule';
import { sourced } from './sourced';

/** What is found is not repeated: findings are written down in places where a patient has no business. */
export const responsePrivacy: Rule = {
  id: 'response-privacy',
  severity: 'error',
  asks: 'The texts of an acknowledgement hold nothing that identifies the patient.',
  source: sourced('ITK3 Message Distribution 2.10.0, FHIR-BA-02'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge)) return;
    const outcome = outcomeOf(message);
    if (!outcome) return;
    const judge = (text: unknown, pointer: Pointer): void => {
      const found = typeof text === 'string' ? identifyingIn(text) : undefined;
      if (!found) return;
      const { what, offset, length } = found;
      const within = { offset, length };
      say(pointer, `This is ${what}: an acknowledgement must hold nothing that identifies the patient.`, { within });
    };
    for (const { issue, pointer } of issuesOf(outcome)) {
      judge(issue.diagnostics, join(pointer, 'diagnostics'));
      if (isObject(issue.details)) judge(issue.details.text, join(pointer, 'details', 'text'));
    }
    if (isObject(outcome.resource.text)) judge(outcome.resource.text.div, join(outcome.pointer, 'text', 'div'));
  },
};
