// What happens to messages by itself, as time passes: expiry, routing that failed, replies that were held back.
import type { Mailboxes } from './mailboxes';
import { statusOf } from './message';
import type { Fate, StoredMessage } from './message';
import { reasonOf } from './reason';
import { reportAbout, UNDELIVERED } from './reports';
import { FATES } from './routing';
import type { Scenario } from './scenario';
import type { Strictness } from './strict';
import type { Wait } from './waiting';

export interface Clockwork {
  /** Does what is due by now. Never rejects: what could not be done is told in the log and is due again next time. */
  catchUp(): Promise<void>;
}

interface Due {
  mailboxes: Mailboxes;
  strict: Strictness;
  now: () => Date;
  wait: Wait;
  log: (line: string) => void;
  closing: AbortSignal;
}

/** Looked at with every request, and by timers that do not keep the process alive. */
export function createClockwork({ mailboxes, strict, now, wait, log, closing }: Due): Clockwork {
  let running = Promise.resolve();
  let expiry: NodeJS.Timeout | undefined;
  const awaited = new Set<string>();

  const once = async (time: Date) => {
    if (closing.aborted) return;
    try {
      for (const { id, due } of await mailboxes.release(time > now() ? time : now())) {
        if (awaited.has(id)) continue;
        awaited.add(id);
        void wait(due.getTime() - now().getTime(), closing).then(() => {
          awaited.delete(id);
          return catchUp(due);
        });
      }
      const next = await failWhatIsDue(mailboxes, strict, now());
      clearTimeout(expiry);
      const rest = next && Math.min(Math.max(next.getTime() - now().getTime(), 1), LONGEST_TIMER);
      if (rest !== undefined) expiry = setTimeout(() => void catchUp(), rest).unref();
    } catch (error) {
      log(`what is due could not be done (${reasonOf(error)})`);
    }
  };
  // One after the other: two at once would each find the same message due.
  const catchUp = (time = now()) => (running = running.then(() => once(time)));
  closing.addEventListener('abort', () => clearTimeout(expiry), { once: true });
  return { catchUp };
}

/** Node's timers hold no more milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Resolves with the time at which there will be something to do next. */
async function failWhatIsDue(mailboxes: Mailboxes, strict: Strictness, time: Date): Promise<Date | undefined> {
  let next: Date | undefined;
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
  const told = { code: failure.code, event: 'SEND', description: failure.description };
  const replies = sender ? [{ draft: reportAbout(message, sender, told, at), due: at }] : [];
  await mailboxes.settle(
    message,
    (current) => (statusOf(current) === 'accepted' ? { status, ...told } : 'leave'),
    replies,
  );
}

/** The same because a scenario has it so. */
export async function undeliver(
  mailboxes: Mailboxes,
  message: StoredMessage,
  { code, afterSeconds = 0 }: NonNullable<Scenario['report']>,
  time: Date,
): Promise<void> {
  const fate = Object.values(FATES).find((one) => one.code === code) ?? UNDELIVERED;
  const status = fate === UNDELIVERED ? 'undeliverable' : 'error';
  await fail(mailboxes, message, status, fate, new Date(time.getTime() + afterSeconds * 1000));
}
