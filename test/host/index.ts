// Loaded by VS Code inside the extension host: runs every *.test.js beside it and leaves the results in files,
// because that is the same in the web and in the desktop host. The whole suite must run every command and change every setting.
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { recordCoverage } from './coverage';

/**
 * What VS Code calls. Writes mocha's report to `TEST_OUTPUT_FILE` and the results as JSON to `TEST_RESULTS_FILE`.
 * `TEST_GREP` runs only the tests whose title matches.
 * @throws {Error} when a test failed or none ran
 */
export async function run(): Promise<void> {
  const { TEST_OUTPUT_FILE: output, TEST_RESULTS_FILE: results, TEST_GREP: grep } = process.env;
  if (!output || !results)
    throw new Error(
      'TEST_OUTPUT_FILE and TEST_RESULTS_FILE must be set: run this with test/workbench/host-runner.mjs.',
    );
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => {
    appendFileSync(output, `${format(...values)}\n`);
  };

  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 20_000, forbidOnly: true, ...(grep ? { grep } : {}) });
  for (const file of readdirSync(__dirname).sort())
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));

  const uncovered = recordCoverage();
  const failures: { title: string; message: string }[] = [];
  const counts = { passed: 0, skipped: 0 };
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => counts.passed++);
    runner.on('pending', () => counts.skipped++);
    runner.on('fail', (test, error: Error) =>
      failures.push({ title: test.fullTitle(), message: error.stack ?? String(error) }),
    );
  });
  // A part of the suite covers a part.
  const missing = grep ? [] : uncovered();
  for (const sentence of missing) failures.push({ title: 'the suite', message: sentence });
  writeFileSync(results, JSON.stringify({ ...counts, failed: failed + missing.length, failures }));
  if (failed + missing.length > 0 || counts.passed === 0) throw new Error(`${failed} failed, ${counts.passed} passed`);
}
