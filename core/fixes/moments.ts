// Dates and times as people write them, as FHIR writes them: one reading where there is only one, else each.
import { monthOf } from '../itk3/times';
import { NUMBER_FORMS, TEXT_FORMS } from '../validate/primitives';

const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?\s*(am|pm)?$/i;
const ZONE = /\s*(Z|UTC|GMT|BST|[+-]\d{2}:?\d{2}|[+-]\d{2})$/i;

export interface Reading {
  text: string;
  /** What was there is all there still, and nothing was taken for granted. */
  isWhole: boolean;
}

/** The texts of the type that a text may mean, the likeliest first. @param type date, dateTime, instant or time */
export function readingsOf(written: string, type: string): Reading[] {
  const text = written.trim();
  if (text.length > 60) return [];
  const readings = type === 'time' ? timesIn(text) : momentsIn(text, type);
  const right = TEXT_FORMS[type]?.test;
  const seen = new Set<string>();
  return readings.filter((r) => right?.(r.text) && !seen.has(r.text) && seen.add(r.text)).slice(0, 3);
}

function timesIn(text: string): Reading[] {
  const time = timeOf(text.replace(ZONE, ''));
  return time === undefined ? [] : [{ text: time, isWhole: !ZONE.test(text) }];
}

function momentsIn(text: string, type: string): Reading[] {
  const [date, rest] = apart(text);
  const days = datesIn(date);
  if (rest === '') return type === 'instant' ? [] : days.map((day) => ({ text: day, isWhole: true }));
  const zone = ZONE.exec(rest)?.[1];
  const time = timeOf(zone === undefined ? rest : rest.replace(ZONE, ''));
  if (time === undefined) return [];
  // What has only a day for it loses the time; midnight is no time that anybody has told.
  if (type === 'date') return days.map((day) => ({ text: day, isWhole: /^00:00:00(\.0+)?$/.test(time) }));
  return days.flatMap((day) => zonesOf(zone, day).map((z) => ({ text: `${day}T${time}${z}`, isWhole: true })));
}

/** The day and the time behind it. */
function apart(text: string): [string, string] {
  const [, date, rest] = /^(.*?\d)(?:T|,?\s+|,)(\d{1,2}:.*)$/i.exec(text) ?? [];
  return date === undefined ? [text, ''] : [date, rest!.trim()];
}

function datesIn(text: string): string[] {
  const iso = /^(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})$/.exec(text);
  if (iso && (/^\d{8}$/.test(text) || /\D/.test(text))) return [dateOf(iso[1]!, iso[2]!, iso[3]!)];
  const month = /^(\d{4})[-/](\d)$/.exec(text);
  if (month) return [`${month[1]!}-0${month[2]!}`];
  const plain = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text);
  if (plain) {
    const [, first, second, year] = plain;
    // As in Britain first; where both can be a month, it may be meant as in America.
    const american = first === second ? [] : [dateOf(year!, first!, second!)];
    return [dateOf(year!, second!, first!), ...american].filter((date) => TEXT_FORMS.date!.test(date));
  }
  const named =
    /^(\d{1,2})(?:st|nd|rd|th)?[-\s]+([A-Za-z]{3,9})\.?,?[-\s]+(\d{4})$/.exec(text) ??
    /^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/.exec(text);
  if (named) {
    const isDayFirst = /^\d/.test(named[1]!);
    const [day, word] = isDayFirst ? [named[1]!, named[2]!] : [named[2]!, named[1]!];
    const month = monthOf(word);
    return month === 0 ? [] : [dateOf(named[3]!, String(month), day)];
  }
  return TEXT_FORMS.date!.test(text) ? [text] : [];
}

function dateOf(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function timeOf(text: string): string | undefined {
  const [, hour, minute, second = '00', part = '', half] = TIME.exec(text.trim()) ?? [];
  if (hour === undefined) return undefined;
  const isLate = half?.toLowerCase() === 'pm';
  const h = half === undefined ? Number(hour) : (Number(hour) % 12) + (isLate ? 12 : 0);
  return `${String(h).padStart(2, '0')}:${minute!}:${second}${part}`;
}

/** Without a zone, a time in England is of the clock on the wall; in summer it may be meant as of Greenwich. */
function zonesOf(written: string | undefined, day: string): string[] {
  if (written === undefined) return isSummer(day) ? ['+01:00', '+00:00'] : ['+00:00'];
  const zone = written.toUpperCase();
  if (zone === 'Z') return ['Z'];
  if (zone === 'UTC' || zone === 'GMT') return ['+00:00'];
  if (zone === 'BST') return ['+01:00'];
  return [`${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`];
}

/** From the last Sunday of March to that of October; on the two days themselves either may be. */
function isSummer(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number);
  if (month === undefined || date === undefined) return false;
  if (month > 3 && month < 10) return true;
  if (month !== 3 && month !== 10) return false;
  const last = lastSunday(year!, month);
  return month === 3 ? date >= last : date <= last;
}

function lastSunday(year: number, month: number): number {
  return 31 - new Date(Date.UTC(year, month - 1, 31)).getUTCDay();
}

/** Whether a number is one of the type. */
export function isNumberOf(value: number, type: string): boolean {
  const form = Object.hasOwn(NUMBER_FORMS, type) ? NUMBER_FORMS[type] : undefined;
  if (!form || !Number.isFinite(value) || (form.integer && !Number.isInteger(value))) return false;
  return value >= (form.min ?? -Infinity) && value <= (form.max ?? Infinity);
}
