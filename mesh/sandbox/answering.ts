// Hands what arrived to the receiver and sends its answers, as the owner's system would: collect, deal with, acknowledge.
import { envelopeHeaders } from '../envelope';
import type { SandboxMailbox } from './accounts';
import { partyOf } from './accounts';
import { plainPart } from './download';
import type { Mailboxes, PlannedReply } from './mailboxes';
import { statusOf } from './message';
import type { StoredMessage } from './message';
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
  await mailboxes.settle(
    message,
    (current) => (statusOf(current) === 'accepted' ? { status: 'acknowledged' } : 'unchanged'),
    planned,
  );
}

async function collected(message: StoredMessage, mailboxes: Mailboxes): Promise<ReceivedMessage> {
  const { id: messageId, from, to, workflowId, localId, subject, fileName } = message;
  const { contentType = 'application/octet-stream' } = message;
  const parts: Buffer[] = [];
  for (let number = 1; number <= message.of; number++) {
    const stored = await mailboxes.part(message, number);
    if (!stored) throw new RangeError('A part is missing');
    parts.push(await plainPart(message, stored));
  }
  const body = Buffer.concat(parts);
  return { messageId, from: from.mailbox, to: to.mailbox, workflowId, localId, subject, fileName, contentType, body };
}

/** Throws when the reply could not have been sent over MESH. */
function draftOf(reply: Reply, from: SandboxMailbox, mailboxes: Mailboxes): PlannedReply['draft'] {
  envelopeHeaders(reply);
  const to = mailboxes.account(reply.to);
  if (!to) throw new RangeError('No such mailbox');
  const { workflowId, localId, subject, fileName, contentType, body } = reply;
  return { from: partyOf(from), to: partyOf(to), workflowId, localId, subject, fileName, contentType, parts: [body] };
}
