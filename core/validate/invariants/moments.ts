// Which of two dates is the later one, told only where it can be told.

const HOUR = 3_600_000;

/** The first moment of `a` lies behind the last of `b`, wherever on earth a date without a time was written. */
export function isAfter(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  if (!a.includes('T') && !b.includes('T')) {
    const shared = Math.min(a.length, b.length);
    return isDate(a) && isDate(b) && a.slice(0, shared) > b.slice(0, shared);
  }
  return earliest(a) > latest(b);
}

const isDate = (text: string): boolean => /^\d{4}(-\d\d(-\d\d)?)?$/.test(text);

/** NaN, which is neither before nor after anything, when the text is no date. */
function earliest(text: string): number {
  if (text.includes('T')) return Date.parse(text);
  return isDate(text) ? Date.parse(text) - 14 * HOUR : NaN;
}

function latest(text: string): number {
  if (text.includes('T')) return Date.parse(text);
  if (!isDate(text)) return NaN;
  const [year = 0, month, day] = text.split('-').map(Number);
  const next =
    month === undefined
      ? Date.UTC(year + 1, 0)
      : day === undefined
        ? Date.UTC(year, month)
        : Date.UTC(year, month - 1, day + 1);
  return next + 12 * HOUR;
}
