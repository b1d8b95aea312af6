// A message handed to MESH, and the journal told of it: before the first byte leaves, and of whatever comes of it. Nothing
// is told to a person here, and nothing is sent a second time.
import type { MeshClient, OutgoingMessage, SendOptions, Upload } from '../mesh/client';
import { MeshError } from '../mesh/errors';
import type { Attempt, Entry } from './journal';
import { type Became, whatBecame } from './lost-answer';
import { AlreadySent, type IsRepeated, type Journal } from './sent-journal';

export interface Delivery {
  client: MeshClient;
  letter: OutgoingMessage;
  attempt: Attempt;
  /** It goes to a sandbox that keeps nothing and ends with this window. */
  passing?: boolean;
  isRepeated?: IsRepeated;
}

export type Delivered =
  | { outcome: 'sent'; meshId: string; /** What is told before the rest, when its answer was lost. */ lead?: string }
  | { outcome: 'not sent'; error: MeshError }
  /** It may be with MESH, or a part of it is (`error.upload`). */
  | { outcome: 'unclear'; error: MeshError };

/** Without a clock of its own, the machine's. */
type Noting = Pick<Journal, 'add'> & Partial<Pick<Journal, 'now'>>;
type Written = Noting & Pick<Journal, 'begin'>;

/** Throws nothing but bugs. */
export async function deliver(
  journal: Written,
  { client, letter, attempt, passing, isRepeated }: Delivery,
  options: SendOptions = {},
): Promise<Delivered> {
  try {
    await journal.begin(attempt, passing, isRepeated);
  } catch (failure) {
    return { outcome: 'not sent', error: failure instanceof AlreadySent ? sentMeanwhile() : notWritten(failure) };
  }
  return settle(journal, attempt, options, (sending) => client.send(letter, sending));
}

/** Goes on with a send in parts that broke off. */
export async function deliverRest(
  journal: Written,
  { client, letter, attempt }: Delivery,
  upload: Upload,
  options: SendOptions = {},
): Promise<Delivered> {
  return settle(journal, attempt, options, (sending) => client.resume(upload, letter.body, sending));
}

async function settle(
  journal: Written,
  { id }: Attempt,
  options: SendOptions,
  send: (options: SendOptions) => Promise<{ messageId: string }>,
): Promise<Delivered> {
  try {
    const { messageId: meshId } = await send({
      ...options,
      onProgress: (progress) => {
        const { messageId, part, of } = progress;
        if (of > 1) void note(journal, id, { at: now(journal), what: 'begun', meshId: messageId, taken: part, of });
        options.onProgress?.(progress);
      },
    });
    await note(journal, id, { at: now(journal), what: 'accepted', meshId });
    return { outcome: 'sent', meshId };
  } catch (error) {
    if (!(error instanceof MeshError)) {
      await note(journal, id, {
        at: now(journal),
        what: 'lost',
        why: 'ITK3 Toolkit has a bug: the send stopped half-way.',
      });
      throw error;
    }
    const isUnclear = error.sent === 'unknown';
    await note(journal, id, { at: now(journal), what: isUnclear ? 'lost' : 'refused', why: error.message });
    return { outcome: isUnclear || error.upload ? 'unclear' : 'not sent', error };
  }
}

/**
 * MESH is asked what became of a message whose send ended in doubt, and the journal told what it says.
 * @param why the outcome is not known, as a sentence
 */
export async function askWhatBecame(
  journal: Noting,
  {
    client,
    letter,
    attempt,
  }: {
    client: Pick<MeshClient, 'whetherArrived'>;
    letter: Pick<OutgoingMessage, 'localId' | 'fileName' | 'workflowId'>;
    attempt: Pick<Attempt, 'id'>;
  },
  since: Date,
  why: string,
  signal?: AbortSignal,
): Promise<Became> {
  const became = await whatBecame({ message: why }, () => client.whetherArrived(letter, since, { signal }));
  const at = now(journal);
  if (became.outcome === 'arrived')
    await note(journal, attempt.id, { at, what: 'asked', arrived: true, meshId: became.meshId });
  else if (became.outcome === 'not there') await note(journal, attempt.id, { at, what: 'asked', arrived: false });
  else await note(journal, attempt.id, { at, what: 'asked', why: became.sentence });
  return became;
}

/** What cannot be written down now is known in this window, and asked for again after a restart. */
async function note(journal: Pick<Journal, 'add'>, id: string, entry: Entry): Promise<void> {
  await journal.add(id, entry).catch(() => undefined);
}

const now = ({ now: clock = () => new Date() }: Noting): string => clock().toISOString();

function sentMeanwhile(): MeshError {
  const sentence =
    'The message was not sent: the same message has been sent meanwhile, perhaps by another window or command.';
  return new MeshError('invalid-request', sentence, { sent: 'no' });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EACCES: 'the folder for it may not be written to',
  EPERM: 'the folder for it may not be written to',
  EROFS: 'the folder for it may not be written to',
};

function notWritten(failure: unknown): MeshError {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  const why = REASONS[code] ?? 'the folder for it cannot be written to';
  return new MeshError(
    'invalid-request',
    `The message was not sent, because that could not be written down first: ${why}. Without it nobody could tell after a crash what was sent.`,
    { sent: 'no' },
  );
}
