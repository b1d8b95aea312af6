import assert from 'node:assert/strict';
import type { DocumentLink } from 'vscode-languageserver';
import { ask } from './ask';
import { type Client, startClient } from './client';

const PATIENT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
const TEXT = `{ "resourceType": "Patient", "meta": { "profile": ["${PATIENT}"] },
"extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/birthPlace" }],
"maritalStatus": { "coding": [{ "system": "http://hl7.org/fhir/v3/MaritalStatus" }, { "system": "http://snomed.info/sct" }] },
"photo": [{ "url": "https://example.org/photo" }] }`;

describe('document links', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ initializationOptions: { client: { definitionDocuments: true } } });
  });
  after(() => client.stop());

  async function links(asked: Client, text: string): Promise<string[]> {
    const { answer, said } = await ask<DocumentLink[]>(asked, text, 'textDocument/documentLink');
    return (answer ?? []).map(({ range, target }) => `${said(range)} > ${target}`);
  }
  const page = (url: string): string =>
    `${url} > itk3-definition:/${url.slice(url.lastIndexOf('/') + 1)}.txt?${encodeURIComponent(url)}`;

  it('lead to our page of what we know, and leave other addresses to the editor', async () =>
    assert.deepEqual(await links(client, TEXT), [
      page(PATIENT),
      page('http://hl7.org/fhir/StructureDefinition/birthPlace'),
      page('http://hl7.org/fhir/v3/MaritalStatus'),
    ]));
  it('lead to the pages of STU3 in clients that show no definitions', async () => {
    const plain = await startClient();
    const found = await links(plain, TEXT);
    plain.stop();
    assert.deepEqual(found, [
      'http://hl7.org/fhir/StructureDefinition/birthPlace > http://hl7.org/fhir/STU3/extension-birthplace.html',
      'http://hl7.org/fhir/v3/MaritalStatus > http://hl7.org/fhir/STU3/v3/MaritalStatus/cs.html',
    ]);
  });
  it('lead from page to page', async () => {
    const uri = page(PATIENT).split(' > ')[1]!;
    const text = await client.connection.sendRequest<string>('itk3/definition', { uri });
    client.open(text, uri);
    const found = await client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
      textDocument: { uri },
    });
    const targets = found.map(({ target }) => decodeURIComponent(target!));
    assert.ok(targets.some((target) => target.endsWith('?http://hl7.org/fhir/StructureDefinition/Patient')));
    assert.ok(targets.every((target) => !target.endsWith(`?${PATIENT}`)));
  });
  it('are none in others’ JSON', async () => assert.deepEqual(await links(client, `{ "url": "${PATIENT}" }`), []));
});
