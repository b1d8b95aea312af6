import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Client, codes, completeAt, EDITOR, hoverAt, startClient } from './client';

const PROFILE = 'https://profiles.example/StructureDefinition/Our-Patient';
const TEXT = `{ "resourceType": "Patient", "meta": { "profile": ["${PROFILE}"] } }`;

describe('packages of profiles, by setting', () => {
  let folder: string;
  const clients: Client[] = [];
  const start = async (...options: Parameters<typeof startClient>): Promise<Client> => {
    const client = await startClient(...options);
    clients.push(client);
    return client;
  };
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-'));
    const profile = {
      resourceType: 'StructureDefinition',
      url: PROFILE,
      name: 'Our-Patient',
      kind: 'resource',
      type: 'Patient',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      derivation: 'constraint',
      differential: { element: [{ id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1, short: 'Ours asks.' }] },
    };
    fs.mkdirSync(path.join(folder, 'profiles'));
    fs.writeFileSync(path.join(folder, 'profiles', 'our.json'), JSON.stringify(profile));
  });
  after(() => {
    clients.forEach((client) => client.stop());
    fs.rmSync(folder, { recursive: true });
  });
  const section = (...packages: unknown[]) => ({ profiles: { packages } });

  it('are known from the first check on, relative to the folder that is open', async () => {
    const client = await start({ folder, section: section('profiles') });
    const document = client.open(TEXT);
    assert.deepEqual(codes((await document.published()).diagnostics), ['required']);
    assert.deepEqual(client.shown, []);
    const hover = await hoverAt(client, TEXT.replace('} }', '}, "birth|Date": "1980-02-03" }'));
    assert.match(hover!.markdown, /Ours asks/);
    assert.ok(
      (await completeAt(client, TEXT.replace(PROFILE, '|'))).labels.some((label) => label.includes('Our-Patient')),
    );
  });

  it('are read anew when the setting changes, and open documents are checked again', async () => {
    const client = await start({ folder });
    const document = client.open(TEXT);
    assert.deepEqual(codes((await document.published()).diagnostics), ['unknown-profile']);
    let changed = document.next();
    await client.configure(section('profiles'));
    assert.deepEqual(codes((await changed).diagnostics), ['required']);
    changed = document.next();
    await client.configure({ ...section('profiles'), rules: { required: 'warning' } });
    assert.deepEqual(
      (await changed).diagnostics.map((d) => [d.code, d.severity]),
      [['required', 2]],
    );
    changed = document.next();
    await client.configure(section());
    assert.deepEqual(codes((await changed).diagnostics), ['unknown-profile']);
  });

  it('that are broken are told once and in the log, and the rest is used', async () => {
    const client = await start({ folder, section: section('missing', 'profiles', 'gone') });
    const document = client.open(TEXT);
    assert.deepEqual(codes((await document.published()).diagnostics), ['required']);
    assert.equal(client.shown.length, 1);
    assert.match(client.shown[0]!, /^Profiles for ITK3: missing does not exist.* 1 more/);
    assert.equal(client.log.filter((line) => /^(missing|gone) does not exist/.test(line)).length, 2);
    const changed = document.next();
    await client.configure({ ...section('missing', 'profiles', 'gone'), rules: { required: 'off' } });
    assert.deepEqual((await changed).diagnostics, []);
    assert.equal(client.shown.length, 1);
  });

  it('are read for a client that cannot be asked', async () => {
    const client = await start({
      folder,
      capabilities: { ...EDITOR, workspace: {} },
      initializationOptions: section(path.join(folder, 'profiles')),
    });
    assert.deepEqual(codes((await client.open(TEXT).published()).diagnostics), ['required']);
  });

  it('are as none where the setting makes no sense', async () => {
    for (const odd of [null, 7, { profiles: 'off' }, { profiles: { packages: 'profiles' } }, section(7, '', null)]) {
      const client = await start({ folder, section: odd });
      assert.deepEqual(codes((await client.open(TEXT).published()).diagnostics), ['unknown-profile']);
      assert.deepEqual(client.shown, []);
    }
  });

  it('are looked for beside the person where no folder is open', async () => {
    const relative = path.relative(os.homedir(), path.join(folder, 'profiles'));
    const client = await start({ section: section(relative) });
    assert.deepEqual(codes((await client.open(TEXT).published()).diagnostics), ['required']);
  });
});
