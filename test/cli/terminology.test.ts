import assert from 'node:assert/strict';
import {
  outcome,
  send,
  type ServerOptions,
  SNOMED,
  startTerminologyServer,
  type TerminologyServer,
} from '../terminology/server';
import { input, itk3, sentences, temporaryFolder } from './terminal';

const basic = (code: string, display: string): string =>
  `{ "resourceType": "Basic", "code": { "coding": [{ "system": "${SNOMED}", "code": "${code}", "display": "${display}" }] } }`;
const MISSING = '732112001';

interface Entry {
  findings: { rule: string; severity: string; message: string }[];
}

describe('itk3 validate --terminology', () => {
  const folder = temporaryFolder();
  const servers: TerminologyServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

  async function start(options: ServerOptions = {}): Promise<TerminologyServer> {
    const server = await startTerminologyServer(options);
    servers.push(server);
    return server;
  }

  const validate = async (address: string, ...files: string[]) => {
    const ran = await itk3(['validate', '--terminology', address, '--format', 'json', ...files], { cwd: folder.path });
    const entries = JSON.parse(ran.stdout) as Entry[];
    return {
      ...ran,
      found: entries.map(({ findings }) => findings.map(({ rule, severity }) => `${rule} ${severity}`)),
    };
  };

  for (const fhirVersion of ['3.0.2', '4.0.1'])
    it(`judges codes by a server of FHIR ${fhirVersion}`, async () => {
      const { address } = await start({ fhirVersion });
      folder.file('right.json', basic('73211009', 'Diabetes mellitus'));
      folder.file('called.json', basic('73211009', 'Asthma'));
      folder.file('old.json', basic('154671004', 'Ear, nose and throat disorder'));
      folder.file('missing.json', basic(MISSING, 'x'));
      const { code, stderr, found } = await validate(address, 'right.json', 'called.json', 'old.json', 'missing.json');
      assert.deepEqual(found, [[], ['display warning'], ['code-inactive warning'], ['code-unknown error']]);
      assert.equal(code, 1);
      assert.equal(stderr, '');
    });

  it('exits 0 on warnings', async () => {
    const { address } = await start();
    folder.file('called.json', basic('73211009', 'Asthma'));
    assert.equal((await validate(address, 'called.json')).code, 0);
  });

  it('asks about each code once, however many files have it', async () => {
    const { address, asked } = await start();
    for (const name of ['a.json', 'b.json', 'c.json']) folder.file(name, basic('73211009', 'Diabetes mellitus'));
    await validate(address, 'a.json', 'b.json', 'c.json');
    assert.deepEqual(asked, ['metadata', `CodeSystem/$validate-code?url=${SNOMED}&code=73211009`]);
  });

  it('tells the server nothing of a message but its codes', async () => {
    const { address, asked } = await start();
    const text = `{ "resourceType": "Condition", "clinicalStatus": "active", "subject": { "reference": "Patient/9990000018", "display": "Wilma Testcase" },
      "note": [{ "text": "secret" }], "code": { "text": "secret", "coding": [
        { "id": "secret", "version": "secret", "system": "${SNOMED}", "code": "73211009", "display": "Diabetes" }] } }`;
    const { code } = await itk3(['validate', '--terminology', address, '-'], { stdin: input(text) });
    assert.equal(code, 0);
    assert.deepEqual(asked, [
      'metadata',
      `CodeSystem/$validate-code?url=${SNOMED}&code=73211009`,
      `CodeSystem/$validate-code?url=${SNOMED}&code=73211009&display=Diabetes`,
    ]);
  });

  it('says in a note when the server cannot answer, and the exit code is that of the message', async () => {
    const refusing = await start({
      instead: (_path, _query, response) => {
        send(response, 401, outcome('login', 'token needed'));
        return true;
      },
    });
    folder.file('a.json', basic('73211009', 'Asthma'));
    for (const stopped of [false, true]) {
      if (stopped) await refusing.stop();
      const { code, stderr, found } = await validate(refusing.address, 'a.json');
      assert.deepEqual(found, [['terminology-server information', 'not-checked hint']]);
      assert.equal(code, 0);
      assert.equal(stderr, '');
    }
  });

  it('says it once for many files', async () => {
    const server = await start();
    await server.stop();
    for (const name of ['a.json', 'b.json']) folder.file(name, basic('73211009', 'Asthma'));
    const { stdout } = await itk3(['validate', '--terminology', server.address, 'a.json', 'b.json'], {
      cwd: folder.path,
    });
    assert.match(
      stdout,
      /^2 files: information {2}The terminology server .*\n2 files: codes .*\n0 errors, 1 note in 2 files\n$/,
    );
  });

  it('asks nothing about a file without such codes', async () => {
    const { address, asked } = await start();
    folder.file('a.json', '{ "resourceType": "Patient", "gender": "male" }');
    folder.file('b.json', 'no JSON');
    assert.equal((await validate(address, 'a.json', 'b.json')).code, 1);
    assert.deepEqual(asked, []);
  });

  for (const [address, says] of Object.entries({
    'tx.example.org': /such as https:\/\/example\.org\/fhir\.$/m,
    'http://tx.example.org/fhir': /plain http is only for a server on this machine/,
    'https://somebody:hunter2@tx.example.org/fhir': /take the user name and the password out/,
  }))
    it(`exits 2 with a sentence when the address is ${address}`, async () => {
      const { code, stdout, stderr } = await itk3(['validate', '--terminology', address, '-'], { stdin: input('{}') });
      assert.equal(code, 2);
      assert.equal(stdout, '');
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /hunter2/);
    });

  it('is in the help', async () => {
    assert.match((await itk3(['validate', '--help'])).stdout, /--terminology URL\n {18}ask a FHIR terminology server/);
  });
});
