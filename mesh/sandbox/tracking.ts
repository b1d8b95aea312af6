// GET /{mailbox}/outbox/tracking: where a sent message is, in the shapes of both versions.
import { compactTime, invalid, missing, refusal, REFUSALS, versioned, withoutZone } from './bodies';
import type { Answer } from './bodies';
import type { Exchange } from './exchange';
import { failureOf, reachedAt, sizeOf, statusOf } from './message';
import type { MessageEvent, StoredMessage } from './message';
import type { Strictness } from './strict';

/** By `?messageID=`; only the sender may ask. */
export function trackById({ mailboxes, owner, version, search, strict }: Exchange): Answer {
  const id = new URLSearchParams(search).get('messageID');
  if (id === null) return invalid([missing('query', 'messageID')]);
  const message = mailboxes.message(id);
  if (message?.from.mailbox !== owner.mailbox) return refusal(version, REFUSALS.notFound);
  return versioned(version, 200, version === 2 ? trackingV2(message, strict) : trackingV1(message, strict));
}

/** Deprecated by MESH, and of version 1 whatever was asked for; still the only way to find a message by local id. */
export function trackByLocalId({ mailboxes, owner, version, parts, strict }: Exchange): Answer {
  const [message, ...others] = mailboxes.sentWithLocalId(owner, parts.localId ?? '');
  if (!message) return refusal(version, REFUSALS.notFound);
  if (others.length > 0) return refusal(version, REFUSALS.multipleChoices);
  return versioned(1, 200, trackingV1(message, strict));
}

/** NHS England's own sandbox takes what nobody collected for a success. */
function failureIn(message: StoredMessage, strict: Strictness): MessageEvent | undefined {
  return strict.tracking && statusOf(message) === 'undeliverable' ? message.events[0] : failureOf(message);
}

/** What has no value is left out. */
function trackingV2(message: StoredMessage, strict: Strictness) {
  const failure = failureIn(message, strict);
  const told = strict.tracking ? failure : undefined;
  return {
    message_id: message.id,
    local_id: message.localId,
    workflow_id: message.workflowId,
    filename: message.fileName,
    expiry_time: withoutZone(message.expires),
    upload_timestamp: withoutZone(message.uploaded),
    recipient: message.to.mailbox,
    recipient_name: message.to.name,
    recipient_ods_code: message.to.odsCode,
    recipient_org_code: message.to.odsCode,
    recipient_org_name: '',
    status_success: failure === undefined,
    status: statusOf(message),
    status_code: told?.code,
    status_event: told?.event,
    status_description: told?.description,
    status_timestamp: told && withoutZone(told.at),
  };
}

/** What has no value is an empty text. */
function trackingV1(message: StoredMessage, strict: Strictness) {
  const { from, to } = message;
  const failure = failureIn(message, strict);
  const collected = reachedAt(message, 'acknowledged');
  return {
    addressType: 'ALL',
    checksum: message.checksum ?? '',
    chunkCount: message.of,
    compressFlag: message.compressed ? 'Y' : '',
    contentEncoding: message.encoding ?? '',
    downloadTimestamp: collected ? compactTime(collected) : '',
    dtsId: message.id,
    encryptedFlag: message.encrypted ? 'Y' : '',
    expiryTime: compactTime(message.expires),
    failureDate: failure && compactTime(failure.at),
    failureDiagnostic: failure?.description,
    fileName: message.fileName,
    fileSize: sizeOf(message),
    isCompressed: message.compressed ? 'Y' : '',
    localId: message.localId ?? '',
    meshRecipientOdsCode: to.odsCode,
    messageId: message.id,
    messageType: 'Data',
    partnerId: message.partnerId ?? '',
    recipient: to.mailbox,
    recipientName: to.name,
    recipientOrgCode: to.odsCode,
    recipientOrgName: '',
    recipientSmtp: '',
    sender: from.mailbox,
    senderName: from.name,
    senderOdsCode: from.odsCode,
    senderOrgCode: from.odsCode,
    senderOrgName: '',
    senderSmtp: '',
    status: titled(statusOf(message)),
    statusSuccess: failure ? 'ERROR' : 'SUCCESS',
    subject: message.subject ?? '',
    uploadTimestamp: compactTime(message.uploaded),
    version: '1.0',
    workflowId: message.workflowId,
  };
}

export const titled = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
