// What a team's file says of judging messages holds in the window as in the terminal.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsOf, fileUri, open, ours } from './window';

const TEAM_FILE = '.vscode/itk3.json';

const rules = (all: readonly vscode.Diagnostic[]): string[] =>
  ours(all).map(({ code }) => String(typeof code === 'object' ? code.value : code));

describe("the team's file, of judging messages", () => {
  const write = (validate: object) =>
    vscode.workspace.fs.writeFile(fileUri(TEAM_FILE), Buffer.from(JSON.stringify({ validate })));
  const setting = (value: unknown) =>
    vscode.workspace.getConfiguration('itk3').update('rules', value, vscode.ConfigurationTarget.Workspace);

  afterEach(async () => {
    await setting(undefined);
    await vscode.workspace.fs.delete(fileUri(TEAM_FILE)).then(undefined, () => undefined);
  });

  it('says how serious rules are, until the settings of the workspace say otherwise', async function () {
    // Three changes, each of which the window has to hear of.
    this.timeout(60_000);
    const document = await open('emergency-supply-with-mistakes.json');
    const [rule] = rules(await diagnosticsOf(document, (all) => ours(all).length > 0));
    assert.ok(rule);
    await write({ rules: { [rule]: 'off' } });
    const without = await diagnosticsOf(document, (all) => ours(all).length > 0 && !rules(all).includes(rule));
    assert.ok(!rules(without).includes(rule));
    await setting({ [rule]: 'information' });
    const again = await diagnosticsOf(document, (all) => rules(all).includes(rule));
    const found = ours(again).find((one) => rules([one])[0] === rule);
    assert.equal(found!.severity, vscode.DiagnosticSeverity.Information);
  });
});
