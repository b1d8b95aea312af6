// What happens to messages by itself, as time passes: expiry, routing that failed, replies that were held back.
import type { Mailboxes } from './mailboxes';
import { statusOf } from './message';
import type { Fate, StoredMessage } from './message';
import { reportAbout } from './reports';
import type { Strictness } from './strict';

const UNDELIVERED: Fate = { code: '14', description: 'Message not collected by recipient after 5 days' };

export interface Clockwork {
  /** Does what is due by now. Never rejects: what could not be done is told in the log and is due again next time. */
  catchUp(): Promise<void>;
  stop(): void;
}

/** Looked at with every request, and by a timer that does not keep the process alive. */
export function createClockwork({
  mailboxes,
  strict,
  now,
  log,
}: {
  mailboxes: Mailboxes;
  strict: Strictness;
  now: () => Date;
  log: (line: string) => void;
}): Clockwork {
  let running = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const once = async () => {
    clearTimeout(timer);
    try {
      const next = await doWhatIsDue(mailboxes, strict, now());
      if (!next || stopped) return;
      const rest = Math.max(next.getTime() - now().getTime(), 0);
      timer = setTimeout(() => void catchUp(), Math.min(rest, LONGEST_TIMER)).unref();
    } catch (error) {
      log(`what is due could not be done (${error instanceof Error ? error.name : 'no error given'})`);
    }
  };
  // One after the other: two at once would each find the same message due.
  const catchUp = () => (running = running.then(once));
  return {
    catchUp,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Node's timers hold no more milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Resolves with the time at which there will be something to do next. */
async function doWhatIsDue(mailboxes: Mailboxes, strict: Strictness, time: Date): Promise<Date | undefined> {
  let next = await mailboxes.release();
  for (const message of mailboxes.messages()) {
    if (statusOf(message) !== 'accepted') continue;
    if (message.fate) await fail(mailboxes, message, 'error', message.fate, time);
    else if (strict.expiry && message.type === 'DATA') {
      if (message.expires <= time) await fail(mailboxes, message, 'undeliverable', UNDELIVERED, time);
      else if (!next || message.expires < next) next = message.expires;
    }
  }
  return next;
}

/** The sender is told and the message is put aside, both or neither. */
async function fail(
  mailboxes: Mailboxes,
  message: StoredMessage,
  status: 'undeliverable' | 'error',
  failure: Fate,
  at: Date,
): Promise<void> {
  const sender = mailboxes.account(message.from.mailbox);
  const told = { ...failure, event: 'SEND' };
  const replies = sender ? [{ draft: reportAbout(message, sender, told, at), due: at }] : [];
  await mailboxes.settle(
    message,
    (current) => (statusOf(current) === 'accepted' ? { status, ...told } : 'leave'),
    replies,
  );
}
