// Words of a text put in the place of others, in every way in which people write them.
import { withDay } from '../itk3/times';

export interface Swap {
  /**
   * `words`: as they stand, in any case. `name`: the same, but where all letters are small it is no name. `digits`: however
   * they are grouped. `day`: `2026-11-20`, in any form of a date.
   */
  kind: 'words' | 'name' | 'digits' | 'day';
  from: string;
  to: string;
}

/** Writes a text anew. @param isXhtml where some characters are written as entities */
export type Rewrite = (text: string, isXhtml: boolean) => string;

/** Of two swaps of the same words the first counts; longer ones before what they hold. */
export function rewriter(swaps: readonly Swap[]): Rewrite {
  const days = swaps.filter(({ kind, from, to }) => kind === 'day' && from !== to);
  const known = new Map<string, Swap>();
  for (const swap of swaps)
    if (swap.kind !== 'day' && isEnough(swap) && !known.has(keyOf(swap.from))) known.set(keyOf(swap.from), swap);
  const alternatives = [...known.values()].toSorted((a, b) => b.from.length - a.from.length).map(patternOf);
  const pattern =
    alternatives.length > 0
      ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
      : undefined;
  const rewrite = (text: string, isXhtml: boolean): string => {
    let after = text;
    if (pattern)
      after = after.replace(pattern, (found) => {
        const swap = known.get(keyOf(found));
        if (!swap || (swap.kind === 'name' && found === found.toLowerCase())) return found;
        const to = swap.kind === 'digits' ? grouped(swap.to, found) : cased(swap.to, found, swap.from);
        return isXhtml ? to.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : to;
      });
    for (const { from, to } of days) after = withDay(after, from, to);
    return after;
  };
  return (text, isXhtml) => {
    // Tags are no words.
    const pieces = isXhtml ? text.split(/(<[^>]*>)/) : [text];
    const after = pieces.map((piece) => (isXhtml && piece.startsWith('<') ? piece : rewrite(piece, isXhtml))).join('');
    return after === text ? text : tidied(after, isXhtml);
  };
}

/** A single letter or digit says nothing, and stands everywhere. */
function isEnough({ kind, from, to }: Swap): boolean {
  return from !== to && (from.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= (kind === 'digits' ? 5 : 2);
}

const APOSTROPHE = /['’]|&apos;|&#39;/g;

/** The same for all ways of writing the same. */
function keyOf(text: string): string {
  const plain = text.replaceAll('&amp;', '&').replace(APOSTROPHE, "'").toLowerCase();
  const digits = plain.replace(GAPS, '');
  return /^\+?\d{5,}$/.test(digits) ? digits : plain.replace(/\s+/g, ' ');
}

const SPACE = String.raw`(?:[\s\u00a0()-]|&nbsp;|&#160;)`;
const GAPS = new RegExp(SPACE, 'g');

function patternOf({ kind, from }: Swap): string {
  if (kind === 'digits') return String.raw`\(?${Array.from(from.replace(GAPS, ''), quoted).join(`${SPACE}{0,2}`)}`;
  return quoted(from.replace(/\s+/g, ' '))
    .replaceAll(' ', String.raw`\s+`)
    .replaceAll('&', '(?:&amp;|&)')
    .replace(/['’]/g, `(?:['’]|&apos;|&#39;)`);
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function cased(to: string, found: string, from: string): string {
  const isLoud = found === found.toUpperCase() && found !== found.toLowerCase() && from !== from.toUpperCase();
  return isLoud ? to.toUpperCase() : to;
}

/** New digits in the groups of the old ones, where they are as many. */
function grouped(to: string, found: string): string {
  const digits = to.replace(/\D/g, '');
  const places = found.replace(/&#160;/g, '\u00a0');
  if (/[+(]/.test(found) || digits.length !== places.replace(/\D/g, '').length || /\D/.test(to)) return to;
  let next = 0;
  return places.replace(/\d/g, () => digits[next++]!);
}

/** What is left of a list when something in it has nothing in its place. */
function tidied(text: string, isXhtml: boolean): string {
  const lists = text.replace(/(?:,[ \u00a0]*){2,}/g, ', ');
  return isXhtml ? lists.replace(/<p>[\s,]*<\/p>/g, '').replace(/, ?(<)/g, '$1') : lists;
}
