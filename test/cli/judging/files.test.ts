// Which files a command is about.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { filesNamed } from '../../../cli/judging/files';
import { itk3, sentences, temporaryFolder, VALID } from '../terminal';

describe('files named on the command line', () => {
  const folder = temporaryFolder();
  const make = (...names: string[]): void => {
    for (const name of names) {
      fs.mkdirSync(path.join(folder.path, path.dirname(name)), { recursive: true });
      fs.writeFileSync(path.join(folder.path, name), '');
    }
  };
  const named = async (names: string[], ignore: string[] = [], cwd = folder.path) => {
    const { files, problems } = await filesNamed(names, { cwd, ignore });
    assert.deepEqual(problems, []);
    return files.map(({ name, isFound }) => (isFound ? `${name.split(path.sep).join('/')}?` : name));
  };
  const link = (to: string, from: string): void => fs.symlinkSync(to, path.join(folder.path, from));

  it('are the messages in a folder, sorted, without hidden ones and the packages of others', async () => {
    make(
      'f/b.json',
      'f/a.xml',
      'f/c/z.ndjson',
      'f/a.json.itk3',
      'f/notes.txt',
      'f/.hidden/h.json',
      'f/node_modules/p/p.json',
    );
    make('f/10.json', 'f/9.json', 'f/.h.json');
    assert.deepEqual(await named(['f']), ['f/10.json?', 'f/9.json?', 'f/a.xml?', 'f/b.json?', 'f/c/z.ndjson?']);
    assert.deepEqual(await named(['.'], [], path.join(folder.path, 'f/c')), ['z.ndjson?']);
    assert.deepEqual(await named(['../../f/c/'], [], path.join(folder.path, 'f/c')), ['../../f/c/z.ndjson?']);
  });

  it('are meant as they are when they are named, in the order of the command line, once', async () => {
    make('package.json', '.h.json', 'a[1].json', '!b.json', 'm.json');
    const names = [
      'package.json',
      '.h.json',
      'a[1].json',
      '!b.json',
      'nowhere.json',
      'm.json.itk3',
      './m.json',
      '-',
      '-',
    ];
    assert.deepEqual(await named(names), [
      'package.json',
      '.h.json',
      'a[1].json',
      '!b.json',
      'nowhere.json',
      'm.json',
      '-',
    ]);
    assert.deepEqual(await named(['.', 'package.json']), ['!b.json?', 'a[1].json?', 'm.json?', 'package.json']);
  });

  it('may be patterns, which mean what they mean to a shell', async () => {
    make('f/a.json', 'f/b.xml', 'f/a.json.itk3', 'f/c/d.json', 'f/notes.txt', 'f/.h.json');
    assert.deepEqual(await named(['f/*']), ['f/a.json', 'f/b.xml', 'f/c/d.json?', 'f/notes.txt']);
    assert.deepEqual(await named(['f/*.{json,xml}']), ['f/a.json', 'f/b.xml']);
    assert.deepEqual(await named(['*/[ab].*n']), ['f/a.json']);
    assert.deepEqual(await named(['./f/?.json']), ['f/a.json']);
    assert.deepEqual(await named([path.join(folder.path, 'f', '*.xml')]), ['f/b.xml']);
  });

  it('may be patterns that go through folders, as folders do', async () => {
    make('f/a.json', 'f/g/b.json', 'f/node_modules/c.json', 'f/.h/d.json', 'e.json', 'f/a.json.itk3');
    assert.deepEqual(await named(['**/*.json']), ['e.json?', 'f/a.json?', 'f/g/b.json?']);
    assert.deepEqual(await named(['f/**']), ['f/a.json?', 'f/g/b.json?']);
  });

  it('leave out what the person does not want', async () => {
    make('f/a.json', 'f/old/b.json', 'f/g/old/c.json', 'f/g/d.json', 'f/g/d.bad.json');
    assert.deepEqual(await named(['f', '!old']), ['f/a.json?', 'f/g/d.bad.json?', 'f/g/d.json?']);
    assert.deepEqual(await named(['f'], ['old', '*.bad.json']), ['f/a.json?', 'f/g/d.json?']);
    assert.deepEqual(await named(['f'], ['f/old/']), [
      'f/a.json?',
      'f/g/d.bad.json?',
      'f/g/d.json?',
      'f/g/old/c.json?',
    ]);
    assert.deepEqual(await named(['f/g/*.json', 'f/a.json', '!f/a*', '!**/*.bad.*']), ['f/g/d.json']);
    assert.deepEqual(await named(['../g'], ['../g/old'], path.join(folder.path, 'f/old')), [
      '../g/d.bad.json?',
      '../g/d.json?',
    ]);
  });

  it('follow links, but not in circles, and to the same file once', async () => {
    make('f/a.json', 'g/b.json');
    link('../g', 'f/link');
    link('..', 'g/up');
    link('a.json', 'f/same.json');
    assert.deepEqual(await named(['f']), ['f/a.json?', 'f/link/b.json?']);
    assert.deepEqual(await named(['f/same.json', 'f/a.json']), ['f/same.json', 'f/a.json']);
  });

  it('that match nothing, or nothing of ours, are told', async () => {
    make('f/package.json', 'f/project.xml');
    folder.file('m.json', VALID);
    fs.writeFileSync(path.join(folder.path, 'f/package.json'), '{"name": "x"}');
    fs.writeFileSync(path.join(folder.path, 'f/project.xml'), '<project xmlns="http://maven.apache.org/POM/4.0.0"/>');
    const validate = (...argv: string[]) => itk3(['validate', ...argv], { cwd: folder.path });
    for (const argv of [['f'], ['!*.json'], ['m.json', '!m.json']]) {
      const { code, stderr } = await validate(...argv);
      assert.equal(code, 2);
      assert.match(sentences(stderr)[0]!, /There is nothing to judge/);
    }
    const { code, stdout, stderr } = await validate('m.json', '*.xml', 'f');
    assert.equal(code, 2);
    assert.deepEqual(sentences(stderr), ['itk3: *.xml matches no file: check the pattern and the folder you are in.']);
    assert.match(stdout, /0 errors in 1 file; 1 file could not be read\n$/);
  });

  it('that lead in a circle are told, and the rest is judged', async () => {
    make('f/x');
    link('loop.json', 'loop.json');
    folder.file('m.json', VALID);
    const { code, stdout, stderr } = await itk3(['validate', 'loop.json', 'm.json'], { cwd: folder.path });
    assert.equal(code, 2);
    assert.match(sentences(stderr)[0]!, /loop\.json .*links lead in a circle/);
    assert.match(stdout, /0 errors in 1 file/);
  });

  it('that are no text are told when they are named or speak of FHIR', async () => {
    folder.file('m.json', VALID);
    folder.file('picture.json', Buffer.from([0x89, 0x50, 0, 0]));
    const wide = Buffer.from(`\ufeff${VALID}`, 'utf16le');
    const validate = async (...argv: string[]) =>
      sentences((await itk3(['validate', ...argv], { cwd: folder.path })).stderr);
    assert.deepEqual(await validate('.'), []);
    assert.match((await validate('picture.json'))[0]!, /not text/);
    folder.file('wide.json', wide);
    assert.match((await validate('.'))[0]!, /wide\.json is written in UTF-16/);
  });
});
