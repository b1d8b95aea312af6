import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startRealSandbox } from './processes';

/** A test run in little: starts the sandbox, tells where it is, and never stops it. */
const RUN = `
  const { startRealSandbox } = require(${JSON.stringify(path.join(__dirname, 'processes.js'))});
  startRealSandbox().then((sandbox) => sandbox.peer()).then(({ endpoint }) => console.log(endpoint.port));
`;

/** A connection to it; the promise inside is kept when the other end is gone. */
async function watch(port: string): Promise<{ gone: Promise<unknown> }> {
  const connection = connect(Number(port), '127.0.0.1').on('error', () => undefined);
  await once(connection, 'connect');
  return { gone: new Promise((resolve) => connection.once('close', resolve)) };
}

describe("NHS England's sandbox as a process of ours", () => {
  it('ends when it is told to', async () => {
    const sandbox = await startRealSandbox();
    const { endpoint } = await sandbox.peer();
    const { gone } = await watch(endpoint.port);
    await sandbox.stop();
    await gone;
    await assert.rejects(fetch(new URL('/health', endpoint)));
  });

  it('ends when the run that started it is killed', async () => {
    const run = spawn(process.execPath, ['-e', RUN], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = (await once(createInterface({ input: run.stdout }), 'line')) as [string];
    const { gone } = await watch(port);
    run.kill('SIGKILL');
    await gone;
    await assert.rejects(fetch(`http://127.0.0.1:${port}/health`));
  });
});
