// What was sent, by the commands of its view alone. The journal is the extension's own: its ids come from what commands answer.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerOf, fileUri, text } from './window';

interface Answered {
  id: string;
  meshId: string;
  answers: { meshId: string }[];
}

describe('Sent', () => {
  beforeEach(() => answerOf('itk3.startSandbox', { port: 0 }));
  afterEach(() => answerOf('itk3.stopSandbox'));

  const send = async (): Promise<Answered> => {
    const route = { from: 'X26PHARMACY', to: 'X26SURGERY', again: 'same' };
    const answered = await answerOf('itk3.sendMessage', fileUri('emergency-supply.json'), route);
    assert.ok(answered);
    return answered as Answered;
  };

  it('opens the document, the answer, and what MESH calls it', async () => {
    await answerOf('itk3.newMessage', 'emergency-supply');
    const message = text();
    const route = { from: 'X26PHARMACY', to: 'X26SURGERY' };
    const { id: sent, meshId } = (await answerOf('itk3.sendMessage', undefined, route)) as Answered;
    await answerOf('itk3.openAnswer', { sent });
    assert.notEqual(text(), message);
    await answerOf('itk3.openSent', { sent });
    assert.equal(text(), message);
    await answerOf('itk3.copyMeshId', { sent });
    assert.equal(await vscode.env.clipboard.readText(), meshId);
  });

  it('asks MESH where a message is, and sends nothing', async () => {
    const { id: sent } = await send();
    assert.equal(await answerOf('itk3.askMesh', { sent }), 'The recipient has collected it.');
    assert.equal(await answerOf('itk3.askMesh', { sent: 'none' }), undefined);
    await answerOf('itk3.stopSandbox');
    assert.equal(await answerOf('itk3.askMesh', { sent }), undefined, 'there is nobody to ask');
  });

  it('forgets one, and all that are finished', async () => {
    const { id: sent } = await send();
    assert.equal(await answerOf('itk3.forgetSent', { sent }), 1);
    assert.equal(await answerOf('itk3.forgetSent', { sent }), 0);
    await send();
    assert.ok(Number(await answerOf('itk3.forgetSent', { finished: true })) > 0);
    assert.equal(await answerOf('itk3.forgetSent', { finished: true }), 0);
  });

  it('heeds the times after which something is overdue, and how long it is kept', async () => {
    const settings = vscode.workspace.getConfiguration('itk3.following');
    const { Workspace, Global } = vscode.ConfigurationTarget;
    try {
      await settings.update('overdue', { business: 0 }, Workspace);
      await settings.update('keepDays', 1, Global);
      await send();
      assert.ok(
        Number(await answerOf('itk3.forgetSent', { finished: true })) > 0,
        'what was answered is never overdue',
      );
    } finally {
      await settings.update('overdue', undefined, Workspace);
      await settings.update('keepDays', undefined, Global);
    }
  });
});
