// Finds or unpacks a Chromium and starts it without a window, on loopback only, with the same fonts on every Linux.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, ensureWorkbench } from './install.mjs';

const SYSTEM_CHROMIUMS = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * Starts a headless Chromium: `CHROMIUM_PATH` if set, else one installed on this machine, else the one from npm (Linux x64).
 * @returns {Promise<import('playwright-core').Browser>} close it when done.
 * @throws {Error} in one sentence, when no Chromium can be had.
 */
export async function launchBrowser() {
  ensureWorkbench();
  const { chromium } = await import('playwright-core');
  const { executablePath, env } = findChromium();
  return chromium.launch({
    executablePath,
    env: { ...process.env, ...env, ...(process.platform === 'linux' ? { FONTCONFIG_FILE: writeFontConfig() } : {}) },
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--font-render-hinting=none',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1', // nothing outside this machine is looked up
    ],
  });
}

/** @returns {{ executablePath: string, env: Record<string, string> }} */
function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (!existsSync(chosen))
      throw new Error(`CHROMIUM_PATH names ${chosen}, which does not exist: correct it or unset it.`);
    return { executablePath: chosen, env: {} };
  }
  const installed = SYSTEM_CHROMIUMS[process.platform]?.find((file) => existsSync(file));
  if (installed) return { executablePath: installed, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackChromium();
  throw new Error('No Chromium found: install Chrome or Chromium, or set CHROMIUM_PATH to one.');
}

/** The Chromium that comes compressed in @sparticuz/chromium, with the libraries a bare machine lacks. Unpacked once. */
function unpackChromium() {
  const home = path.join(cacheDir, 'chromium');
  if (!existsSync(home)) {
    // The package unpacks to the temporary folder and trusts whatever lies there. Ours is private, and takes its name only when whole.
    mkdirSync(cacheDir, { recursive: true });
    const temporary = mkdtempSync(path.join(cacheDir, 'unpacking-'));
    try {
      const script = "import('@sparticuz/chromium').then((chromium) => chromium.default.executablePath())";
      execFileSync(process.execPath, ['--eval', script], {
        cwd: path.dirname(cacheDir),
        // The package brings its libraries only where it believes itself to be on that platform.
        env: { ...process.env, TMPDIR: temporary, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      });
      if (!existsSync(home)) renameSync(temporary, home); // another process may have been faster
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  }
  const libraries = path.join(home, 'al2023', 'lib');
  const inherited = process.env.LD_LIBRARY_PATH;
  return {
    executablePath: path.join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: inherited ? `${libraries}:${inherited}` : libraries },
  };
}

/** Fonts from npm: a bare machine has none, and the pictures should not depend on the machine. Returns the file for FONTCONFIG_FILE. */
function writeFontConfig() {
  const modules = path.dirname(cacheDir);
  const folders = [path.join(modules, '@expo-google-fonts', 'ubuntu'), path.join(modules, 'dejavu-fonts-ttf', 'ttf')];
  const file = path.join(cacheDir, 'fonts.conf');
  const draft = `${file}.${process.pid}`; // renamed when whole: another browser may be starting
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(
    draft,
    [
      '<?xml version="1.0"?>',
      '<fontconfig>',
      ...folders.map((folder) => `<dir>${escapeXml(folder)}</dir>`),
      `<cachedir>${escapeXml(path.join(cacheDir, 'fonts'))}</cachedir>`,
      '<match target="pattern"><test name="family"><string>monospace</string></test>',
      '<edit name="family" mode="assign" binding="same"><string>DejaVu Sans Mono</string></edit></match>',
      // Whatever else is asked for and not there.
      '<match target="pattern"><edit name="family" mode="append_last"><string>Ubuntu</string></edit></match>',
      '</fontconfig>',
      '',
    ].join('\n'),
  );
  renameSync(draft, file);
  return file;
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
