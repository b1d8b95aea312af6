import assert from 'node:assert/strict';
import { bench } from './mailbox';
import { sentences } from './terminal';

describe('itk3 track', function () {
  this.timeout(20_000);
  const at = bench();
  const send = async (): Promise<{ id: string; meshId: string }> => {
    const { code } = await at.run(['send', 'message.json', '--sandbox', at.port]);
    assert.equal(code, 0);
    await at.sandbox.settled();
    const [{ id, meshId }] = JSON.parse((await at.run(['track', '--format', 'json'])).stdout);
    return { id, meshId };
  };

  it('says that nothing was sent yet', async () => {
    const { code, stdout } = await at.run(['track']);
    assert.equal(code, 0);
    assert.match(stdout, /^Nothing was sent from here/);
  });

  it('lists what was sent, as far as is known without asking', async () => {
    const { id } = await send();
    const { code, stdout, stderr } = await at.run(['track']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    assert.match(
      stdout,
      new RegExp(`\\n${id.slice(0, 8)} .*message\\.json .*Waiting for the business acknowledgement`),
    );
  });

  it('finds one by its MESH id, its own, or a part of them, and asks MESH and the mailbox', async () => {
    const { id, meshId } = await send();
    for (const name of [id.slice(0, 8), id.toUpperCase(), meshId, meshId.slice(-6)])
      assert.match((await at.run(['track', name])).stdout, /Waiting for collection|Waiting for a business/);
    const { code, stdout } = await at.run(['track', id, '--sandbox', at.port]);
    assert.equal(code, 0);
    assert.match(stdout, /✓ Infrastructure: 20013 Success\n.*✓ Business: 30001/);
    assert.match((await at.run(['track'])).stdout, /Accepted: 30001/);
  });

  it('waits for what has not come yet', async () => {
    const { id } = await send();
    const { code, stdout } = await at.run(['track', id, '--sandbox', at.port, '--wait']);
    assert.equal(code, 0);
    assert.match(stdout, /Accepted: 30001 Patient known here\.\n$/);
  });

  it('says where it is when nobody has collected it', async () => {
    await at.start({ receiver: undefined });
    const { id } = await send();
    const { code, stderr } = await at.run(['track', id, '--sandbox', at.port]);
    assert.equal(code, 0);
    assert.match(sentences(stderr).join(), /MESH has it, and the recipient has not collected it yet/);
  });

  it('gives 1 for what was rejected, with what is to be done', async () => {
    await at.start({ scenario: '30003' });
    const { id } = await send();
    const { code, stdout } = await at.run(['track', id, '--sandbox', at.port]);
    assert.equal(code, 1);
    assert.match(stdout, /✗ Business: 30003/);
  });

  it('says in a sentence what is wrong with the command', async () => {
    await send();
    const wrong: [string[], RegExp][] = [
      [['nothing'], /Nothing that was sent from here is called "nothing"/],
      [['--wait'], /--wait looks into a mailbox: name it/],
      [['--wait', '0', '--sandbox'], /--wait takes a number of seconds/],
      [['-', '--sandbox', '9'], /not from the mailbox that is named here/],
    ];
    for (const [argv, expected] of wrong) {
      const { code, stdout, stderr } = await at.run(['track', ...argv]);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
      assert.match(sentences(stderr).join(), expected);
    }
    await at.run(['send', 'message.json', '--sandbox', at.port, '--fresh']);
    assert.match((await at.run(['track', '-'])).stderr, /"-" is 2 messages that were sent from here: give more of it/);
  });
});
