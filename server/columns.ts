// The columns of one line in another unit than the UTF-16 of its text: how many bytes or characters stand before a place.

export type Unit = 'utf-8' | 'utf-32';

export interface Columns {
  /** How many units stand before an offset in the line; inside a character it is its beginning that counts. */
  before(offset: number): number;
  /** The offset at which so many units have gone by; inside a character its beginning, behind the line further still. */
  offsetAt(units: number): number;
}

const WIDTH: Record<Unit, (point: number) => number> = {
  // Half a pair is none of UTF-8's: whoever writes it puts U+FFFD there, which has three bytes as well.
  'utf-8': (point) => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4),
  'utf-32': () => 1,
};

export function columnsOf(line: string, unit: Unit): Columns {
  const widthOf = WIDTH[unit];
  /** Of each character that has another width than in UTF-16: where it stands, its length there and its width here. */
  const starts: number[] = [];
  const lengths: number[] = [];
  const widths: number[] = [];
  /** How many units more than code units stand before each of them, and behind the last. */
  const surplus = [0];
  for (let i = 0; i < line.length; i++) {
    if (line.charCodeAt(i) < 0x80) continue;
    const point = line.codePointAt(i)!;
    const length = point > 0xffff ? 2 : 1;
    const width = widthOf(point);
    if (width !== length) {
      starts.push(i);
      lengths.push(length);
      widths.push(width);
      surplus.push(surplus.at(-1)! + width - length);
    }
    i += length - 1;
  }
  if (starts.length === 0) return { before: (offset) => offset, offsetAt: (units) => units };

  return {
    before(offset) {
      const next = firstBeyond(starts.length, (i) => starts[i]! >= offset);
      const last = next - 1;
      const isInside = last >= 0 && offset < starts[last]! + lengths[last]!;
      return isInside ? starts[last]! + surplus[last]! : offset + surplus[next]!;
    },
    offsetAt(units) {
      const next = firstBeyond(starts.length, (i) => starts[i]! + surplus[i]! > units);
      const last = next - 1;
      const isInside = last >= 0 && units < starts[last]! + surplus[last]! + widths[last]!;
      return isInside ? starts[last]! : units - surplus[next]!;
    },
  };
}

/** The first of so many for which it is true, as it then is for all that follow; their number when it is for none. */
function firstBeyond(count: number, isBeyond: (i: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBeyond(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
