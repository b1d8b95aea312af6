import assert from 'node:assert/strict';
import { chooseRecipient, type Listed, type RecipientGiven, unrouted } from '../../client/sending/recipient-dialogue';
import type { Addressed } from '../../core/itk3/addressing';
import { type Move, scripted } from './scripted';

const ADDRESS = 'GPPROVIDER_9990142017_19560229_Testwell';
const routed: Addressed = { to: ADDRESS, workflowId: 'W', localId: 'a', fileName: 'a', notes: [] };

async function choose(moves: readonly Move[], given: Partial<RecipientGiven> = {}) {
  const ask = scripted(moves);
  const asked: string[] = [];
  const lookup = (odsCode: string, workflowId: string): Promise<readonly Listed[]> => {
    asked.push(`${odsCode} ${workflowId}`);
    return Promise.resolve(odsCode === 'A81001' ? [{ mailbox: 'A81001OT001', name: 'A practice' }] : []);
  };
  const chosen = await chooseRecipient(ask, { addressed: routed, example: 'X26OT001', lookup, ...given });
  assert.equal(ask.left(), 0);
  return { chosen, seen: ask.seen, asked };
}

describe('the recipient of a message', () => {
  it('is the patient’s practice with one Enter, and the patient is not shown', async () => {
    const { chosen, seen } = await choose(['enter']);
    assert.deepEqual(chosen, { to: ADDRESS, byMessage: true });
    assert.deepEqual(seen[0]?.labels, [
      'To the patient’s practice (GP routing)',
      'To a mailbox whose id you give…',
      'Find the mailbox of a practice by ODS code…',
    ]);
    assert.doesNotMatch(JSON.stringify(seen), /Testwell|9990142017/);
  });

  it('is who is answered, for an acknowledgement', async () => {
    const { chosen, seen } = await choose(['enter'], { addressed: { ...routed, to: 'X26PHARMACY' } });
    assert.deepEqual(chosen, { to: 'X26PHARMACY', byMessage: true });
    assert.equal(seen[0]?.offered, 'Back to X26PHARMACY');
  });

  it('is a mailbox whose id is typed', async () => {
    const { chosen } = await choose([{ type: 'whose id' }, { type: ' x26surgery ' }]);
    assert.deepEqual(chosen, { to: 'X26SURGERY' });
  });

  it('is typed first where the message gives no address', async () => {
    const addressed = { ...routed, to: undefined, whyNot: 'The Patient has no birthDate.' };
    const { chosen, seen } = await choose(['enter', { type: 'X26' }], { addressed });
    assert.deepEqual(chosen, { to: 'X26' });
    assert.equal(seen[0]?.labels.length, 2);
  });

  it('is no patient’s practice at a sandbox that finds none, and the way out is told', async () => {
    const addressed = unrouted(routed);
    const { seen } = await choose(['escape'], { addressed });
    assert.equal(seen[0]?.offered, 'To a mailbox whose id you give…');
    assert.match(addressed.whyNot ?? '', /itk3\.sandbox\.strict/);
    const answer = { ...routed, to: 'X26PHARMACY' };
    assert.equal(unrouted(answer), answer, 'an answer finds its way');
  });

  it('is found by an ODS code', async () => {
    const { chosen, asked } = await choose([{ type: 'ODS code' }, { type: 'a81001' }, 'enter']);
    assert.deepEqual([chosen, asked], [{ to: 'A81001OT001' }, ['A81001 W']]);
  });

  it('is looked for again where an organisation has none', async () => {
    const moves: Move[] = [{ type: 'ODS code' }, { type: 'B81001' }, { type: 'Another' }, { type: 'A81001' }, 'enter'];
    const { chosen, seen } = await choose(moves);
    assert.deepEqual(chosen, { to: 'A81001OT001' });
    assert.equal(seen[2]?.placeholder, 'No mailbox of B81001 takes W');
  });

  it('is none when the person will not say how the directory is reached', async () => {
    const lookup = () => Promise.resolve(undefined);
    const { chosen, seen } = await choose([{ type: 'ODS code' }, { type: 'A81001' }], { lookup });
    assert.equal(chosen, undefined);
    assert.equal(seen.length, 2, 'nothing is claimed of the practice');
  });

  describe('where MESH cannot be asked', () => {
    const failing = (forget?: () => Promise<void>) => {
      const answers = [{ failure: 'The network is down.', forget }, [{ mailbox: 'A81001OT001' }]];
      return { lookup: () => Promise.resolve(answers.shift()) };
    };
    const directory: Move[] = [{ type: 'ODS code' }, { type: 'A81001' }];

    it('is looked for again', async () => {
      const { chosen, seen } = await choose([...directory, 'enter', 'enter'], failing());
      assert.deepEqual(chosen, { to: 'A81001OT001' });
      assert.deepEqual(seen[2]?.labels, ['Look again', 'Type the id of the mailbox…']);
    });

    it('is typed instead', async () => {
      const { chosen } = await choose([...directory, { type: 'Type the id' }, { type: 'x26surgery' }], failing());
      assert.deepEqual(chosen, { to: 'X26SURGERY' });
    });

    it('is looked for with another password where that was wrong', async () => {
      let forgotten = 0;
      const forget = () => {
        forgotten++;
        return Promise.resolve();
      };
      const { chosen, seen } = await choose([...directory, 'enter', 'enter'], failing(forget));
      assert.equal(seen[2]?.offered, 'Enter the password again');
      assert.deepEqual([chosen, forgotten], [{ to: 'A81001OT001' }, 1]);
    });

    it('is none when the person gives up', async () =>
      assert.equal((await choose([...directory, 'escape'], failing())).chosen, undefined));
  });

  it('cannot be looked for where no workflow is known', async () => {
    const { seen } = await choose(['escape'], { addressed: { ...routed, workflowId: undefined } });
    assert.equal(seen[0]?.labels.length, 2);
  });

  for (const moves of [
    ['escape'],
    [{ type: 'whose id' }, 'escape'],
    [{ type: 'ODS code' }, { type: 'A81001' }, 'escape'],
  ] as Move[][])
    it(`is none when the person gives up after ${moves.length - 1} answers`, async () =>
      assert.equal((await choose(moves)).chosen, undefined));

  it('may be chosen again', async () => {
    const { chosen } = await choose([{ type: 'whose id' }, 'back', { type: 'GP routing' }]);
    assert.deepEqual(chosen, { to: ADDRESS, byMessage: true });
  });
});
