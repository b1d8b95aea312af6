// itk3 validate --fix: what has one right answer is mended, and nothing else is touched.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { applyTextEdits } from '../../core/document/text-edits';
import { unifiedDiff } from '../../cli/judging/diff';
import { input, itk3, sentences, temporaryFolder } from './terminal';

/** A date with its parts the wrong way round is one thing; a code in the wrong case has one right answer. */
const DRAFT = '{\n  "resourceType": "Patient",\n  "gender": "Male",\n  "birthDate": "1970-01-01"\n}\n';
const MENDED = DRAFT.replace('Male', 'male');

describe('itk3 validate --fix', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder.path, name);
  const read = (name: string): string => fs.readFileSync(at(name), 'utf8');
  const fix = (...argv: string[]) => itk3(['validate', '--fix', ...argv], { cwd: folder.path });

  it('mends a file, says so, and judges what it is now', async () => {
    folder.file('m.json', DRAFT);
    const { code, stdout, stderr } = await fix('m.json');
    assert.equal(read('m.json'), MENDED);
    assert.deepEqual(sentences(stderr), ['itk3: m.json has 1 finding mended.']);
    assert.equal(stdout, '0 errors in 1 file\n');
    assert.equal(code, 0);
    assert.equal((await fix('m.json')).stderr, '');
  });

  it('keeps mode, line ends and byte order mark, and leaves nothing beside the file', async () => {
    folder.file('m.json', `\uFEFF${DRAFT.replaceAll('\n', '\r\n')}`);
    fs.chmodSync(at('m.json'), 0o640);
    await fix('m.json');
    assert.equal(read('m.json'), `\uFEFF${MENDED.replaceAll('\n', '\r\n')}`);
    assert.equal(fs.statSync(at('m.json')).mode & 0o777, 0o640);
    assert.deepEqual(fs.readdirSync(folder.path), ['m.json']);
  });

  it('shows a diff and writes nothing with --dry-run', async () => {
    folder.file('m.json', DRAFT);
    const { code, stdout, stderr } = await fix('--dry-run', 'm.json');
    assert.equal(
      stdout,
      '--- m.json\n+++ m.json\n@@ -1,5 +1,5 @@\n {\n   "resourceType": "Patient",\n' +
        '-  "gender": "Male",\n+  "gender": "male",\n   "birthDate": "1970-01-01"\n }\n',
    );
    assert.deepEqual(sentences(stderr), ['itk3: m.json would have 1 finding mended.']);
    assert.equal(code, 1);
    assert.equal(read('m.json'), DRAFT);
    folder.file('m.json', MENDED);
    assert.deepEqual(await fix('--dry-run', 'm.json'), { code: 0, stdout: '', stderr: '' });
  });

  it('writes standard input, mended, to standard output', async () => {
    const { code, stdout, stderr } = await itk3(['validate', '--fix', '-'], { cwd: folder.path, stdin: input(DRAFT) });
    assert.equal(stdout, MENDED);
    assert.equal(stderr, '0 errors in 1 file\n');
    assert.equal(code, 0);
  });

  const LET_STAND: [what: string, argv: string[], beside: object | undefined][] = [
    ['excepted', [], { exceptions: [{ rule: 'binding', reason: 'the receiver must refuse this' }] }],
    ['expected', [], { expected: [{ rule: 'binding' }] }],
    ['known', ['--baseline', 'known.json'], undefined],
    ['switched off', ['--rule', 'binding=off'], undefined],
  ];
  for (const [what, argv, beside] of LET_STAND)
    it(`does not mend what is ${what}`, async () => {
      folder.file('m.json', DRAFT);
      if (beside) folder.file('m.json.itk3', JSON.stringify(beside));
      if (what === 'known')
        await itk3(['validate', '--baseline', 'known.json', '--update-baseline', 'm.json'], { cwd: folder.path });
      const { stderr } = await fix(...argv, 'm.json');
      assert.equal(read('m.json'), DRAFT);
      assert.equal(stderr, '');
    });

  it('follows a link that stays in the folder, and none that leads out of it', async () => {
    fs.mkdirSync(at('inside'));
    folder.file('inside/m.json', DRAFT);
    folder.file('outside.json', DRAFT);
    fs.symlinkSync('m.json', at('inside/near.json'));
    fs.symlinkSync('../outside.json', at('inside/far.json'));
    const inside = { cwd: at('inside') };
    await itk3(['validate', '--fix', 'near.json'], inside);
    assert.equal(read('inside/m.json'), MENDED);
    assert.ok(fs.lstatSync(at('inside/near.json')).isSymbolicLink());
    const { stderr } = await itk3(['validate', '--fix', 'far.json'], inside);
    assert.match(sentences(stderr)[0]!, /far\.json is left as it is: it is a link that leads out of this folder\.$/);
    assert.equal(read('outside.json'), DRAFT);
  });

  it('leaves a file of several messages as it is, and says so', async () => {
    const several = `[${DRAFT}, ${DRAFT}]`;
    folder.file('several.json', several);
    const { stderr } = await fix('several.json');
    assert.match(sentences(stderr)[0]!, /holds several messages/);
    assert.equal(read('several.json'), several);
  });

  it('does not begin when Ctrl+C was pressed', async () => {
    folder.file('m.json', DRAFT);
    const { code } = await itk3(['validate', '--fix', 'm.json'], {
      cwd: folder.path,
      interrupted: () => AbortSignal.abort(),
    });
    assert.equal(code, 130);
    assert.equal(read('m.json'), DRAFT);
  });

  it('is misuse where it makes no sense', async () => {
    folder.file('m.json', DRAFT);
    for (const argv of [
      ['validate', '--dry-run', 'm.json'],
      ['validate', '--fix', '-', 'm.json'],
      ['validate', '--fix', '--dry-run', '-'],
    ])
      assert.equal((await itk3(argv, { cwd: folder.path })).code, 2);
  });
});

describe('a unified diff', () => {
  /** As `patch` reads it. */
  function patched(text: string, diff: string): string {
    const before = text === '' ? [] : text.split(/(?<=\n)/).filter((line) => line !== '');
    const after: string[] = [];
    let at = 0;
    const lines = diff.split(/(?<=\n)/).slice(2);
    for (const [i, line] of lines.entries()) {
      const hunk = /^@@ -(\d+),/.exec(line);
      if (hunk) {
        const start = Number(hunk[1]) - 1;
        after.push(...before.slice(at, start));
        at = start;
        continue;
      }
      if (line.startsWith('\\') || line === '') continue;
      const content = lines[i + 1]?.startsWith('\\') ? line.slice(1, -1) : line.slice(1);
      if (!line.startsWith('+')) assert.equal(before[at++], content);
      if (!line.startsWith('-')) after.push(content);
    }
    return [...after, ...before.slice(at)].join('');
  }

  it('makes the new text of the old one', () => {
    const words = fc.array(fc.constantFrom('a', 'b', '\n', '\r\n', 'xyz\n'), { maxLength: 60 }).map((w) => w.join(''));
    fc.assert(
      fc.property(words, fc.array(fc.tuple(fc.nat(80), fc.nat(6), words), { maxLength: 4 }), (text, wanted) => {
        let end = -1;
        const edits = wanted
          .map(([offset, length, more]) => ({ offset, length, text: more.slice(0, 8) }))
          .sort((a, b) => a.offset - b.offset)
          .filter(({ offset, length }) => {
            if (offset <= end || offset + length > text.length) return false;
            end = offset + length;
            return true;
          });
        assert.equal(patched(text, unifiedDiff('m.json', text, edits)), applyTextEdits(text, edits));
      }),
    );
  });
});
