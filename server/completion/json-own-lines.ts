// Where a value of several lines goes into a list that has its items on lines of their own, or nothing yet.
import type { JsonCursor } from './json-cursor';

interface Style {
  eol: string;
  unit: string;
  snippets: boolean;
}

/** What is inserted, with the breaks around it; undefined where it needs none. @param inserted without commas */
export function onOwnLines(inserted: string, text: string, cursor: JsonCursor, style: Style): string | undefined {
  const { kind, pointer, begun, replaced, commaBefore } = cursor;
  const { eol, unit, snippets } = style;
  if (kind !== 'value' || begun || !/\/\d+$/.test(pointer) || !inserted.includes(eol)) return undefined;
  const line = text.slice(text.lastIndexOf('\n', replaced.offset - 1) + 1, replaced.offset);
  const follows = /^[ \t]*(\])?/.exec(text.slice(replaced.offset + replaced.length))?.[1] !== undefined;
  if (/\[[ \t]*$/.test(line)) {
    // The cursor stays behind the item, where the next one goes.
    const end = follows ? `${snippets ? '$0' : ''}${eol}` : '';
    return eol + unit + inserted.replaceAll(eol, eol + unit) + end;
  }
  const isBehindItem = commaBefore === replaced.offset && /^[ \t]*[}\]]/.test(line);
  return isBehindItem && !follows ? `,${eol}${inserted}` : undefined;
}
