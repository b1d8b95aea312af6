// Which of two dates is the later one, told only where it can be told.
import { TEXT_FORMS } from '../primitives';

const HOUR = 3_600_000;

/** The first moment of `a` lies behind the last of `b`, wherever on earth a date without a time was written. */
export function isAfter(a: unknown, b: unknown): boolean {
  if (!isMoment(a) || !isMoment(b)) return false;
  if (!a.includes('T') && !b.includes('T')) {
    const shared = Math.min(a.length, b.length);
    return a.slice(0, shared) > b.slice(0, shared);
  }
  return earliest(a) > latest(b);
}

const isMoment = (value: unknown): value is string => typeof value === 'string' && TEXT_FORMS.dateTime!.test(value);

function earliest(text: string): number {
  return text.includes('T') ? Date.parse(text) : Date.parse(text) - 14 * HOUR;
}

function latest(text: string): number {
  if (text.includes('T')) return Date.parse(text);
  const [year = 0, month, day] = text.split('-').map(Number);
  const next =
    month === undefined
      ? Date.UTC(year + 1, 0)
      : day === undefined
        ? Date.UTC(year, month)
        : Date.UTC(year, month - 1, day + 1);
  return next + 12 * HOUR;
}
