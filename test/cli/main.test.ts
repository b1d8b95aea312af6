import assert from 'node:assert/strict';
import fs from 'node:fs';
import { COMMANDS } from '../../cli/main';
import { processTerminal } from '../../cli/terminal';
import { input, itk3, sentences } from './terminal';

describe('itk3', () => {
  for (const argv of [['--help'], ['-h'], ['help']]) {
    it(`${argv.join(' ')} shows examples and every command`, async () => {
      const { code, stdout, stderr } = await itk3(argv);
      assert.equal(code, 0);
      assert.equal(stderr, '');
      assert.match(stdout, /itk3 validate message\.json/);
      for (const { name, summary } of COMMANDS) assert.ok(stdout.includes(name) && stdout.includes(summary), name);
    });
  }

  for (const { name, help } of COMMANDS) {
    it(`${name} --help teaches by example, whatever else is said`, async () => {
      for (const argv of [
        [name, '--help'],
        [name, '-h', '--no-such-option'],
        ['help', name],
      ]) {
        assert.deepEqual(await itk3(argv), { code: 0, stdout: help, stderr: '' });
      }
      assert.ok(help.startsWith(`itk3 ${name}`));
    });
  }

  it('names its version', async () => {
    const { version } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string };
    assert.deepEqual(await itk3(['--version']), { code: 0, stdout: `itk3 ${version}\n`, stderr: '' });
  });

  it('without a command shows the help, and that something is missing by its exit code', async () => {
    const { code, stdout, stderr } = await itk3([]);
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, /itk3 validate message\.json/);
  });

  const MISUSE: [argv: string[], says: RegExp][] = [
    [['valdate'], /no command "valdate": did you mean validate\?/],
    [['frobnicate'], /knows validate, new, convert, send, inbox, track, sandbox, demo \(see itk3 --help\)/],
    [['constructor'], /no command "constructor"/],
    [['--versio'], /did you mean --version\?/],
    [['--format', 'json'], /--format in front of a command/],
    [['help', 'valdate'], /did you mean validate\?/],
    [['val\x1b[2Jdate'], /val·\[2Jdate/],
    [['new'], /new needs a kind of message: itk3 new emergency-supply/],
    [['new', 'emergncy-supply'], /did you mean emergency-supply\?/],
    [['new', 'love-letter'], /it knows emergency-supply/],
    [['new', 'emergency-supply', 'emergency-supply'], /one message at a time/],
    [['sandbox', '--port'], /--port needs a value/],
    [['sandbox', '--port', 'eighty'], /"eighty" is not a port number/],
    [['sandbox', '--port', '65536'], /from 0 to 65535/],
    [['sandbox', 'a.json'], /takes no file/],
    [['demo', 'a.json'], /takes no arguments/],
  ];
  for (const [argv, says] of MISUSE) {
    it(`says in a sentence what is wrong with "${JSON.stringify(argv.join(' ')).slice(1, -1)}"`, async () => {
      const { code, stdout, stderr } = await itk3(argv);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.equal(sentences(stderr).length, 1);
      assert.match(stderr, says);
    });
  }

  it('owns up to a bug without a stack trace and without the text of the error, which may quote the message', async () => {
    const knowledge = () => {
      throw new RangeError('Testwell, 999 014 2016');
    };
    const { code, stderr } = await itk3(['validate', 'examples/emergency-supply.json'], { knowledge });
    assert.equal(code, 2);
    assert.equal(sentences(stderr).length, 1);
    assert.match(stderr, /bug in itk3: it stopped with RangeError/);
    assert.doesNotMatch(stderr, /Testwell|999/);
  });

  it('closes the array of its JSON report even then', async () => {
    const knowledge = () => {
      throw new RangeError();
    };
    const argv = ['validate', '--format', 'json', 'missing.json', 'examples/emergency-supply.json'];
    const { code, stdout } = await itk3(argv, { knowledge });
    assert.equal(code, 2);
    assert.equal((JSON.parse(stdout) as unknown[]).length, 1);
  });

  it('says what to do when it was not built', async () => {
    const { knowledge } = processTerminal('out/nowhere/dist');
    const { code, stderr } = await itk3(['validate', 'examples/emergency-supply.json'], { knowledge });
    assert.equal(code, 2);
    assert.equal(sentences(stderr).length, 1);
    assert.match(stderr, /npm run build/);
  });

  it('shows the stack trace when asked by ITK3_DEBUG', async () => {
    const knowledge = () => {
      throw new RangeError('seen');
    };
    const argv = ['validate', 'examples/emergency-supply.json'];
    assert.match((await itk3(argv, { knowledge, env: { ITK3_DEBUG: '1' } })).stderr, /RangeError: seen\n\s+at /);
  });
});

describe('itk3 new', () => {
  it('prints a message that itk3 validate finds nothing wrong with', async () => {
    const made = await itk3(['new', 'emergency-supply']);
    assert.deepEqual({ code: made.code, stderr: made.stderr }, { code: 0, stderr: '' });
    const message = JSON.parse(made.stdout) as { resourceType: string };
    assert.equal(message.resourceType, 'Bundle');
    assert.equal(made.stdout, `${JSON.stringify(message, null, 2)}\n`);
    assert.match(made.stdout, /2026-12-04T05:06:07/);
    const judged = await itk3(['validate', '-'], { stdin: input(made.stdout) });
    assert.deepEqual(
      { ...judged, stdout: judged.stdout.split('\n').at(-2) },
      { code: 0, stdout: '0 errors in 1 file', stderr: '' },
    );
  });

  it('makes another one each time', async () => {
    assert.notEqual((await itk3(['new', 'emergency-supply'])).stdout, (await itk3(['new', 'emergency-supply'])).stdout);
  });
});

describe('the examples', () => {
  it('are one that is right and one that is wrong', async () => {
    assert.equal((await itk3(['validate', 'examples/emergency-supply.json'])).code, 0);
    assert.equal((await itk3(['validate', 'examples/emergency-supply-with-mistakes.json'])).code, 1);
  });
});
