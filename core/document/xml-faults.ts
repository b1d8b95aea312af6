// What is wrong with tags that do not go together, and with what stands where XML has no text: each in one sentence.
import { nearest } from '../nearest';
import { NO_CHARACTER } from './xml-characters';
import { between, mend, perhaps, type Slip, slipped, type XmlReading } from './xml-slips';
import type { XmlElement, XmlNode } from './xml-tree';

/** The namespaces that FHIR XML may want, by the prefix that everybody gives them. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  f: 'http://hl7.org/fhir',
  fhir: 'http://hl7.org/fhir',
};

export function checkCharacters(reading: XmlReading): void {
  const { text } = reading;
  const found = NO_CHARACTER.exec(text);
  if (!found) return;
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const half = /[\ud800-\udfff]/.test(found[0]) ? ', half of a sign' : '';
  slipped(reading, {
    message: `The character U+${code}${half} stands here, which XML cannot hold: remove it.`,
    span: between(found.index, found.index + found[0].length),
    mends: () => [perhaps(mend('Remove it', [found.index, found.index + found[0].length, '']))],
  });
}

/** Only blanks stand outside the one element. */
export function checkOutside(reading: XmlReading, start: number, end: number, root: XmlElement | undefined): void {
  const { text } = reading;
  const raw = text.slice(start, end);
  const first = raw.search(/[^ \t\r\n]/);
  if (first < 0) return;
  const length = raw.trimEnd().length;
  const from = start + first;
  const to = Math.max(from + 1, start + length);
  const message = root
    ? `Text stands behind </${qualified(root, text)}>, where a message has ended.`
    : 'Text stands before the first element, where a message has not begun.';
  if (reading.slips.some((slip) => slip.message === message)) reading.isPlain = false;
  else
    slipped(reading, {
      message,
      span: between(from, to),
      mends: () => [perhaps(mend('Remove it', [from, to, '']))],
    });
}

export function checkSecond(reading: XmlReading, root: XmlElement, second: XmlElement): void {
  const message = `A second element stands behind ${qualified(root, reading.text)}, where the message has ended: XML has one.`;
  if (reading.slips.some((slip) => slip.message === message)) return;
  slipped(reading, { message, span: between(second.start + 1, second.nameEnd) });
}

export function endOfCdata(reading: XmlReading, at: number): void {
  slipped(reading, {
    message: 'The signs ]]> may not stand in text: write ]]&gt;.',
    span: between(at, at + 3),
    mends: () => [mend('Write ]]&gt;', [at, at + 3, ']]&gt;'])],
  });
}

export function bareBracket(reading: XmlReading, at: number, isInside: boolean): void {
  const isLast = at + 1 >= reading.text.trimEnd().length;
  slipped(reading, {
    message: isLast
      ? 'The text ends in the middle of a tag.'
      : 'The sign < begins no tag here: write &lt; for the sign itself.',
    span: between(at, at + 1),
    isOpenText: isLast,
    mends: () => (isInside && !isLast ? [perhaps(mend('Write &lt;', [at, at + 1, '&lt;']))] : []),
  });
}

export function undeclared(reading: XmlReading, at: number, prefix: string): void {
  const { text, slips } = reading;
  const message = `The prefix ${prefix} is declared nowhere: xmlns:${prefix}="…" is missing.`;
  if (slips.some((slip) => slip.message === message)) {
    reading.isPlain = false;
    return;
  }
  slipped(reading, {
    message,
    span: between(at, at + prefix.length),
    mends: () => {
      const [, root] = /^[^<]*(?:<[?!][^>]*>[^<]*)*<([^\s<>/]+)/.exec(text) ?? [];
      const uri = Object.hasOwn(WELL_KNOWN, prefix) ? WELL_KNOWN[prefix] : undefined;
      if (root === undefined || uri === undefined) return [];
      const behind = text.indexOf(`<${root}`) + 1 + root.length;
      return [mend(`Declare ${prefix}`, [behind, behind, ` xmlns:${prefix}="${uri}"`])];
    },
  });
}

/** Where an end tag ends, and whether it is closed. */
export function endTagAt(reading: XmlReading, nameEnd: number): { end: number; isWhole: boolean } {
  const { text } = reading;
  let end = nameEnd;
  while (end < text.length && text[end] !== '>' && text[end] !== '<') end++;
  if (text[end] !== '>') {
    reading.isPlain = false;
    return { end: nameEnd, isWhole: false };
  }
  if (end > nameEnd && /[^ \t\r\n]/.test(text.slice(nameEnd, end)))
    slipped(reading, {
      message: 'An end tag has nothing but its name.',
      span: between(nameEnd, end),
      mends: () => [perhaps(mend('Remove the rest', [nameEnd, end, '']))],
    });
  return { end: end + 1, isWhole: true };
}

/** Whether an end tag is that of the innermost element, with a slip in it. */
export function isMeant(name: string, open: string, isWhole: boolean): boolean {
  return isWhole ? nearest(name, [open]) === open : open.startsWith(name);
}

