// What XML 1.0 can hold: names, and texts as they stand in an attribute or between tags.

/** What may not stand in a text of XML at all, not even as a reference: control characters, halves of characters. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;

const UNUSUAL = /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const START =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`^[${START}][${START}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*$`, 'u');

/** True of what may name an element that has no prefix. */
export function isXmlName(name: string): boolean {
  return NAME.test(name);
}

/** True where a text has characters that XML has not. */
export function hasForbidden(text: string): boolean {
  return text.search(FORBIDDEN) >= 0;
}

/** As it stands between double quotes, so that a parser gives the same text; what XML has not becomes U+FFFD. */
export function attributeText(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"\t\n\r]/g, (one) => REFERENCES[one]!);
}

/** As it stands between tags. */
export function elementText(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>\r]/g, (one) => REFERENCES[one]!);
}
