// SECURITY.md promises nothing that no test holds.
import assert from 'node:assert/strict';
import fs from 'node:fs';

describe('SECURITY.md', () => {
  const page = fs.readFileSync('SECURITY.md', 'utf8');
  const rows = [...page.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, promise, held]) => ({ promise, held: held! }));
  const promises = rows.filter(({ promise }) => !/^(promise|-+)$/.test(promise!));

  it('names what holds each promise, and it is there', () => {
    assert.ok(promises.length >= 15);
    for (const { promise, held } of promises) {
      const named = [...held.matchAll(/`((?:test|scripts)\/[^`]+)`/g)].map(([, file]) => file!);
      assert.ok(named.length > 0, promise);
      for (const file of named) assert.ok(fs.existsSync(file), `${file}: ${promise!}`);
    }
  });

  it('names commands that are there', () => {
    const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const named = [...page.matchAll(/`npm run ([\w:-]+)`/g)].map(([, name]) => name!);
    assert.deepEqual(named.sort(), ['audit', 'reproduce']);
    for (const name of named) assert.ok(scripts[name], name);
  });
});
