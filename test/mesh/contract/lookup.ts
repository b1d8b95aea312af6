// Who can receive a workflow.
import assert from 'node:assert/strict';
import type { TheScene } from './scene';

const FIRST = { mailbox: 'X26ABC1', name: 'TESTMB1' };
const SECOND = { mailbox: 'X26ABC2', name: 'TESTMB2' };
const THIRD = { mailbox: 'X26ABC3', name: 'TESTMB3' };

export function lookup(scene: TheScene): void {
  it('finds the mailboxes of an organisation', async () => {
    const { sender } = scene();
    assert.deepEqual(await sender.lookup('X26', 'TEST_WORKFLOW'), [SECOND]);
    assert.deepEqual(await sender.lookup('X26', 'TEST_WORKFLOW2'), [FIRST, SECOND]);
    assert.deepEqual(await sender.lookup('X27', 'TEST_WORKFLOW_ACK'), [THIRD]);
  });

  it('finds nobody where there is nobody', async () => {
    const { sender } = scene();
    assert.deepEqual(await sender.lookup('X99', 'TEST_WORKFLOW'), []);
    assert.deepEqual(await sender.lookup('X26', 'NO WORKFLOW #1'), []);
    assert.deepEqual(await sender.lookup('X27', 'TEST_WORKFLOW'), []);
  });

  it('takes organisations and workflows by the letter', async () => {
    const { sender } = scene();
    assert.deepEqual(await sender.lookup('x26', 'TEST_WORKFLOW'), []);
    assert.deepEqual(await sender.lookup('X26', 'test_workflow'), []);
  });

  it('finds the mailboxes of a workflow', async () => {
    const { sender } = scene();
    assert.deepEqual(await sender.search('TEST_WORKFLOW'), [SECOND]);
    assert.deepEqual(await sender.search('TEST_WORKFLOW2'), [FIRST, SECOND, THIRD]);
    assert.deepEqual(await sender.search('NONE'), []);
  });
}
