// The language server is killed: the client starts another, which gets every document as it stands in its editor.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { answerOf, diagnosticsOf, ours } from './window';

/** The processes of language servers that this window has started, and of no other. */
function servers(): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      const isOurs = args.some((arg) => /itk3-toolkit.*server\.js$/.test(arg));
      return isOurs && args.includes(`--clientProcessId=${process.pid}`) ? [Number(name)] : [];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

async function killed(document: vscode.TextDocument): Promise<number> {
  const [pid, ...others] = servers();
  assert.ok(pid !== undefined && others.length === 0, `one server runs, not ${others.length + 1}`);
  const gone = diagnosticsOf(document, (all) => ours(all).length === 0);
  process.kill(pid, 'SIGKILL');
  await gone;
  return pid;
}

describe('a language server that is killed', function () {
  this.timeout(60_000);
  let document: vscode.TextDocument;

  before(async function () {
    // Where processes are listed otherwise, nobody knows which is ours.
    if (process.platform !== 'linux') this.skip();
    document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: '{ "resourceType": "Patient", "famly": "Testwell" }',
    });
    await diagnosticsOf(document, (all) => ours(all).length === 1);
  });

  it('is started again and has what was never saved, and what is typed then changes its problems', async () => {
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 1), ' "nonsense": 1,'));
    await diagnosticsOf(document, (all) => ours(all).length === 2);
    const before = await killed(document);
    await diagnosticsOf(document, (all) => ours(all).length === 2);
    assert.ok(document.getText().includes('nonsense'));
    assert.equal(servers().length, 1);
    assert.notEqual(servers()[0], before);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 1), ' "rubbish": 1,'));
    await diagnosticsOf(document, (all) => ours(all).length === 3);
  });

  it('five times is given up, and a person starts it again', async () => {
    await answerOf('itk3.restartServer');
    for (let i = 0; i < 5; i++) {
      await diagnosticsOf(document, (all) => ours(all).length === 3);
      await killed(document);
    }
    assert.deepEqual(servers(), []);
    await answerOf('itk3.restartServer');
    await diagnosticsOf(document, (all) => ours(all).length === 3);
    assert.equal(servers().length, 1);
  });
});
