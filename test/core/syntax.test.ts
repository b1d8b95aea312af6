import assert from 'node:assert/strict';
import { readJson } from '../../core/document/json-document';
import { readDocument } from '../../core/document/read-document';
import { checkDocument } from '../../core/validate/check-document';
import { valueAt } from '../../core/document/pointer';
import { knowledge } from '../knowledge';
import { assertFindings, expectFindings, unmark } from '../marked';

describe('text that is no JSON, or not quite', () => {
  it('is empty', () => expectFindings('⟦⟧', 'json-syntax: The file is empty'));
  it('is blank', () => expectFindings('⟦⟧ \n ', 'json-syntax: The file is empty'));
  it('stops in the middle of a text', () => expectFindings('{ "resourceType": ⟦"Pat⟧', 'json-syntax: ends too early'));
  it('leaves a text open on its line', () =>
    expectFindings('{ "resourceType": ⟦"Pat⟧\n}', 'json-syntax: not closed with a double quote'));
  it('is not closed', () =>
    expectFindings('{ "resourceType": "Patient", "id": "a⟦"⟧\n', 'json-syntax: before this object is closed'));
  it('stops after a name', () =>
    expectFindings('{ "resourceType": "Patient", "id⟦"⟧  ', 'json-syntax: ends too early'));
  it('has a comma too many', () =>
    expectFindings('{ "resourceType": "Patient", "id": "a", ⟦}⟧', 'json-syntax: a comma too many'));
  it('lacks a comma', () =>
    expectFindings('{ "resourceType": "Patient" ⟦"id"⟧: "a" }', 'json-syntax: A comma is missing'));
  it('has a comment', () =>
    expectFindings('{ "resourceType": "Patient", ⟦// who⟧\n "id": "a" }', 'json-syntax: JSON has no comments'));
  it('is followed by a word', () =>
    expectFindings('{ "resourceType": "Patient", "id": "a" } ⟦x⟧', 'json-syntax: already ended'));
  it('goes on after its end', () =>
    expectFindings('{ "resourceType": "Patient", "id": "a" } ⟦{⟧}', 'json-syntax: already ended'));
  it('starts with a byte order mark', () =>
    expectFindings(
      '\uFEFF{ "resourceType": "Patient", ⟦"gendre"⟧: "male" }',
      'unknown-property: did you mean "gender"?',
    ));
  it('has a key twice', () =>
    expectFindings('{ "resourceType": "Patient", "id": "a", ⟦"id"⟧: "b" }', 'duplicate-key: "id" stands twice'));
  it('nests too deep', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    const { problems, value } = readJson(deep);
    assert.equal(value, undefined);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!.message, /Nested more than 200 levels/);
    assert.equal(problems[0]!.span.offset, 200);
  });
  it('holds more than any message', () => {
    const { problems, value } = readJson(`[${'1,'.repeat(1_000_001)}1]`);
    assert.equal(value, undefined);
    assert.match(problems[0]!.message, /More than a million values/);
  });
  it('brackets in texts do not nest', () =>
    expectFindings(`{ "resourceType": "Patient", "id": "a", "name": [{ "text": "${'['.repeat(300)}" }] }`));
  it('cannot change the prototype of what is read', () => {
    const { value } = readJson('{ "__proto__": { "resourceType": "Patient" } }');
    assert.equal((value as { resourceType?: unknown }).resourceType, undefined);
  });
});

describe('what is no FHIR', () => {
  for (const text of ['⟦[⟧]', '⟦{⟧ "name": "x" }', '⟦1⟧', '⟦"x"⟧'])
    it(text, () => expectFindings(text, 'not-fhir: not a FHIR resource'));
  it('names no type of STU3', () =>
    expectFindings('{ "resourceType": ⟦"Patiant"⟧ }', 'resource-type: did you mean Patient?'));

  const xml = (marked: string, ...expected: string[]): void => {
    const document = readDocument(unmark(marked).text, knowledge().registry);
    assertFindings(marked, checkDocument(document, knowledge()).findings, expected);
  };
  it('is XML of another kind, which is one sentence', () => {
    xml(
      '<⟦project⟧><a b="c">d</a></project>',
      'not-fhir: This is <project>, not a FHIR resource: a message starts with',
    );
    const html = '<!DOCTYPE html><⟦html⟧ xmlns="http://www.w3.org/1999/xhtml"><body><p>Sign in<br></p></body></html>';
    xml(html, 'not-fhir: This is <html>');
  });
  it('is XML with a slip in its type or without its namespace, which is FHIR', () => {
    const FHIR = ' xmlns="http://hl7.org/fhir"';
    xml('<⟦⟦Patiant⟧⟧/>', 'xml-namespace', 'resource-type: did you mean Patient?');
    xml(`<⟦Elsewhere⟧${FHIR}><id value="a"/></Elsewhere>`, 'resource-type');
    xml('<⟦Patient⟧><id value="a"/></Patient>', 'xml-namespace');
  });
});

describe('places in a JSON text', () => {
  const text = '{ "a": [ { "b": 1 }, "x" ], "c~/d": { } }';
  const document = readJson(text);
  const span = (pointer: string, part: 'key' | 'value'): string => {
    const { offset, length } = document.spanOf(pointer, part);
    return text.slice(offset, offset + length);
  };
  it('from pointer to value and to name', () => {
    assert.equal(span('/a/0/b', 'value'), '1');
    assert.equal(span('/a/0/b', 'key'), '"b"');
    assert.equal(span('/c~0~1d', 'key'), '"c~/d"');
    assert.equal(span('/a/1', 'value'), '"x"');
    assert.deepEqual(valueAt(document.value, '/a/0/b'), 1);
  });
  it('of what has no name: the opening bracket', () => {
    assert.equal(span('', 'key'), '{');
    assert.equal(span('/a/0', 'key'), '{');
  });
  it('of what is not there: the name of what it is missing from', () => {
    assert.equal(span('/a/7/z', 'value'), '"a"');
    assert.equal(span('/c~0~1d/e', 'value'), '"c~/d"');
  });
  it('from offset to pointer', () => {
    assert.deepEqual(document.pointerAt(text.indexOf('"b"') + 1), { pointer: '/a/0/b', part: 'key' });
    assert.deepEqual(document.pointerAt(text.indexOf('1')), { pointer: '/a/0/b', part: 'value' });
    assert.deepEqual(document.pointerAt(text.indexOf('"x"') + 1), { pointer: '/a/1', part: 'value' });
    assert.deepEqual(document.pointerAt(text.lastIndexOf('{') + 1), { pointer: '/c~0~1d', part: 'gap' });
  });
});
