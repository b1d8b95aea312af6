// What the build makes reaches somebody, or is named here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

describe('the lists of what is carried', () => {
  const script = `import('./scripts/carried.mjs').then(({ EXTENSION, TERMINAL }) => console.log(JSON.stringify({ EXTENSION, TERMINAL })))`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  const { EXTENSION, TERMINAL } = JSON.parse(stdout) as Record<'EXTENSION' | 'TERMINAL', string[]>;

  it('leave out nothing that the build makes', () => {
    const made = fs.readdirSync('dist').map((name) => `dist/${name}`);
    const carried = new Set([...EXTENSION, ...TERMINAL]);
    assert.deepEqual(
      made.filter((name) => !carried.has(name) && !name.endsWith('.map')),
      [],
    );
  });

  it('name what is there, once', () => {
    for (const names of [EXTENSION, TERMINAL]) {
      assert.equal(new Set(names).size, names.length);
      for (const name of names) assert.ok(fs.existsSync(name), name);
    }
  });

  it('keep the library out of the extension, and VS Code out of the terminal', () => {
    assert.ok(!EXTENSION.some((name) => /^(library|dist\/(library|types))/.test(name)));
    assert.ok(!TERMINAL.some((name) => /client|preview|snippets|first-steps|images|^package\.json$/.test(name)));
    assert.ok(![...EXTENSION, ...TERMINAL].some((name) => /^(test|out|scripts|node_modules|\.)/.test(name)));
  });
});
