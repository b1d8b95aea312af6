import assert from 'node:assert/strict';
import type { Range, RegistrationParams, TextEdit, UnregistrationParams } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ask } from './ask';
import { type Client, EDITOR, startClient } from './client';

const NS = 'xmlns="http://hl7.org/fhir"';
const OPTIONS = { tabSize: 2, insertSpaces: true };
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>a   <b>b</b>\n</p></div>';

describe('formatting', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  async function edits(text: string, options: object = OPTIONS, range?: Range): Promise<TextEdit[] | null> {
    const method = range ? 'textDocument/rangeFormatting' : 'textDocument/formatting';
    return (await ask<TextEdit[]>(client, text, method, { options, ...(range && { range }) })).answer;
  }

  async function formatted(text: string, options: object = OPTIONS): Promise<string> {
    return TextDocument.applyEdits(TextDocument.create('', 'xml', 1, text), (await edits(text, options)) ?? []);
  }

  const NAME = '<name><family value="A"/></name>';
  const LINES = `<Patient ${NS}>\n  <name>\n    <family value="A"/>\n  </name>\n</Patient>\n`;

  it('lays XML out, and what is laid out stays', async () => {
    assert.equal(await formatted(`<Patient ${NS}>${NAME}</Patient>`), LINES);
    assert.deepEqual(await edits(LINES), []);
  });
  it('lays JSON out', async () =>
    assert.equal(
      await formatted('{"resourceType":"Patient","active":true}'),
      '{\n  "resourceType": "Patient",\n  "active": true\n}\n',
    ));
  it('indents as the editor does', async () => {
    const text = `<Patient ${NS}>${NAME}</Patient>`;
    assert.equal(await formatted(text, { tabSize: 4, insertSpaces: true }), LINES.replaceAll('  ', '    '));
    assert.equal(await formatted(text, { tabSize: 4, insertSpaces: false }), LINES.replaceAll('  ', '\t'));
  });
  it('changes blanks between elements alone: each edit has no ink, and narratives and comments stay', async () => {
    const text = `<Patient ${NS}><!--  a\n   b --><text><status value="additional"/>${DIV}</text></Patient>`;
    for (const { range, newText } of (await edits(text))!)
      assert.equal(`${newText}${TextDocument.create('', 'xml', 1, text).getText(range)}`.trim(), '');
    const after = await formatted(text);
    assert.ok(after.includes(DIV) && after.includes('<!--  a\n   b -->'));
  });
  it('does a selection alone', async () => {
    const text = `<Patient ${NS}>\n<active value="true"/>\n<gender value="male"/>\n</Patient>\n`;
    const range = { start: { line: 1, character: 5 }, end: { line: 2, character: 5 } };
    const after = TextDocument.applyEdits(
      TextDocument.create('', 'xml', 1, text),
      (await edits(text, OPTIONS, range))!,
    );
    assert.equal(after, text.replace('<gender', '  <gender'));
  });
  it('leaves what is broken as it is', async () =>
    assert.deepEqual(await edits(`<Patient ${NS}><name>\n</Patient>`), []));
  it('is none of others’ files', async () => {
    assert.equal(await edits('<a><b/></a>'), null);
    assert.equal(await edits('{"a":1}'), null);
  });

  it('is registered for each document of FHIR XML alone, where the client wants that', async () => {
    const capabilities = {
      ...EDITOR,
      textDocument: { ...EDITOR.textDocument, formatting: { dynamicRegistration: true } },
    };
    const code = await startClient({ capabilities, initializationOptions: { client: { formatting: 'fhir-xml' } } });
    assert.equal(code.initialized.capabilities.documentFormattingProvider, undefined);
    const open = new Map<string, string>();
    let told: (() => void) | undefined;
    code.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      for (const { id, method, registerOptions } of registrations) {
        const [{ language, scheme, pattern }] = (registerOptions as { documentSelector: [Record<string, string>] })
          .documentSelector;
        open.set(id, `${method} ${language} ${scheme} ${pattern}`);
      }
      told?.();
    });
    code.connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      for (const { id } of unregisterations) open.delete(id);
      told?.();
    });
    const settled = (count: number): Promise<void> =>
      new Promise((resolve) => {
        told = () => {
          if (open.size === count) resolve();
        };
        told();
      });
    code.open('<a/>', 'file:///pom.xml');
    code.open('{ "resourceType": "Patient" }', 'file:///patient.json');
    code.open(`<Patient ${NS}/>`, 'itk3-received:/Patient.xml');
    const patient = code.open(`<Patient ${NS}/>`, 'file:///a%20folder/%5Bpatient%5D.xml');
    const draft = code.open('<Bundle/>', 'untitled:Untitled-1');
    await settled(4);
    assert.deepEqual([...open.values()].sort(), [
      'textDocument/formatting xml file /a folder/?patient?.xml',
      'textDocument/formatting xml untitled Untitled-1',
      'textDocument/rangeFormatting xml file /a folder/?patient?.xml',
      'textDocument/rangeFormatting xml untitled Untitled-1',
    ]);
    await draft.edit(0, '<Bundle'.length, '<Beetle');
    await settled(2);
    await patient.close();
    await settled(0);
    assert.deepEqual(code.log, []);
    code.stop();
  });
});
