import assert from 'node:assert/strict';
import { environmentChoices } from '../../client/mailboxes/environment-choices';
import { isLive, LIVE, tellEnvironment, whereIs } from '../../exchange/place';
import { ENVIRONMENTS } from '../../mesh/environments';

describe('the choice of an environment', () => {
  const choices = environmentChoices();

  it('has every environment, and an address of one’s own', () => {
    assert.equal(choices.length, ENVIRONMENTS.length + 1);
    assert.equal(choices.filter(({ environment }) => environment === undefined).length, 1);
  });

  it('begins with this machine, and has what is deprecated behind the rest', () => {
    assert.equal(choices[0]?.environment?.id, 'local');
    const first = choices.findIndex(({ deprecated }) => deprecated);
    assert.ok(first > 0);
    assert.ok(choices.slice(first).every(({ deprecated }) => deprecated));
  });

  it('marks what is live, and nothing else', () => {
    for (const { label, detail = '', environment } of choices) {
      assert.equal(label.startsWith('$(warning)'), environment?.live === true, label);
      assert.equal(detail.includes(LIVE), environment?.live === true, label);
    }
  });

  for (const [address, told, live] of [
    ['https://msg.intspineservices.nhs.uk/', 'Integration (msg.intspineservices.nhs.uk)', false],
    ['https://mesh-sync.spineservices.nhs.uk/', 'LIVE (mesh-sync.spineservices.nhs.uk)', true],
    ['https://mesh.example:8443/', 'mesh.example:8443', false],
    ['http://127.0.0.1:8700/', '127.0.0.1:8700 (this machine)', false],
  ] as const)
    it(`${address} is told as ${told}`, () => {
      const endpoint = new URL(address);
      assert.deepEqual([tellEnvironment(endpoint), isLive(endpoint)], [told, live]);
      assert.equal(whereIs({ mailbox: 'X26', endpoint }).includes('LIVE'), live);
    });
});
