// A real VS Code server (it serves the workbench and runs a Node extension host), on loopback behind a random token.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureWorkbench, vscodeRoot } from './install.mjs';

const entry = path.join(vscodeRoot, 'out', 'server-main.js');
const logFiles = path.join(import.meta.dirname, 'log-files.cjs');
const START_TIMEOUT_MS = 60_000;

// Nothing that calls out, asks, or stands in the way of the extension under test.
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'json.schemaDownload.enable': false,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'chat.commandCenter.enabled': false,
  // As on the desktop, where the browser differs.
  'window.menuBarVisibility': 'classic',
  'files.autoSave': 'off',
  'workbench.colorTheme': 'Default Dark Modern',
};

/**
 * @typedef {object} VscodeServer
 * @property {string} authority host and port, e.g. `127.0.0.1:41234`
 * @property {string} token what a browser must show to be let in
 * @property {string} dataDir where all that VS Code keeps lies: the user's settings, the storage of extensions, their logs
 * @property {string} userSettingsFile read when the window opens
 * @property {string} machineSettingsFile over the user's, and watched: what is written there counts at once
 * @property {() => string} log what the server has printed so far
 * @property {() => Promise<void>} close stops the server and removes its data
 */

/**
 * Starts VS Code on a free port of 127.0.0.1.
 * @param {object} [options]
 * @param {Record<string, unknown>} [options.settings] user settings, over the quiet ones
 * @param {string} [options.extensionsDir] folder of installed extensions; none by default
 * @param {Record<string, string>} [options.env] added to the environment; the extension host sees it too
 * @returns {Promise<VscodeServer>}
 * @throws {Error} with the server's output when it does not come up
 */
export async function startServer({ settings = {}, extensionsDir, env = {} } = {}) {
  ensureWorkbench();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'vscode-server-'));
  const userDir = path.join(dataDir, 'data', 'User');
  mkdirSync(userDir, { recursive: true });
  const machineSettingsFile = path.join(dataDir, 'data', 'Machine', 'settings.json');
  const userSettingsFile = path.join(userDir, 'settings.json');
  writeFileSync(userSettingsFile, JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  // A file, because other users of the machine can read a command line. Without a token any of them, or any web page, could come in.
  const token = randomBytes(16).toString('hex');
  const tokenFile = path.join(dataDir, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });

  // Sockets and caches go where close() removes them. Elsewhere than on Linux the longer path may be too long for a socket.
  const temporaryFolder = process.platform === 'linux' ? { TMPDIR: dataDir } : {};

  const child = spawn(
    process.execPath,
    [
      ...[entry, '--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile],
      ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir ?? path.join(dataDir, 'extensions')],
      ...['--accept-server-license-terms', '--disable-telemetry', '--disable-workspace-trust'],
    ],
    {
      env: { ...cleanEnvironment(), ...temporaryFolder, NODE_OPTIONS: `--require=${JSON.stringify(logFiles)}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    },
  );
  const kill = () => signal(child, 'SIGKILL');
  process.once('exit', kill); // a test run that is interrupted leaves no server behind
  let output = '';
  const close = async () => {
    process.off('exit', kill);
    await stop(child);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const port = await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('VS Code did not start in time')), START_TIMEOUT_MS).unref();
      const read = (chunk) => {
        output += chunk;
        const listening = /Extension host agent listening on (\d+)/.exec(output);
        if (listening) resolve(Number(listening[1]));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`VS Code stopped with exit code ${code}`)));
    });
    const log = () => readableLog(output, token);
    const authority = `127.0.0.1:${port}`;
    return { authority, token, dataDir, userSettingsFile, machineSettingsFile, log, close };
  } catch (error) {
    await close();
    throw new Error(`${error.message}:\n${readableLog(output, token)}`, { cause: error });
  }
}

/**
 * The address that opens a folder in a browser. It carries the token, so it is for this machine's user only.
 * @param {VscodeServer} server
 * @param {string} folder
 * @param {Record<string, string>} [payload] what VS Code calls the payload; values of `openFile` and of keys ending in `Path` are paths on this machine
 */
export function workbenchUrl(server, folder, payload = {}) {
  const remote = (file) => `vscode-remote://${server.authority}${urlPath(file)}`;
  const entries = Object.entries({ skipWelcome: 'true', ...payload });
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set('tkn', server.token);
  url.searchParams.set('folder', urlPath(folder));
  url.searchParams.set(
    'payload',
    JSON.stringify(entries.map(([key, value]) => [key, /Path$|^openFile$/.test(key) ? remote(value) : value])),
  );
  return url.href;
}

/**
 * Installs a packaged extension into a folder of extensions, as VS Code itself does it.
 * @param {string} vsix
 * @param {string} extensionsDir made when absent; must hold no other extension
 * @returns {string} the folder the extension was unpacked to
 */
export function installVsix(vsix, extensionsDir) {
  ensureWorkbench();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'vscode-install-'));
  try {
    execFileSync(
      process.execPath,
      [
        ...[entry, '--install-extension', path.resolve(vsix), '--extensions-dir', extensionsDir],
        ...['--server-data-dir', dataDir, '--accept-server-license-terms'],
      ],
      { stdio: 'pipe', env: cleanEnvironment() },
    );
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
  const [name] = readdirSync(extensionsDir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? [e.name] : []));
  if (!name) throw new Error(`VS Code did not install ${vsix}: check that it is a packaged extension.`);
  return path.join(extensionsDir, name);
}

/** Ours, less what a terminal inside another VS Code would leak; and no marketplace. */
function cleanEnvironment() {
  const foreign = /^(VSCODE_|ELECTRON_|CODE_SERVER_|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), EXTENSIONS_GALLERY: '{}' };
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  signal(child, 'SIGTERM');
  const timer = setTimeout(signal, 3000, child, 'SIGKILL');
  await gone;
  clearTimeout(timer);
}

/** To the server's whole group where there are such: the extension host and its children too. */
function signal(child, name) {
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // already gone
  }
}

/** Without the token, and without complaints about optional modules that are not there (so VS Code writes no log files). */
function readableLog(output, token) {
  const noise = /bindings file|^ → |spdlog|watchdog|vsda|^\s+(tries:|at )|^\s*[\]}]|^\s*$/;
  return output
    .replaceAll(token, '***')
    .split('\n')
    .filter((line) => !noise.test(line))
    .join('\n');
}

function urlPath(file) {
  const absolute = path.resolve(file).replaceAll('\\', '/');
  return absolute.startsWith('/') ? absolute : `/${absolute}`;
}
