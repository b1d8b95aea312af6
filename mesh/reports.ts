// A report: MESH itself says that a message did not arrive. What its codes mean for the sender.

export interface Report {
  /** The message that was not delivered. */
  linkedMessageId?: string;
  /** MESH's code (text: a leading zero counts); empty when the report gives none. */
  code: string;
  event?: string;
  /** In MESH's own words, which may hold anything. */
  description?: string;
  at?: Date;
  /** What the code means and what to do, in our words. */
  meaning: string;
}

const MEANINGS: Record<string, string> = {
  '02': 'The content of the message was missing. Send it again.',
  '06': 'MESH could not read the headers of the message. Look for control characters and web addresses in them.',
  '07': 'The sender named in the message is another than the mailbox it came from.',
  '08': 'The message named no recipient. Give a mailbox id.',
  '11': 'The message was not of the type DATA, and MESH delivers no other.',
  '12': 'MESH does not know the recipient. Check the address and the environment.',
  '14': 'The recipient did not collect the message in five days, or its mailbox is no longer in use. Ask the recipient, then send it again.',
  '15': 'MESH could not read the control file of the message.',
  '16': 'This mailbox may not send messages of this workflow. Ask for it to be registered.',
  '17': 'The workflow id is not registered for the mailbox. Check it, or ask for it to be registered.',
  '18': 'The workflow for civil registration is not enabled for the mailbox.',
  '19': 'The time after which the message was to expire is not valid.',
  '20': 'MESH has no such message.',
  '100': 'The mailbox is not enabled. Ask its owner, or the MESH service desk.',
  'EPL-150': 'Several mailboxes fit the recipient. Ask which is right, and give its mailbox id.',
  'EPL-151': 'No mailbox fits the recipient: the practice may not take messages of this workflow. Ask the practice.',
  'EPL-152': 'The NHS number in the address is not valid. Check it in the message.',
  'EPL-153': 'The NHS number in the address is not known. Check it in the message.',
  'EPL-154':
    'The birth date or surname in the address does not fit the NHS number. Check them against PDS; the date is written yyyyMMdd.',
};

/** The codes of which it is known what they mean. */
export const REPORT_CODES: readonly string[] = Object.keys(MEANINGS);

export function meaningOf(code: string): string {
  const meaning = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  if (meaning !== undefined) return `The message was not delivered. ${meaning}`;
  if (code === '')
    return 'The message was not delivered. MESH does not say why: track the message, or ask its service desk.';
  return 'The message was not delivered, for a reason that is not known here. Ask the MESH service desk what the code means.';
}
