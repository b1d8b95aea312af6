// The manifest, and what the commands do where no question is asked.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { answerOf, extension, fileUri, open, pressUntil, text } from './window';

interface Manifest {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category: string }[];
    menus: Record<string, { command: string }[]>;
    configuration: { properties: Record<string, unknown> };
  };
}

const manifest = (): Manifest => extension().packageJSON as Manifest;

describe('the extension', () => {
  it('starts for a JSON document, with every command of its manifest and no other', async () => {
    await open('emergency-supply.json');
    await extension().activate();
    const registered = (await vscode.commands.getCommands(true)).filter((id) => /^itk3\.[a-z]+[A-Z]\w*$/.test(id));
    const contributed = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), contributed.sort());
  });

  it('shows commands that exist in its menus', () => {
    const { commands, menus } = manifest().contributes;
    const ids = new Set(commands.map(({ command }) => command));
    for (const { command } of Object.values(menus).flat()) assert.ok(ids.has(command), command);
    for (const { category } of commands) assert.equal(category, 'ITK3');
  });

  it('takes nothing that guards or sends from a folder that is not trusted', () => {
    const { restrictedConfigurations } = manifest().capabilities.untrustedWorkspaces;
    for (const name of ['itk3.rules', 'itk3.mailboxes', 'itk3.profiles.packages', 'itk3.sandbox.folder'])
      assert.ok(restrictedConfigurations.includes(name), name);
  });

  it('has the defaults that its manifest tells', () => {
    const settings = vscode.workspace.getConfiguration('itk3');
    assert.deepEqual(settings.get('mailboxes'), []);
    assert.deepEqual(settings.get('profiles.packages'), []);
    assert.equal(settings.get('sandbox.port'), 8700);
    assert.equal(settings.get('sandbox.strict'), false);
    assert.equal(settings.get('sandbox.folder'), '');
    assert.deepEqual(settings.get('rules'), {});
    assert.equal(settings.get('trace.server'), 'off');
  });
});

describe('New message…', () => {
  it('opens an untitled, valid message that is not saved', async () => {
    await vscode.commands.executeCommand('itk3.newMessage', 'emergency-supply');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    assert.equal(document.languageId, 'json');
    assert.match(document.getText(), /^\{\n {2}"resourceType": "Bundle"/);
    const untitled = document.uri.path;
    assert.equal(await answerOf('itk3.validateMessage'), `No problems in ${untitled}.`);
  });

  it('makes another one every time', async () => {
    await vscode.commands.executeCommand('itk3.newMessage', 'emergency-supply');
    const first = text();
    await vscode.commands.executeCommand('itk3.newMessage', 'emergency-supply');
    assert.notEqual(text(), first);
  });

  it('opens with the mailbox of the sender selected', async () => {
    await vscode.commands.executeCommand('itk3.newMessage', 'emergency-supply');
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(editor.selection), 'X26PHARMACY');
  });

  it('takes wishes as keybindings may give them', async () => {
    await vscode.commands.executeCommand('itk3.newMessage', {
      kind: 'emergency-supply',
      version: '1.1.3',
      patient: 'zoe',
      sender: 'fa999',
      medicine: ['paracetamol', 'fluclox'],
    });
    for (const holds of ['"O\'Testerly"', '"FA999"', '"820261000000101"', '"382911000001102"', '"289411000001107"'])
      assert.ok(text().includes(holds), holds);
  });

  it('makes nothing of a wish that cannot be granted', async () => {
    await open('emergency-supply.json');
    await vscode.commands.executeCommand('itk3.newMessage', { kind: 'emergency-supply', patient: 'smith' });
    assert.equal(vscode.window.activeTextEditor?.document.uri.path.split('/').at(-1), 'emergency-supply.json');
  });

  it('asks when it is told nothing: Enter makes one at once', async () => {
    await pressUntil(answerOf('itk3.newMessage'), 'workbench.action.acceptSelectedQuickOpenItem');
    assert.ok(vscode.window.activeTextEditor?.document.isUntitled);
    assert.match(text(), /"resourceType": "MessageHeader"/);
  });

  it('makes nothing when the person gives up', async () => {
    await open('emergency-supply.json');
    await pressUntil(answerOf('itk3.newMessage'), 'workbench.action.closeQuickOpen');
    assert.equal(vscode.window.activeTextEditor?.document.uri.path.split('/').at(-1), 'emergency-supply.json');
  });
});

