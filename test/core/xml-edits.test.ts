// Edits of XML text: the value comes out as it was wanted, and the text looks as its author would have typed it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { changed } from '../../core/document/changes';
import { join, parentOf, type Pointer, valueAt } from '../../core/document/pointer';
import { applyTextEdits, type TextEdit } from '../../core/document/text-edits';
import { writeXml } from '../../core/document/write-xml';
import { readXml, readXmlValue } from '../../core/document/xml-document';
import { xmlEditsOf } from '../../core/document/xml-edits';
import type { Change } from '../../core/finding';
import { isObject } from '../../core/json';
import { knowledge } from '../knowledge';

const { registry } = knowledge();

function after(text: string, ...changes: Change[]): string {
  return made(text, (value) => changes.reduce(changed, value));
}

function made(text: string, change: (value: unknown) => unknown): string {
  const edits = xmlEditsOf(text, change, registry);
  inOrder(edits, text);
  return applyTextEdits(text, edits);
}

function inOrder(edits: readonly TextEdit[], text: string): void {
  let at = 0;
  for (const { offset, length } of edits) {
    assert.ok(offset >= at && length >= 0, 'edits overlap');
    at = offset + length;
  }
  assert.ok(at <= text.length);
}

const FHIR = 'xmlns="http://hl7.org/fhir"';
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';

const PATIENT = `<?xml version="1.0" encoding="UTF-8"?>
<Patient ${FHIR}>
  <id value="a"/>
  <!-- of the name -->
  <name>
    <use value="usual"/>
    <given value="Ann"/>
    <given value="Bea"/>
  </name> <!-- as it is said -->
  <name>
    <text value="Bea"/>
  </name>

  <gender value='female'/>
  <birthDate value="1980-02-03"/>
</Patient>
`;

