// The team's file as the terminal reads it; what the editor makes of it is proved in the host.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { itk3, sentences, temporaryFolder } from './terminal';

const WRONG = JSON.stringify({ resourceType: 'Patient', gender: 'mail' });

interface Entry {
  file: string;
  findings: { rule: string; severity: string }[];
}

describe("the team's file in the terminal", () => {
  const folder = temporaryFolder();
  const at = (...names: string[]): string => path.join(folder.path, ...names);
  const team = (validate: unknown, name = '.vscode/itk3.json'): void => {
    fs.mkdirSync(path.dirname(at(name)), { recursive: true });
    fs.writeFileSync(at(name), typeof validate === 'string' ? validate : JSON.stringify({ validate }));
  };
  const run = (argv: string[], cwd = folder.path) => itk3(['validate', ...argv], { cwd });
  const found = async (argv: string[], cwd = folder.path): Promise<string[]> => {
    const { stdout } = await run(['--format', 'json', ...argv], cwd);
    return (JSON.parse(stdout) as Entry[]).flatMap(({ file, findings }) =>
      findings.map(({ rule, severity }) => `${file} ${rule} ${severity}`),
    );
  };

  beforeEach(() => void folder.file('m.json', WRONG));

  it('says how serious rules are; options win, and --no-config leaves it out', async () => {
    team({ rules: { binding: 'warning' } });
    assert.deepEqual(await found(['m.json']), ['m.json binding warning']);
    assert.deepEqual(await found(['--rule', 'binding=information', 'm.json']), ['m.json binding information']);
    assert.deepEqual(await found(['--no-config', 'm.json']), ['m.json binding error']);
  });

  it('may hold comments', async () => {
    team('// ours\n{ "validate": { /* as agreed */ "rules": { "binding": "off" } } }');
    assert.deepEqual(await found(['m.json']), []);
  });

  it('holds in the folders below, up to where a repository ends', async () => {
    team({ rules: { binding: 'off' } });
    fs.mkdirSync(at('deep/er'), { recursive: true });
    assert.deepEqual(await found(['../../m.json'], at('deep/er')), []);
    fs.mkdirSync(at('deep/.git'));
    assert.deepEqual(await found(['../../m.json'], at('deep/er')), ['../../m.json binding error']);
  });

  it('may be another file', async () => {
    team({ failOn: 'never' }, 'ci/strict.json');
    assert.equal((await run(['m.json'])).code, 1);
    assert.equal((await run(['--config', 'ci/strict.json', 'm.json'])).code, 0);
    assert.equal((await run(['--config', 'ci/strict.json', '--fail-on', 'error', 'm.json'])).code, 1);
  });

  it('names profiles and a baseline from its own folder on', async () => {
    const profile = {
      resourceType: 'StructureDefinition',
      url: 'https://example.org/patient',
      name: 'OurPatient',
      status: 'draft',
      kind: 'resource',
      abstract: false,
      type: 'Patient',
      baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      derivation: 'constraint',
      differential: { element: [{ id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 }] },
    };
    fs.mkdirSync(at('profiles'));
    fs.mkdirSync(at('below'));
    fs.writeFileSync(at('profiles/patient.json'), JSON.stringify(profile));
    const ours = { resourceType: 'Patient', meta: { profile: [profile.url] } };
    fs.writeFileSync(at('below/ours.json'), JSON.stringify(ours));
    team({ profiles: ['profiles'], baseline: 'known.json' });
    const update = await run(['--update-baseline', 'ours.json'], at('below'));
    assert.equal(update.code, 0);
    assert.match(
      fs.readFileSync(at('known.json'), 'utf8'),
      /"file":"below\/ours.json","rule":"required","spot":"Patient"/,
    );
    assert.equal((await run(['ours.json'], at('below'))).code, 0);
    assert.equal((await run(['--no-config', 'ours.json'], at('below'))).code, 0);
  });

  it('leaves files out, by patterns from its own folder on', async () => {
    team({ ignore: ['old/**', '*.draft.json'] });
    fs.mkdirSync(at('old'));
    for (const name of ['old/a.json', 'b.draft.json', 'c.json']) fs.writeFileSync(at(name), WRONG);
    assert.deepEqual(await found(['.']), ['c.json binding error', 'm.json binding error']);
    fs.mkdirSync(at('below'));
    assert.deepEqual(await found(['..'], at('below')), ['../c.json binding error', '../m.json binding error']);
  });

  it('may hold fixtures to what they are made for', async () => {
    folder.file('m.json.itk3', '{ "expected": [] }');
    team({ expect: true, rules: { binding: 'warning' } });
    assert.equal((await run(['m.json'])).code, 1);
    team({ expect: false, rules: { binding: 'warning' } });
    assert.equal((await run(['m.json'])).code, 0);
  });

  it('does not mind what is wrong with mailboxes', async () => {
    team('{ "environments": 7, "validate": { "rules": { "binding": "off" } } }');
    assert.deepEqual(await found(['m.json']), []);
  });

  const MISUSE: [what: string, content: string, says: RegExp][] = [
    [
      'a key that nobody knows',
      '{ "validate": { "rulez": {} } }',
      /itk3\.json:1:17 validate\.rulez: .* Did you mean "rules"\?/,
    ],
    ['a word in the wrong place', '{ "valdate": {} }', /valdate: .* Did you mean "validate"\?/],
    ['a rule that is none', '{ "validate": { "rules": { "bindng": "off" } } }', /Did you mean "binding"\?/],
    ['a severity that is none', '{ "validate": { "rules": { "binding": "fatal" } } }', /Choose one of "error"/],
    ['a wrong word for failOn', '{ "validate": { "failOn": "errors" } }', /Choose one of "error", "warning"/],
    ['no JSON', '{ "validate": ', /This is no JSON/],
    ['a baseline elsewhere', '{ "validate": { "baseline": "../known.json" } }', /lies outside its folder/],
  ];
  for (const [what, content, says] of MISUSE)
    it(`is not used by halves: ${what}`, async () => {
      team(content);
      const { code, stdout, stderr } = await run(['m.json']);
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.match(sentences(stderr)[0]!, says);
    });

  it('is missed when it is named', async () => {
    const { code, stderr } = await run(['--config', 'nowhere.json', 'm.json']);
    assert.equal(code, 2);
    assert.match(sentences(stderr)[0]!, /The configuration nowhere\.json does not exist/);
    assert.equal((await run(['--config', 'm.json', '--no-config', 'm.json'])).code, 2);
  });
});
