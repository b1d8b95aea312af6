// Packages of profiles that somebody made to reach out of their folder, to be read for ever or to fill the memory.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import { readPackages } from '../../profiles/packages';
import { knowledge } from '../knowledge';

const valueSet = (name: string): string =>
  JSON.stringify({ resourceType: 'ValueSet', url: `https://profiles.example/ValueSet/${name}`, status: 'draft' });

describe('hostile packages of profiles', function () {
  this.timeout(20_000);

  let folder: string;
  let outside: string;
  beforeEach(() => {
    const made = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-hostile-')));
    folder = path.join(made, 'package');
    outside = path.join(made, 'outside');
    for (const one of [folder, outside]) fs.mkdirSync(one);
    fs.writeFileSync(path.join(outside, 'secret.json'), valueSet('secret'));
    fs.writeFileSync(path.join(folder, 'good.json'), valueSet('good'));
  });
  afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

  const read = (...named: string[]) => {
    const { package: own, problems } = readPackages(named, folder, knowledge().registry);
    return { known: own.valueSets.map(({ url }) => url.split('/').at(-1)), problems };
  };

  it('have no link that leads out of the folder', () => {
    fs.symlinkSync(path.join(outside, 'secret.json'), path.join(folder, 'absolute.json'));
    fs.symlinkSync('../outside/secret.json', path.join(folder, 'relative.json'));
    fs.symlinkSync('../outside', path.join(folder, 'folder'));
    fs.symlinkSync('../outside', path.join(folder, 'folder.json'));
    const { known, problems } = read('.');
    assert.deepEqual(known, ['good']);
    assert.deepEqual(problems, [
      'absolute.json is a link that leads out of the package, which is not followed: put the file itself here.',
      'folder is a link to a folder, which is not followed: name that folder as well.',
      'folder.json is a link to a folder, which is not followed: name that folder as well.',
      'relative.json is a link that leads out of the package, which is not followed: put the file itself here.',
    ]);
  });

  it('have no link that leads out through a folder whose name begins as theirs', () => {
    fs.mkdirSync(`${folder}-more`);
    fs.writeFileSync(path.join(`${folder}-more`, 'secret.json'), valueSet('secret'));
    fs.symlinkSync('../package-more/secret.json', path.join(folder, 'link.json'));
    assert.deepEqual(read('.').known, ['good']);
  });

  it('may have links to files of their own, and may be named by a link', () => {
    fs.mkdirSync(path.join(folder, '..names'));
    fs.writeFileSync(path.join(folder, '..names', 'other.json'), valueSet('other'));
    fs.symlinkSync(path.join('..names', 'other.json'), path.join(folder, 'link.json'));
    fs.symlinkSync(folder, path.join(outside, 'by-link'));
    for (const named of ['.', path.join(outside, 'by-link')])
      assert.deepEqual(read(named), { known: ['good', 'other'], problems: [] });
  });

  it('may have links in a circle, and links to nothing', () => {
    fs.symlinkSync('b.json', path.join(folder, 'a.json'));
    fs.symlinkSync('a.json', path.join(folder, 'b.json'));
    fs.symlinkSync('.', path.join(folder, 'self'));
    fs.symlinkSync('gone.json', path.join(folder, 'gone-link.json'));
    fs.symlinkSync('gone.txt', path.join(folder, 'not-ours.txt'));
    const { known, problems } = read('.');
    assert.deepEqual(known, ['good']);
    assert.equal(problems.length, 4, problems.join('\n'));
    assert.match(problems.join('\n'), /a\.json cannot be reached: its links lead in a circle/);
    assert.match(problems.join('\n'), /gone-link\.json does not exist/);
  });

  it('are not waited for where a file is a pipe or a device', function () {
    if (process.platform === 'win32') this.skip();
    assert.equal(spawnSync('mkfifo', [path.join(folder, 'pipe.json')]).status, 0);
    assert.deepEqual(read('.', '/dev/zero'), {
      known: ['good'],
      problems: ['pipe.json is no file.', '/dev/zero is neither a folder nor a file.'],
    });
  });

  /** An archive of one file, with what stands at a place of its header. */
  const archive = (name: string, at = 0, text = ''): string => {
    const tar = Buffer.from(createTar([{ name: 'package/one.json', data: valueSet('one') }]));
    tar.write(text, at, 'latin1');
    fs.writeFileSync(path.join(folder, name), gzipSync(tar));
    return name;
  };
  const SIZE = 124;
  const TYPE = 156;

  it('may say anything of how large a file in an archive is', () => {
    const broken = [
      '-00000001000',
      '77777777777\0',
      '\x80\0\0\0\0\0\0\0\0\0\x10\0',
      'size\0',
      '            ',
      '00000200000\0',
    ];
    for (const [i, size] of broken.entries()) {
      const name = archive(`size-${i}.tgz`, SIZE, size);
      assert.deepEqual(
        read(name),
        { known: [], problems: [`${name} is broken or cut off: fetch the package again.`] },
        JSON.stringify(size),
      );
    }
    assert.deepEqual(read(archive('whole.tgz')), { known: ['one'], problems: [] });
  });

  it('reach nothing by the names in an archive: nothing is unpacked to the disk', () => {
    const before = fs.readdirSync(path.dirname(folder), { recursive: true }).sort();
    const names = [
      '../outside/new.json',
      '/new.json',
      'C:\\new.json',
      '..\\new.json',
      'package/../../new.json',
      'CON.json',
    ];
    const tar = createTar(names.map((name, i) => ({ name, data: valueSet(`n${i}`) })));
    const { known, problems } = readArchive(gzipSync(tar));
    assert.deepEqual(
      known.sort(),
      names.map((_, i) => `n${i}`),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(fs.readdirSync(path.dirname(folder), { recursive: true }).sort(), before);
  });

  /** The archive itself stands elsewhere, so that what is new in the folder came out of it. */
  function readArchive(content: Uint8Array): ReturnType<typeof read> {
    const place = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-archive-'));
    try {
      fs.writeFileSync(path.join(place, 'names.tgz'), content);
      return read(path.join(place, 'names.tgz'));
    } finally {
      fs.rmSync(place, { recursive: true });
    }
  }

  it('have no link in an archive that is read: of no kind', () => {
    for (const [i, type] of ['1', '2', '3', '4', '6', 'x', 'L', '\xff'].entries()) {
      const { known } = read(archive(`type-${i}.tgz`, TYPE, type));
      assert.deepEqual(known, [], JSON.stringify(type));
    }
  });

  it('may be cut off at any place', () => {
    const whole = fs.readFileSync(path.join(folder, archive('whole.tgz')));
    for (let length = 0; length < whole.length; length += 7) {
      const { known, problems } = readArchive(whole.subarray(0, length));
      assert.deepEqual(known, []);
      assert.equal(problems.length, 1);
    }
  });
});
