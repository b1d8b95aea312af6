import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createLooks } from '../../exchange/looks';
import type { Place } from '../../exchange/place';

const place: Place = {
  name: 'Surgery of Zoë Testwell',
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26OURS',
  environment: 'mesh.example',
};
const AT = new Date('2026-01-31T09:30:00Z');

describe('when a mailbox was looked into', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'itk3-looks-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const looks = (onRead: () => void = () => undefined) => createLooks(path.join(folder, 'looks'), onRead);

  it('is not known before anybody has looked', async () => {
    const window = looks();
    assert.equal(await window.last(place), undefined);
    assert.equal(window.known(place), undefined);
  });

  it('is known to all windows', async () => {
    const [one, other] = [looks(), looks()];
    await one.note(place, AT);
    assert.deepEqual(one.known(place), AT);
    assert.deepEqual(await other.last(place), AT);
    assert.equal(await other.last({ ...place, mailbox: 'X26THEIRS' }), undefined);
  });

  it('is asked of the disk for a view, which is told when it is known', async () => {
    await looks().note(place, AT);
    const known = await new Promise<Date | undefined>((resolve) => {
      const window = looks(() => resolve(window.known(place)));
      assert.equal(window.known(place), undefined, 'a view does not wait');
    });
    assert.deepEqual(known, AT);
  });

  it('is told once, not each time it is read', async () => {
    await looks().note(place, AT);
    let told = 0;
    const window = looks(() => told++);
    await window.last(place);
    await window.last(place);
    assert.equal(told, 1);
  });

  it('leaves no trace of the mailbox on the disk', async () => {
    await looks().note(place, AT);
    const [file = '', ...others] = readdirSync(path.join(folder, 'looks'));
    assert.deepEqual(others, []);
    assert.match(file, /^[0-9a-f]{32}$/);
    assert.equal(readFileSync(path.join(folder, 'looks', file), 'utf8'), '');
  });

  it('is known to the window at least where nothing can be written', async () => {
    writeFileSync(path.join(folder, 'looks'), 'no folder');
    const window = looks();
    await window.note(place, AT);
    assert.deepEqual(await window.last(place), AT);
  });
});
