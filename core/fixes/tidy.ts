// Markup as people and word processors write it, as a narrative may have it: closed, quoted, of the elements and attributes
// that STU3 names. What is right stays as it is, to the letter; no word that a reader sees is lost.
import { escaped } from '../document/xml-narrative';
import * as xhtml from '../validate/xhtml';
import { endOfName } from '../document/xml-characters';
import { tidyAttributes } from './tidy-attributes';

const NAMESPACE = 'xmlns="http://www.w3.org/1999/xhtml"';

export interface Tidied {
  text: string;
  /** Something is gone that a reader may have seen, such as a frame. */
  isLess: boolean;
}

const EMPTY: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col']);

/** Elements of which nothing inside is for readers. */
const WITHOUT_WORDS: ReadonlySet<string> = new Set(['script', 'style']);

/** Elements that show something that no words in them tell. */
const SHOWING: ReadonlySet<string> = new Set([
  'iframe',
  'frame',
  'object',
  'embed',
  'applet',
  'audio',
  'video',
  'svg',
  'math',
  'input',
  'map',
  'area',
]);

/** What stands instead, with its attributes. */
const INSTEAD: Readonly<Partial<Record<string, string>>> = {
  u: 'span style="text-decoration: underline"',
  s: 'span style="text-decoration: line-through"',
  strike: 'span style="text-decoration: line-through"',
  del: 'span style="text-decoration: line-through"',
  ins: 'span style="text-decoration: underline"',
  font: 'span',
  mark: 'span',
  label: 'span',
  bdo: 'span',
  kbd: 'code',
  center: 'div style="text-align: center"',
};
const BLOCKS = 'html body section article header footer figure main nav form fieldset address';
const AS_DIV: ReadonlySet<string> = new Set(BLOCKS.split(' '));

/** Elements that end where another of these begins. */
const ENDS: Readonly<Partial<Record<string, readonly string[]>>> = {
  p: ['p'],
  li: ['li'],
  dt: ['dt', 'dd'],
  dd: ['dt', 'dd'],
  td: ['td', 'th'],
  th: ['td', 'th'],
  tr: ['td', 'th', 'tr'],
};

interface Open {
  /** As it was written, and as it is written now; nothing where it was left out. */
  name: string;
  written: string;
  /** The outer div, which is closed when all is said. */
  isRoot?: true;
}

