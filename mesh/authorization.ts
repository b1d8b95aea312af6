// The NHSMESH authorisation header: made by the client, checked by the sandbox.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What proves that a request comes from a mailbox's owner. The shared key belongs to the environment, not to the mailbox. */
export interface Credentials {
  mailbox: string;
  password: string;
  sharedKey: string;
}

/** One token: good for one request. `nonce` is any text without a colon, by custom a UUID; `count` starts at 0. */
export interface Token extends Credentials {
  nonce: string;
  count: number;
  time: Date;
}

/** Why a token is not accepted. */
export type TokenProblem = 'malformed' | 'mailbox-mismatch' | 'bad-hash' | 'clock-skew' | 'replayed';

/** How far a token's time may be from the server's, in milliseconds (MESH API specification: two hours). */
export const MAXIMUM_SKEW = 2 * 60 * 60 * 1000;

/**
 * The whole value of the Authorization header: `NHSMESH <mailbox>:<nonce>:<count>:<yyyyMMddHHmm>:<hash>`.
 * The time is in UTC, without seconds; the mailbox is upper case whatever case it was given in.
 */
export function authorizationHeader(token: Token): string {
  const mailbox = token.mailbox.toUpperCase();
  const time = token.time.toISOString().slice(0, 16).replace(/[-:T]/g, '');
  const hash = tokenHash({ ...token, mailbox }, String(token.count), time);
  return `NHSMESH ${mailbox}:${token.nonce}:${token.count}:${time}:${hash}`;
}

function tokenHash(owner: Credentials & { nonce: string }, count: string, time: string): string {
  return createHmac('sha256', Buffer.from(owner.sharedKey, 'utf8'))
    .update(`${owner.mailbox}:${owner.nonce}:${count}:${owner.password}:${time}`, 'utf8')
    .digest('hex');
}

/** Remembers the tokens already used, for as long as they would otherwise still be accepted. */
export interface UsedTokens {
  /** True the first time a token is shown, false ever after. */
  use(token: string, time: Date, now: Date): boolean;
}

export function createUsedTokens(): UsedTokens {
  const used = new Map<string, number>();
  return {
    use(token, time, now) {
      for (const [old, at] of used) {
        if (now.getTime() - at > MAXIMUM_SKEW) used.delete(old);
      }
      if (used.has(token)) return false;
      used.set(token, time.getTime());
      return true;
    },
  };
}

/** What real MESH checks and NHS England's own sandbox does not. */
export interface TokenChecks {
  scheme: boolean;
  clock: boolean;
  replay: boolean;
}

const ALL_CHECKS: TokenChecks = { scheme: true, clock: true, replay: true };

/**
 * Checks an Authorization header as MESH does: form, mailbox, hash, clock, used before. The mailbox must be upper case
 * in `owner` and in the token. Undefined when the token is good; it is then used up.
 */
export function verifyAuthorization(
  header: string | undefined,
  owner: Credentials,
  now: Date,
  used: UsedTokens,
  checks: TokenChecks = ALL_CHECKS,
): TokenProblem | undefined {
  const form = checks.scheme ? header : header?.replace(/^(?!NHSMESH )/i, 'NHSMESH ');
  const parts = /^NHSMESH ([^:\s]+):([^:\s]+):(\d+):(\d{12}):([0-9a-f]{64})$/i.exec(form ?? '');
  if (!parts) return 'malformed';
  const [, mailbox = '', nonce = '', count = '', timestamp = '', hash = ''] = parts;
  const time = readTimestamp(timestamp);
  if (!time) return 'malformed';
  if (mailbox !== owner.mailbox) return 'mailbox-mismatch';
  const expected = Buffer.from(tokenHash({ ...owner, nonce }, count, timestamp), 'hex');
  if (!timingSafeEqual(Buffer.from(hash, 'hex'), expected)) return 'bad-hash';
  if (checks.clock && Math.abs(now.getTime() - time.getTime()) > MAXIMUM_SKEW) return 'clock-skew';
  // The same nonce and count at another minute are the same token: the time does not make a request new.
  if (checks.replay && !used.use(`${mailbox}:${nonce}:${BigInt(count)}`, time, now)) return 'replayed';
  return undefined;
}

function readTimestamp(text: string): Date | undefined {
  const iso = text.replace(/^(....)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:00.000Z');
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) || time.toISOString() !== iso ? undefined : time;
}
