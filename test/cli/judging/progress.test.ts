// One line for who watches, gone in the end, never in a pipe.
import assert from 'node:assert/strict';
import { watchProgress } from '../../../cli/judging/progress';
import type { Terminal } from '../../../cli/terminal';
import { itk3, temporaryFolder, VALID } from '../terminal';

const WRONG = '{"resourceType": "Patient", "gender": "mail"}';

describe('progress', () => {
  const folder = temporaryFolder();
  const start = (isTTY: { stdout: boolean; stderr: boolean }) => {
    let written = '';
    let time = 0;
    const output = (one: 'stdout' | 'stderr') => ({
      isTTY: isTTY[one],
      columns: 30,
      write: (text: string) => (written += text),
    });
    const terminal = { stdout: output('stdout'), stderr: output('stderr'), env: {}, now: () => new Date(time) };
    const progress = watchProgress(terminal as unknown as Terminal);
    return { progress, written: () => written, at: (milliseconds: number) => (time = milliseconds) };
  };

  it('is shown after half a second, not more often than eyes can read, and taken away', () => {
    const { progress, written, at } = start({ stdout: false, stderr: true });
    progress.tell('1 of 9');
    at(499);
    progress.tell('2 of 9');
    assert.equal(written(), '');
    at(500);
    progress.tell('3 of 9');
    at(599);
    progress.tell('4 of 9');
    at(600);
    progress.tell(`5 of 9 ${'x'.repeat(40)}`);
    progress.end();
    assert.equal(written(), `\r\x1b[K3 of 9\r\x1b[K5 of 9 ${'x'.repeat(22)}\r\x1b[K`);
  });

  it('makes way for what is printed on the same terminal', () => {
    const { progress, written, at } = start({ stdout: true, stderr: true });
    at(1000);
    progress.tell('1 of 9');
    progress.terminal.stdout.write('found\n');
    progress.terminal.stdout.write('more\n');
    assert.equal(written(), '\r\x1b[K1 of 9\r\x1b[Kfound\nmore\n');
  });

  it('is not there in a pipe', () => {
    const { progress, written, at } = start({ stdout: true, stderr: false });
    at(1000);
    progress.tell('1 of 9');
    progress.end();
    assert.equal(written(), '');
  });

  it('counts files, and those with errors', async () => {
    let time = 0;
    let stderr = '';
    for (const name of ['a.json', 'b.json', 'c.json']) folder.file(name, name === 'b.json' ? WRONG : VALID);
    const { stdout } = await itk3(['validate', '.'], {
      cwd: folder.path,
      now: () => new Date(Date.UTC(2026, 11, 4) + (time += 1000)),
      stderr: { isTTY: true, write: (text) => (stderr += text) },
    });
    assert.match(stderr, /\r\x1b\[K2 of 3 files, 1 with errors\r\x1b\[K3 of 3 files, 1 with errors\r\x1b\[K$/);
    assert.doesNotMatch(stdout, /of 3/);
  });
});
