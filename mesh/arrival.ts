// The answer to a send was lost: whether the message arrived, as far as MESH can tell before it is sent again.
import { isMessageId, readTracking } from './answers';
import type { Tracking } from './answers';
import { pathPart, strange } from './call';
import type { Caller } from './call';
import type { Envelope } from './envelope';
import { MeshError } from './errors';

export type Arrival =
  | { arrived: true; messageId: string }
  | { arrived: false }
  /** MESH cannot say; `why` also says what to do. */
  | { arrived: undefined; why: string };

/** MESH's own word on a local id: one message, none, or several, of which it then tells nothing. */
export interface Traced {
  tracking: Tracking | 'several' | undefined;
  /** How far the server's clock is ahead of this machine's, in milliseconds. */
  ahead: number;
}

const ACTION = 'track a message by its local id';
const NONE: Traced = { tracking: undefined, ahead: 0 };

/** Deprecated by MESH, and the only way to find a message by what its sender called it. */
export async function traceLocalId(localId: string, caller: Caller, signal?: AbortSignal): Promise<Traced> {
  const path = `${caller.owner}/outbox/tracking/${pathPart(localId, ACTION, 'local id')}`;
  try {
    // Named as a message id, it makes of a 404 what it is: no such message. It is shown nowhere.
    const about = { messageId: localId, private: [localId] };
    const response = await caller.again({ action: ACTION, method: 'GET', path, expect: [200, 300], ...about, signal });
    const date = Date.parse(response.headers.date ?? '');
    const ahead = Number.isNaN(date) ? 0 : date - caller.now().getTime();
    return { tracking: response.status === 300 ? 'several' : readTracking(response, ACTION), ahead };
  } catch (error) {
    if (error instanceof MeshError && error.kind === 'unknown-message') return NONE;
    throw error;
  }
}

/** Times in answers are whole seconds, cut off: a message seems up to a second older than it is, and so does the answer. */
const ROUNDING = 2000;

type Sought = Pick<Envelope, 'localId' | 'fileName' | 'workflowId'>;

/** MESH may still be busy with a message whose sender has lost the connection: it has that long to show it. */
const SETTLING = 3000;

/**
 * A no is said only when MESH was asked twice.
 * @param since when the send began, by this machine's clock
 */
export async function whetherArrived(
  message: Sought,
  since: Date,
  caller: Caller,
  signal?: AbortSignal,
): Promise<Arrival> {
  const first = await look(message, since, caller, signal);
  if (first.arrived !== false) return first;
  await caller.pause(SETTLING, { action: ACTION, signal });
  return look(message, since, caller, signal);
}

async function look(
  { localId, fileName, workflowId }: Sought,
  since: Date,
  caller: Caller,
  signal?: AbortSignal,
): Promise<Arrival> {
  if (!localId?.trim()) {
    return unclear('The message has no local id, and MESH finds a message by nothing else that its sender knows.');
  }
  const { tracking, ahead } = await traceLocalId(localId.trim(), caller, signal).catch((error: unknown) => {
    if (localId.includes('/') && error instanceof MeshError && error.status === 404) return NONE;
    throw error;
  });
  if (tracking === undefined) {
    // Servers decode a path before they look, and take such a local id for another path.
    return localId.includes('/') ? unclear('MESH may not find a local id with a slash.') : { arrived: false };
  }
  if (tracking === 'several') {
    return unclear('Several messages of this mailbox have the same local id, and MESH does not say which they are.');
  }
  if (!isMessageId(tracking.messageId, [localId.trim(), fileName?.trim() ?? ''])) {
    throw strange(ACTION, 'the answer gives no message id');
  }
  // MESH found one message only: if it is another one, ours is not there.
  const differs = (ours: string | undefined, theirs: string | undefined) =>
    ours?.trim() && theirs !== undefined && ours.trim() !== theirs;
  if (differs(workflowId, tracking.workflowId) || differs(inAscii(fileName), tracking.fileName))
    return { arrived: false };
  const arrived: Arrival =
    tracking.status === 'uploading'
      ? unclear('A message with this local id is there, and MESH does not have the whole of it yet.')
      : { arrived: true, messageId: tracking.messageId };
  if (tracking.uploaded === undefined) {
    return fileName?.trim() && tracking.fileName === fileName.trim()
      ? arrived
      : unclear('A message with this local id is there, and MESH does not say since when.');
  }
  return tracking.uploaded.getTime() >= since.getTime() + ahead - ROUNDING ? arrived : { arrived: false };
}

/** What else a name may hold comes back as the server reads headers, which nobody has laid down. */
const inAscii = (text: string | undefined) => (text !== undefined && /^[\x20-\x7e]*$/.test(text) ? text : undefined);

const unclear = (why: string): Arrival => ({
  arrived: undefined,
  why: `${why} Before you send it again, wait for an answer to it, or ask the recipient whether it came.`,
});
