// Values as FHIR JSON.
import { isObject } from '../json';
import { escapeSegment, type Pointer } from './pointer';
import type { WriteOptions } from './write-xml';

/** A value as a whole text, its members in their own order, its numbers as `exact` has them. */
export function writeJson(
  value: unknown,
  { exact, layout: { unit = '  ', eol = '\n', isFlat = false } = {} }: WriteOptions = {},
): string {
  if (!exact || exact.size === 0) {
    const plain = isFlat ? JSON.stringify(value) : `${JSON.stringify(value, null, unit)}\n`;
    // A line's end inside a text is written as an escape, so that these are all of the layout.
    return isFlat || eol === '\n' ? plain : plain.replaceAll('\n', eol);
  }
  const breaks: string[] = [];
  const breakTo = (depth: number): string => (breaks[depth] ??= isFlat ? '' : eol + unit.repeat(depth));
  const colon = isFlat ? ':' : ': ';
  let out = '';

  const put = (one: unknown, pointer: Pointer, depth: number): void => {
    if (typeof one === 'number') out += exact.get(pointer) ?? JSON.stringify(one);
    else if (Array.isArray(one) && one.length > 0) {
      out += '[';
      one.forEach((item: unknown, i) => {
        out += (i > 0 ? ',' : '') + breakTo(depth + 1);
        put(item, `${pointer}/${i}`, depth + 1);
      });
      out += `${breakTo(depth)}]`;
    } else if (isObject(one)) {
      const names = Object.keys(one).filter((name) => one[name] !== undefined);
      out += '{';
      names.forEach((name, i) => {
        out += `${i > 0 ? ',' : ''}${breakTo(depth + 1)}${JSON.stringify(name)}${colon}`;
        put(one[name], `${pointer}/${escapeSegment(name)}`, depth + 1);
      });
      out += names.length > 0 ? `${breakTo(depth)}}` : '}';
    } else out += one === undefined ? 'null' : JSON.stringify(one);
  };
  put(value, '', 0);
  return isFlat ? out : out + eol;
}
