import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SymbolInformation } from 'vscode-languageserver';
import { type Client, EDITOR, startClient } from './client';
import { MESSAGE } from './messages';

describe('workspace symbols', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-symbols-'));
  let client: Client;
  const write = (name: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  const patient = (family: string, number: string): string =>
    `{ "resourceType": "Patient", "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "${number}" }],\n"name": [{ "family": "${family}" }] }`;
  before(async () => {
    write('message.json', MESSAGE);
    write('deep/er/patient.json', patient('Testwell', '9990142017'));
    write('broken.json', patient('Brokenleg', '9990142025').slice(0, -2));
    write('other.json', '{ "resourceType": 1, "name": "Testwell" }');
    write('package.json', '{ "name": "Testwell" }');
    write('patient.txt', patient('Testwell', '9990142017'));
    write('node_modules/x/patient.json', patient('Testwell', '9990142017'));
    write('.hidden/patient.json', patient('Testwell', '9990142017'));
    write('large.json', patient('Testwell', '9990142017') + ' '.repeat(5_000_000));
    client = await startClient({ folder });
  });
  after(() => {
    client.stop();
    fs.rmSync(folder, { recursive: true });
  });

  async function found(query: string, asked = client): Promise<string[]> {
    const symbols = await asked.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query });
    return symbols.map(({ name, containerName = '', location: { uri, range } }) => {
      const at = `${path.basename(uri)}:${range.start.line}:${range.start.character}`;
      return [name, containerName, at].join(' | ');
    });
  }
  const TESTWELL = 'Patient · TESTWELL · 999 014 2017 |  | patient.json:0:18';

  it('are found by the name of a person', async () => assert.deepEqual(await found('testwell'), [TESTWELL]));
  it('are found by NHS number, with spaces or without', async () => {
    for (const query of ['9990142017', '999 014 2017', '999 0142'])
      assert.ok((await found(query)).includes(TESTWELL), query);
  });
  it('are found by several words, in files that break off too', async () =>
    assert.deepEqual(await found('brokenleg patient'), ['Patient · BROKENLEG · 999 014 2025 |  | broken.json:0:18']));
  it('are found by their section, with the document it stands in', async () => {
    const [section] = await found('demographics');
    assert.match(section!, /^Patient Demographics \| Composition · Supply record \| message\.json:\d+:11$/);
  });
  it('say which part a resource plays', async () => {
    const [anna] = await found('anna');
    assert.match(anna!, /^Patient · Anna EXAMPLE \| subject \| message\.json:/);
  });
  it('are all there are for an empty query, and none for what is nowhere', async () => {
    assert.equal((await found('')).length, 11);
    assert.deepEqual(await found('nobody at all'), []);
  });
  it('are those of the editor where a file is open and changed', async () => {
    const uri = pathToFileURL(path.join(folder, 'deep/er/patient.json')).href;
    const document = client.open(patient('Renamed', '9990142017'), uri);
    assert.deepEqual(await found('testwell'), []);
    assert.deepEqual(await found('renamed'), ['Patient · RENAMED · 999 014 2017 |  | patient.json:0:18']);
    await document.close();
    assert.deepEqual(await found('testwell'), [TESTWELL]);
  });
  it('are those of every folder of a client that has several', async () => {
    const several = await startClient({
      capabilities: { ...EDITOR, workspace: { ...EDITOR.workspace, workspaceFolders: true } },
    });
    several.connection.onRequest('workspace/workspaceFolders', () =>
      ['deep', 'node_modules'].map((name) => ({ name, uri: pathToFileURL(path.join(folder, name)).href })),
    );
    assert.deepEqual(await found('testwell', several), [TESTWELL, TESTWELL]);
    several.stop();
  });
  it('are none without a folder, and leave nothing in the log', async () => {
    const alone = await startClient();
    assert.deepEqual(await found('testwell', alone), []);
    alone.stop();
    assert.deepEqual(client.log, []);
  });
});
