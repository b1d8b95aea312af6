// GPPROVIDER addresses: which practice's mailbox a message about a patient goes to, as MESH finds it out by PDS.
import type { SandboxMailbox } from './accounts';
import type { Exchange } from './exchange';
import type { Fate, Party } from './message';
import type { Registered } from './people';

/** What MESH finds: a mailbox, or what it will tell the sender in a report. */
export type Found = { to: SandboxMailbox; fate?: undefined } | { to?: undefined; fate: Fate };

/** Recipient of what could not be routed. The address itself is patient data, and is not kept. */
export const UNROUTED: Party = { mailbox: '', name: '', odsCode: '' };

/** What MESH tells the sender of what it could not route. */
export const FATES = {
  several: { code: 'EPL-150', description: 'Multiple mailboxes matches' },
  none: { code: 'EPL-151', description: 'No mailbox matched' },
  invalid: { code: 'EPL-152', description: 'Invalid NHS Number' },
  unknown: { code: 'EPL-153', description: 'NHS Number not found' },
  mismatch: { code: 'EPL-154', description: 'NHS Number supplied does not match the demographics' },
} as const satisfies Record<string, Fate>;

/** The workflows that the guide to endpoint lookup lists for routing by the patient. */
const ROUTED: readonly string[] = [
  'TOC_FHIR_IP_DISCH',
  'TOC_FHIR_MH_DISCH',
  'TOC_FHIR_EC_DISCH',
  'TOC_FHIR_OP_ATTEN',
  'TOC_OUTP_ATT_DMS',
  'GPFED_CONSULT_REPORT',
  'GPFED_CONSULT_REPORT_ACK',
  'GPCONNECT_UPDATE_RECORD',
  'GPCONNECT_UPDATE_RECORD_ACK',
  'GPCONNECT_SEND_DOCUMENT',
];

/**
 * The Digital Medicines workflows are not in that list, but their own guide asks for the address to be of this form, so
 * they are routed too. Their acknowledgements go back to a mailbox that is known.
 */
const isRouted = (workflowId: string) => ROUTED.includes(workflowId) || /^DIGMED_(?!.*_ACK$)/.test(workflowId);

/** Undefined when the address is to be taken as it stands: then it is that of a mailbox, or of none. */
export function route(
  address: string,
  workflowId: string,
  { strict, people, mailboxes, workflows }: Pick<Exchange, 'strict' | 'people' | 'mailboxes' | 'workflows'>,
): Found | undefined {
  if (!strict.routing || !address.startsWith('GPPROVIDER_') || !isRouted(workflowId)) return undefined;
  const practices = practicesOf(address, people);
  if (!Array.isArray(practices)) return { fate: practices };
  const registered = workflows.filter(({ id }) => id === workflowId).flatMap(({ receivers }) => receivers);
  const [to, ...others] = practices.flatMap((practice) => mailboxes.account(practice) ?? []);
  if (others.length > 0) return { fate: FATES.several };
  return to && registered.includes(to.mailbox) && to.active !== false ? { to } : { fate: FATES.none };
}

/** The mailboxes under which the patient is registered, or what is wrong with the address. */
function practicesOf(address: string, people: readonly Registered[]): string[] | Fate {
  const [, nhsNumber = '', birthDate = '', surname = ''] = /^GPPROVIDER_([^_]*)_([^_]*)_(.*)$/.exec(address) ?? [];
  if (!isNhsNumber(nhsNumber)) return FATES.invalid;
  const found = people.filter((person) => person.nhsNumber === nhsNumber);
  if (found.length === 0) return FATES.unknown;
  // A date the other way round (ddMMyyyy, as older pages show it) is simply not the patient's.
  const same = found.filter((person) => person.birthDate === birthDate && folded(person.surname) === folded(surname));
  return same.length > 0 ? [...new Set(same.map(({ mailbox }) => mailbox))] : FATES.mismatch;
}

const folded = (surname: string) => surname.trim().toLocaleUpperCase('en-GB');

/** Ten digits of which the last checks the others, modulus 11. */
function isNhsNumber(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false;
  const sum = Array.from(text).reduce((all, digit, index) => all + Number(digit) * (10 - index), 0);
  return sum % 11 === 0;
}