export function wrongEnd(reading: XmlReading, at: number, end: number, open: string): void {
  const { text } = reading;
  slipped(reading, {
    message: `${text.slice(at, end).trim()} does not end <${open}>: write </${open}>.`,
    span: between(at, end),
    mends: () => [mend(`Write </${open}>`, [at, end, `</${open}>`])],
  });
}

export function openEnd(reading: XmlReading, at: number, end: number, name: string): void {
  slipped(reading, {
    message: `The end tag </${name} is not closed: > is missing.`,
    span: between(at, end),
    mends: () => [mend('Put > here', [end, end, '>'])],
  });
}

export function strayEnd(reading: XmlReading, at: number, end: number, name: string): void {
  slipped(reading, {
    message:
      name === '' ? 'The name of an end tag is missing here.' : `</${name}> ends nothing: no <${name}> is open here.`,
    span: between(at, end),
    mends: () => [perhaps(mend('Remove it', [at, end, '']))],
  });
}

/** An end tag whose start tag broke off: what stands between the two belongs to it. */
export function adopted(
  reading: XmlReading,
  siblings: XmlNode[],
  name: string,
  closeStart: number,
  end: number,
): boolean {
  const index = siblings.findLastIndex(
    (node) =>
      node.kind === 'element' && (node as { cut?: Slip }).cut !== undefined && qualified(node, reading.text) === name,
  );
  if (index < 0) return false;
  const element = siblings[index] as XmlElement & { children: XmlNode[]; cut: Slip };
  for (let i = index + 1; i < siblings.length; i++) {
    const node = siblings[i]!;
    if (node.kind === 'element') node.parent = element;
    element.children.push(node);
  }
  siblings.length = index + 1;
  const { openEnd: behind, cut } = element;
  Object.assign(element, { closeStart, end, isEmptyTag: false });
  cut.mends = () => [mend('Close the tag with >', [behind, behind, '>'])];
  return true;
}

/** @param left elements without an end tag, the innermost first @param before the end tag that was found instead; none at the end of the text */
export function checkUnclosed(
  reading: XmlReading,
  left: readonly XmlElement[],
  at: number,
  before: string | undefined,
): void {
  const [inner] = left;
  if (!inner) return;
  const { text } = reading;
  const name = qualified(inner, text);
  const next = before === undefined ? 'at the end of the text' : `before ${nextTag(text, inner.end, `</${before}>`)}`;
  const around = left.length > 1 && before === undefined ? ', nor is what it stands in' : '';
  slipped(reading, {
    message: `<${name}> is not closed${around}: </${name}> is missing ${next}.`,
    span: between(inner.start + 1, inner.nameEnd),
    mends: () => [closing(text, left, before === undefined ? at : undefined)],
  });
}

function nextTag(text: string, at: number, otherwise: string): string {
  const [tag] = /^\s*<[^\s<>]{1,80}/.exec(text.slice(at, at + 400)) ?? [];
  return tag === undefined ? otherwise : `${tag.trim().replace(/\/$/, '')}>`;
}

/** What HTML never closes, and what has its value in its tag, is empty. */
const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col']);

/** @param end where all of them end; else each where what it holds ends */
function closing(text: string, left: readonly XmlElement[], end: number | undefined) {
  const names = left.map((element) => `</${qualified(element, text)}>`);
  const title = names.length === 1 ? `Close it with ${names[0]!}` : 'Close what is open';
  const isOnLines = (element: XmlElement): string | undefined =>
    element.end > element.openEnd || end !== undefined
      ? /(?:^|\n)([ \t]*)$/.exec(text.slice(Math.max(0, element.start - 200), element.start))?.[1]
      : undefined;
  const written = (element: XmlElement, i: number): string => {
    const margin =
      text.slice(element.openEnd, element.end).includes('\n') || end !== undefined ? isOnLines(element) : undefined;
    return margin === undefined ? names[i]! : `\n${margin}${names[i]!}`;
  };
  if (end !== undefined) {
    const from = text.trimEnd().length;
    return mend(title, [from, from, left.map(written).join('')]);
  }
  const [inner] = left;
  const isAlone = left.length === 1 && inner!.end === inner!.openEnd;
  if (isAlone && (VOID.has(inner!.name) || inner!.attributes.some(({ name }) => name === 'value')))
    return mend('Close the tag with />', [inner!.openEnd - 1, inner!.openEnd, '/>']);
  const edits = left.map((element, i): [number, number, string] => [element.end, element.end, written(element, i)]);
  // What ends at one place is one edit, the innermost first.
  const merged: [number, number, string][] = [];
  for (const [start, stop, put] of edits.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last?.[0] === start) last[2] += put;
    else merged.push([start, stop, put]);
  }
  return mend(title, ...merged);
}

function qualified({ start, nameEnd }: XmlElement, text: string): string {
  return text.slice(start + 1, nameEnd);
}
