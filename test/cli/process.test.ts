// The bundle as a process of its own: what cannot be seen from inside.
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { FINISHED, temporaryFolder, VALID } from './terminal';

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

describe('node dist/cli.js', () => {
  const folder = temporaryFolder();
  let child: Child | undefined;
  const start = (...argv: string[]): Child =>
    (child = spawn(process.execPath, ['dist/cli.js', ...argv], { stdio: ['pipe', 'pipe', 'pipe'] }));
  afterEach(() => child?.kill('SIGKILL'));

  it('finds what it knows beside itself, reads standard input and gives its exit code', async () => {
    const running = start('validate', '--format', 'json', '-');
    const done = once(running, 'close');
    const printed = text(running.stdout);
    running.stdin.end(VALID.replace('"status": "finished"', '"status": "finishd"'));
    assert.deepEqual(await done, [1, null]);
    const [{ file, findings }] = JSON.parse(await printed) as [
      { file: string; findings: { rule: string; severity: string }[] },
    ];
    assert.equal(file, '<stdin>');
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'hint').map(({ rule }) => rule),
      ['binding'],
    );
  });

  it('says nothing when its reader goes away, as in a pipe to head', async () => {
    const running = start('validate', '-');
    const done = once(running, 'close');
    const complaints = text(running.stderr);
    running.stdout.destroy();
    await once(running.stdout, 'close');
    running.stdin.end(VALID);
    assert.deepEqual(await done, [141, null]);
    assert.equal(await complaints, '');
  });

  it('judges in several threads what one would say, in the same order', async () => {
    for (let i = 0; i < 6; i++) folder.file(`${i}.json`, i % 2 ? VALID : VALID.replace(FINISHED, `"status": "${i}"`));
    folder.file('other.json', '{"name": "x"}');
    const said: string[] = [];
    for (const jobs of ['1', '2']) {
      const running = start('validate', '--jobs', jobs, '--format', 'json', folder.path);
      const done = once(running, 'close');
      const printed = text(running.stdout);
      assert.deepEqual(await done, [1, null]);
      said.push(await printed);
    }
    assert.equal((JSON.parse(said[0]!) as unknown[]).length, 6);
    assert.equal(said[1], said[0]);
  }).timeout(30_000);

  it('ends its report well on Ctrl+C', async () => {
    for (let i = 0; i < 40; i++) folder.file(`${i}.json`, VALID);
    const running = start('validate', '--jobs', '1', '--format', 'json', folder.path, folder.path + '/nothing.json');
    const done = once(running, 'close');
    let printed = '';
    running.stdout.setEncoding('utf8').on('data', (more: string) => {
      if (printed === '') running.kill('SIGINT');
      printed += more;
    });
    const complaints = text(running.stderr);
    assert.deepEqual(await done, [130, null]);
    const entries = JSON.parse(printed) as unknown[];
    assert.ok(entries.length > 0 && entries.length < 41);
    assert.equal(await complaints, `itk3: stopped after ${entries.length} of 41 files.\n`);
  }).timeout(30_000);

  it('stops the sandbox cleanly on Ctrl+C', async () => {
    const running = start('sandbox', '--port', '0');
    const done = once(running, 'close');
    const complaints = text(running.stderr);
    await once(running.stdout, 'data');
    const rest = text(running.stdout);
    running.kill('SIGINT');
    assert.deepEqual(await done, [0, null]);
    assert.match(await rest, /The sandbox has stopped\.\n$/);
    assert.equal(await complaints, '');
  });
});
