import assert from 'node:assert/strict';
import type { SelectionRange } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { ask } from './ask';
import { type Client, cursorIn, startClient } from './client';

describe('selection ranges', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  async function widening(marked: string): Promise<string[]> {
    const { text, offset } = cursorIn(marked);
    const positions = [TextDocument.create('', 'json', 1, text).positionAt(offset)];
    const { answer, said } = await ask<SelectionRange[]>(client, text, 'textDocument/selectionRange', { positions });
    const found: string[] = [];
    for (let at = answer?.[0]; at; at = at.parent) found.push(said(at.range));
    return found;
  }

  it('go from a value to its property, object, item, list, resource, entry and bundle', async () => {
    const name = '{ "family": "Example", "use": "usual" }';
    const resource = `{ "resourceType": "Patient", "name": [${name}] }`;
    const bundle = `{ "resourceType": "Bundle", "entry": [{ "resource": ${resource} }] }`;
    assert.deepEqual(await widening(bundle.replace('Exam', 'Exam|')), [
      '',
      'Example',
      '"Example"',
      '"family": "Example"',
      name,
      `[${name}]`,
      `"name": [${name}]`,
      resource,
      `"resource": ${resource}`,
      `{ "resource": ${resource} }`,
      `[{ "resource": ${resource} }]`,
      `"entry": [{ "resource": ${resource} }]`,
      bundle,
    ]);
  });
  it('go from a name to its property', async () =>
    assert.deepEqual((await widening('{ "resourceType": "Patient", "acti|ve": true }')).slice(0, 4), [
      '',
      'active',
      '"active"',
      '"active": true',
    ]));
  it('go from a gap to what it lies in', async () =>
    assert.deepEqual(await widening('{ "resourceType": "Patient", | "active": true }'), [
      '',
      '{ "resourceType": "Patient",  "active": true }',
    ]));
  it('are left to the editor in others’ JSON', async () => assert.deepEqual(await widening('{ "a": 1| }'), []));
});
