// The Python programs of this folder as processes that end with the test run, however it ends.
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Peer } from '../mesh/contract/scene';
import { peersEnvironment, SCRIPTS } from './environment';

const START_LIMIT = 60_000;

export interface RealSandbox {
  /** With empty mailboxes, or with what its folder holds. Stopping it is left to the sandbox. */
  peer(): Promise<Peer>;
  stop(): Promise<void>;
}

/** The Python of the environment, which scripts/test.mjs has made. */
export function python(): string {
  const environment = peersEnvironment();
  if ('unavailable' in environment) throw new Error(environment.unavailable);
  return environment.python;
}

/** NHS England's sandbox with authorisation in full, its store in memory or in a folder. Resolves when it answers. */
export async function startRealSandbox(folder?: string): Promise<RealSandbox> {
  const sharedKey = 'shared key of the peers suite';
  const store: Record<string, string> =
    folder === undefined ? { STORE_MODE: 'memory' } : { STORE_MODE: 'file', MAILBOXES_DATA_DIR: folder };
  const child = start('real_sandbox.py', { AUTH_MODE: 'full', SHARED_KEY: sharedKey, ...store });
  try {
    const line = await firstLine(child);
    const { port } = JSON.parse(line) as { port: number };
    const url = new URL(`http://127.0.0.1:${port}`);
    // It listens before it is ready, so that one question waits for the answer.
    const health = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(START_LIMIT) });
    if (!health.ok) throw new Error(`mesh-sandbox answered /health with ${health.status}`);
    return { peer: () => peerOf(url, sharedKey), stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

async function peerOf(endpoint: URL, sharedKey: string): Promise<Peer> {
  const reset = await fetch(new URL('/messageexchange/admin/reset', endpoint), { method: 'DELETE' });
  if (!reset.ok) throw new Error(`mesh-sandbox answered the reset with ${reset.status}`);
  const account = (mailbox: string) => ({ mailbox, password: 'password', sharedKey });
  return {
    endpoint,
    mailboxes: [account('X26ABC1'), account('X26ABC2'), account('X26ABC3')],
    partSize: 100_000,
    differs: new Set(),
    stop: () => Promise.resolve(),
  };
}

/** Runs a script to its end and gives the lines it wrote. */
export async function runScript(
  script: string,
  settings: Record<string, string>,
): Promise<{ lines: string[]; errors: string; code: number | null }> {
  const child = start(script, settings);
  const errors = tail(child);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { lines, errors: errors(), code };
}

function start(script: string, settings: Record<string, string>): ChildProcessWithoutNullStreams {
  // Nothing between this machine and itself: Python's libraries would take a proxy from the environment.
  const own = { NO_PROXY: '*', no_proxy: '*', PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
  return spawn(python(), [path.join(SCRIPTS, script)], { env: { ...process.env, ...own, ...settings }, stdio: 'pipe' });
}

/** The end of what a process says about its troubles. */
function tail(child: ChildProcessWithoutNullStreams): () => string {
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said = (said + bytes.toString()).slice(-4000)));
  return () => said;
}

function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  const errors = tail(child);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It did not start in time. ${errors()}`)), START_LIMIT);
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`It ended with ${String(code)}. ${errors()}`)));
    for (const event of ['error', 'exit'] as const) child.once(event, () => clearTimeout(timer));
    child.stdout.once('data', () => clearTimeout(timer));
  });
}

/** It ends by itself when its standard input does. */
function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.stdin.end();
  });
}
