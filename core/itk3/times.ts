// Dates and times as FHIR writes them and as people in the United Kingdom do.

/** From the first to the last millisecond since 1970 that is meant. */
export interface TimeSpan {
  from: number;
  to: number;
  /** The day as it is written, `2026-11-20`, when one is. */
  day?: string;
}

/** How far two computers' ideas of the time may lie apart: five minutes. */
export const CLOCKS_DIFFER = 300_000;

const FHIR_TIME = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Reads a date, dateTime or instant; undefined for anything else. A day without a zone may begin at British Summer Time. */
export function readTime(value: unknown): TimeSpan | undefined {
  const [text, year, month, day, time] = (typeof value === 'string' && FHIR_TIME.exec(value)) || [];
  if (text === undefined || year === undefined || !isDay(year, month, day)) return undefined;
  if (time !== undefined) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? undefined : { from: ms, to: ms, day: text.slice(0, 10) };
  }
  const from = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)) - HOUR;
  if (day !== undefined) return { from, to: from + HOUR + DAY - 1, day: text };
  const next = month === undefined ? Date.UTC(Number(year) + 1, 0) : Date.UTC(Number(year), Number(month));
  return { from, to: next - 1 };
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** To the second and with its zone, as an instant is written. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text);
}

/** As new messages write it: `2026-11-20T09:30:00+00:00`. */
export function instantOf(now: Date): string {
  return `${now.toISOString().slice(0, 19)}+00:00`;
}

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 30 February and the 13th month do not exist. */
function isDay(year: string, month = '01', day = '01'): boolean {
  const y = Number(year);
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const longest = month === '02' && !leap ? 28 : LONGEST[Number(month) - 1];
  return longest !== undefined && Number(day) >= 1 && Number(day) <= longest;
}

/** The days, `2026-11-20`, that a time is on: as written, and in the zones of the United Kingdom. */
export function daysOf({ from, to, day }: TimeSpan): string[] {
  if (day === undefined) return [];
  if (from !== to) return [day];
  return [day, ...[from, from + HOUR].map((ms) => new Date(ms).toISOString().slice(0, 10))];
}

const WRITTEN =
  /\b(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ ,-]{1,2}(\d{4})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))(?!\d)/gi;

/** The days, `2026-11-20`, that a text names: 4 February 1956, 04-Feb-1956, 04/02/1956, 1956-02-04. */
export function daysIn(text: string): string[] {
  if (!/\d{4}/.test(text)) return [];
  return Array.from(text.slice(0, 1000).matchAll(WRITTEN), (match) => {
    const [, isoYear, isoMonth, isoDay, day, month, year, numberDay, numberMonth, numberYear] = match;
    if (isoYear !== undefined) return written(isoYear, Number(isoMonth), Number(isoDay));
    if (numberYear !== undefined) return written(numberYear, Number(numberMonth), Number(numberDay));
    return written(year!, monthOf(month!), Number(day));
  }).filter((day) => day !== '');
}

function written(year: string, month: number, day: number): string {
  const [mm, dd] = [month, day].map((n) => String(n).padStart(2, '0')) as [string, string];
  return isDay(year, mm, dd) ? `${year}-${mm}-${dd}` : '';
}

/** A text in which every day is written as FHIR writes it. */
export function withIsoDays(text: string): string {
  return text.replace(WRITTEN, (whole: string) => daysIn(whole)[0] ?? whole);
}

/** A text in which one day is written as another, each time in the form in which it stands. */
export function withDay(text: string, from: string, to: string): string {
  const [year, month, day] = to.split('-') as [string, string, string];
  return text.replace(WRITTEN, (whole: string) => {
    if (daysIn(whole)[0] !== from) return whole;
    if (/^\d{4}/.test(whole)) return to;
    const word = /[a-z]{3,}/i.exec(whole.replace(/^\d+(st|nd|rd|th)/i, ''))?.[0];
    const isPadded = /^0|^\d\d\D/.test(whole);
    const own = isPadded ? day : String(Number(day));
    if (word === undefined) {
      const [separator] = /[/.-]/.exec(whole)!;
      return [own, isPadded ? month : String(Number(month)), year].join(separator);
    }
    const name = MONTH_NAMES[Number(month) - 1]!;
    const short = word.length === 3 ? name.slice(0, 3) : name;
    const cased = word === word.toUpperCase() ? short.toUpperCase() : short;
    const [, first, second] = /^\d+(?:st|nd|rd|th)?([ -])[a-z]+([ ,-]{1,2})/i.exec(whole)!;
    return `${own}${first}${cased}${second}${year}`;
  });
}

/** 1 to 12 by its name, of which three letters tell; 0 of any other word. */
export function monthOf(word: string): number {
  const start = word.slice(0, 3).toLowerCase();
  return MONTH_NAMES.findIndex((name) => name.slice(0, 3).toLowerCase() === start) + 1;
}

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

/** `2026-11-20` as people write it: 20 November 2026. What has no day, and what is no time, stays as it is. */
export function longDay(time: unknown): string {
  if (typeof time !== 'string') return '';
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(time) ?? [];
  const name = MONTH_NAMES[Number(month) - 1];
  return name === undefined ? time : `${Number(day)} ${name} ${year}`;
}

/** The same with the time of the day as it is written, whatever the zone: 20 November 2026, 09:30. */
export function longTime(time: unknown): string {
  const clock = typeof time === 'string' ? /^.{10}T(\d\d:\d\d)/.exec(time)?.[1] : undefined;
  return clock === undefined ? longDay(time) : `${longDay(time)}, ${clock}`;
}
