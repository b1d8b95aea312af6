import { isResponse, readAnnounced } from '../itk3/message-kind';
import { issuesOf, outcomeOf } from '../itk3/outcome';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const responseIssues: Rule = {
  id: 'response-issues',
  severity: 'warning',
  asks: 'An acknowledgement has one issue, with one response code.',
  source: sourced('ITK3 Message Distribution 2.10.0, response codes; ITK-Response-OperationOutcome-1 1.2.0'),
  check({ message, knowledge }, say) {
    const announced = readAnnounced(message, knowledge);
    if (!announced || !isResponse(announced, knowledge)) return;
    const [first, ...others] = issuesOf(outcomeOf(message));
    // A receiver may tell of several faults under one code, but not of one fault twice.
    const [second, ...more] = others.filter(
      ({ code, issue }) => code !== first?.code || JSON.stringify(issue) === JSON.stringify(first?.issue),
    );
    if (!second) return;
    const count = more.length === 0 ? 'a second issue' : `${more.length + 1} issues more`;
    say(
      second.pointer,
      `This is ${count}: the profile allows several, but ITK3 means a response to carry one code; leave the others out.`,
      { part: 'key' },
    );
  },
};
