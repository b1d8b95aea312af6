// What each setting changes in the window; those of sending and of mailboxes stand with their commands.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { answerOf, diagnosticsOf, fileUri, open, ours, pressUntil } from './window';

/** Runs with a setting of the workspace, and takes it back. */
async function having(name: string, value: unknown, run: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('itk3');
  await settings.update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await run();
  } finally {
    await settings.update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

const example = async (): Promise<vscode.TextDocument> => {
  const document = await open('emergency-supply.json');
  // The language server has looked at it.
  const mistaken = await open('emergency-supply-with-mistakes.json');
  await diagnosticsOf(mistaken, (all) => ours(all).length > 0);
  await vscode.window.showTextDocument(document);
  return document;
};

const lenses = async ({ uri }: vscode.TextDocument): Promise<string[]> =>
  (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100)).flatMap(
    ({ command }) => command?.title ?? [],
  );

const hints = async ({ uri, lineCount }: vscode.TextDocument): Promise<string[]> =>
  (
    await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      uri,
      new vscode.Range(0, 0, lineCount, 0),
    )
  ).map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));

/** Asks again until it is so: a change of settings reaches the server when it does. */
async function becomes<T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
  }
}

describe('the settings', () => {
  it('itk3.codeLens takes the lenses away', async () => {
    const document = await example();
    const isShown = (titles: string[]): boolean => titles.includes('Validate');
    await becomes(() => lenses(document), isShown);
    await having('codeLens', false, async () => {
      await becomes(
        () => lenses(document),
        (titles) => !isShown(titles),
      );
    });
  });

  it('itk3.inlayHints.references takes the hints behind references away', async () => {
    const document = await example();
    const all = await becomes(
      () => hints(document),
      (shown) => shown.length > 0,
    );
    await having('inlayHints.references', false, async () => {
      await becomes(
        () => hints(document),
        (shown) => shown.length < all.length,
      );
    });
  });

  it('itk3.inlayHints.codes says what every code means', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'json',
      content: JSON.stringify({
        resourceType: 'Patient',
        maritalStatus: { coding: [{ system: 'http://hl7.org/fhir/v3/MaritalStatus', code: 'A', display: 'Anulled' }] },
      }),
    });
    const means = (shown: string[]): boolean => shown.some((one) => one.includes('Annulled'));
    assert.ok(!means(await hints(document)));
    await having('inlayHints.codes', 'all', async () => {
      await becomes(() => hints(document), means);
    });
  });

  it('itk3.profiles.packages judges messages by profiles of one’s own', async () => {
    const url = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
    const profile = {
      resourceType: 'StructureDefinition',
      ...{ url, name: 'Strict', status: 'draft', fhirVersion: '3.0.1', kind: 'resource', abstract: false },
      ...{
        type: 'Patient',
        derivation: 'constraint',
        baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
      },
      differential: {
        element: [
          { id: 'Patient', path: 'Patient' },
          { id: 'Patient.photo', path: 'Patient.photo', min: 1 },
        ],
      },
    };
    await vscode.workspace.fs.writeFile(fileUri('own-profiles/patient.json'), Buffer.from(JSON.stringify(profile)));
    await open('emergency-supply.json');
    const says = () => answerOf('itk3.validateMessage').then(String);
    assert.equal(await says(), 'No problems in emergency-supply.json.');
    await having('profiles.packages', ['own-profiles'], async () => {
      assert.equal(await says(), '1 error in emergency-supply.json.');
    });
    assert.equal(await says(), 'No problems in emergency-supply.json.');
    await vscode.workspace.fs.delete(fileUri('own-profiles'), { recursive: true });
  });

  it('itk3.sandbox.port is the port that the sandbox listens on', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    await having('sandbox.port', port, async () => {
      assert.equal(await answerOf('itk3.startSandbox'), `http://127.0.0.1:${port}`);
      await answerOf('itk3.stopSandbox');
    });
  });

  it('itk3.trace.server makes an output of what passes between VS Code and the language server', async () => {
    const document = await example();
    await having('trace.server', 'messages', async () => {
      await becomes(
        async () => {
          await lenses(document);
          return vscode.commands.getCommands(true);
        },
        (known) => known.some((id) => id.startsWith('workbench.action.output.show') && id.includes('ITK3 trace')),
      );
    });
  });
});

describe('commands that ask the language server', () => {
  it('offers what can be done to the whole message', async () => {
    const { uri } = await example();
    await answerOf('itk3.refactorMessage');
    await vscode.commands.executeCommand('hideCodeActionWidget');
    // What stands in the list that the command opens, nobody can ask VS Code: the same question, by its own command.
    const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      new vscode.Range(0, 0, 0, 0),
      'refactor.rewrite.itk3',
    );
    const kinds = offered.map(({ kind }) => kind?.value);
    assert.ok(kinds.includes('refactor.rewrite.itk3.renew-identifiers'), kinds.join());
  });

  it('shows what the sections say beside what the resources say', async () => {
    await example();
    await answerOf('itk3.compareTexts');
    const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.scheme, 'itk3-section-texts');
    assert.match((await vscode.workspace.openTextDocument(input.original)).getText(), /\w/);
  });
});

describe('MESH sandbox…', () => {
  it('offers what can be done with the one that runs', async () => {
    await answerOf('itk3.startSandbox', { port: 0 });
    await pressUntil(answerOf('itk3.showSandbox'), 'workbench.action.closeQuickOpen');
    await answerOf('itk3.stopSandbox');
  });
});
