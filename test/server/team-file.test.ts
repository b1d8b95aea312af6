// How a team's file wants messages judged, in an editor whose client does not read it: what the server makes of it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver';
import type { ReadTeam } from '../../server/settings';
import { type Client, type ClientOptions, EDITOR, startClient } from './client';

const TEXT = '{ "resourceType": "Patient", "gender": "Male", "birthDate": "1980" }';
const FOLDER = path.resolve('/team');
const MESSAGE = pathToFileURL(path.join(FOLDER, 'fixtures', 'message.json')).href;
const TEAM = pathToFileURL(path.join(FOLDER, '.vscode', 'itk3.json')).href;
const NOTHING = { rules: {}, profiles: [], problems: [] };

describe("a team's file, where the client does not read it", () => {
  const clients: Client[] = [];
  const start = async (options: ClientOptions): Promise<Client> => {
    const client = await startClient(options);
    clients.push(client);
    return client;
  };
  afterEach(() => clients.splice(0).forEach((client) => client.stop()));
  const severities = ({ diagnostics }: { diagnostics: Diagnostic[] }): unknown[] =>
    diagnostics.map(({ code, severity }) => `${code} ${severity}`);
  const of =
    (team: Partial<ReturnType<ReadTeam>>): ReadTeam =>
    () => ({ ...NOTHING, ...team });

  it('says how serious rules are, for the documents beneath it', async () => {
    const asked: string[] = [];
    const client = await start({
      readTeam: (folder) => {
        asked.push(folder);
        return { ...NOTHING, rules: { binding: 'information' } };
      },
    });
    assert.deepEqual(severities(await client.open(TEXT, MESSAGE).published()), ['binding 3']);
    assert.deepEqual(asked, [path.join(FOLDER, 'fixtures')]);
    // One that is on no disk is of no team.
    assert.deepEqual(severities(await client.open(TEXT, 'untitled:message.json').published()), ['binding 1']);
  });

  it('counts for less than what the editor is told', async () => {
    for (const how of [
      { section: { rules: { binding: 'hint' } } },
      { initializationOptions: { rules: { binding: 'hint' } } },
    ]) {
      const client = await start({ ...how, readTeam: of({ rules: { binding: 'warning' } }) });
      assert.deepEqual(severities(await client.open(TEXT, MESSAGE).published()), ['binding 4']);
    }
    const silent = await start({ readTeam: of({ rules: { binding: 'warning' } }), capabilities: {} });
    assert.deepEqual(severities(await silent.open(TEXT, MESSAGE).published()), ['binding 2']);
  });

  it('brings packages of profiles, under those that the editor names', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-'));
    const profile = (name: string, min: number): string => {
      const url = 'urn:ours';
      const head = { resourceType: 'StructureDefinition', url, name, kind: 'resource', type: 'Patient' };
      const base = { baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint' };
      const differential = { element: [{ id: 'Patient.deceased[x]', path: 'Patient.deceased[x]', min }] };
      const file = path.join(folder, `${name}.json`);
      fs.writeFileSync(file, JSON.stringify({ ...head, ...base, differential }));
      return file;
    };
    try {
      const [asking, lax] = [profile('asking', 1), profile('lax', 0)];
      const text = '{ "resourceType": "Patient", "meta": { "profile": ["urn:ours"] } }';
      const client = await start({ folder, readTeam: of({ profiles: [asking] }) });
      assert.deepEqual(severities(await client.open(text, MESSAGE).published()), ['required 1']);
      const other = await start({
        folder,
        readTeam: of({ profiles: [asking] }),
        section: { profiles: { packages: [lax] } },
      });
      assert.deepEqual(severities(await other.open(text, MESSAGE).published()), []);
      assert.deepEqual([...client.shown, ...other.shown], []);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });

  it('is read again when it is saved, or has changed on disk', async () => {
    let rules: ReturnType<ReadTeam>['rules'] = {};
    const client = await start({ readTeam: () => ({ ...NOTHING, rules }) });
    assert.deepEqual((client.initialized.capabilities.textDocumentSync as { save?: unknown }).save, true);
    client.open('{}', TEAM);
    const message = client.open(TEXT, MESSAGE);
    assert.deepEqual(severities(await message.published()), ['binding 1']);
    rules = { binding: 'warning' };
    let next = client.nextFor(MESSAGE);
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: TEAM } });
    assert.deepEqual(severities(await next), ['binding 2']);
    rules = { binding: 'off' };
    next = client.nextFor(MESSAGE);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: TEAM, type: 2 }] });
    assert.deepEqual(severities(await next), []);
  });

  it('is watched, where the client can', async () => {
    const workspace = { ...EDITOR.workspace, didChangeWatchedFiles: { dynamicRegistration: true } };
    for (const [readTeam, wanted] of [
      [of({}), ['**/*.itk3', '**/.vscode/itk3.json']],
      [undefined, ['**/*.itk3']],
    ] as const) {
      const client = await start({ ...(readTeam && { readTeam }), capabilities: { ...EDITOR, workspace } });
      const watched = new Promise((resolve) =>
        client.connection.onRequest('client/registerCapability', ({ registrations }: Registrations) => {
          for (const { method, registerOptions } of registrations)
            if (method === 'workspace/didChangeWatchedFiles')
              resolve(registerOptions.watchers.map(({ globPattern }) => globPattern));
        }),
      );
      client.open(TEXT, MESSAGE);
      assert.deepEqual(await watched, wanted);
    }
  });

  it('is told once of what is wrong in it', async () => {
    const problem = '.vscode/itk3.json:1:2 No rule is called so.';
    const client = await start({
      readTeam: of({ rules: { binding: 'warning' }, problems: [problem] }),
      folder: FOLDER,
    });
    assert.deepEqual(severities(await client.open(TEXT, MESSAGE).published()), ['binding 2']);
    await client.open(TEXT, MESSAGE.replace('message', 'other')).published();
    assert.deepEqual(client.shown, [problem]);
  });

  it('is nothing to a client that reads it itself', async () => {
    const client = await start({});
    assert.equal('save' in (client.initialized.capabilities.textDocumentSync as object), false);
  });
});

interface Registrations {
  registrations: { method: string; registerOptions: { watchers: { globPattern: string }[] } }[];
}
