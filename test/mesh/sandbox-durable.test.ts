import assert from 'node:assert/strict';
import { patiently } from '../../mesh/sandbox/durable';

describe('a file that somebody else has open', () => {
  /** @param codes how the tries fail, one after the other; then it goes well */
  async function tried(...codes: string[]) {
    const pauses: number[] = [];
    let tries = 0;
    const work = () => {
      const code = codes[tries++];
      return code === undefined ? Promise.resolve() : Promise.reject(Object.assign(new Error(), { code }));
    };
    const failure = await patiently(work, (ms) => Promise.resolve(void pauses.push(ms))).then(
      () => undefined,
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    return { tries, failure, pauses: pauses.length };
  }

  it('is tried again, after a while', async () => {
    assert.deepEqual(await tried('EPERM', 'EBUSY', 'EACCES'), { tries: 4, failure: undefined, pauses: 3 });
  });

  it('may go well at the last try', async () => {
    assert.deepEqual(await tried('EPERM', 'EBUSY', 'EACCES', 'EBUSY'), { tries: 5, failure: undefined, pauses: 4 });
  });

  it('is given up after a few tries', async () => {
    const always = Array.from({ length: 9 }, () => 'EPERM');
    assert.deepEqual(await tried(...always), { tries: 5, failure: 'EPERM', pauses: 4 });
  });

  it('is not waited for when it is something else', async () => {
    assert.deepEqual(await tried('EBUSY', 'ENOSPC'), { tries: 2, failure: 'ENOSPC', pauses: 1 });
  });
});
