// Which attributes of a narrative are followed, as far as they stay in their place.
import type { XmlAttribute } from '../validate/xml-scan';
import { decoded } from '../validate/xhtml';

/** What an attribute may say, by its name; others are left out. `*` stands for every element. */
const ATTRIBUTES: Readonly<Record<string, { on: readonly string[]; says: RegExp }>> = {
  colspan: { on: ['td', 'th'], says: /^[1-9]\d{0,2}$/ },
  rowspan: { on: ['td', 'th'], says: /^[1-9]\d{0,2}$/ },
  span: { on: ['col', 'colgroup'], says: /^[1-9]\d{0,2}$/ },
  scope: { on: ['th'], says: /^(row|col|rowgroup|colgroup)$/ },
  start: { on: ['ol'], says: /^\d{1,5}$/ },
  dir: { on: ['*'], says: /^(ltr|rtl)$/ },
  lang: { on: ['*'], says: /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,2}$/ },
};

export function attributesOf(tag: string, attributes: readonly XmlAttribute[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const { name, value } of attributes) {
    const plain = name === 'xml:lang' ? 'lang' : name;
    const known = Object.hasOwn(ATTRIBUTES, plain) ? ATTRIBUTES[plain] : undefined;
    const says = decoded(value).trim();
    if (known && (known.on.includes('*') || known.on.includes(tag)) && known.says.test(says)) kept[plain] = says;
  }
  return kept;
}

/** Declarations that are followed. Colours are not: they belong to the theme, in which every text can be read. */
const LOOKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'text-align': { left: 'left', right: 'right', center: 'center', justify: 'justify' },
  'font-weight': { bold: 'bold', bolder: 'bold', '600': 'bold', '700': 'bold', '800': 'bold', '900': 'bold' },
  'font-style': { italic: 'italic', oblique: 'italic' },
  'text-decoration': { underline: 'underline', 'line-through': 'struck' },
  'white-space': { pre: 'pre', 'pre-wrap': 'pre', 'pre-line': 'pre', nowrap: 'nowrap' },
};

const LONGEST_STYLE = 2000;

export function looksOf(attributes: readonly XmlAttribute[]): string[] {
  const looks = new Set<string>();
  for (const { name, value } of attributes) {
    if (name === 'align') note(looks, 'text-align', value);
    if (name !== 'style') continue;
    for (const declaration of decoded(value).slice(0, LONGEST_STYLE).split(';')) {
      const [property = '', says = ''] = declaration.split(':');
      for (const word of says.split(/[\s!]/)) note(looks, property, word);
    }
  }
  return [...looks];
}

function note(looks: Set<string>, property: string, word: string): void {
  const name = property.trim().toLowerCase();
  const known = Object.hasOwn(LOOKS, name) ? LOOKS[name]! : {};
  const key = word.trim().toLowerCase();
  if (Object.hasOwn(known, key)) looks.add(known[key]!);
}

/** Pictures of pixels only: one that is drawn by markup could bring markup. In base64, of five million characters at most. */
const PICTURE = /^data:image\/(png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]{1,5000000}$/;

/** `elsewhere` when it would have to be fetched; undefined when there is nothing that can be shown. */
export function pictureOf(
  attributes: readonly XmlAttribute[],
  named: (id: string) => string | undefined,
): { src: string; alt: string } | 'elsewhere' | undefined {
  const says = (wanted: string): string | undefined => {
    const found = attributes.find(({ name }) => name === wanted);
    return found && decoded(found.value).trim();
  };
  const address = says('src') ?? '';
  const src = address.startsWith('#') ? named(address.slice(1)) : address;
  if (src !== undefined && PICTURE.test(src)) return { src, alt: says('alt') ?? '' };
  return /^(data:|#|$)/i.test(address) ? undefined : 'elsewhere';
}
