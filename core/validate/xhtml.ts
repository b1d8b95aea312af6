// What STU3 lets stand in a narrative: the lists of invariant txt-1, and where HL7's own validator and prose go beyond them.

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** The elements of the XPath of txt-1. */
export const ELEMENTS = words(
  'a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ' +
    'ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var',
);

/** Its attributes, on any element. xmlns is no attribute there; xml:lang the specification itself recommends. */
export const ATTRIBUTES = words(
  'abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite ' +
    'class colspan compact coords dir frame headers height href hreflang hspace id lang longdesc name nowrap rel rev ' +
    'rowspan rules scope shape span src start style summary tabindex title type valign value vspace width xml:lang xmlns',
);

/** In the chapters of HTML 4.0 that the words of txt-1 allow, or allowed by HL7's validator, but not in that XPath. */
export const DOUBTFUL_ELEMENTS = words('address bdo kbd map area');
export const DOUBTFUL_ATTRIBUTES = words('usemap ismap nohref clear size noshade');

/** Elements that run, fetch or ask for something. */
export const ACTIVE_ELEMENTS = words(
  'script noscript link base meta iframe frame frameset object embed applet param form input button select option ' +
    'textarea label fieldset legend audio video source svg math',
);

/** What stands instead of an element that HTML 4.0 deprecates or that came later. */
export const INSTEAD: Readonly<Record<string, string>> = {
  u: '<span style="text-decoration: underline">',
  s: '<span style="text-decoration: line-through">',
  strike: '<span style="text-decoration: line-through">',
  del: '<span style="text-decoration: line-through">',
  ins: '<span style="text-decoration: underline">',
  font: '<span style="…">',
  center: '<div style="text-align: center">',
  html: '<div>',
  head: '<div>',
  body: '<div>',
  section: '<div>',
  article: '<div>',
  header: '<div>',
  footer: '<div>',
  figure: '<div>',
  style: 'the attribute style',
  mark: '<span style="…">',
};

/** Attributes that name another place. */
export const ADDRESSES = words('href src cite longdesc');

/** HTML's commonest entities as the characters that they stand for. */
export const ENTITIES: Readonly<Record<string, number>> = {
  nbsp: 160,
  pound: 163,
  copy: 169,
  laquo: 171,
  reg: 174,
  deg: 176,
  plusmn: 177,
  sup2: 178,
  sup3: 179,
  micro: 181,
  middot: 183,
  raquo: 187,
  frac14: 188,
  frac12: 189,
  frac34: 190,
  times: 215,
  eacute: 233,
  divide: 247,
  ensp: 8194,
  emsp: 8195,
  thinsp: 8201,
  ndash: 8211,
  mdash: 8212,
  lsquo: 8216,
  rsquo: 8217,
  ldquo: 8220,
  rdquo: 8221,
  bull: 8226,
  hellip: 8230,
  euro: 8364,
  trade: 8482,
  larr: 8592,
  rarr: 8594,
  le: 8804,
  ge: 8805,
};

const REFERENCE = /&(?:#x([0-9A-Fa-f]{1,32})|#(\d{1,32})|(amp|lt|gt|quot|apos));/g;
const FIVE: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The value of an attribute as a reader of XML sees it. */
export function decoded(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(REFERENCE, (all: string, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return FIVE[name] ?? all;
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** The scheme of an address as a browser reads it, which skips white space and control characters. */
export function schemeOf(address: string): string | undefined {
  const plain = address.slice(0, 200).replace(/[\x00-\x20]/g, '');
  return /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1]?.toLowerCase() ?? (/^[\\/]{2}/.test(plain) ? 'https' : undefined);
}

/** What in a style fetches or runs; undefined when nothing does. */
export function activeStyle(style: string): string | undefined {
  if (!style.includes('(') && !style.includes('@') && !/behaviou?r|binding|\\/i.test(style)) return undefined;
  const plain = style
    .replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) => String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff)))
    .replace(/\\/g, '');
  return /url\s*\(|expression\s*\(|@import|image-set\s*\(|(?:behavior|-moz-binding)\s*:/i.exec(plain)?.[0];
}
