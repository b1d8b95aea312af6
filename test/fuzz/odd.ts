// What trips code that trusts its input: words, values and pieces of markup.
import type { Random } from './random';

export const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  '',
  ' ',
  '_',
  '0',
  '-1',
  'a/b~c',
  'a b',
  'a:b',
  'é',
  '\u202eeman',
  'resourceType',
  'extension',
  'contained',
  'entry',
  'resource',
  'div',
  'reference',
  'url',
  'value',
  'valueString',
  'section',
  'id',
  '_id',
] as const;

const WORDS = [
  ...NAMES,
  '\u0000',
  '\ud800',
  '\udc00x',
  '\ufeff',
  '\uffff',
  '\u2028',
  '\u202e\u2066abc',
  'a\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  '<&">\'\n\r\t',
  ']]>',
  '&amp;amp;',
  '&#0;',
  '${x}',
  '%s%n',
  '$&$1',
  '\\u0000',
  'urn:uuid:',
  'urn:uuid:00000000-0000-4000-8000-000000000000',
  '#',
  '#a',
  'Patient/',
  'Patient/1/_history/2',
  'http://[',
  'https://example.invalid/../..',
  'javascript:alert(1)',
  'GPPROVIDER_9990142017_19560229_Testwell',
  'GPPROVIDER_',
  '9990142017',
  '999 014 2017',
  '0000-00-00',
  '2024-02-30',
  '9999-12-31T23:59:60.999999999Z',
  '2024-01-01T00:00:00+14:00',
  '-0',
  '1e999',
  '1'.repeat(40),
  'NaN',
  'true',
  'null',
  'undefined',
  'a '.repeat(100),
  'UNREADABLE-IN-ORIGINAL-MESSAGE',
];

const TAGS = [
  '<script>alert(1)</script>',
  '<img src="x" onerror="alert(1)"/>',
  '<img src="#a" alt="&lt;b&gt;"/>',
  '<a href="javascript:alert(1)">a</a>',
  '<svg/onload=alert(1)>',
  '<style>*{}</style>',
  '<p style="position:fixed;background:url(x)" onclick="x()">',
  '<iframe srcdoc="x"></iframe>',
  '<math><mtext></p><img onerror=alert(1) src>',
  '<!-- --!><script>',
  '<![CDATA[<script>x</script>]]>',
  '<?xml version="1.0"?>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '<p',
  '</p>',
  '</div>',
  '<table><tr><th>NHS number</th><td>999 014 2017</td></tr></table>',
  '<table><tr><td><table><tr><td>',
  '<b>'.repeat(30),
  '<br>',
  '<P CLASS=a class="b">',
  '<x:p xmlns:x="http://www.w3.org/1999/xhtml">',
  '&nbsp;',
  '&lt;script&gt;',
  '&#x3c;script>',
  '&',
  '<',
  '>',
  '"',
  '\u0000',
  '\u202e',
  'words of a text',
];

const BEGIN = '<div xmlns="http://www.w3.org/1999/xhtml">';

export function oddWord(random: Random): string {
  if (random.chance(0.03)) return random.pick(WORDS).padEnd(100_000, 'long ');
  if (random.chance(0.02))
    return random.pick(['a', '<b>', '&', '"', '\\', '\u0000', '[', ' ', '<td>', '9']).repeat(20_000);
  if (random.chance(0.2)) return hostileDiv(random);
  return random.pick(WORDS);
}

export function hostileDiv(random: Random): string {
  const inside = Array.from({ length: random.below(8) }, () => random.pick(TAGS)).join('');
  return random.chance(0.8) ? `${BEGIN}${inside}</div>` : inside;
}

export function oddValue(random: Random): unknown {
  switch (random.below(8)) {
    case 0:
      return random.pick([null, true, false]);
    case 1:
      return random.pick([0, -0, -1, 1.5, 1e21, 1e-7, 1e308, Number.MAX_SAFE_INTEGER + 2]);
    case 2:
      return random.pick([[], {}, [[]], [{}], [null], { '': null }, [null, 1, 'x', [], {}]]);
    case 3:
      return { [random.pick(NAMES)]: oddWord(random) };
    case 4:
      return [{ url: random.pick(NAMES), valueString: oddWord(random) }];
    case 5:
      return random.pick<unknown>([
        { reference: '#' },
        { reference: 1 },
        { resourceType: 'constructor' },
        { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Bundle' } }] },
        { coding: [{ system: '__proto__', code: 'constructor' }] },
        { status: 'generated', div: hostileDiv(random) },
        { toString: false },
        { length: -1 },
      ]);
    default:
      return oddWord(random);
  }
}

/** Pieces of JSON, of XML and of what stands in messages, to be put anywhere in a text. */
export const PIECES = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  "'",
  '\\',
  '\\u',
  '\\ud800',
  '//',
  '/*',
  '*/',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\ufeff',
  '\u0000',
  '\ud800',
  '\udc00',
  '\u2028',
  '<',
  '>',
  '</',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?a ?>',
  '<!DOCTYPE a>',
  '&',
  '&amp;',
  '&#x0;',
  '&#55296;',
  '&a;',
  '=',
  ' xmlns="',
  ' xmlns="http://hl7.org/fhir"',
  ' value="',
  ' id="a"',
  '"a":',
  '"__proto__": {',
  '"resourceType": "Bundle"',
  '<Bundle xmlns="http://hl7.org/fhir">',
  '</Bundle>',
  '<div xmlns="http://www.w3.org/1999/xhtml">',
  '</div>',
  'null',
  'true',
  '1e',
  '-',
  '0.10',
  '1E400',
  '👩‍👩‍👧',
  ' ',
] as const;
