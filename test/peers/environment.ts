// NHS England's mesh-sandbox and mesh-client, installed from the Python package index into a virtual environment of ours.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Where the Python scripts stand: beside the sources, not beside what was compiled. */
export const SCRIPTS = path.resolve(__dirname, '../../../test/peers');

const REQUIREMENTS = path.join(SCRIPTS, 'requirements.txt');
const FOLDER = path.resolve(__dirname, '../../peers');
const PYTHON = path.join(FOLDER, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
const STAMP = path.join(FOLDER, 'installed.txt');

/** Pythons by the names they go by. */
const CANDIDATES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11'];
const NEEDED = 'mesh-sandbox needs Python 3.11, 3.12 or 3.13';

/** A Python that has both packages, or one sentence that says what cannot be had. */
export type Environment = { python: string } | { unavailable: string };

/** Makes the environment once; later runs use it again. Throws when what was downloaded is not what was pinned. */
export function peersEnvironment(): Environment {
  const found = CANDIDATES.map((name) => ({ name, version: versionOf(name) }));
  const python = found.find(({ version }) => version !== undefined && /^3\.1[123]\./.test(version));
  if (!python?.version) {
    const others = found.flatMap(({ version }) => version ?? []);
    return { unavailable: `${NEEDED}; here is ${[...new Set(others)].join(', ') || 'no Python at all'}.` };
  }
  const stamp = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(python.version).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp && versionOf(PYTHON)) return { python: PYTHON };

  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(path.dirname(FOLDER), { recursive: true });
  const made = run(python.name, ['-m', 'venv', FOLDER]);
  if (made.status !== 0) {
    return { unavailable: `Python ${python.version} makes no virtual environment with pip: ${lastLine(made.output)}` };
  }
  // Wheels only: nothing that is downloaded runs before its hash was compared.
  const installed = run(PYTHON, [
    ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
    ...['--require-hashes', '--only-binary', ':all:', '-r', REQUIREMENTS],
  ]);
  if (installed.status !== 0) {
    if (/DO NOT MATCH THE HASHES/.test(installed.output)) throw new Error(installed.output);
    return { unavailable: `the packages cannot be had from the Python package index: ${lastLine(installed.output)}` };
  }
  writeFileSync(STAMP, stamp);
  return { python: PYTHON };
}

/** For instance "3.11.7". Undefined when it does not run; a launcher without a Python behind it does not. */
function versionOf(python: string): string | undefined {
  const { status, output } = run(python, ['-c', 'import platform; print(platform.python_version())']);
  return status === 0 ? /^\d+\.\d+\.\d+/.exec(output)?.[0] : undefined;
}

function run(command: string, options: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, options, { encoding: 'utf8', timeout: 90_000 });
  return { status, output: error ? error.message : `${stdout}${stderr}`.trim() };
}

const lastLine = (text: string) => text.split('\n').at(-1) ?? '';