/** One div of XHTML with what the text says. Linear, and total. */
export function tidied(text: string): Tidied {
  const source = text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '');
  const parts: string[] = [];
  const stack: Open[] = [];
  /** How many of a name are in the stack. */
  const open = new Map<string, number>();
  const push = (one: Open): void => {
    stack.push(one);
    open.set(one.name, (open.get(one.name) ?? 0) + 1);
  };
  let small: string | undefined;
  let isLess = false;
  let at = 0;
  /** In `parts`, of the outer div: where what follows it is put in. */
  let root = -1;

  const close = (): void => {
    const { name, written, isRoot } = stack.pop()!;
    open.set(name, open.get(name)! - 1);
    if (written !== '' && !isRoot) parts.push(`</${written}>`);
  };
  const put = (words: string): void => {
    if (root < 0 && words.trim() !== '') begin('');
    if (root >= 0) parts.push(words);
  };
  /** All stands in one div: the first, if it is one. */
  const begin = (attributes: string): void => {
    root = parts.length;
    parts.push(`<div ${NAMESPACE}${attributes}>`);
  };

  while (at < source.length) {
    const next = source.indexOf('<', at);
    const end = next < 0 ? source.length : next;
    if (end > at) put(withEntities(source.slice(at, end)));
    if (next < 0) break;
    if (source.startsWith('<!--', next)) {
      const dashes = source.indexOf('-->', next + 4);
      const comment = dashes < 0 ? '' : source.slice(next, dashes + 3);
      if (stack.length > 0 && comment !== '' && !comment.slice(4, -3).includes('--') && !comment.endsWith('--->'))
        put(comment);
      at = dashes < 0 ? source.length : dashes + 3;
    } else if (source.startsWith('<![CDATA[', next)) {
      const close = source.indexOf(']]>', next);
      put(escaped(source.slice(next + 9, close < 0 ? source.length : close)));
      at = close < 0 ? source.length : close + 3;
    } else if (source[next + 1] === '!' || source[next + 1] === '?') {
      const gt = source.indexOf('>', next);
      at = gt < 0 ? source.length : gt + 1;
    } else if (source[next + 1] === '/') {
      const nameEnd = endOfName(source, next + 2);
      const name = plain(source.slice(next + 2, nameEnd));
      const gt = source.indexOf('>', nameEnd);
      at = gt < 0 ? source.length : gt + 1;
      // What closes nothing is left out.
      for (let isClosed = !open.get(name); !isClosed;) {
        isClosed = stack.at(-1)!.name === name;
        close();
      }
    } else {
      const nameEnd = endOfName(source, next + 1);
      if (nameEnd === next + 1) {
        put('&lt;');
        at = next + 1;
        continue;
      }
      at = readTag(next, nameEnd);
    }
  }
  while (stack.length > 0) close();
  if (root < 0) begin('');
  return { text: `${parts.join('')}</div>`, isLess };

  /** Gives where to read on. */
  function readTag(lt: number, nameEnd: number): number {
    const name = plain(source.slice(lt + 1, nameEnd));
    const tag = tidyAttributes(source, nameEnd, name);
    const { isClosed } = tag;
    if (WITHOUT_WORDS.has(name)) {
      const close = isClosed ? -1 : (small ??= source.toLowerCase()).indexOf(`</${name}`, tag.end);
      const gt = close < 0 ? -1 : source.indexOf('>', close);
      return isClosed ? tag.end : gt < 0 ? source.length : gt + 1;
    }
    if (SHOWING.has(name)) isLess = true;
    for (const ended of ENDS[name] ?? []) if (stack.at(-1)?.name === ended) close();
    const { element, attributes } = written(name);
    const isEmpty = EMPTY.has(element);
    if (element === 'div' && stack.length === 0 && root < 0) {
      begin(tag.attributes);
      if (!isClosed) push({ name, written: 'div', isRoot: true });
      return tag.end;
    }
    if (element !== '') {
      const isSame = element === source.slice(lt + 1, nameEnd) && tag.isSame && isEmpty === isClosed;
      put(
        isSame
          ? source.slice(lt, tag.end)
          : `<${element}${attributes}${tag.attributes}${isClosed || isEmpty ? '/' : ''}>`,
      );
    }
    if (!isClosed && !isEmpty) push({ name, written: element });
    return tag.end;
  }
}

/** Without a prefix, in small letters. */
function plain(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function written(name: string): { element: string; attributes: string } {
  if (xhtml.ELEMENTS.has(name)) return { element: name, attributes: '' };
  if (AS_DIV.has(name)) return { element: 'div', attributes: '' };
  const [element = '', ...attributes] = (Object.hasOwn(INSTEAD, name) ? INSTEAD[name]! : '').split(' ');
  return { element, attributes: attributes.length > 0 ? ` ${attributes.join(' ')}` : '' };
}

/** Characters for the names that HTML alone has; & and ]]> as text has them. */
function withEntities(text: string): string {
  if (!text.includes('&') && !text.includes(']]>')) return text;
  return text
    .replace(
      /&(?:([A-Za-z][A-Za-z0-9]{0,31});|(#\d{1,7};|#x[0-9A-Fa-f]{1,6};))?/g,
      (all, name?: string, code?: string) => {
        if (code !== undefined) return all;
        if (name === undefined) return '&amp;';
        if (['amp', 'lt', 'gt', 'quot', 'apos'].includes(name)) return all;
        return Object.hasOwn(xhtml.ENTITIES, name) ? `&#${xhtml.ENTITIES[name]!};` : `&amp;${name};`;
      },
    )
    .replaceAll(']]>', ']]&gt;');
}
