// Dates, times and periods in words, ages among them. There is no clock here: ages are reckoned at the message's own date.
import { readTime } from '../../core/itk3/times';
import { isObject, text } from '../../core/json';
import { entriesOf, headerOf } from '../../core/itk3/message';
import type { Spot } from './spot';

const FORM = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d)(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d))?$/;
const MINUTE = 60_000;
const DAY = 86_400_000;

export function date(spot: Spot): string | undefined {
  const { type, value } = spot;
  if (type === 'Period' && isObject(value)) return period(value.start, value.end);
  if (typeof value !== 'string' || (type !== 'date' && type !== 'dateTime' && type !== 'instant')) return undefined;
  const words = inWords(value);
  if (words === undefined) return undefined;
  const [first, ...more] = [...words, ...ageOf(spot, value)];
  return [`**${first!}**`, ...more].join(' · ');
}

/** `Thursday 12 March 1987`; with a time also what that is in UTC and by British clocks. Undefined for no date. */
function inWords(value: string): string[] | undefined {
  const [, year, month, day, time, seconds = '', fraction = '', zone] = FORM.exec(value) ?? [];
  const read = readTime(value);
  if (year === undefined || !read) return undefined;
  if (month === undefined) return [`The year ${year}`, 'no month or day is given'];
  const noon = Date.parse(`${year}-${month}-${day ?? '01'}T12:00:00Z`);
  if (day === undefined) return [format(noon, 'UTC', { month: 'long', year: 'numeric' }), 'no day is given'];
  const written = dayOf(noon, 'UTC');
  if (time === undefined) return [written];
  const exact = seconds === ':00' && fraction === '' ? '' : seconds + fraction;
  const ahead = zone === 'Z' ? 0 : offsetOf(zone!);
  const utc = ahead === 0 ? 'UTC' : `${zone!}, which is ${clock(read.from, 'UTC')} UTC${otherDay(read.from, written)}`;
  return [`${written}, ${time}${exact}`, utc, ...british(read.from, ahead, written)];
}

/** In minutes. */
function offsetOf(zone: string): number {
  return (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
}

function british(at: number, ahead: number, written: string): string[] {
  const name = format(at, LONDON, { timeZoneName: 'short' }).split(' ').at(-1)!;
  const isSame = clock(at, LONDON) === clock(at + ahead * MINUTE, 'UTC');
  if (isSame) return [`British time (${name})`];
  const day = dayOf(at, LONDON);
  return [`${clock(at, LONDON)} in British time (${name})${day === written ? '' : `, ${day}`}`];
}

function otherDay(at: number, written: string): string {
  const day = dayOf(at, 'UTC');
  return day === written ? '' : ` on ${day}`;
}

const LONDON = 'Europe/London';

function dayOf(at: number, timeZone: string): string {
  const form = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return format(at, timeZone, form).replace(',', '');
}

function clock(at: number, timeZone: string): string {
  return format(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function format(at: number, timeZone: string, form: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, ...form }).format(at);
}

function ageOf(spot: Spot, value: string): string[] {
  const { name, beside } = spot;
  if (name === 'birthDate') {
    const asOf = documentDate(spot);
    return asOf === undefined ? [] : (age(value, asOf, 'at the date of the document') ?? []);
  }
  const born = text(beside.birthDate);
  if (name !== 'deceasedDateTime' || born === undefined) return [];
  return age(born, value, 'at death') ?? [];
}

/** When the document was written; else when the message was made, or put together. */
function documentDate({ message, at }: Spot): string | undefined {
  const bundle = at.bundle ?? (message.root.type === 'Bundle' ? message.root : undefined);
  const first = bundle && entriesOf(message, bundle)[0];
  const meta = bundle?.resource.meta;
  const dates = [
    first?.type === 'Composition' ? first.resource.date : undefined,
    headerOf(message)?.resource.timestamp,
    isObject(meta) ? meta.lastUpdated : undefined,
  ];
  return dates.find((one): one is string => readTime(one) !== undefined);
}

function age(born: string, asOf: string, when: string): string[] | undefined {
  const [from, to] = [born, asOf].map((value) => FORM.exec(value)?.slice(1, 4));
  if (!from || !to || to[1] === undefined || to[2] === undefined) return undefined;
  const [year, month, day] = from;
  const youngest = monthsBetween([year!, month ?? '12', day ?? lastDay(year!, month ?? '12')], to);
  const oldest = monthsBetween([year!, month ?? '01', day ?? '01'], to);
  if (oldest < 0) return [`not born yet ${when}`];
  const [least, most] = [Math.max(0, youngest), oldest].map((months) => Math.floor(months / 12)) as [number, number];
  if (least !== most) return [`${least} or ${most} years old ${when}`];
  if (most >= 2) return [`${most} years old ${when}`];
  if (youngest !== oldest) return [`less than ${most + 1} ${most === 0 ? 'year' : 'years'} old ${when}`];
  if (oldest >= 1) return [`${counted(oldest, 'month')} old ${when}`];
  const days = Math.round((Date.parse(asOf.slice(0, 10)) - Date.parse(born.slice(0, 10))) / DAY);
  return [`${counted(days, 'day')} old ${when}`];
}

function lastDay(year: string, month: string): string {
  return String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
}

/** Whole months from one day to another, each as year, month, day. */
function monthsBetween([y1, m1, d1]: readonly string[], [y2, m2, d2]: readonly string[]): number {
  const months = (Number(y2) - Number(y1)) * 12 + Number(m2) - Number(m1);
  return Number(d2) < Number(d1) ? months - 1 : months;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function period(start: unknown, end: unknown): string | undefined {
  const words = (value: unknown): string | undefined => (typeof value === 'string' ? inWords(value)?.[0] : undefined);
  const [from, to] = [words(start), words(end)];
  if (from === undefined) return to === undefined ? undefined : `**Until ${to}**`;
  return to === undefined ? `**From ${from}** · no end is given` : `**From ${from} to ${to}**`;
}
