// What counts, and what lets a finding through: --fail-on, --rule, --baseline, --expect.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { input, itk3, sentences, temporaryFolder } from './terminal';

const patient = (gender: string): object => ({ resourceType: 'Patient', gender });
const bundle = (...resources: object[]): string =>
  JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) });
const WRONG = bundle(patient('mail'));

interface Entry {
  file: string;
  findings: { rule: string; severity: string; path: string }[];
  expected?: { rule: string; reason: string }[];
  known?: { rule: string; reason: string }[];
}

describe('what counts in the terminal', () => {
  const folder = temporaryFolder();
  const validate = (...argv: string[]) => itk3(['validate', ...argv], { cwd: folder.path });
  const read = (name: string): string => fs.readFileSync(path.join(folder.path, name), 'utf8');
  const json = async (...argv: string[]) => {
    const { code, stdout } = await validate('--format', 'json', ...argv);
    return { code, entries: JSON.parse(stdout) as Entry[] };
  };
  const lastLine = (stdout: string): string => stdout.trimEnd().split('\n').at(-1)!;

  describe('--fail-on', () => {
    it('asks for no errors unless something else is asked', async () => {
      folder.file('m.json', WRONG);
      const warned = ['--rule', 'binding=warning', 'm.json'];
      assert.equal((await validate('m.json')).code, 1);
      assert.equal((await validate('--fail-on', 'never', 'm.json')).code, 0);
      assert.equal((await validate(...warned)).code, 0);
      assert.equal((await validate('--fail-on', 'information', ...warned)).code, 1);
      const { code, stdout } = await validate('--fail-on', 'warning', ...warned);
      assert.equal(code, 1);
      assert.equal(lastLine(stdout), 'Failed: --fail-on warning asks for no warnings.');
    });

    it('does not let a file pass that cannot be read', async () => {
      assert.equal((await validate('--fail-on', 'never', 'nowhere.json')).code, 2);
    });

    it('says what it knows', async () => {
      const { code, stderr } = await validate('--fail-on', 'warnings', 'm.json');
      assert.equal(code, 2);
      assert.match(sentences(stderr)[0]!, /--fail-on has no "warnings": did you mean warning\?/);
    });
  });

  describe('--rule', () => {
    it('makes a rule as serious as is wanted, and the last word counts', async () => {
      folder.file('m.json', WRONG);
      const { entries } = await json('--rule', 'binding=error', '--rule', 'binding=information', 'm.json');
      assert.deepEqual(
        entries[0]!.findings.map(({ rule, severity }) => [rule, severity]),
        [['binding', 'information']],
      );
      assert.deepEqual((await json('--rule', 'binding=off', 'm.json')).entries[0]!.findings, []);
    });

    it('switches a rule off without making its exceptions idle', async () => {
      folder.file('m.json', WRONG);
      const exception = { rule: 'binding', path: 'Patient.gender', reason: 'the receiver must refuse this' };
      folder.file('m.json.itk3', JSON.stringify({ exceptions: [exception] }));
      const { entries } = await json('--rule', 'binding=off', 'm.json');
      assert.deepEqual(entries.length, 1);
    });

    const MISUSE: [given: string, says: RegExp][] = [
      ['bindin=off', /no rule "bindin": did you mean binding\?/],
      ['something-else=off', /no rule "something-else": the name of a rule stands behind each finding/],
      ['binding=of', /no severity "of": did you mean off\?/],
      ['binding', /says no severity: write --rule binding=warning/],
    ];
    for (const [given, says] of MISUSE)
      it(`is misuse with ${given}`, async () => {
        folder.file('m.json', WRONG);
        const { code, stderr, stdout } = await validate('--rule', given, 'm.json');
        assert.equal(code, 2);
        assert.match(sentences(stderr)[0]!, says);
        assert.equal(stdout, '');
      });
  });

  describe('--baseline', () => {
    const known = async (): Promise<void> => {
      folder.file('m.json', WRONG);
      const { code, stdout } = await validate('--baseline', 'known.json', '--update-baseline', 'm.json');
      assert.equal(code, 0);
      assert.equal(stdout, '0 errors in 1 file; 1 known\nknown.json is written.\n');
    };

    it('holds one finding a line, and nothing that stands in a message', async () => {
      await known();
      const lines = read('known.json').split('\n');
      assert.equal(lines[4]!.trim(), '{"file":"m.json","rule":"binding","spot":"Patient.gender","count":1}');
      assert.ok(!read('known.json').includes('mail'));
    });

    it('lets through what it knows, and counts it', async () => {
      await known();
      const { code, entries } = await json('--baseline', 'known.json', 'm.json');
      assert.equal(code, 0);
      assert.deepEqual(entries[0]!.findings, []);
      assert.deepEqual(
        entries[0]!.known!.map(({ rule, reason }) => [rule, reason]),
        [['binding', 'known by known.json']],
      );
    });

    it('knows a finding when others come before it and lines move', async () => {
      await known();
      folder.file('m.json', JSON.stringify(JSON.parse(bundle(patient('male'), patient('mail'))), null, 4));
      assert.equal((await validate('--baseline', 'known.json', 'm.json')).code, 0);
    });

    it('does not let one more of the same pass', async () => {
      await known();
      folder.file('m.json', bundle(patient('mail'), patient('mael')));
      const { code, entries } = await json('--baseline', 'known.json', 'm.json');
      assert.equal(code, 1);
      assert.deepEqual(
        entries[0]!.findings.map(({ path: at }) => at),
        ['Bundle.entry[1].resource.gender'],
      );
    });

    it('tells what is gone, and how to take it out', async () => {
      await known();
      folder.file('m.json', bundle(patient('male')));
      const { code, stdout } = await validate('--baseline', 'known.json', 'm.json');
      assert.equal(code, 0);
      assert.equal(
        stdout,
        '0 errors in 1 file\n' +
          'm.json: gone  binding  Patient.gender\n' +
          '1 known finding gone: --update-baseline takes it out of known.json.\n',
      );
    });

    it('keeps what it knows of other files, but for those that are there no longer', async () => {
      folder.file('a.json', WRONG);
      folder.file('b.json', WRONG);
      folder.file('c.json', WRONG);
      const update = (...files: string[]) => validate('--baseline', 'known.json', '--update-baseline', ...files);
      await update('c.json', 'a.json', 'b.json');
      const before = read('known.json');
      fs.rmSync(path.join(folder.path, 'b.json'));
      const told = await validate('--baseline', 'known.json', 'a.json');
      assert.match(told.stdout, /b\.json: gone {2}binding/);
      await update('a.json');
      assert.deepEqual(
        read('known.json'),
        before
          .split('\n')
          .filter((line) => !line.includes('b.json'))
          .join('\n'),
      );
    });

    it('names files from its own folder on', async () => {
      fs.mkdirSync(path.join(folder.path, 'ci'));
      folder.file('m.json', WRONG);
      await validate('--baseline', 'ci/known.json', '--update-baseline', './m.json');
      assert.match(read('ci/known.json'), /"file":"\.\.\/m\.json"/);
      const elsewhere = await itk3(['validate', '--baseline', 'known.json', '../m.json'], {
        cwd: path.join(folder.path, 'ci'),
      });
      assert.equal(elsewhere.code, 0);
    });

    it('knows nothing of standard input', async () => {
      await known();
      const stdin = (async function* () {
        yield await Promise.resolve(Buffer.from(WRONG));
      })();
      const { code } = await itk3(['validate', '--baseline', 'known.json', '-'], { cwd: folder.path, stdin });
      assert.equal(code, 1);
    });

    it('is misuse when there is none, or something else in its place', async () => {
      folder.file('m.json', WRONG);
      folder.file('other.json', '{}');
      for (const [name, says] of [
        ['nowhere.json', /no baseline nowhere\.json: --update-baseline writes it/],
        ['other.json', /other\.json is no baseline/],
      ] as const) {
        const { code, stderr } = await validate('--baseline', name, 'm.json');
        assert.equal(code, 2);
        assert.match(sentences(stderr)[0]!, says);
      }
      const { stderr } = await validate('--update-baseline', 'm.json');
      assert.match(sentences(stderr)[0]!, /--update-baseline needs to know which file/);
      assert.equal((await validate('--baseline', 'other.json', '--update-baseline', 'm.json')).code, 2);
      assert.equal(read('other.json'), '{}');
    });
  });

  describe('--update-expected', () => {
    const beside = (name: string): unknown =>
      fs.existsSync(path.join(folder.path, `${name}.itk3`)) ? JSON.parse(read(`${name}.itk3`)) : undefined;

    it('writes beside each message what it is there to have, and holds it to that', async () => {
      folder.file('bad.json', WRONG);
      folder.file('good.json', bundle(patient('male')));
      const argv = ['--update-expected', 'bad.json', 'good.json'];
      const first = await validate(...argv);
      assert.deepEqual([first.code, first.stderr], [0, 'itk3: bad.json is expected to have one finding now.\n']);
      assert.deepEqual(beside('bad.json'), { expected: [{ rule: 'binding', path: 'Patient.gender' }] });
      assert.equal(beside('good.json'), undefined);
      assert.deepEqual(
        [await validate(...argv)].map(({ code, stderr }) => [code, stderr]),
        [[0, '']],
      );
      folder.file('bad.json', bundle(patient('male')));
      assert.equal((await validate('--expect', 'bad.json')).code, 1);
      const mended = await validate('--update-expected', 'bad.json');
      assert.deepEqual([mended.code, mended.stderr], [0, 'itk3: bad.json is expected to have no finding now.\n']);
      assert.deepEqual(beside('bad.json'), { expected: [] });
    });

    it('of XML too, after what was to be mended', async () => {
      const { stdout } = await itk3(['convert', '--to', 'xml', '-'], { stdin: input(WRONG) });
      folder.file('bad.xml', stdout);
      assert.equal((await validate('--fix', '--update-expected', '.')).code, 0);
      assert.deepEqual(beside('bad.xml'), { expected: [{ rule: 'binding', path: 'Patient.gender' }] });
    });

    it('leaves alone what it cannot write, and says so', async () => {
      folder.file('many.ndjson', `${WRONG}\n${WRONG}\n`);
      folder.file('bad.json', WRONG);
      folder.file('bad.json.itk3', '{ "expected": [');
      const { code, stderr } = await validate('--update-expected', 'many.ndjson', 'bad.json');
      assert.equal(code, 1);
      assert.deepEqual(sentences(stderr), [
        'itk3: many.ndjson is left as it is: it holds several messages, and what each is to have is written by hand.',
        'itk3: bad.json is left as it is: mend bad.json.itk3 first.',
      ]);
      assert.equal(read('bad.json.itk3'), '{ "expected": [');
    });

    it('does not follow a link out of the folder', async () => {
      const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-'));
      try {
        const target = path.join(elsewhere, 'x');
        fs.writeFileSync(target, '{}');
        folder.file('bad.json', WRONG);
        fs.symlinkSync(target, path.join(folder.path, 'bad.json.itk3'));
        const { code, stderr } = await validate('--update-expected', 'bad.json');
        assert.equal(code, 1);
        assert.match(stderr, /^itk3: bad\.json is left as it is: bad\.json\.itk3 is a link that leads out/);
        assert.equal(fs.readFileSync(target, 'utf8'), '{}');
      } finally {
        fs.rmSync(elsewhere, { recursive: true });
      }
    });

    it('writes nothing while it only looks', async () => {
      const { code, stderr } = await validate('--update-expected', '--watch', '.');
      assert.equal(code, 2);
      assert.match(stderr, /--watch only looks/);
    });
  });

  describe('--expect', () => {
    const expecting = (...expected: object[]) => folder.file('m.json.itk3', JSON.stringify({ expected }, null, 2));
    const GENDER = { rule: 'binding', path: 'Patient.gender' };

    it('lets a fixture have the mistake that it is made for, asked for or not', async () => {
      folder.file('m.json', WRONG);
      expecting({ ...GENDER, severity: 'error', reason: 'no gender of FHIR' });
      for (const argv of [['m.json'], ['--expect', 'm.json']]) {
        const { code, entries } = await json(...argv);
        assert.equal(code, 0);
        assert.deepEqual(entries[0]!.findings, []);
        assert.deepEqual(
          entries[0]!.expected!.map(({ rule, reason }) => [rule, reason]),
          [['binding', 'expected by m.json.itk3']],
        );
      }
      assert.equal((await validate('m.json')).stdout, '0 errors in 1 file; 1 expected\n');
    });

    it('fails where the mistake is missing, at the place that expects it', async () => {
      folder.file('m.json', bundle(patient('male')));
      expecting(GENDER);
      const plain = await validate('m.json');
      assert.equal(plain.code, 0);
      assert.match(
        plain.stdout,
        /m\.json\.itk3:5:15 {2}warning {2}binding finds nothing here, though it is expected to/,
      );
      const { code, stdout } = await validate('--expect', 'm.json');
      assert.equal(code, 1);
      assert.match(stdout, /m\.json\.itk3:5:15 {2}error/);
    });

    it('takes one finding for each expectation', async () => {
      folder.file('m.json', bundle(patient('mail'), patient('mael')));
      expecting(GENDER);
      const { code, entries } = await json('m.json');
      assert.equal(code, 1);
      assert.equal(entries[0]!.findings.length, 1);
      expecting(GENDER, GENDER);
      assert.equal((await validate('--expect', 'm.json')).code, 0);
      expecting(GENDER, GENDER, GENDER);
      assert.equal((await validate('--expect', 'm.json')).code, 1);
    });

    it('finds for each the finding that leaves most for the others', async () => {
      folder.file('m.json', bundle(patient('mail'), patient('mael')));
      expecting({ rule: 'binding', path: 'Bundle.entry[*].resource.gender' }, { rule: 'binding', message: '"mail"' });
      assert.equal((await validate('--expect', 'm.json')).code, 0);
    });

    it('fails for a warning that nobody expected, in a fixture only', async () => {
      const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990142018' }];
      folder.file('m.json', bundle({ ...patient('mail'), identifier }));
      folder.file('other.json', WRONG);
      const argv = ['--expect', '--rule', 'binding=warning', 'm.json', 'other.json'];
      expecting({ rule: 'nhs-number' });
      const { code, stdout } = await validate(...argv);
      assert.equal(code, 1);
      assert.equal(lastLine(stdout), 'Failed: 1 finding was not expected.');
      expecting({ rule: 'nhs-number' }, { rule: 'binding', severity: 'warning' });
      assert.equal((await validate(...argv)).code, 0);
      assert.equal((await validate('--rule', 'binding=warning', 'm.json', 'other.json')).code, 0);
    });

    it('holds a message that expects nothing to having nothing', async () => {
      folder.file('m.json', WRONG);
      expecting();
      const argv = ['--rule', 'binding=warning', 'm.json'];
      assert.equal((await validate(...argv)).code, 0);
      assert.equal((await validate('--expect', ...argv)).code, 1);
    });

    it('does not ask for what is switched off', async () => {
      folder.file('m.json', WRONG);
      expecting(GENDER);
      assert.equal((await validate('--expect', '--rule', 'binding=off', 'm.json')).code, 0);
    });

    it('is met by a text that cannot be read', async () => {
      folder.file('m.json', '{ "resourceType": "Bundle", }');
      expecting({ rule: 'json-syntax' });
      assert.equal((await validate('--expect', 'm.json')).code, 0);
    });

    it('never lets the baseline know what is expected', async () => {
      folder.file('m.json', WRONG);
      expecting(GENDER);
      await validate('--baseline', 'known.json', '--update-baseline', 'm.json');
      assert.match(read('known.json'), /"known": \[\]/);
    });
  });
});