describe('edits of XML text', () => {
  const CASES: [title: string, change: Change | Change[], from: string, to: string][] = [
    ['set a value', { kind: 'set', pointer: '/id', value: 'b&"<' }, 'value="a"', 'value="b&amp;&quot;&lt;"'],
    [
      'keep the quotes of the author',
      { kind: 'set', pointer: '/gender', value: `"it's"` },
      `value='female'`,
      `value='"it&apos;s"'`,
    ],
    [
      'write line ends so that they are read back',
      { kind: 'set', pointer: '/id', value: 'a\n\tb' },
      'value="a"',
      'value="a&#10;&#9;b"',
    ],
    [
      'put what is new where STU3 has it, not where the value has it',
      { kind: 'set', pointer: '/active', value: true },
      '  <!-- of the name -->',
      '  <active value="true"/>\n  <!-- of the name -->',
    ],
    [
      'put several names where they go',
      [
        { kind: 'set', pointer: '/multipleBirthInteger', value: 2 },
        { kind: 'set', pointer: '/maritalStatus', value: { text: 'x' } },
        { kind: 'set', pointer: '/language', value: 'en' },
        { kind: 'set', pointer: '/implicitRules', value: 'urn:x' },
      ],
      '<id value="a"/>|<birthDate value="1980-02-03"/>',
      '<id value="a"/>\n  <implicitRules value="urn:x"/>\n  <language value="en"/>|<birthDate value="1980-02-03"/>\n  <maritalStatus>\n    <text value="x"/>\n  </maritalStatus>\n  <multipleBirthInteger value="2"/>',
    ],
    [
      'put what STU3 does not know at the end',
      { kind: 'set', pointer: '/nickname', value: 'x' },
      '<birthDate value="1980-02-03"/>',
      '<birthDate value="1980-02-03"/>\n  <nickname value="x"/>',
    ],
    [
      'insert an item before the first, and leave the comment with that',
      { kind: 'insert', pointer: '/name/0', value: { family: 'X' } },
      '<id value="a"/>',
      '<id value="a"/>\n  <name>\n    <family value="X"/>\n  </name>',
    ],
    [
      'insert an item behind one that has a comment at the end of its line',
      { kind: 'insert', pointer: '/name/1', value: { family: 'X' } },
      '<!-- as it is said -->',
      '<!-- as it is said -->\n  <name>\n    <family value="X"/>\n  </name>',
    ],
    [
      'add to a list',
      { kind: 'set', pointer: '/name/0/given/2', value: 'Cea' },
      '<given value="Bea"/>',
      '<given value="Bea"/>\n    <given value="Cea"/>',
    ],
    ['remove a line', { kind: 'remove', pointer: '/name/0/use' }, '    <use value="usual"/>\n', ''],
    ['remove an item', { kind: 'remove', pointer: '/name/0/given/0' }, '    <given value="Ann"/>\n', ''],
    ['remove the last', { kind: 'remove', pointer: '/birthDate' }, '  <birthDate value="1980-02-03"/>\n', ''],
    [
      'leave one empty line of two',
      { kind: 'remove', pointer: '/gender' },
      `\n  <gender value='female'/>\n`,
      '\n',
    ],
    [
      'leave the comments of what is removed',
      { kind: 'remove', pointer: '/name/0' },
      `  <name>\n    <use value="usual"/>\n    <given value="Ann"/>\n    <given value="Bea"/>\n  </name> <!--`,
      '  <!--',
    ],
    [
      'close what becomes empty',
      { kind: 'remove', pointer: '/name/1/text' },
      '<name>\n    <text value="Bea"/>\n  </name>',
      '<name/>',
    ],
    [
      'rename both tags',
      [{ kind: 'rename', pointer: '/name', name: 'nam' }],
      '<name>\n    <use|</name> <!--|<name>\n    <text value="Bea"/>\n  </name>',
      '<nam>\n    <use|</nam> <!--|<nam>\n    <text value="Bea"/>\n  </nam>',
    ],
    [
      'rename what moves to its place',
      { kind: 'rename', pointer: '/birthDate', name: 'active' },
      '<id value="a"/>|  <birthDate value="1980-02-03"/>\n',
      '<id value="a"/>\n  <active value="1980-02-03"/>|',
    ],
    [
      'open a primitive for its extensions',
      { kind: 'set', pointer: '/_birthDate', value: { id: 'i', extension: [{ url: 'u', valueCode: 'v' }] } },
      '<birthDate value="1980-02-03"/>',
      '<birthDate id="i" value="1980-02-03">\n    <extension url="u">\n      <valueCode value="v"/>\n    </extension>\n  </birthDate>',
    ],
    [
      'write what stands in the place of a value',
      [
        { kind: 'remove', pointer: '/birthDate' },
        { kind: 'set', pointer: '/_birthDate', value: { extension: [{ url: 'u' }] } },
      ],
      '<birthDate value="1980-02-03"/>',
      '<birthDate>\n    <extension url="u"/>\n  </birthDate>',
    ],
    [
      'change the kind of a choice in its place',
      [
        { kind: 'set', pointer: '/deceasedBoolean', value: true },
        { kind: 'remove', pointer: '/deceasedBoolean' },
        { kind: 'set', pointer: '/deceasedDateTime', value: '2020' },
      ],
      '<birthDate value="1980-02-03"/>',
      '<birthDate value="1980-02-03"/>\n  <deceasedDateTime value="2020"/>',
    ],
    [
      'move an item with its comments, as it is written',
      { kind: 'move', pointer: '/name/1', to: 0 },
      PATIENT.slice(PATIENT.indexOf('  <!-- of'), PATIENT.indexOf('\n\n')),
      `  <name>\n    <text value="Bea"/>\n  </name>\n  <!-- of the name -->\n  <name>\n    <use value="usual"/>\n    <given value="Ann"/>\n    <given value="Bea"/>\n  </name> <!-- as it is said -->`,
    ],
    ['make another resource of it', { kind: 'set', pointer: '/resourceType', value: 'Person' }, 'Patient', 'Person'],
  ];
  for (const [title, change, from, to] of CASES)
    it(title, () => {
      let expected = PATIENT;
      const parts = to.split('|');
      from.split('|').forEach((part, i) => {
        assert.ok(expected.includes(part), part);
        expected = /^[A-Z]\w+$/.test(part) ? expected.replaceAll(part, parts[i]!) : expected.replace(part, () => parts[i]!);
      });
      assert.equal(after(PATIENT, ...[change].flat()), expected);
      const windows = after(PATIENT.replaceAll('\n', '\r\n'), ...[change].flat());
      assert.equal(windows, expected.replaceAll('\n', '\r\n'));
    });
});
