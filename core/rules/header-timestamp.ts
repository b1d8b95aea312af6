import { join } from '../document/pointer';
import { readAnnounced } from '../itk3/message-kind';
import type { Rule } from './rule';

/** Clocks differ: so much is nobody's mistake. */
const SKEW_MS = 5 * 60 * 1000;

const INSTANT = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/;

export const headerTimestamp: Rule = {
  id: 'header-timestamp',
  severity: 'warning',
  asks: 'The timestamp of the header, the moment at which the message was made, does not lie in the future.',
  source: { title: 'FHIR STU3, MessageHeader.timestamp', url: 'http://hl7.org/fhir/STU3/messageheader.html' },
  check({ message, knowledge, now }, say) {
    const header = now === undefined ? undefined : readAnnounced(message, knowledge)?.header;
    const timestamp = header?.resource.timestamp;
    if (now === undefined || !header || typeof timestamp !== 'string') return;
    // What is no instant has been told by the stage of shape.
    if (INSTANT.test(timestamp) && Date.parse(timestamp) > now + SKEW_MS)
      say(
        join(header.pointer, 'timestamp'),
        'This lies in the future: timestamp is the moment at which the message was made.',
      );
  },
};
