// Words of a text put in the place of others, in every way in which people write them.
import { withDay } from '../itk3/times';
import { briefDays } from './days';

export interface Swap {
  /**
   * `words`: as they stand, in any case. `name`: the same, but where all letters are small it is no name. `names`: where all
   * letters are small, several together are one all the same. `digits`: however they are grouped. `day`: `2026-11-20`, in
   * any form of a date.
   */
  kind: 'words' | 'name' | 'names' | 'digits' | 'day';
  from: string;
  to: string;
}

/** Writes a text anew. @param isXhtml where some characters are written as entities */
export type Rewrite = (text: string, isXhtml: boolean) => string;

/** Of two swaps of the same words the first counts; longer ones before what they hold. */
export function rewriter(swaps: readonly Swap[]): Rewrite {
  const days = swaps
    .filter(({ kind, from, to }) => kind === 'day' && from !== to)
    .map(({ from, to }) => ({ from, to, brief: briefDays(from, to) }));
  const known = new Map<string, Swap>();
  for (const swap of swaps)
    if (swap.kind !== 'day' && isEnough(swap) && !known.has(keyOf(swap.from))) known.set(keyOf(swap.from), swap);
  const ofKnown = (wanted: (swap: Swap) => boolean): RegExp | undefined => {
    const longestFirst = [...known.values()].filter(wanted).toSorted((a, b) => b.from.length - a.from.length);
    const alternatives = longestFirst.map(patternOf).join('|');
    return alternatives === ''
      ? undefined
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'giu');
  };
  const whole = ofKnown(() => true);
  const single = ofKnown(({ kind }) => kind !== 'names');
  const rewrite = (text: string, isXhtml: boolean): string => {
    const instead = (found: string): string => {
      const swap = known.get(keyOf(found));
      const isSmall = found === found.toLowerCase();
      if (!swap || (swap.kind === 'name' && isSmall)) return found;
      // Each keeps its case, and what stands between them.
      if (swap.kind === 'names' && !isSmall) return single ? found.replace(single, instead) : found;
      const to = swap.kind === 'digits' ? grouped(swap.to, found) : cased(swap.to, found, swap.from);
      return isXhtml ? to.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : to;
    };
    let after = whole ? text.replace(whole, instead) : text;
    for (const { from, to, brief } of days) after = brief(withDay(after, from, to));
    return after;
  };
  const inXhtml = (piece: string): string => {
    const plain = withoutReferences(piece);
    const after = rewrite(plain, true);
    return after === plain ? piece : after;
  };
  return (text, isXhtml) => {
    const inPiece = isXhtml ? inXhtml : (piece: string): string => rewrite(piece, false);
    // Tags are no words.
    const pieces = isXhtml ? text.split(/(<[^>]*>)/) : [text];
    const after = pieces.map((piece) => (isXhtml && piece.startsWith('<') ? piece : inPiece(piece))).join('');
    return after === text ? text : tidied(after, isXhtml);
  };
}

/** A single letter or digit says nothing, and stands everywhere. */
function isEnough({ kind, from, to }: Swap): boolean {
  return from !== to && (from.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= (kind === 'digits' ? 5 : 2);
}

/** Rewrites ids that were made of names and numbers of people, in such a way that they stay ids. */
export function idRewriter(swaps: readonly Swap[]): (id: string) => string {
  const known = new Map<string, string>();
  for (const { kind, from, to } of swaps) {
    const isTelling = kind === 'digits' ? /^\d{10}$/.test(from) : kind === 'name';
    const key = slug(from);
    if (isTelling && key.length > 2 && slug(to) !== '' && !known.has(key)) known.set(key, slug(to));
  }
  return (id) => {
    if (known.size === 0 || /[0-9a-f]{8}-[0-9a-f]{4}-/i.test(id)) return id;
    const at = Math.max(id.lastIndexOf('/'), id.lastIndexOf(':'), id.lastIndexOf('#')) + 1;
    const parts = id.slice(at).split(/([-.])/);
    return id.slice(0, at) + parts.map((part) => known.get(part.toLowerCase()) ?? part).join('');
  };
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

/** Characters of which markup is made stay written as they are. */
function withoutReferences(piece: string): string {
  return piece.replace(/&(?:apos|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g, (whole, decimal?: string, hex?: string) => {
    const at = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : 39;
    if (at > 0x10ffff) return whole;
    const character = String.fromCodePoint(at);
    return /[\p{L}\p{N}\p{Zs}'’.,+-]/u.test(character) ? character : whole;
  });
}

const APOSTROPHE = /['’]/g;

/** The same for all ways of writing the same. */
function keyOf(text: string): string {
  const plain = text.replaceAll('&amp;', '&').replace(APOSTROPHE, '').toLowerCase();
  const digits = plain.replace(GAPS, '');
  return /^\+?\d{5,}$/.test(digits) ? nationally(digits) : plain.replace(/,?\s+/g, ' ');
}

/** A telephone number as it is dialled in the country, whether or not it is written for callers from abroad. */
function nationally(digits: string): string {
  return digits.replace(/^(?:\+|00)440?(?=\d{9})/, '0');
}

const SPACE = String.raw`(?:[\s\u00a0()-]|&nbsp;|&#160;)`;
const GAPS = new RegExp(SPACE, 'g');

function patternOf({ kind, from }: Swap): string {
  if (kind === 'digits') {
    const digits = nationally(from.replace(GAPS, ''));
    const apart = (some: string): string => Array.from(some, quoted).join(`${SPACE}{0,2}`);
    if (!/^0\d{9}/.test(digits)) return String.raw`\(?${apart(digits)}`;
    return String.raw`(?:(?:\+|00)44${SPACE}{0,2}(?:0${SPACE}{0,2})?|\(?0${SPACE}{0,2})${apart(digits.slice(1))}`;
  }
  return quoted(from.replace(/,?\s+/g, ' '))
    .replaceAll(' ', String.raw`,?\s+`)
    .replaceAll('&', '(?:&amp;|&)')
    .replace(APOSTROPHE, "['’]?");
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
  return isXhtml
    ? lists
        .replace(/<p>[\s,]*<\/p>/g, '')
        .replace(/, ?(<)/g, '$1')
        .replace(/(<(?:p|td|li|div)\b[^>]*>)\s*,\s*/g, '$1')
    : lists;
}
