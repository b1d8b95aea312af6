// JSON that is no FHIR is none of our business.
import assert from 'node:assert/strict';
import { CodeActionTriggerKind, type TextEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, codes, completeAt, cursorIn, hoverAt, startClient } from './client';

const OTHERS: Record<string, string> = {
  'braces with something in them': '{ "|" }',
  'another name that is begun': '{ "rep|" }',
  'the end of an empty object': '{ }|',
  'a list': '[ { "resourceType": "Patient", "|" } ]',
  'a single value': '"Pat|ient"',
  'package.json': '{ "name": "patient", "version": "1.0.0", "scripts": { "te|st": "mocha" }, }',
  'tsconfig.json with comments': '{\n  // options\n  "compilerOptions": { "strict": true, "|" },\n}',
  'composer.lock': '{ "packages": [ { "name": "acme/patient", "type": "|library" } ], "aliases": [] }',
  'a JSON schema of a resource': '{ "properties": { "resourceType": { "const": "Patient" }, "|" }, "type": "object" }',
  'a template that knows other resource types': '{ "resourceType": "AWS::EC2::Instance", "prop|erties": {} }',
  'a word that is nearly a type, in other company':
    '{ "resourceType": "subscription", "scope": "/", "|": 1, "sku": 2 }',
  'ResourceType with a capital': '{ "ResourceType": "Patient", "|" }',
  'a resource inside something else': '{ "log": { "resourceType": "Patient", "|" } }',
  text: 'resourceType: Pat|ient',
};

const BEGUN = ['{ "res|" }', '{"r|', '{ r| }', '{\n\t"resourceType|"\n}'];

describe('in JSON that is no FHIR', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  for (const [what, marked] of Object.entries(OTHERS))
    it(`nothing is said: ${what}`, async () => {
      const document = client.open(marked.replace('|', ''));
      assert.deepEqual((await document.published()).diagnostics, []);
      assert.equal(await hoverAt(client, marked), null);
      assert.deepEqual((await completeAt(client, marked)).labels, []);
      const actions: unknown = await client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: document.uri },
        range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
        context: { diagnostics: [], triggerKind: CodeActionTriggerKind.Invoked },
      });
      assert.deepEqual(actions ?? [], []);
    });

  it('an empty file is offered its beginning when asked for, and only as JSON', async () => {
    for (const nothing of ['|', '\uFEFF|', '\n|\n', 're|', '{|}', '{ | }', '{\n  |\n}', '{\r\n|\r\n}', ...BEGUN]) {
      const { labels, item, accept } = await completeAt(client, nothing);
      assert.ok(labels.length > 0 && labels.length < 20, nothing);
      for (const label of labels) {
        assert.ok('resourceType' in (JSON.parse(accept(label).replace(/^\uFEFF/, '')) as object), nothing);
        // An editor drops what does not begin with what stands between the start of the edit and the cursor.
        const { range } = item(label).textEdit as TextEdit;
        const { text, offset } = cursorIn(nothing);
        const start = TextDocument.create('', 'json', 1, text).offsetAt(range.start);
        assert.ok(item(label).filterText!.startsWith(text.slice(start, offset)), nothing);
      }
      for (const trigger of ['"', ':', ' ']) assert.deepEqual((await completeAt(client, nothing, trigger)).labels, []);
    }
    const jsonc = client.open('', undefined, 'jsonc');
    const ask = { textDocument: { uri: jsonc.uri }, position: { line: 0, character: 0 } };
    assert.equal(await client.connection.sendRequest('textDocument/completion', ask), null);
  });

  const OURS: Record<string, [text: string, rule: string]> = {
    'a resource': ['{ "resourceType": "Patient", "gender": "mail" }', 'binding'],
    'a slip in the type': ['{ "resourceType": "Patiemt", "gender": "male" }', 'resource-type'],
    'a message that stops in the middle': ['{ "resourceType": "Bundle", "type": "mess', 'json-syntax'],
    'a type after broken text': ['{ "id": , "resourceType": "Patient" }', 'json-syntax'],
    'a message nested beyond reason': [`{ "resourceType": "Bundle", "a": ${'['.repeat(5000)}`, 'too-much'],
  };
  for (const [what, [text, rule]] of Object.entries(OURS))
    it(`but this is ours: ${what}`, async () => {
      assert.ok(codes((await client.open(text).published()).diagnostics).includes(rule));
    });
});
