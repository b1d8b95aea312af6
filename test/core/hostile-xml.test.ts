// XML that means harm, or was made by mistake: refused or read, always with a sentence, never with a file, a bomb or a hang.
import assert from 'node:assert/strict';
import { readXml, readXmlValue } from '../../core/document/xml-document';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const { registry } = knowledge();
const FHIR = 'xmlns="http://hl7.org/fhir"';
const MANY = 50_000_000;

const patient = (inner: string) => `<Patient ${FHIR}>${inner}</Patient>`;
/** So long in all, made of one piece over and over. */
const long = (piece: string, length = MANY) => piece.repeat(Math.ceil(length / piece.length));

/** A sentence for each, and few enough to be read. */
function saidOf(text: string): { rules: string[]; value: Loose } {
  const { problems, value } = readXml(text, registry);
  assert.ok(problems.length <= 100);
  for (const { message, span } of problems) {
    assert.match(message, /[.?]$/);
    assert.ok(message.length < 400, message);
    assert.ok(span.offset >= 0 && span.offset + span.length <= text.length);
  }
  return { rules: problems.map(({ rule }) => rule), value: value as Loose };
}

describe('hostile XML', () => {
  it('expands no entity, of however many that stand for one another', () => {
    const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
    const text = `<!DOCTYPE Patient [<!ENTITY e0 "ha">${entities.join('')}]>${patient('<gender value="&e20;"/>')}`;
    const { rules, value } = saidOf(text);
    assert.deepEqual(rules, ['xml-syntax']);
    assert.deepEqual(value, { resourceType: 'Patient', gender: '&e20;' });
  });

  it('fetches nothing from outside', () => {
    for (const declared of [
      '<!DOCTYPE Patient SYSTEM "file:///etc/hostname">',
      '<!DOCTYPE Patient [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
      '<!DOCTYPE Patient [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>',
    ]) {
      const { rules, value } = saidOf(declared + patient('<gender value="&x;"/>'));
      assert.deepEqual(rules, ['xml-syntax']);
      assert.deepEqual(value, { resourceType: 'Patient', gender: '&x;' });
    }
  });

  const REFUSED: [what: string, text: () => string][] = [
    ['a hundred thousand levels', () => `<Patient ${FHIR}>${long('<name>', 600_000)}`],
    ['a hundred thousand levels of a narrative', () => `<Patient ${FHIR}><text><div>${long('<b>', 300_000)}`],
    ['fifty million characters of tags', () => patient(long('<a/>'))],
    ['fifty million brackets', () => long('<')],
    ['fifty million brackets inside a message', () => patient(long('<'))],
    ['tags that break off without end', () => long('<a b="<')],
    ['end tags without end', () => patient(long('</b>'))],
    [
      'more than a million attributes',
      () => `<Patient ${FHIR} ${Array.from({ length: 1_100_000 }, (_, i) => `a${i}=""`).join(' ')}/>`,
    ],
  ];
  for (const [what, text] of REFUSED)
    it(`is refused: ${what}`, () => {
      const { rules } = saidOf(text());
      assert.ok(rules.length > 0);
      assert.ok(
        rules.every((rule) => rule === 'too-much'),
        rules.join(' '),
      );
      assert.equal(readXmlValue(text(), registry), undefined);
    }).timeout(120_000);

  const READ: [what: string, text: () => string, rule: string | undefined][] = [
    ['fifty million characters of a value', () => patient(`<gender value="${long('a')}"/>`), undefined],
    ['a million ampersands', () => patient(`<gender value="${long('&', 1_000_000)}"/>`), 'xml-syntax'],
    ['a million references', () => patient(`<gender value="${long('&amp;', 5_000_000)}"/>`), undefined],
    ['fifty million characters of text', () => patient(long('text ')), 'xml-text'],
    ['a million quotes in a tag', () => `<Patient ${FHIR} ${long('"', 1_000_000)}/>`, 'xml-syntax'],
    ['fifty million blanks in a tag', () => `<Patient ${FHIR} ${long(' ')}/>`, undefined],
    ['fifty million characters of a name', () => `<Patient ${FHIR}><${long('a')}/></Patient>`, undefined],
    ['a comment that never ends', () => `${patient('')}<!--${long('a ')}`, 'xml-syntax'],
    ['hyphens in a comment', () => `<!--${long('-')}-->${patient('')}`, 'xml-syntax'],
    ['a CDATA section that never ends', () => `<Patient ${FHIR}><![CDATA[${long(']] ')}`, 'xml-syntax'],
    ['a DOCTYPE that never ends', () => `<Patient ${FHIR}><!DOCTYPE [${long('] ')}`, 'xml-syntax'],
    ['an instruction that never ends', () => `<Patient ${FHIR}><?a ${long('? ')}`, 'xml-syntax'],
    ['a quote that never ends', () => `<Patient ${FHIR}><gender value="${long('a ')}`, 'xml-syntax'],
    ['quotes that never end, on one line', () => patient(long(`<gender value="a<b value='c`, 1_000_000)), 'xml-syntax'],
    [
      'twice a hundred thousand attributes of one name',
      () => patient(`<gender ${long('value="a" ', 2_000_000)}/>`),
      'xml-syntax',
    ],
    [
      'a hundred thousand elements out of order',
      () => patient(long('<gender value="male"/><active value="true"/>', 1_000_000)),
      'xml-order',
    ],
    ['a byte order mark', () => `\uFEFF${patient('<gender value="male"/>')}`, undefined],
    ['U+0000', () => patient('<gender value="a\u0000b"/>'), 'xml-syntax'],
    ['half a sign', () => patient('<gender value="a\ud83db"/>'), 'xml-syntax'],
    ['a whole sign of two units', () => patient('<gender value="\u{1F48A}"/>'), undefined],
    ['a reference to no character', () => patient('<gender value="&#0;&#xD800;&#x110000;"/>'), 'xml-syntax'],
    ['CDATA between elements', () => patient('<![CDATA[<gender value="male"/>]]>'), 'xml-text'],
    ['UTF-16 in name only', () => `<?xml version="1.0" encoding="UTF-16"?>${patient('')}`, 'xml-syntax'],
    [
      'Latin letters that were lost',
      () => `<?xml version="1.0" encoding="ISO-8859-1"?>${patient('<gender value="\uFFFD"/>')}`,
      'xml-syntax',
    ],
  ];
  for (const [what, text, rule] of READ)
    it(`is read: ${what}`, () => {
      const { rules, value } = saidOf(text());
      if (rule === undefined) assert.deepEqual(rules, []);
      else assert.ok(rules.length > 0 && rules.every((one) => one === rule), [...new Set(rules)].join(' '));
      assert.equal(value.resourceType, 'Patient');
    }).timeout(120_000);
});
