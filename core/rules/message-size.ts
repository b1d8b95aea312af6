import { readAnnounced } from '../itk3/message-kind';
import type { Rule } from './rule';
import { sourced } from './sourced';

export const messageSize: Rule = {
  id: 'message-size',
  severity: 'warning',
  asks: 'A message is no larger than 5 MB.',
  source: sourced('ITK3 Message Distribution 2.10.0, response codes'),
  check({ message, knowledge, bytes }, say) {
    const { bytes: most, code, source } = knowledge.envelope.largestMessage;
    if (bytes === undefined || bytes <= most || !readAnnounced(message, knowledge)) return;
    const text = `This message has ${inMegabytes(bytes)} MB: a receiver may refuse more than ${inMegabytes(most)} MB with ${code}.`;
    say('', text, { part: 'key', source: sourced(source) });
  },
};

/** Never less than it is, so that a little too much does not read as just enough. */
function inMegabytes(bytes: number): number {
  return Math.ceil((bytes / 1024 / 1024) * 10) / 10;
}
