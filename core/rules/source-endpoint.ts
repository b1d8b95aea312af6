import { join } from '../document/pointer';
import { readAnnounced } from '../itk3/message-kind';
import { isObject } from '../json';
import type { Rule } from './rule';
import { sourced } from './sourced';

const MAILBOX = /^[A-Za-z0-9_-]+$/;

/** What else people write here, by how it looks. Spaces are told by the stage of shape: the element is a uri. */
const OTHERS: [RegExp, string][] = [
  [/^GPPROVIDER_/i, 'the address that MESH routes by, which tells of the patient'],
  [/^urn:nhs-uk:addressing/i, 'an address of older ITK messages'],
  [/^urn:oid:|^\d+(\.\d+)+$/i, 'an OID'],
  [/^urn:/i, 'a urn'],
  [/:\/\//, 'a url'],
  [/@/, 'a mail address'],
];

export const sourceEndpoint: Rule = {
  id: 'source-endpoint',
  severity: 'warning',
  asks: "The endpoint of the source is the sender's MESH mailbox id.",
  source: sourced('ITK-MessageHeader-2 2.1.0, source.endpoint'),
  check({ message, knowledge }, say) {
    const header = readAnnounced(message, knowledge)?.header;
    const source = header?.resource.source;
    if (!header || !isObject(source) || typeof source.endpoint !== 'string') return;
    const { endpoint } = source;
    const other = OTHERS.find(([looks]) => looks.test(endpoint))?.[1];
    if (endpoint === '' || /\s/.test(endpoint) || (other === undefined && MAILBOX.test(endpoint))) return;
    say(
      join(header.pointer, 'source', 'endpoint'),
      `endpoint must be the MESH mailbox id of the sender, such as X26ABC1${other === undefined ? '' : `, not ${other}`}.`,
    );
  },
};
