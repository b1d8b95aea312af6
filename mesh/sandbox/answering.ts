// Hands what arrived to the receiver and sends its answers, as the owner's system would: collect, deal with, acknowledge.
import { envelopeHeaders } from '../envelope';
import type { SandboxMailbox } from './accounts';
import { partyOf } from './accounts';
import { beginningOf, LARGEST_READ } from './content';
import type { Mailboxes, PlannedReply } from './mailboxes';
import { statusOf } from './message';
import type { MessageStatus, StoredMessage } from './message';
import type { ReceivedMessage, Reply } from './receiver-contract';

/** Rejects when the receiver fails; then the message stays in the inbox and nothing is sent back. */
export async function answer(
  message: StoredMessage,
  { mailboxes, now, isClosed }: { mailboxes: Mailboxes; now: () => Date; isClosed: () => boolean },
  receive: (received: ReceivedMessage) => Promise<Reply[]> | Reply[],
): Promise<void> {
  const owner = mailboxes.account(message.to.mailbox);
  if (!owner) return;
  const replies = await receive(await collected(message, mailboxes));
  if (isClosed()) return;
  const time = now().getTime();
  const planned = replies.map((reply): PlannedReply => ({
    draft: draftOf(reply, owner, mailboxes),
    due: new Date(time + (reply.after ?? 0)),
  }));
  await mailboxes.settle(message, (current) => OUTCOMES[statusOf(current)] ?? 'leave', planned);
}

/** What its owner took out of the inbox meanwhile is answered all the same; of what failed its sender has a report. */
const OUTCOMES: Partial<Record<MessageStatus, { status: 'acknowledged' } | 'unchanged'>> = {
  accepted: { status: 'acknowledged' },
  acknowledged: 'unchanged',
};

/** What cannot be read is handed over as far as it can be: to say that it is unreadable is the receiver's business. */
async function collected(message: StoredMessage, mailboxes: Mailboxes): Promise<ReceivedMessage> {
  const { id: messageId, from, to, workflowId, localId, subject, fileName } = message;
  const { contentType = 'application/octet-stream' } = message;
  const { content: body, more } = await beginningOf(message, mailboxes, LARGEST_READ);
  const outside = {
    messageId,
    from: from.mailbox,
    to: to.mailbox,
    workflowId,
    localId,
    subject,
    fileName,
    contentType,
  };
  return { ...outside, body, ...(more && { isCut: true }) };
}

/** Throws when the reply could not have been sent over MESH. */
function draftOf(reply: Reply, from: SandboxMailbox, mailboxes: Mailboxes): PlannedReply['draft'] {
  envelopeHeaders(reply);
  const to = mailboxes.account(reply.to);
  if (!to) throw new RangeError('No such mailbox');
  const { workflowId, localId, subject, fileName, contentType, body } = reply;
  return { from: partyOf(from), to: partyOf(to), workflowId, localId, subject, fileName, contentType, parts: [body] };
}
