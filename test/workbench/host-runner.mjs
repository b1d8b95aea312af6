// Runs a compiled mocha suite inside a real VS Code extension host and tells the truth about how it ended.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.mjs';
import { isEntry } from './install.mjs';
import { installVsix, startServer, workbenchUrl } from './vscode-server.mjs';

const TIMEOUT_MS = 600_000;

/**
 * @typedef {object} Results
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{ title: string, message: string }[]} failures
 */

/**
 * Runs the suite and prints mocha's report as it grows.
 * @param {object} options
 * @param {string} options.extension the extension: its folder, or a packaged `.vsix`
 * @param {string} options.suite the compiled suite index, a CommonJS module that exports `run()`
 * @param {string} options.workspace folder to open; the suite gets a copy of it
 * @param {boolean} [options.desktop] in desktop VS Code: `VSCODE_EXECUTABLE` if set, else one is downloaded. By default in the VS Code server
 * @returns {Promise<Results>} at least one test ran
 * @throws {Error} when the suite did not run to its end, for whatever reason, or held no test
 */
export async function runHostTests({ extension, suite, workspace, desktop = Boolean(process.env.VSCODE_EXECUTABLE) }) {
  const missing = [extension, suite, workspace].find((file) => !existsSync(file));
  if (missing) throw new Error(`${missing} does not exist: build the project and its tests first.`);
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'host-tests-'));
  const folder = path.join(temporary, 'workspace');
  const resultsFile = path.join(temporary, 'results.json');
  const outputFile = path.join(temporary, 'output.log');
  const vscodeLog = [];
  const print = printGrowth(outputFile);
  const printing = setInterval(print, 200);
  try {
    cpSync(workspace, folder, { recursive: true });
    const job = {
      extension: extension.endsWith('.vsix')
        ? installVsix(extension, path.join(temporary, 'vsix'))
        : path.resolve(extension),
      suite: path.resolve(suite),
      folder,
      env: { TEST_RESULTS_FILE: resultsFile, TEST_OUTPUT_FILE: outputFile },
      vscodeLog,
    };
    const exitCode = await (desktop ? runInDesktop(job) : runInServer(job));
    print();
    const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : undefined;
    if (!results) throw new Error(`The extension tests ended with code ${exitCode} and left no result.`);
    if (results.passed + results.failed === 0) throw new Error('The extension tests held no test.');
    if (exitCode !== 0 && results.failed === 0) throw new Error(`VS Code ended with code ${exitCode} after the tests.`);
    return results;
  } catch (error) {
    print();
    for (const line of vscodeLog) console.error(line);
    throw error;
  } finally {
    clearInterval(printing);
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runInServer({ extension, suite, folder, env, vscodeLog }) {
  const server = await startServer({ env });
  let browser;
  try {
    browser = await launchBrowser();
    const page = await browser.newPage();
    return await new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`The tests gave no result in ${TIMEOUT_MS / 1000} s.`)), TIMEOUT_MS).unref();
      const open = async () => {
        // VS Code's web workbench calls these two when it runs extension tests.
        await page.exposeFunction('codeAutomationLog', (type, args) => {
          const line = [args].flat().join(' ');
          const optional = /spdlog|watchdog/.test(line); // native modules that are not built here
          if (type !== 'info' && !optional) vscodeLog.push(`[${type}] ${line}`);
        });
        await page.exposeFunction('codeAutomationExit', resolve);
        await page.goto(
          workbenchUrl(server, folder, { extensionDevelopmentPath: extension, extensionTestsPath: suite }),
        );
      };
      page.on('crash', () => reject(new Error('The browser page crashed.')));
      page.on('close', () => reject(new Error('The browser went away before the tests ended.')));
      open().catch(reject);
    });
  } catch (error) {
    vscodeLog.push(server.log());
    throw error;
  } finally {
    await browser?.close();
    await server.close();
  }
}

async function runInDesktop({ extension, suite, folder, env }) {
  const { runTests, TestRunFailedError } = await import('@vscode/test-electron');
  const run = runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE,
    extensionDevelopmentPath: extension,
    extensionTestsPath: suite,
    extensionTestsEnv: env,
    launchArgs: [folder, '--disable-workspace-trust', '--disable-extensions', '--skip-welcome', '--skip-release-notes'],
  });
  return run.catch((error) => {
    if (error instanceof TestRunFailedError && error.code) return error.code;
    throw error;
  });
}

/** Returns a function that prints what was added to the file since it was last called. */
function printGrowth(file) {
  let printed = 0;
  return () => {
    if (!existsSync(file)) return;
    const content = readFileSync(file);
    process.stdout.write(content.subarray(printed));
    printed = content.length;
  };
}

async function main() {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string' },
      suite: { type: 'string' },
      workspace: { type: 'string' },
      desktop: { type: 'boolean' },
    },
  });
  for (const name of ['extension', 'suite', 'workspace']) if (!values[name]) throw new Error(`--${name} needs a path.`);
  const { passed, failed, skipped, failures } = await runHostTests(values);
  for (const { title, message } of failures) console.error(`FAILED: ${title}\n${message}`);
  console.log(`extension host: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed === 0;
}

if (isEntry(import.meta.url)) {
  process.exitCode = await main().then(
    (good) => (good ? 0 : 1),
    (error) => {
      console.error(error.message);
      return 1;
    },
  );
}
