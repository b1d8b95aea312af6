import assert from 'node:assert/strict';
import type { Range, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { askAt } from './ask';
import { type Client, startClient } from './client';
import { behind, IDS, MESSAGE, RELATIVE } from './messages';

const NEW = '99999999-bbbb-4bbb-8bbb-999999999999';

describe('rename', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  async function offered(marked: string): Promise<string | null> {
    const { answer, said } = await askAt<Range>(client, marked, 'textDocument/prepareRename');
    return answer && said(answer);
  }

  async function renamed(marked: string, newName: string): Promise<string> {
    const { answer, document } = await askAt<WorkspaceEdit>(client, marked, 'textDocument/rename', { newName });
    const [change] = answer?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    assert.deepEqual(change.textDocument, { uri: document.uri, version: 1 });
    return TextDocument.applyEdits(TextDocument.create('', 'json', 1, document.text), change.edits);
  }

  const everywhere = (id: string): string => MESSAGE.replaceAll(id, NEW);

  it('offers the id alone, wherever it stands', async () => {
    assert.equal(await offered(behind(MESSAGE, `"fullUrl": "urn:u`)), IDS.header);
    assert.equal(await offered(behind(MESSAGE, `"id": "${IDS.patient}`)), IDS.patient);
    assert.equal(await offered(behind(MESSAGE, '"valueString": "urn:uuid:5')), IDS.encounter);
    assert.equal(await offered(behind(RELATIVE, '"reference": "Org')), 'o1');
    assert.equal(await offered(behind(RELATIVE, '"reference": "#')), 'l1');
  });
  it('changes id, fullUrl and references together', async () => {
    for (const landmark of [`"id": "${IDS.patient}`, '"subject": { "reference": "ur'])
      assert.equal(await renamed(behind(MESSAGE, landmark), NEW), everywhere(IDS.patient));
  });
  it('changes the sender’s reference with the Encounter it names, and the identifier with the document', async () => {
    assert.equal(await renamed(behind(MESSAGE, `"id": "${IDS.encounter}`), NEW), everywhere(IDS.encounter));
    assert.equal(await renamed(behind(MESSAGE, `"id": "${IDS.document}`), NEW), everywhere(IDS.document));
  });
  it('changes both entries of what stands in both bundles', async () =>
    assert.equal(await renamed(behind(MESSAGE, `"id": "${IDS.sender}`), NEW), everywhere(IDS.sender)));
  it('changes only the id in addresses and relative references', async () => {
    assert.equal(await renamed(behind(RELATIVE, '"id": "p1'), 'anna'), RELATIVE.replace(/p1"/g, 'anna"'));
    assert.equal(await renamed(behind(RELATIVE, '"id": "o1'), 'anna'), RELATIVE.replace(/o1"/g, 'anna"'));
    assert.equal(await renamed(behind(RELATIVE, '"id": "l1'), 'here'), RELATIVE.replace(/l1"/g, 'here"'));
  });
  it('changes links and pictures in the text of what contains it', async () => {
    const text = (id: string): string =>
      `{ "resourceType": "Patient", "contained": [{ "resourceType": "Binary", "id": "${id}" }], "text": { "div": "<div><a href=\\"#${id}\\">photo</a><img src='#${id}'/><p id=\\"q\\">photo, #photo</p></div>" } }`;
    assert.equal(await renamed(behind(text('photo'), '"id": "ph'), 'face.1'), text('face.1'));
    assert.equal(
      await renamed(behind(text('q'), '"Binary", "id": "'), 'r'),
      text('q').replace('"id": "q"', '"id": "r"'),
    );
  });
  it('changes an id that differs from its fullUrl alone', async () => {
    const text = MESSAGE.replace(`"id": "${IDS.patient}"`, '"id": "anna"');
    assert.equal(await renamed(behind(text, '"id": "anna'), 'bella'), text.replace('"anna"', '"bella"'));
    assert.equal(
      await renamed(behind(text, `"fullUrl": "urn:uuid:${IDS.patient}`), NEW),
      text.replaceAll(IDS.patient, NEW),
    );
  });
  it('takes a name as it stands in a fullUrl', async () =>
    assert.equal(await renamed(behind(MESSAGE, `"id": "${IDS.patient}`), `urn:uuid:${NEW}`), everywhere(IDS.patient)));
  it('changes the id of a resource that stands alone', async () =>
    assert.equal(
      await renamed('{ "resourceType": "Patient", "id": "a|nna" }', 'bella'),
      '{ "resourceType": "Patient", "id": "bella" }',
    ));

  for (const [marked, newName, says] of [
    [behind(MESSAGE, `"id": "${IDS.patient}`), 'anna', /^"anna" is no UUID in small letters, /],
    [behind(MESSAGE, `"id": "${IDS.patient}`), NEW.toUpperCase(), / is no UUID in small letters, /],
    [behind(MESSAGE, `"id": "${IDS.patient}`), IDS.sender, /^Another resource of this message is already called /],
    [behind(RELATIVE, '"id": "p1'), 'an na', /^"an na" is no id: /],
    [behind(RELATIVE, '"id": "p1'), 'x'.repeat(65), /^"x+…" is no id: /],
  ] as const)
    it(`refuses ${newName.slice(0, 40)}`, () => assert.rejects(renamed(marked, newName), { message: says }));
  it('takes a name that another type has, as STU3 does', async () =>
    assert.match(await renamed(behind(RELATIVE, '"id": "p1'), 'o1'), /"Patient", "id": "o1"/));
  it('says what can be renamed where nothing can', async () => {
    const only = {
      message: 'Only what a resource is called can be renamed: its id, its fullUrl, or a reference to it.',
    };
    await assert.rejects(offered(behind(MESSAGE, '"title": "Sup')), only);
    await assert.rejects(offered(behind(MESSAGE, '"subj')), only);
    const lost = MESSAGE.replace(`"reference": "urn:uuid:${IDS.patient}`, '"reference": "urn:uuid:7');
    await assert.rejects(offered(behind(lost, '"urn:uuid:7')), { message: /^This reference leads to no resource/ });
    assert.equal(await offered('{ "a": "b|" }'), null);
  });
});
