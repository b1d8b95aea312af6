// A newcomer's window: how long the first problems take (printed, not judged: a busy machine is no fault of ours), and the walkthrough.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as window from './page.mjs';
import { pictures } from './themes.mjs';
import { openWorkbench } from './workbench.mjs';

const OURS = 'itk3-toolkit.itk3-toolkit';

describe('a fresh window', function () {
  this.timeout(120_000);
  let workbench;

  before(async () => {
    workbench = await openWorkbench({ vsix: 'itk3-toolkit.vsix', workspace: 'examples' });
  });

  after(() => workbench?.close());

  it('shows what is wrong with the first message that is opened', async () => {
    const { page, dataDir } = workbench;
    await window.openFile(page, 'emergency-supply-with-mistakes.json');
    await window.waitForSquiggle(page, 'error');
    const seen = Date.now();
    const woken = await window.until('VS Code has told when the extension was started', () => activation(dataDir));
    console.log(`      from activation to the first diagnostics: ${seen - woken} ms`);
  });

  it('is led through its first steps by buttons that do them', async () => {
    const { page } = workbench;
    await window.runCommand(page, 'ITK3: Open walkthrough');
    const step = (title) => page.locator('.getting-started-step', { hasText: title });
    for (const title of ['Make a message', 'Start a MESH of your own', 'Send it', 'Read the acknowledgements'])
      await step(title).waitFor();
    await pictures(workbench, 'walkthrough');
    await step('See and mend a mistake').click();
    await pictures(workbench, 'walkthrough-mistake');
    await step('See and mend a mistake').locator('.monaco-button').first().click();
    await window.waitForSquiggle(page, 'error');
    assert.match(await window.activeTab(page), /Untitled/);
  });
});

/** As VS Code's own log of the extension host has it. @returns {number} milliseconds since 1970 */
function activation(dataDir) {
  const logs = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /remoteexthost\.log$/.test(name),
  );
  for (const log of logs) {
    const line = readFileSync(path.join(dataDir, log), 'utf8')
      .split('\n')
      .find((one) => one.includes('_doActivateExtension') && one.includes(OURS));
    if (line) return new Date(line.slice(0, 23).replace(' ', 'T')).getTime();
  }
  throw new Error('it has not');
}
