// A day of birth as people note it in passing, in forms that nobody would take for a day were it not known which to look for.

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const ORDINAL = '(?:st|nd|rd|th)?';

/** Writes one day as another. @param from `1961-03-04` */
export function briefDays(from: string, to: string): (text: string) => string {
  const [year, month, day] = from.split('-') as [string, string, string];
  const [newYear, newMonth, newDay] = to.split('-') as [string, string, string];
  const name = MONTHS[Number(month) - 1];
  const newName = MONTHS[Number(newMonth) - 1];
  if (name === undefined || newName === undefined) return (text) => text;
  const d = `0?${Number(day)}`;
  const m = `0?${Number(month)}`;
  const y = `(?:${year}|['’]?${year.slice(2)})`;
  const word = `(${name}|${name.slice(0, 3)}|${name.slice(0, 4)})\\.?`;
  const named = (found: string): string =>
    found.length === name.length && found.length > 4 ? newName : newName.slice(0, 3);
  const brief = newYear.slice(2);
  const yearLike = (found: string): string => (found.includes(year) ? newYear : brief);
  const forms: [pattern: string, write: (whole: string, a: string, b: string) => string][] = [
    [`${d}([/. -])${m}\\1(?:${year.slice(2)})`, (_, a) => [newDay, newMonth, brief].join(a)],
    [`${year}([/.])${m}\\1(?:${d})`, (_, a) => [newYear, newMonth, newDay].join(a)],
    [`${d}${ORDINAL}(?: of)?[ -]?${word}[ ,-]{0,2}${y}`, (whole, a) => `${newDay} ${named(a)} ${yearLike(whole)}`],
    [`${word} ?${d}${ORDINAL},? ?${y}`, (whole, a) => `${named(a)} ${Number(newDay)}, ${yearLike(whole)}`],
    [`${year}${month}${day}`, () => newYear + newMonth + newDay],
    [`${day}${month}${year}`, () => newDay + newMonth + newYear],
  ];
  const known = forms.map(([pattern, write]) => {
    return [new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'giu'), write] as const;
  });
  return (text) =>
    /\d\d/.test(text) ? known.reduce((after, [form, write]) => after.replace(form, write), text) : text;
}
