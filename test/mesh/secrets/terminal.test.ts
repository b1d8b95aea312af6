// What a person sees who runs the sandbox in a terminal, while patient data passes through it.
import assert from 'node:assert/strict';
import { createMeshClient } from '../../../mesh/client';
import { createTransport } from '../../../mesh/transport';
import { itk3, VALID } from '../../cli/terminal';
import { createDetector } from './detector';
import { MESSAGE, OPERATIONS } from './operations';
import { ADDRESS } from './planted';

describe('no secret comes out of the terminal', () => {
  it('itk3 sandbox tells of requests, and not of what they carry', async () => {
    const detector = createDetector();
    const stop = new AbortController();
    let printed = '';
    let begun: (url: string) => void;
    const address = new Promise<string>((resolve) => (begun = resolve));
    const stdout = {
      write(text: string) {
        printed += text;
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
        if (url !== undefined) begun(url);
      },
    };
    const now = () => new Date('2026-12-04T05:06:07Z');
    const running = itk3(['sandbox', '--port', '0'], { stdout, interrupted: () => stop.signal, now });
    // A sandbox that cannot start must not leave the test waiting.
    const url = await Promise.race([address, running.then(({ stderr }) => assert.fail(stderr))]);
    const network = createTransport();
    for (const mailbox of ['X26PHARMACY', 'X26SURGERY', 'NOSUCH']) {
      const client = createMeshClient(
        { endpoint: new URL(url), mailbox, password: 'password', sharedKey: 'TestKey' },
        {
          now,
          wait: () => Promise.resolve(),
          transport: (request, signal) => {
            detector.plant('token', (request.headers.Authorization ?? '').split(':').at(-1) ?? '');
            return network(request, signal);
          },
        },
      );
      for (const operation of Object.values(OPERATIONS)) await operation(client).catch(() => undefined);
      for (const body of [MESSAGE.body, Buffer.from(VALID)])
        await client.send({ ...MESSAGE, to: 'X26SURGERY', body }).catch(() => undefined);
      await client.head(encodeURIComponent(ADDRESS)).catch(() => undefined);
    }
    stop.abort();
    const { code, stderr } = await running;
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.ok(printed.split('Requests\n')[1]!.split('\n').length > 40, 'requests are told of');
    assert.deepEqual(detector.find(printed), []);
  });
});
