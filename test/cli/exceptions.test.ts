import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { itk3, sentences, temporaryFolder } from './terminal';

interface Entry {
  file: string;
  findings: { rule: string; line: number; column: number; path: string }[];
  excepted: { rule: string; path: string; reason: string }[];
}

const message = (gender: string): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: { resourceType: 'Patient', gender } }],
  });
const VALID = message('male');
const WRONG = message('mail');
const EXCEPTION = { rule: 'binding', path: 'Patient.gender', reason: 'the receiver must refuse this' };
const sidecar = (...exceptions: object[]): string => JSON.stringify({ exceptions }, null, 2);

describe('exceptions in the terminal', () => {
  const folder = temporaryFolder();
  const validate = (...argv: string[]) => itk3(['validate', ...argv], { cwd: folder.path });
  const json = async (...argv: string[]) => {
    const { code, stdout, stderr } = await validate('--format', 'json', ...argv);
    return { code, stderr, entries: JSON.parse(stdout) as Entry[] };
  };

  it('hold beside their message, and are counted', async () => {
    folder.file('m.json', WRONG);
    assert.equal((await validate('m.json')).code, 1);
    folder.file('m.json.itk3', sidecar(EXCEPTION));
    assert.deepEqual(await validate('m.json'), {
      code: 0,
      stdout: '0 errors in 1 file; 1 finding excepted\n',
      stderr: '',
    });
  });

  it('are listed with their reasons for scripts', async () => {
    folder.file('m.json', WRONG);
    folder.file('m.json.itk3', sidecar(EXCEPTION));
    const { entries } = await json('m.json');
    assert.equal(entries.length, 1);
    assert.deepEqual(entries[0]!.findings, []);
    const [only, ...more] = entries[0]!.excepted;
    assert.deepEqual(more, []);
    assert.deepEqual([only!.rule, only!.reason], ['binding', EXCEPTION.reason]);
    assert.equal(only!.path, 'Bundle.entry[0].resource.gender');
  });

  it('hold by the path that the report prints', async () => {
    folder.file('m.json', WRONG);
    const [before] = (await json('m.json')).entries;
    folder.file('m.json.itk3', sidecar({ ...EXCEPTION, path: before!.findings[0]!.path }));
    assert.equal((await validate('m.json')).code, 0);
  });

  it('that are wrong or in vain are told as a file of their own', async () => {
    folder.file('m.json', VALID);
    folder.file('m.json.itk3', sidecar(EXCEPTION, { ...EXCEPTION, reason: ' ' }));
    const { code, entries } = await json('m.json');
    assert.equal(code, 1);
    assert.deepEqual(
      entries.map(({ file, findings }) => [file, findings.map(({ rule, line }) => [rule, line])]),
      [
        ['m.json', []],
        [
          'm.json.itk3',
          [
            ['unused-exception', 5],
            ['exception-form', 11],
          ],
        ],
      ],
    );
    const { stdout } = await validate('m.json');
    assert.match(stdout, /^m\.json\.itk3:5:15 {2}warning {2}binding finds nothing here.* {2}\(unused-exception\)$/m);
    assert.match(stdout, /= exceptions\[0\]\.path/);
    assert.match(stdout, /1 error, 1 warning in 2 files\n$/);
  });

  it('in vain alone leave the exit code at 0', async () => {
    folder.file('m.json', VALID);
    folder.file('m.json.itk3', sidecar(EXCEPTION));
    assert.equal((await validate('m.json')).code, 0);
  });

  it('given by name stand for their message, once', async () => {
    folder.file('m.json', WRONG);
    folder.file('m.json.itk3', sidecar({ rule: 'binding', reason: '' }));
    const files = ({ entries }: { entries: Entry[] }) => entries.map(({ file }) => file);
    assert.deepEqual(files(await json('m.json.itk3')), ['m.json', 'm.json.itk3']);
    assert.deepEqual(files(await json('m.json.itk3', 'm.json')), ['m.json', 'm.json.itk3']);
  });

  it('that cannot be read are one sentence, and the message is judged without them', async () => {
    folder.file('m.json', WRONG);
    fs.mkdirSync(path.join(folder.path, 'm.json.itk3'));
    const { code, entries, stderr } = await json('m.json');
    assert.equal(code, 2);
    assert.deepEqual(sentences(stderr), [
      'itk3: m.json.itk3 is a folder: name the files in it, for instance with *.json.',
    ]);
    assert.deepEqual(
      entries.map(({ file, findings }) => [file, findings.map(({ rule }) => rule)]),
      [
        ['m.json', ['binding']],
        ['m.json.itk3', ['unreadable']],
      ],
    );
  });

  it('are not looked for beside standard input', async () => {
    folder.file('-.itk3', sidecar(EXCEPTION));
    const stdin = (async function* () {
      yield await Promise.resolve(Buffer.from(WRONG));
    })();
    assert.equal((await itk3(['validate', '-'], { cwd: folder.path, stdin })).code, 1);
  });
});
