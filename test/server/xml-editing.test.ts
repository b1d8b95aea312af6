// What an editor shows and does of FHIR XML itself: findings, fixes, folds, selections; and nothing of others' XML.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CodeAction,
  CodeActionTriggerKind,
  type CodeLens,
  type FoldingRange,
  type Range,
  type SelectionRange,
  type SymbolInformation,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ask, askAt } from './ask';
import { type Client, codes, startClient } from './client';
import { MESSAGE } from './messages';
import { FORMS, openTwins, xmlOf } from './twins';

const NS = 'xmlns="http://hl7.org/fhir"';
const INVOKED = { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked };
const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 9_999, character: 0 } };

describe('in FHIR XML', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  const WRONG = MESSAGE.replace('<div>', '<div xmlns=\\"http://www.w3.org/1999/xhtml\\">')
    .replace('"family"', '"famly"')
    .replace('"Supply record"', '"  "')
    .replace(/"urn:uuid:6666/, '"urn:uuid:7777');

  it('findings are those of the JSON, at the same places, with the same pages', async () => {
    assert.notEqual(WRONG, MESSAGE);
    const twins = openTwins(client, WRONG);
    const [json, xml] = await Promise.all(
      FORMS.map(async (form) => {
        const { document, pointerOf } = twins[form];
        const { diagnostics } = await document.published();
        return diagnostics.map(({ range, code, source, codeDescription, message, severity }) =>
          // Of a list only its items have names in XML, and a resource has that of its type.
          JSON.stringify([
            pointerOf(range).replace(/\/(0|resourceType)$/, ''),
            code,
            source,
            codeDescription?.href,
            message,
            severity,
          ]),
        );
      }),
    );
    assert.deepEqual(xml!.sort(), json!.sort());
    assert.ok(json!.length > 5);
  });

  it('findings of the text itself have their place and their page', async () => {
    const text = `<Patient ${NS}>\n  <gender value="female"/>\n  <active value="true"/>\n</Patient>`;
    const document = client.open(text);
    const { diagnostics } = await document.published();
    const [order] = diagnostics.filter(({ code }) => code === 'xml-order');
    assert.equal(document.spanText(order!.range), 'gender');
    assert.equal(order!.codeDescription?.href, 'http://hl7.org/fhir/STU3/xml.html');
  });

  async function actions(text: string): Promise<{ actions: CodeAction[]; after: (title: RegExp) => string }> {
    const { answer } = await ask<CodeAction[]>(client, text, 'textDocument/codeAction', {
      range: ALL,
      context: INVOKED,
    });
    const plain = TextDocument.create('', 'xml', 1, text);
    return {
      actions: answer ?? [],
      after: (title) => {
        const [change] = answer?.find((one) => title.test(one.title))?.edit?.documentChanges ?? [];
        assert.ok(change && 'edits' in change, answer?.map((one) => one.title).join(', '));
        return TextDocument.applyEdits(plain, change.edits);
      },
    };
  }

  it('a fix of a value changes its attribute and nothing else', async () => {
    const text = `<Patient ${NS}>\n  <!-- as told -->\n  <gender   value='mail' />\n</Patient>\n`;
    const { after } = await actions(text);
    assert.equal(after(/male/), text.replace('mail', 'male'));
  });

  it('a fix of the text puts an element where STU3 has it', async () => {
    const text = `<Patient ${NS}>\n  <gender value="female"/>\n  <active value="true"/>\n</Patient>\n`;
    const { actions: offered } = await actions(text);
    const [change] =
      offered.find(({ diagnostics }) => diagnostics?.[0]?.code === 'xml-order')?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    const fixed = TextDocument.applyEdits(TextDocument.create('', 'xml', 1, text), change.edits);
    assert.equal(fixed, `<Patient ${NS}>\n  <active value="true"/>\n  <gender value="female"/>\n</Patient>\n`);
  });

  it('all that has one right answer is mended at once', async () => {
    const text = `<Patient ${NS}>\n  <gendr value="female"/>\n  <active value="true"/>\n</Patient>\n`;
    const { answer } = await ask<CodeAction[]>(client, text, 'textDocument/codeAction', {
      range: ALL,
      context: { ...INVOKED, only: ['source.fixAll.itk3'] },
    });
    const [change] = answer?.[0]?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    const fixed = TextDocument.applyEdits(TextDocument.create('', 'xml', 1, text), change.edits);
    assert.equal(fixed, `<Patient ${NS}>\n  <active value="true"/>\n  <gender value="female"/>\n</Patient>\n`);
  });

  it('a refactoring rewrites what it is about', async () => {
    const { answer } = await ask<CodeAction[]>(client, xmlOf(MESSAGE), 'textDocument/codeAction', {
      range: ALL,
      context: { ...INVOKED, only: ['refactor.rewrite.itk3.renew-identifiers'] },
    });
    const [change] = answer?.[0]?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change && change.edits.length > 10);
  });

  it('what sections say is compared', async () => {
    const { document } = openTwins(client, fs.readFileSync('examples/emergency-supply.json', 'utf8')).xml;
    const texts = await client.connection.sendRequest<{ said: string } | null>('itk3/sectionTexts', {
      uri: document.uri,
    });
    assert.match(texts!.said, /Causative agent/i);
  });

  it('exceptions stand in a file beside it', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-xml-'));
    try {
      const file = path.join(folder, 'patient.xml');
      const reason = { rule: 'binding', path: 'Patient.gender', reason: 'made wrong on purpose' };
      fs.writeFileSync(`${file}.itk3`, JSON.stringify({ exceptions: [reason] }));
      const text = `<Patient ${NS}><gender value="mail"/></Patient>`;
      const before = await client.open(text).published();
      const beside = await client.open(text, pathToFileURL(file).href).published();
      assert.ok(codes(before.diagnostics).includes('binding'));
      assert.ok(!codes(beside.diagnostics).includes('binding'));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('people are found in the files of the folder', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-xml-'));
    fs.writeFileSync(
      path.join(folder, 'patient.xml'),
      `<Patient ${NS}>\n<name><family value="Testwell"/></name></Patient>`,
    );
    fs.writeFileSync(path.join(folder, 'pom.xml'), '<project><name>Testwell</name></project>');
    const alone = await startClient({ folder });
    const found = await alone.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'testwell' });
    assert.deepEqual(
      found.map(({ name, location: { uri, range } }) => [name, path.basename(uri), range.start]),
      [['Patient · TESTWELL', 'patient.xml', { line: 0, character: 1 }]],
    );
    alone.stop();
    fs.rmSync(folder, { recursive: true });
  });

  it('what was received is read, and nothing changes it', async () => {
    const uri = 'itk3-received:/Message.xml?key';
    client.open(xmlOf(WRONG), uri);
    const textDocument = { uri };
    const send = <T>(method: string, more: object = {}): Promise<T> =>
      client.connection.sendRequest(`textDocument/${method}`, { textDocument, ...more });
    assert.ok((await send<unknown[]>('documentSymbol')).length > 0);
    assert.ok((await send<unknown[]>('foldingRange')).length > 0);
    assert.deepEqual((await send<unknown[] | null>('codeAction', { range: ALL, context: INVOKED })) ?? [], []);
    assert.equal(await send('formatting', { options: { tabSize: 2, insertSpaces: true } }), null);
    assert.deepEqual(await send<CodeLens[]>('codeLens'), []);
  });

  async function folds(text: string): Promise<string[] | null> {
    const { answer } = await ask<FoldingRange[]>(client, text, 'textDocument/foldingRange');
    return answer && answer.map(({ startLine, endLine, kind = 'element' }) => `${startLine}-${endLine} ${kind}`);
  }

  it('elements, comments and narratives fold, entries and sections as regions', async () => {
    const text = [
      '<?xml version="1.0"?>', // 0
      `<Bundle ${NS}>`,
      '  <!-- of',
      '  two lines -->',
      '  <!-- #region people -->',
      '  <entry>', // 5
      '    <resource>',
      '      <Patient>',
      '        <text>',
      '          <status value="additional"/>',
      '          <div xmlns="http://www.w3.org/1999/xhtml">', // 10
      '            <p>',
      '              well',
      '            </p>',
      '          </div>',
      '        </text>', // 15
      '      </Patient>',
      '    </resource>',
      '  </entry>',
      '  <!-- #endregion -->',
      '  <link', // 20
      '    id="a"',
      '  /><link><relation value="self"/>',
      '  </link>',
      '</Bundle>',
    ].join('\n');
    assert.deepEqual(await folds(text), [
      '1-23 element',
      '2-3 comment',
      '4-19 region',
      '5-17 region',
      '6-16 element',
      '7-15 element',
      '8-14 element',
      '10-13 element',
      '11-12 element',
      '20-22 element',
    ]);
  });
  it('folds are there while the text breaks off', async () => {
    const lines = xmlOf(MESSAGE).split('\n');
    const found = (await folds(lines.slice(0, 60).join('\n')))!;
    assert.ok(found.filter((one) => one.endsWith('region')).length >= 3);
  });

  async function widening(marked: string): Promise<string[]> {
    const offset = marked.indexOf('|');
    const text = marked.replace('|', '');
    const positions = [TextDocument.create('', 'xml', 1, text).positionAt(offset)];
    const { answer, said } = await ask<SelectionRange[]>(client, text, 'textDocument/selectionRange', { positions });
    const found: string[] = [];
    for (let at = answer?.[0]; at; at = at.parent) found.push(said(at.range));
    return found;
  }

  it('a selection widens from a value to its attribute, element, list, and what is around', async () => {
    const names = '<name><family value="Example"/></name><name/>';
    const text = `<Patient ${NS}>${names}<active value="true"/></Patient>`;
    assert.deepEqual(await widening(text.replace('Exam', 'Exam|')), [
      '',
      'Example',
      '"Example"',
      'value="Example"',
      '<family value="Example"/>',
      '<name><family value="Example"/></name>',
      names,
      `${names}<active value="true"/>`,
      text,
    ]);
    assert.deepEqual((await widening(text.replace('</na', '</na|'))).slice(0, 4), [
      '',
      'name',
      '</name>',
      '<name><family value="Example"/></name>',
    ]);
  });
  it('a selection widens in narratives and comments', async () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>a b</p><!-- c d --></div>';
    const text = `<Patient ${NS}><text>${div}</text></Patient>`;
    assert.deepEqual((await widening(text.replace('a b', 'a |b'))).slice(0, 3), ['', 'a b', '<p>a b</p>']);
    assert.deepEqual((await widening(text.replace('c d', 'c |d'))).slice(0, 3), ['', 'c d', '<!-- c d -->']);
  });

  for (const [what, marked] of Object.entries({
    'a pom': '<project xmlns="http://maven.apache.org/POM/4.0.0">\n<art|ifactId>Patient</artifactId>\n</project>',
    'a page': '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<bo|dy>&nbsp;</p>\n</html>',
    'a list of persons': '<List>\n<Person>\n<na|me>Anna</name>\n</Person>\n</List>',
    'XML that is broken': '<note>\n<to|>Anna\n</note>',
    'a resource of R4': `<ServiceRequest ${NS}>\n<sta|tus value="x"/>\n</ServiceRequest>`,
  }))
    it(`nothing is said of ${what}`, async () => {
      const { answer: hover, document } = await askAt(client, marked, 'textDocument/hover');
      assert.equal(hover, null);
      assert.deepEqual((await document.published()).diagnostics, []);
      const textDocument = { uri: document.uri };
      const send = (method: string, more: object = {}): Promise<unknown> =>
        client.connection.sendRequest(`textDocument/${method}`, { textDocument, ...more });
      assert.equal(await send('documentSymbol'), null);
      assert.equal(await send('foldingRange'), null);
      assert.equal(await send('documentLink'), null);
      assert.equal(await send('selectionRange', { positions: [{ line: 1, character: 2 }] }), null);
      assert.equal(await send('formatting', { options: { tabSize: 2, insertSpaces: true } }), null);
      assert.deepEqual((await send('codeAction', { range: ALL, context: INVOKED })) ?? [], []);
    });
});
