import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stateFolder } from '../../cli/mailbox/state';
import { completed } from '../../cli/mailbox/options';
import { bench } from './mailbox';
import { itk3, sentences, temporaryFolder, VALID } from './terminal';

describe('the options that name a mailbox', function () {
  this.timeout(20_000);
  const folder = temporaryFolder();
  beforeEach(() => folder.file('message.json', VALID));
  const dry = (argv: string[], cwd = folder.path, env = {}) =>
    itk3(['send', path.join(folder.path, 'message.json'), '--dry-run', ...argv], {
      cwd,
      env: { ITK3_STATE: path.join(folder.path, 'state'), ...env },
    });
  const team = (...environments: object[]): void => {
    mkdirSync(path.join(folder.path, '.vscode'), { recursive: true });
    writeFileSync(path.join(folder.path, '.vscode', 'itk3.json'), JSON.stringify({ environments }));
  };
  const OURS = { name: 'Our integration', kind: 'integration', mailboxes: [{ name: 'Ours', mailbox: 'X26OURS' }] };

  it('need not be given where the team has one mailbox, wherever below its file one stands', async () => {
    team(OURS);
    const below = path.join(folder.path, 'fixtures', 'deep');
    mkdirSync(below, { recursive: true });
    const { code, stdout } = await dry(['--to', 'X26SURGERY'], below);
    assert.equal(code, 0);
    assert.match(stdout, /Environment +Our integration \(msg\.intspineservices\.nhs\.uk\)/);
    assert.match(stdout, /From +Ours \(X26OURS\)/);
  });

  it('name a mailbox of the team by its name or id', async () => {
    team({ ...OURS, mailboxes: [...OURS.mailboxes, { name: 'Theirs', mailbox: 'X26THEIRS' }] });
    for (const name of ['Theirs', 'x26theirs'])
      assert.match((await dry(['--mailbox', name])).stdout, /From +Theirs \(X26THEIRS\)/);
    assert.match((await dry([])).stderr, /Which mailbox\? .*itk3\.json has "Ours", "Theirs": give --mailbox NAME\./);
    assert.match((await dry(['--mailbox', 'Their'])).stderr, /no mailbox "Their": did you mean Theirs\?/);
  });

  it('name a known environment, live ones as what they are', async () => {
    const integration = await dry(['--environment', 'integration', '--mailbox', 'X26OURS']);
    assert.match(integration.stdout, /Environment +Integration \(msg\.intspineservices\.nhs\.uk\)/);
    const live = await dry(['--endpoint', 'https://mesh-sync.spineservices.nhs.uk:444/', '--mailbox', 'X26OURS']);
    assert.match(live.stdout, /Environment +LIVE \(mesh-sync/);
  });

  it('believe the team of an address that is given by hand', async () => {
    team({ name: 'Tunnel', kind: 'live', endpoint: 'https://127.0.0.1:9/' });
    const { stdout } = await dry([
      '--endpoint',
      'https://localhost:9/other',
      '--mailbox',
      'X26OURS',
      '--to',
      'X26SURGERY',
    ]);
    assert.match(stdout, /Environment +LIVE: Tunnel/);
  });

  it('tell of mistakes in the team’s file, and use the rest', async () => {
    team(OURS, { name: 'Broken', kind: 'nonsense' });
    const { code, stderr } = await dry(['--to', 'X26SURGERY']);
    assert.equal(code, 0);
    assert.match(sentences(stderr).join(), /itk3\.json is not used whole\. environments\[1\]/);
  });

  it('say in a sentence what is wrong', async () => {
    const wrong: [string[], RegExp][] = [
      [[], /No mailbox is known: there is no team’s file here/],
      [['--sandbox', '--environment', 'live'], /give one of --sandbox, --environment and --endpoint/],
      [['--environment', 'integraton', '--mailbox', 'X'], /did you mean integration\?/],
      [['--environment', 'integration'], /--mailbox is the id of the mailbox/],
      [['--endpoint', 'http://mesh.example/', '--mailbox', 'X'], /Plain http is only for a sandbox/],
      [['--sandbox', 'https://mesh.example/'], /a sandbox on this machine/],
      [['--sandbox', '0'], /a sandbox on this machine/],
      [['--team-file', 'missing.json'], /cannot be read: check --team-file/],
      [['--sandbox', '--to', 'GPPROVIDER_x'], /--to takes the id of a mailbox/],
      [['--sandbox', '--workflow', 'A B'], /--workflow takes an id without spaces/],
    ];
    for (const [argv, expected] of wrong) {
      const { code, stdout, stderr } = await dry(argv);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(sentences(stderr).join(), expected);
    }
  });

  it('may lack their usual values', () => {
    assert.deepEqual(completed(['--sandbox', 'a.json', '--wait']), ['--sandbox=8700', 'a.json', '--wait=600']);
    assert.deepEqual(completed(['--sandbox', '9000', '--wait', '5']), ['--sandbox', '9000', '--wait', '5']);
    assert.deepEqual(completed(['--wait=5', '--', '--sandbox']), ['--wait=5', '--', '--sandbox']);
  });
});

describe('a proxy of the environment', function () {
  this.timeout(20_000);
  const at = bench();
  it('that is no address is told, and not gone past', async () => {
    const argv = ['send', 'message.json', '--endpoint', 'https://mesh.example/', '--mailbox', 'X26', '--to', 'Y', '-y'];
    const env = { ITK3_MESH_PASSWORD: 'p', ITK3_MESH_SHARED_KEY: 'k', https_proxy: 'http://[proxy' };
    const { code, stderr } = await at.run(argv, { env });
    assert.equal(code, 2);
    assert.match(stderr, /https_proxy or http_proxy holds no address of a proxy/);
  });
});

describe('where a terminal keeps what it has sent', () => {
  const home = path.resolve('/home/somebody');
  const of = (platform: NodeJS.Platform, env: Record<string, string>): string =>
    stateFolder({ env, cwd: home }, platform);
  it('is the folder of the system for such things', () => {
    assert.equal(of('linux', { HOME: home }), path.join(home, '.local', 'state', 'itk3'));
    assert.equal(of('linux', { HOME: home, XDG_STATE_HOME: path.resolve('/state') }), path.resolve('/state/itk3'));
    assert.equal(of('linux', { HOME: home, XDG_STATE_HOME: 'state' }), path.join(home, '.local', 'state', 'itk3'));
    assert.equal(of('darwin', { HOME: home }), path.join(home, 'Library', 'Application Support', 'itk3'));
    assert.equal(of('win32', { USERPROFILE: home, LOCALAPPDATA: path.resolve('/local') }), path.resolve('/local/itk3'));
  });
  it('or the one that is named', () => assert.equal(of('linux', { ITK3_STATE: 'here' }), path.join(home, 'here')));
});
