// What lies in a mailbox, by the commands of its view alone, against the sandbox of the window.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { answerOf, fileUri, text } from './window';

interface Found {
  messages: string[];
  older: number;
}

const PHARMACY = { mailbox: 'X26PHARMACY' };

const look = async (): Promise<Found> => (await answerOf('itk3.lookIntoMailbox', PHARMACY)) as Found;

describe('a mailbox', () => {
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'itk3-collected-'));
    await answerOf('itk3.startSandbox', { port: 0 });
    await answerOf('itk3.sendMessage', fileUri('emergency-supply.json'), { from: 'X26PHARMACY', to: 'X26SURGERY' });
  });
  afterEach(async () => {
    await answerOf('itk3.stopSandbox');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is looked into as often as one likes, and nothing is taken out', async () => {
    const { messages, older } = await look();
    assert.equal(messages.length, 2);
    assert.equal(older, 0);
    assert.deepEqual((await look()).messages, messages);
    await answerOf('itk3.lookIntoMailboxes');
    assert.deepEqual(((await answerOf('itk3.loadOlder', PHARMACY)) as Found).messages, messages);
  });

  it('is none when nothing is called so', async () => {
    assert.equal(await answerOf('itk3.lookIntoMailbox', { mailbox: 'NOBODY' }), undefined);
    assert.equal(await answerOf('itk3.lookIntoMailbox', { place: { endpoint: 'x', mailbox: 7 } }), undefined);
    assert.equal(await answerOf('itk3.collectInbox', { mailbox: 'NOBODY', folder }), undefined);
    assert.equal(await answerOf('itk3.takeOut', { ...PHARMACY }), false);
  });

  it('opens a message to be read', async () => {
    const [business] = (await look()).messages;
    await answerOf('itk3.openReceived', { ...PHARMACY, message: business });
    assert.match(text(), /30001/);
    await answerOf('workbench.action.closeActiveEditor');
    await answerOf('itk3.openReceived', { ...PHARMACY, message: 'NONE' });
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme.startsWith('itk3-'), undefined);
  });

  it('gives up a message of the sandbox at once', async () => {
    const [business, infrastructure] = (await look()).messages;
    assert.equal(await answerOf('itk3.takeOut', { ...PHARMACY, message: business }), true);
    assert.deepEqual((await look()).messages, [infrastructure]);
  });

  it('is collected into a folder, what was chosen or all, each message as it came', async () => {
    const [business, infrastructure] = (await look()).messages;
    const chosen = await answerOf('itk3.collectInbox', { ...PHARMACY, message: business, folder });
    assert.deepEqual(chosen, { collected: [business], stayed: [] });
    assert.deepEqual(await answerOf('itk3.collectInbox', { ...PHARMACY, folder }), {
      collected: [infrastructure],
      stayed: [],
    });
    assert.deepEqual((await look()).messages, []);
    const names = readdirSync(folder).filter((name) => !name.endsWith('.mesh.json'));
    assert.deepEqual(names.sort(), [`${infrastructure}-answer-20013.xml`, `${business}-answer-30001.xml`].sort());
    const stored = readFileSync(path.join(folder, `${business}-answer-30001.xml`), 'utf8');
    assert.match(stored, /^<\?xml [^]*<code value="30001"\/>/);
  });

  it('keeps what cannot be stored', async () => {
    const { messages } = await look();
    const nowhere = path.join(folder, 'nowhere');
    const told = (await answerOf('itk3.collectInbox', { ...PHARMACY, folder: nowhere })) as {
      collected: string[];
      stayed: { message: string; why: string }[];
    };
    assert.deepEqual(told.collected, []);
    assert.deepEqual(
      told.stayed.map(({ why }) => why),
      ['It could not be stored (ENOENT).', 'It could not be stored (ENOENT).'],
    );
    assert.deepEqual((await look()).messages, messages);
  });

  it('is looked into when that is asked for, also where nothing is polled', async () => {
    const settings = vscode.workspace.getConfiguration('itk3.following');
    assert.equal(settings.get('poll'), 5);
    await settings.update('poll', 0, vscode.ConfigurationTarget.Workspace);
    try {
      await answerOf('itk3.lookIntoMailboxes');
      assert.equal((await look()).messages.length, 2);
    } finally {
      await settings.update('poll', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
