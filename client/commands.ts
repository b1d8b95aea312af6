// The table of contents of the client. A test holds it against the manifest.
import * as vscode from 'vscode';
import { addMailbox } from './commands/add-mailbox';
import { askMesh } from './commands/ask-mesh';
import { chooseScenario } from './commands/choose-scenario';
import { collectInbox } from './commands/collect-inbox';
import { compareMessages, selectForCompare } from './commands/compare-messages';
import { compareTexts } from './commands/compare-texts';
import { convertFiles } from './commands/convert-files';
import { copyMeshId } from './commands/copy-mesh-id';
import { createTeamFile } from './commands/create-team-file';
import { dryRun } from './commands/dry-run';
import { editMailbox } from './commands/edit-mailbox';
import { forgetSecrets } from './commands/forget-secrets';
import { forgetSent } from './commands/forget-sent';
import { goToElement } from './commands/go-to-element';
import { loadOlder, lookIntoMailbox, lookIntoMailboxes } from './commands/look-into-mailbox';
import { newMessage } from './commands/new-message';
import { openAsJson, openAsXml } from './commands/open-as';
import { openAnswer } from './commands/open-answer';
import { openExamples } from './commands/open-examples';
import { openMistakes } from './commands/open-mistakes';
import { openReceived } from './commands/open-received';
import { openSent } from './commands/open-sent';
import { openWalkthrough } from './commands/open-walkthrough';
import { printPreview } from './commands/print-preview';
import { refactorMessage } from './commands/refactor-message';
import { removeMailbox } from './commands/remove-mailbox';
import { restartServer } from './commands/restart-server';
import { saveAsFixture } from './commands/save-as-fixture';
import { sendMessage } from './commands/send-message';
import { sendMessages } from './commands/send-messages';
import { lockPreview, showPreview, showPreviewSource, showPreviewToSide } from './commands/show-preview';
import { showResponses } from './commands/show-responses';
import { showSandbox } from './commands/show-sandbox';
import { startSandbox } from './commands/start-sandbox';
import { stopSandbox } from './commands/stop-sandbox';
import { takeOut } from './commands/take-out';
import { testMailbox } from './commands/test-mailbox';
import { validateMessage } from './commands/validate-message';
import { tellError } from './tell';
import type { Toolkit } from './toolkit';

/** Arguments come from menus, keybindings and other extensions: a command trusts none of them. */
export type Command = (toolkit: Toolkit, ...args: unknown[]) => Promise<unknown>;

export const COMMANDS: Readonly<Record<string, Command>> = {
  'itk3.newMessage': newMessage,
  'itk3.validateMessage': validateMessage,
  'itk3.refactorMessage': refactorMessage,
  'itk3.compareTexts': compareTexts,
  'itk3.openAsJson': openAsJson,
  'itk3.openAsXml': openAsXml,
  'itk3.convertFiles': convertFiles,
  'itk3.showPreview': showPreview,
  'itk3.showPreviewToSide': showPreviewToSide,
  'itk3.showPreviewSource': showPreviewSource,
  'itk3.lockPreview': lockPreview,
  'itk3.printPreview': printPreview,
  'itk3.startSandbox': startSandbox,
  'itk3.stopSandbox': stopSandbox,
  'itk3.showSandbox': showSandbox,
  'itk3.chooseScenario': chooseScenario,
  'itk3.sendMessage': sendMessage,
  'itk3.sendMessages': sendMessages,
  'itk3.dryRun': dryRun,
  'itk3.addMailbox': addMailbox,
  'itk3.editMailbox': editMailbox,
  'itk3.removeMailbox': removeMailbox,
  'itk3.testMailbox': testMailbox,
  'itk3.forgetSecrets': forgetSecrets,
  'itk3.createTeamFile': createTeamFile,
  'itk3.lookIntoMailbox': lookIntoMailbox,
  'itk3.lookIntoMailboxes': lookIntoMailboxes,
  'itk3.loadOlder': loadOlder,
  'itk3.showResponses': showResponses,
  'itk3.openReceived': openReceived,
  'itk3.takeOut': takeOut,
  'itk3.collectInbox': collectInbox,
  'itk3.openSent': openSent,
  'itk3.askMesh': askMesh,
  'itk3.openAnswer': openAnswer,
  'itk3.copyMeshId': copyMeshId,
  'itk3.forgetSent': forgetSent,
  'itk3.goToElement': goToElement,
  'itk3.saveAsFixture': saveAsFixture,
  'itk3.selectForCompare': selectForCompare,
  'itk3.compareMessages': compareMessages,
  'itk3.openWalkthrough': openWalkthrough,
  'itk3.openExamples': openExamples,
  'itk3.openMistakes': openMistakes,
  'itk3.restartServer': restartServer,
};

export function registerCommands(toolkit: Toolkit): vscode.Disposable {
  const registered = Object.entries(COMMANDS).map(([id, command]) =>
    vscode.commands.registerCommand(id, async (...args: unknown[]) => {
      try {
        return await command(toolkit, ...args);
      } catch (error) {
        toolkit.output.log(`${id} failed with ${error instanceof Error ? error.name : typeof error}`);
        tellError(error);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
