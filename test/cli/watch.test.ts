// itk3 validate --watch, by a watcher whose changes the test makes.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Watcher } from '../../cli/judging/watch';
import { itk3, type Ran, temporaryFolder, watched } from './terminal';

const WRONG = '{ "resourceType": "Patient", "gender": "mail" }';
const RIGHT = '{ "resourceType": "Patient", "gender": "male" }';

describe('itk3 validate --watch', () => {
  const folder = temporaryFolder();
  const at = (name: string): string => path.join(folder.path, name);

  interface Watching {
    /** What stands on standard output since the run before. */
    next(): Promise<string>;
    /** At one go. */
    change(...names: string[]): void;
    end(): Promise<Ran>;
    paths: readonly string[];
    isStopped: boolean;
    stderr: string;
  }

  function start(argv: string[], isTTY = false): Watching {
    const stdout = Object.assign(watched(), { isTTY });
    const interrupt = new AbortController();
    const told: ((place: string) => void)[] = [];
    const waiting: (() => void)[] = [];
    const ready: string[] = [];
    let seen = 0;
    const one: Watching = {
      next: async () => {
        if (ready.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
        return ready.shift()!;
      },
      change: (...names) => {
        for (const name of names) told.at(-1)!(at(name));
      },
      end: () => {
        interrupt.abort();
        return ran;
      },
      paths: [],
      isStopped: false,
      stderr: '',
    };
    const watcher: Watcher = {
      start(paths, changed) {
        one.paths = paths;
        told.push(changed);
        return Promise.resolve({
          stop: () => {
            one.isStopped = true;
            return Promise.resolve();
          },
        });
      },
      calm: () => Promise.resolve(),
    };
    const stderr = {
      write(text: string) {
        one.stderr += text;
        if (!text.startsWith('Watching')) return;
        ready.push(stdout.text.slice(seen));
        seen = stdout.text.length;
        waiting.shift()?.();
      },
    };
    const ran = itk3(['validate', '--watch', ...argv], {
      cwd: folder.path,
      stdout,
      stderr,
      watcher,
      interrupted: () => interrupt.signal,
    });
    return one;
  }

  it('judges, says what it watches, and judges again what changes', async () => {
    folder.file('m.json', WRONG);
    const watching = start(['m.json']);
    assert.match(await watching.next(), /1 error in 1 file\n$/);
    assert.equal(watching.stderr, 'Watching 1 file; Ctrl+C ends\n');
    assert.ok(watching.paths.includes(at('m.json')) && watching.paths.includes(at('m.json.itk3')));
    folder.file('m.json', RIGHT);
    watching.change('m.json');
    assert.equal(await watching.next(), '0 errors in 1 file\n');
    assert.equal((await watching.end()).code, 0);
    assert.ok(watching.isStopped);
  });

  it('ends with the exit code of its last run', async () => {
    folder.file('m.json', WRONG);
    const watching = start(['m.json']);
    await watching.next();
    assert.equal((await watching.end()).code, 1);
  });

  it('does not judge again what has not changed', async () => {
    folder.file('a.json', WRONG);
    folder.file('b.json', WRONG);
    const watching = start(['.']);
    await watching.next();
    // Nobody told of this change: what was said before is said again.
    folder.file('a.json', RIGHT);
    folder.file('b.json', RIGHT);
    watching.change('b.json');
    assert.match(await watching.next(), /^a\.json:1[\s\S]*1 error in 2 files\n$/);
    await watching.end();
  });

  it('takes what changes at one go as one', async () => {
    folder.file('a.json', WRONG);
    folder.file('b.json', WRONG);
    const watching = start(['.']);
    await watching.next();
    folder.file('a.json', RIGHT);
    folder.file('b.json', RIGHT);
    watching.change('a.json', 'b.json', 'a.json');
    assert.equal(await watching.next(), '0 errors in 2 files\n');
    await watching.end();
    assert.equal(watching.stderr.match(/Watching/g)!.length, 2);
  });

  it('sees files come and go, and goes on when there are none', async () => {
    folder.file('a.json', WRONG);
    const watching = start(['.']);
    await watching.next();
    folder.file('b.json', RIGHT);
    watching.change('b.json');
    assert.match(await watching.next(), /in 2 files\n$/);
    fs.rmSync(at('a.json'));
    fs.rmSync(at('b.json'));
    watching.change('a.json', 'b.json');
    assert.equal(await watching.next(), '');
    assert.match(watching.stderr, /There is nothing to judge/);
    folder.file('b.json', WRONG);
    watching.change('b.json');
    assert.match(await watching.next(), /1 error in 1 file\n$/);
    assert.equal((await watching.end()).code, 1);
  });

  it('looks at what stands beside a message', async () => {
    folder.file('m.json', WRONG);
    const watching = start(['m.json']);
    await watching.next();
    folder.file('m.json.itk3', '{ "expected": [{ "rule": "binding" }] }');
    watching.change('m.json.itk3');
    assert.equal(await watching.next(), '0 errors in 1 file; 1 expected\n');
    await watching.end();
  });

  it("judges all again when the team's file changes, and waits while that is wrong", async () => {
    folder.file('m.json', WRONG);
    const watching = start(['m.json']);
    await watching.next();
    assert.ok(watching.paths.includes(at('.vscode')));
    fs.mkdirSync(at('.vscode'));
    folder.file('.vscode/itk3.json', '{ "validate": { "rules": { "binding": ');
    watching.change('.vscode/itk3.json');
    assert.equal(await watching.next(), '');
    assert.match(watching.stderr, /This is no JSON/);
    folder.file('.vscode/itk3.json', '{ "validate": { "rules": { "binding": "off" } } }');
    watching.change('.vscode/itk3.json');
    assert.equal(await watching.next(), '0 errors in 1 file\n');
    assert.ok(watching.paths.includes(at('.vscode/itk3.json')));
    await watching.end();
  });

  it('clears the screen of a terminal, and of nothing else', async () => {
    folder.file('m.json', RIGHT);
    const onScreen = start(['m.json'], true);
    assert.ok((await onScreen.next()).startsWith('\x1b[2J'));
    await onScreen.end();
    const inPipe = start(['m.json']);
    assert.ok(!(await inPipe.next()).includes('\x1b'));
    await inPipe.end();
  });

  it('only looks', async () => {
    folder.file('m.json', WRONG);
    for (const argv of [
      ['--fix', 'm.json'],
      ['--baseline', 'b.json', '--update-baseline', 'm.json'],
      ['--output', 'r.txt', 'm.json'],
      ['-'],
    ])
      assert.equal((await itk3(['validate', '--watch', ...argv], { cwd: folder.path })).code, 2);
  });
});
