// The written forms of FHIR STU3's primitive types (http://hl7.org/fhir/STU3/datatypes.html#primitive), calendar included.

const DATE = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?$/;
const ZONE = /^(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:\d{2})$/;

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined || Number(year) === 0) return false;
  return day === undefined || Number(day) <= daysIn(Number(year), Number(month));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isInstant(text: string): boolean {
  const [, date, time, zone] = MOMENT.exec(text) ?? [];
  return date !== undefined && isDate(date) && TIME.test(time!) && ZONE.test(zone!);
}

const OID = /^urn:oid:[0-2](\.(0|[1-9]\d*))+$/;
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
// Attachments are megabytes long, so no pattern here may repeat a group: V8 keeps a place on its stack for each round.
function isBase64(text: string): boolean {
  const plain = text.replace(/\s+/g, '');
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain);
}

function isCode(text: string): boolean {
  return text !== '' && !/^\s|\s$|\s\s|[^\S ]/.test(text);
}

/** Something besides white space, and only what XML and UTF-8 can carry. */
function isText(text: string): boolean {
  return /\S/.test(text) && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Surrogate}/u.test(text);
}

/** A URI that says it is a UUID or an OID must be one. */
function isUri(text: string): boolean {
  if (text.startsWith('urn:uuid:')) return UUID.test(text);
  return /^\S+$/.test(text) && (!text.startsWith('urn:oid:') || OID.test(text));
}

/** Primitive types that are text in JSON: what is right, and how to say so to a person. */
export const TEXT_FORMS: Record<string, { test: (text: string) => boolean; says: string }> = {
  string: { test: isText, says: 'text with something in it, and no control characters' },
  markdown: { test: isText, says: 'text with something in it, and no control characters' },
  // Not a type of its own in STU3, which only says so of the ids of elements.
  elementId: { test: (t) => /^\S+$/.test(t), says: 'an id: text without spaces' },
  xhtml: { test: (t) => /\S/.test(t), says: 'an XHTML <div>' },
  code: { test: isCode, says: 'a code: no space at either end, single spaces inside' },
  uri: { test: isUri, says: 'a URI without spaces' },
  id: { test: (t) => /^[A-Za-z0-9\-.]{1,64}$/.test(t), says: 'an id: 1 to 64 of A-Z, a-z, 0-9, "-" and "."' },
  oid: {
    test: (t) => t.length < 1000 && OID.test(t),
    says: 'an OID such as urn:oid:1.2.3',
  },
  uuid: { test: (t) => UUID.test(t), says: 'a UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520' },
  base64Binary: { test: isBase64, says: 'base64' },
  date: { test: isDate, says: 'a date: YYYY, YYYY-MM or YYYY-MM-DD' },
  dateTime: {
    test: (t) => isDate(t) || isInstant(t),
    says: 'a date such as 2026-01-31, or a date and time with seconds and zone such as 2026-01-31T09:30:00+00:00',
  },
  instant: { test: isInstant, says: 'a date and time with seconds and zone such as 2026-01-31T09:30:00+00:00' },
  time: { test: (t) => TIME.test(t), says: 'a time such as 09:30:00' },
};

/** Primitive types that are numbers in JSON, with their bounds. */
export const NUMBER_FORMS: Record<string, { integer: boolean; min?: number; max?: number; says: string }> = {
  decimal: { integer: false, says: 'a number' },
  integer: { integer: true, min: -2147483648, max: 2147483647, says: 'a whole number' },
  unsignedInt: { integer: true, min: 0, max: 2147483647, says: 'a whole number, 0 or more' },
  positiveInt: { integer: true, min: 1, max: 2147483647, says: 'a whole number, 1 or more' },
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Why a text of the form of a date is none: `February 2024 has 29 days`; undefined when that is not what is wrong. */
export function whyNoDay(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})(T|$)/.exec(text) ?? [];
  const days = daysIn(Number(year), Number(month));
  return year !== undefined && Number(day) > days ? `${MONTHS[Number(month) - 1]} ${year} has ${days} days` : undefined;
}

/** A primitive type as a person reads it: `date` -> "a date: YYYY, …". */
export function saysForm(type: string): string | undefined {
  if (type === 'boolean') return 'true or false';
  return (TEXT_FORMS[type] ?? NUMBER_FORMS[type])?.says;
}