describe('Validate message', () => {
  it('counts an error whose rule is given a severity that is none', async () => {
    const settings = vscode.workspace.getConfiguration('itk3');
    await open('emergency-supply-with-mistakes.json');
    const before = await answerOf('itk3.validateMessage');
    await settings.update('rules', { required: 'fatal', binding: false }, vscode.ConfigurationTarget.Workspace);
    try {
      assert.equal(await answerOf('itk3.validateMessage'), before);
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('counts what is wrong', async () => {
    await open('emergency-supply-with-mistakes.json');
    assert.match(
      String(await answerOf('itk3.validateMessage')),
      /^\d+ errors, 1 warning in emergency-supply-with-mistakes\.json\.$/,
    );
  });

  it('says where the answers of a terminology server stand', async () => {
    const settings = vscode.workspace.getConfiguration('itk3');
    await open('emergency-supply.json');
    assert.equal(await answerOf('itk3.validateMessage'), 'No problems in emergency-supply.json.');
    await settings.update('terminology.server', 'http://127.0.0.1:9', vscode.ConfigurationTarget.Workspace);
    try {
      assert.match(
        String(await answerOf('itk3.validateMessage')),
        /terminology server says of its codes stands in the list/,
      );
    } finally {
      await settings.update('terminology.server', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  for (const [what, content, sentence] of [
    ['no message', '{ "name": "a package" }', /is no FHIR message/],
    ['empty', ' \n', /is empty/],
    ['no JSON', 'MSH|', /is no FHIR message/],
    ['one that stops in the middle', '{ "resourceType": "Bundle", "type": "mess', /^\d+ errors? in Untitled/],
    ['ten thousand levels deep', '['.repeat(10_000), /is no FHIR message/],
  ] as const)
    it(`says in a sentence that a document is ${what}`, async () => {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'json', content }));
      assert.match(String(await answerOf('itk3.validateMessage')), sentence);
    });

  it('says so of a binary file', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'binary.json');
    await vscode.workspace.fs.writeFile(uri, new Uint8Array([0, 1, 2, 0xff, 0, 0]));
    assert.match(
      String(await answerOf('itk3.validateMessage', uri)),
      /^binary\.json (cannot be opened as text|is no FHIR message)/,
    );
  });
});

describe('the MESH sandbox', () => {
  afterEach(() => vscode.commands.executeCommand('itk3.stopSandbox'));

  it('listens on this machine until it is stopped', async () => {
    const url = String(await answerOf('itk3.startSandbox', { port: 0 }));
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal((await fetch(`${url}/messageexchange/_ping`)).status, 200);
    assert.equal(await answerOf('itk3.startSandbox', { port: 0 }), url, 'there is only one');
    await vscode.commands.executeCommand('itk3.stopSandbox');
    await assert.rejects(fetch(`${url}/messageexchange/_ping`));
  });

  it('has a page for a browser', async () => {
    const url = String(await answerOf('itk3.startSandbox', { port: 0 }));
    assert.match(await (await fetch(url)).text(), /<title>MESH sandbox/);
  });

  it('plays a scenario by its name, whose answer comes back, until all is well again', async () => {
    const url = String(await answerOf('itk3.startSandbox', { port: 0 }));
    assert.equal(await answerOf('itk3.chooseScenario', { scenario: '20001' }), '20001');
    assert.match(await (await fetch(url)).text(), /Every message meets <strong>20001<\/strong>/);
    await answerOf('itk3.newMessage', 'emergency-supply');
    const sent = await answerOf('itk3.sendMessage', undefined, { from: 'X26PHARMACY', to: 'X26SURGERY' });
    const { answers } = sent as { answers: { acknowledgement: { code: string } }[] };
    assert.deepEqual(
      answers.map(({ acknowledgement }) => acknowledgement.code),
      ['20001'],
    );
    assert.equal(await answerOf('itk3.chooseScenario', { scenario: '' }), undefined);
    assert.doesNotMatch(await (await fetch(url)).text(), /Every message meets/);
  });

  it('offers the scenarios, the one that plays first under the hand', async () => {
    await answerOf('itk3.startSandbox', { port: 0 });
    await answerOf('itk3.chooseScenario', { scenario: 'silence' });
    const chosen = answerOf('itk3.chooseScenario');
    await pressUntil(chosen, 'workbench.action.acceptSelectedQuickOpenItem');
    assert.equal(await chosen, 'silence');
  });

  it('goes on with the scenario that plays when it is asked for one that is not there', async () => {
    await answerOf('itk3.startSandbox', { port: 0 });
    await answerOf('itk3.chooseScenario', { scenario: 'silence' });
    assert.equal(await answerOf('itk3.chooseScenario', { scenario: 'no-such-scenario' }), undefined);
    const chosen = answerOf('itk3.chooseScenario');
    await pressUntil(chosen, 'workbench.action.closeQuickOpen');
    assert.equal(await chosen, 'silence');
  });

  it('is strict, and has a folder, when the settings say so', async () => {
    const settings = vscode.workspace.getConfiguration('itk3.sandbox');
    const set = async (strict?: boolean, folder?: string): Promise<void> => {
      await settings.update('strict', strict, vscode.ConfigurationTarget.Workspace);
      await settings.update('folder', folder, vscode.ConfigurationTarget.Workspace);
    };
    const folder = fileUri('sandbox-messages').fsPath;
    try {
      await set(true, folder);
      const url = String(await answerOf('itk3.startSandbox', { port: 0 }));
      const page = await (await fetch(url)).text();
      assert.ok(page.includes('<b>Strict</b>') && page.includes(folder));
      await vscode.commands.executeCommand('itk3.stopSandbox');
      await set(true, 'relative');
      assert.equal(await answerOf('itk3.startSandbox', { port: 0 }), undefined);
    } finally {
      await set();
    }
  });

  it('does not start on a port in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = other.address() as AddressInfo;
      assert.equal(await answerOf('itk3.startSandbox', { port }), undefined);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});
