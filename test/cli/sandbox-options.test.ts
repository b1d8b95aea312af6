// What itk3 sandbox can be asked for: scenarios, strictness, a folder, TLS and its files; and what it says when it cannot.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { certificatesIn } from '../../cli/sandbox-certificates';
import { createMeshClient } from '../../mesh/client';
import { SCENARIOS } from '../../mesh/sandbox/scenarios';
import { createTransport, type TlsOptions } from '../../mesh/transport';
import { itk3, type Ran, sentences, temporaryFolder, VALID, watched } from './terminal';

const ACCOUNT = { mailbox: 'X26PHARMACY', password: 'password', sharedKey: 'TestKey' };
const now = () => new Date('2026-12-04T05:06:07Z');
const MESSAGE = {
  to: 'X26SURGERY',
  workflowId: 'DIGMED_EMG_MED',
  contentType: 'application/fhir+json',
  body: Buffer.from(VALID),
};

describe('itk3 sandbox', function () {
  // Keys take a while to make.
  this.timeout(60_000);
  const folder = temporaryFolder();
  let stops: AbortController[];
  beforeEach(() => {
    stops = [];
  });
  afterEach(() => {
    for (const stop of stops) stop.abort();
  });

  // Should it start after all, it stops at once.
  const run = (...args: string[]) =>
    itk3(['sandbox', ...args], { cwd: folder.path, interrupted: () => AbortSignal.abort() });

  /** Runs until `stop`. */
  const start = async (...args: string[]) => {
    const stopping = new AbortController();
    stops.push(stopping);
    const stdout = watched();
    const ready = stdout.shows(/on (https?:\/\/127\.0\.0\.1:\d+), [^]*Requests\n/);
    const running = itk3(['sandbox', '--port', '0', ...args], {
      cwd: folder.path,
      stdout,
      interrupted: () => stopping.signal,
    });
    const [, url = ''] = await Promise.race([ready, running.then(failed)]);
    const client = (tls?: TlsOptions) =>
      createMeshClient({ endpoint: new URL(url), ...ACCOUNT }, { now, transport: createTransport({ tls }) });
    return {
      url,
      said: stdout.text,
      client,
      stop: async () => {
        stopping.abort();
        assert.equal((await running).code, 0);
      },
    };
  };
  const failed = ({ stderr }: Ran): never => assert.fail(`it did not start: ${stderr}`);

  const refused = async (sentence: RegExp, ...args: string[]) => {
    const { code, stdout, stderr } = await run('--port', '0', ...args);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.equal(sentences(stderr).length, 1);
    assert.match(stderr, sentence);
  };

  describe('--help', () => {
    it('teaches every option, by example or in the list', async () => {
      const { code, stdout } = await run('--help');
      assert.equal(code, 0);
      const { stderr } = await run('--no-such-option');
      const options = stderr.match(/--[a-z-]+(?=,| \()/g)?.filter((option) => option !== '--help') ?? [];
      assert.ok(options.length >= 9, stderr);
      for (const option of options) assert.match(stdout, new RegExp(`^  ${option}( [A-Z]+)? `, 'm'), option);
    });

    it('fits a terminal of 120 columns', async () => {
      const { stdout } = await run('--help');
      for (const line of stdout.split('\n')) assert.ok(line.length <= 120, line);
    });
  });

  describe('scenarios', () => {
    it('lists those that there are, response codes among them, and stops', async () => {
      const { code, stdout, stderr } = await run('--list-scenarios');
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      for (const { name, says } of SCENARIOS) assert.match(stdout, new RegExp(`^  ${name} +${escaped(says)}$`, 'm'));
      assert.match(stdout, /^ {2}30003 /m);
    });

    it('lists those of a file too', async () => {
      const file = folder.file(
        'mine.json',
        '[{ "name": "rude", "says": "Says no.", "answers": [{ "code": "20009" }] }]',
      );
      assert.match((await run('--scenarios', file, '--list-scenarios')).stdout, /^Your own\n {2}rude {2}Says no\.$/m);
    });

    it('plays one for every message, and says so', async () => {
      const { said, url, client, stop } = await start('--scenario', 'Silence');
      assert.match(said, /Every message meets the scenario "silence"\. /);
      assert.match(await (await fetch(url)).text(), /Every message meets <strong>silence<\/strong>/);
      await client().send(MESSAGE);
      await stop();
    });

    it('plays one of a file', async () => {
      const file = folder.file('mine.json', '{ "name": "rude", "says": "Says no.", "answers": [{ "code": "20009" }] }');
      const { said, stop } = await start('--scenarios', file, '--scenario', 'rude');
      assert.match(said, /Every message meets the scenario "rude"\. Says no\./);
      await stop();
    });

    it('says which was probably meant', () => refused(/Did you mean "silence"\?/, '--scenario', 'silense'));

    it('says that a file is not there', () =>
      refused(/--scenarios: no\.json does not exist/, '--scenarios', 'no.json'));

    it('says what is wrong in a file, and that there is more', () =>
      refused(
        /--scenarios: bad\.json cannot be used\. Scenario 1 of the file: .* There are \d+ more\./,
        '--scenarios',
        folder.file('bad.json', '[{}, {}, { "name": "x1", "says": 7, "extra": true }]'),
      ));
  });

  describe('--strict', () => {
    it('says in which way it behaves', async () => {
      const strict = await start('--strict');
      assert.match(strict.said, /It is strict/);
      assert.match(await (await fetch(strict.url)).text(), /<b>Strict<\/b>/);
      await strict.stop();
      const lenient = await start();
      assert.match(lenient.said, /as NHS England’s own sandbox does; --strict/);
      await lenient.stop();
    });

    it('knows the workflows of the messages that the toolkit knows, and the practice of its invented people', async () => {
      const { client, stop } = await start('--strict');
      const to = 'GPPROVIDER_9990142017_19560229_Testwell';
      const { messageId } = await client().send({ ...MESSAGE, to });
      assert.equal((await client().track(messageId)).recipient, 'X26SURGERY');
      await assert.rejects(client().send({ ...MESSAGE, workflowId: 'NOBODYS' }), { name: 'MeshError' });
      await stop();
    });
  });

  describe('--folder', () => {
    it('keeps messages from one run to the next', async () => {
      const first = await start('--folder', 'kept');
      assert.match(first.said, /kept in kept/);
      const { messageId } = await first.client().send({ ...MESSAGE, to: 'X26PHARMACY' });
      await first.stop();
      const second = await start('--folder', 'kept');
      assert.deepEqual((await second.client().download(messageId)).body, MESSAGE.body);
      await second.stop();
    });

    it('is for one sandbox at a time', async () => {
      const { stop } = await start('--folder', 'kept');
      await refused(/./, '--folder', 'kept');
      await stop();
    });

    it('cannot be a file', () => refused(/./, '--folder', folder.file('taken', 'x')));
  });

  describe('TLS', () => {
    const read = (...name: string[]) => fs.readFileSync(path.join(folder.path, ...name));

    it('wants a folder for what a client has to trust', async () => {
      await refused(/add --certificates DIR/, '--tls');
      await refused(/add --certificates DIR/, '--client-certificates');
    });

    it('writes the authority, which is enough to be let in', async () => {
      const { said, client, stop } = await start('--tls', '--certificates', 'certs');
      assert.match(said, /on https:.*\n[^]*has to trust certs[\\/]authority\.pem/);
      assert.deepEqual(fs.readdirSync(path.join(folder.path, 'certs')), ['authority.pem']);
      await client({ ca: read('certs', 'authority.pem') }).handshake();
      await assert.rejects(client().handshake(), { name: 'MeshError', kind: 'certificate' });
      await stop();
    });

    it('writes a client certificate where one is demanded, for its owner alone', async () => {
      const { said, client, stop } = await start('--client-certificates', '--certificates', 'certs');
      assert.match(said, /certs[\\/]client\.pem with the key certs[\\/]client-key\.pem/);
      const ca = read('certs', 'authority.pem');
      await client({ ca, cert: read('certs', 'client.pem'), key: read('certs', 'client-key.pem') }).handshake();
      const passphrase = /pass phrase "(.*?)"/.exec(said)?.[1];
      await client({ ca, pfx: read('certs', 'client.p12'), passphrase }).handshake();
      await assert.rejects(client({ ca }).handshake(), { name: 'MeshError' });
      if (process.platform !== 'win32') {
        const modes = fs.readdirSync(path.join(folder.path, 'certs')).map((name) => modeOf(folder.path, 'certs', name));
        assert.deepEqual([modeOf(folder.path, 'certs'), ...modes], [0o700, 0o600, 0o600, 0o600, 0o600]);
      }
      await stop();
    });

    it('takes the place of what it wrote before, and leaves no key that is of no use', () => {
      const clientPkcs12 = { pfx: Buffer.from('pfx'), passphrase: 'word' };
      const all = { authority: 'first\n', clientCertificate: { cert: 'cert', key: 'key' }, clientPkcs12 };
      assert.deepEqual(certificatesIn('certs', folder.path).write(all).client, {
        certificate: path.join('certs', 'client.pem'),
        key: path.join('certs', 'client-key.pem'),
        pkcs12: path.join('certs', 'client.p12'),
        passphrase: 'word',
      });
      certificatesIn('certs', folder.path).write({ authority: 'second\n' });
      assert.deepEqual(fs.readdirSync(path.join(folder.path, 'certs')), ['authority.pem']);
      assert.match(read('certs', 'authority.pem').toString(), /\nsecond\n$/);
    });

    it('writes over no file that is not its own', async () => {
      fs.mkdirSync(path.join(folder.path, 'mine'));
      folder.file('mine/client-key.pem', 'my only key');
      await refused(/mine[\\/]client-key\.pem was not written by the sandbox/, '--tls', '--certificates', 'mine');
      assert.equal(read('mine', 'client-key.pem').toString(), 'my only key');
      assert.deepEqual(fs.readdirSync(path.join(folder.path, 'mine')), ['client-key.pem']);
    });

    it('says that the place for them is no folder', () =>
      refused(/--certificates: taken is a file, not a folder\./, '--certificates', folder.file('taken', 'x')));
  });

  describe('misuse', () => {
    it('takes no file', () => refused(/sandbox takes no file/, 'message.json'));
    it('takes no port that is none', () => refused(/"70000" is not a port number/, '--port', '70000'));
    it('wants the value of an option that has one', () => refused(/--scenario needs a value/, '--scenario'));
    it('takes no folder without a name for the one it stands in', async () => {
      await refused(/--folder needs a value/, '--folder', '');
      await refused(/--certificates needs a value/, '--certificates=');
      assert.deepEqual(fs.readdirSync(folder.path), []);
    });
  });
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const modeOf = (...names: string[]) => fs.statSync(path.join(...names)).mode & 0o777;
