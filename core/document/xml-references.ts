// References such as &amp; in XML: what they stand for, and those that stand for nothing.
import { isCharacter } from './xml-characters';
import { ENTITIES } from '../validate/xhtml';
import { between, isEnough, mend, NO_DOCTYPE, perhaps, slipped, type XmlReading } from './xml-slips';

const FIVE: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const REFERENCE = /&(?:#x([0-9A-Fa-f]{1,32})|#(\d{1,32})|([A-Za-z_][\w.-]{0,32}));/g;
const AT_REFERENCE = new RegExp(REFERENCE.source, 'y');

/** Text with its references resolved; one that means nothing stays as it stands. */
export function decoded(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(REFERENCE, meaning);
}

function meaning(all: string, hex?: string, decimal?: string, name?: string): string {
  if (name !== undefined) return Object.hasOwn(FIVE, name) ? FIVE[name]! : all;
  const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
  return isCharacter(code) ? String.fromCodePoint(code) : all;
}

/** The reference that stands at a place, and what it stands for; undefined where none does. */
export function referenceAt(text: string, at: number): { length: number; means: string } | undefined {
  AT_REFERENCE.lastIndex = at;
  const found = AT_REFERENCE.exec(text);
  if (!found) return undefined;
  const [all, hex, decimal, name] = found;
  const means = meaning(all, hex, decimal, name);
  return means === all ? undefined : { length: all.length, means };
}

/** Blanks are one blank each in the value of an attribute. */
export function attributeValue(raw: string): string {
  return decoded(/[\r\n\t]/.test(raw) ? raw.replace(/\r\n|[\r\n\t]/g, ' ') : raw);
}

/** Tells of the references in a stretch that stand for nothing. */
export function checkReferences(reading: XmlReading, start: number, end: number): void {
  const { text } = reading;
  for (let at = text.indexOf('&', start); at >= 0 && at < end; at = text.indexOf('&', at + 1)) {
    if (text.startsWith('amp;', at + 1) || referenceAt(text, at)) continue;
    if (isEnough(reading)) return;
    AT_REFERENCE.lastIndex = at;
    const [all, hex, decimal, name] = AT_REFERENCE.exec(text) ?? [];
    if (name !== undefined) unknownEntity(reading, at, name);
    else if (all !== undefined) {
      slipped(reading, {
        message: `${all} stands for no character that XML may hold (${hex === undefined ? decimal! : `x${hex}`}): remove it.`,
        span: between(at, at + all.length),
        mends: () => [perhaps(mend('Remove it', [at, at + all.length, '']))],
      });
    } else bareSign(reading, at);
  }
}

function unknownEntity(reading: XmlReading, at: number, name: string): void {
  const end = at + name.length + 2;
  // It may be declared in what is not read: that is told already.
  if (reading.slips.some(({ message }) => message === NO_DOCTYPE)) return;
  const code = Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : undefined;
  slipped(reading, {
    message: `XML knows only the entities amp, lt, gt, quot and apos, not ${name}: write the character itself.`,
    span: between(at, end),
    mends: () => {
      if (code === undefined) return [perhaps(mend(`Write &amp;${name};`, [at, end, `&amp;${name};`]))];
      // A blank that looks like any other is better seen.
      const sign = String.fromCodePoint(code);
      const written = /\s/.test(sign) ? `&#${code};` : sign;
      return [mend(`Write ${written}`, [at, end, written])];
    },
  });
}

function bareSign(reading: XmlReading, at: number): void {
  const name = /^&(amp|lt|gt|quot|apos)(?!\w)/.exec(reading.text.slice(at, at + 6))?.[1];
  slipped(reading, {
    message:
      name === undefined
        ? 'In XML & begins a reference: write &amp; for the sign itself.'
        : `The reference &${name} is not closed: write &${name};`.concat('.'),
    span: between(at, at + 1 + (name?.length ?? /^\w*/.exec(reading.text.slice(at + 1, at + 20))![0].length)),
    mends: () =>
      name === undefined
        ? [mend('Write &amp;', [at, at + 1, '&amp;'])]
        : [mend(`Write &${name};`, [at + 1 + name.length, at + 1 + name.length, ';'])],
  });
}
