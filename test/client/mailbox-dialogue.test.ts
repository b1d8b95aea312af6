import assert from 'node:assert/strict';
import { type Answered, type Answers, answersOf, NO_ANSWERS, placeOf } from '../../client/mailboxes/mailbox-answers';
import { askMailbox, type DialogueGiven } from '../../client/mailboxes/mailbox-dialogue';
import { type Move, scripted } from './scripted';

const given: DialogueGiven = { environments: [], hasWorkspace: false, chooseFile: () => Promise.resolve(undefined) };

async function dialogue(
  moves: readonly Move[],
  change: Partial<DialogueGiven> = {},
  known: Answers = NO_ANSWERS,
  first?: Answered,
) {
  const person = scripted(moves);
  const answers = await askMailbox(person, { ...given, ...change }, known, first);
  assert.equal(person.left(), 0, 'the dialogue ended before the person did');
  return { answers, seen: person.seen, place: answers && placeOf(answers) };
}

const secrets: Move[] = [{ type: 'right' }, { type: 'key' }];

/** Files that a person chooses in the dialogue of the system. */
function files(...chosen: (string | undefined)[]): Pick<DialogueGiven, 'chooseFile'> {
  return { chooseFile: () => Promise.resolve(chosen.shift()) };
}

describe('Add mailbox…', () => {
  it('asks where, which, for its secrets and how it is called, and nothing of certificates without TLS', async () => {
    const { answers, seen, place } = await dialogue([
      { type: 'Sandbox on this machine' },
      { type: 'http://localhost:8701' },
      { type: ' x26ot001 ' },
      ...secrets,
      { type: 'Ours' },
    ]);
    assert.deepEqual(
      seen.map(({ step }) => step),
      ['1/5', '2/6', '3/6', '4/6', '5/6', '6/6'],
    );
    assert.equal(seen[1]?.offered, 'http://localhost:8700/');
    assert.deepEqual([answers?.password, answers?.sharedKey], ['right', 'key']);
    assert.deepEqual(place, {
      name: 'Ours',
      endpoint: new URL('http://localhost:8701'),
      mailbox: 'X26OT001',
      environment: 'This machine, localhost:8701',
    });
  });

  it('takes the address of a known environment, and asks for the certificates it wants', async () => {
    const { seen, place } = await dialogue(
      [
        { type: 'Integration' },
        { type: 'X26OT001' },
        ...secrets,
        { type: 'Choose' },
        { type: 'Choose' },
        { type: 'Choose' },
        'enter',
      ],
      files('/mine/client.pem', '/mine/client.key', '/mine/ca.pem'),
    );
    assert.deepEqual(place, {
      name: 'X26OT001 at Integration',
      endpoint: new URL('https://msg.intspineservices.nhs.uk/'),
      mailbox: 'X26OT001',
      environment: 'Integration',
      certificates: { certificate: '/mine/client.pem', key: '/mine/client.key', authorities: '/mine/ca.pem' },
    });
    assert.match(seen[4]?.placeholder ?? '', /Integration needs one/);
    assert.equal(seen[4]?.offered, 'Choose the file…');
  });

  it('asks for no key where the certificate brings its own, and asks again when no file was chosen', async () => {
    const { seen, place } = await dialogue(
      [
        { type: 'Integration' },
        { type: 'X26OT001' },
        ...secrets,
        { type: 'Choose' },
        { type: 'Choose' },
        { type: 'Those that this machine trusts' },
        'enter',
      ],
      files(undefined, '/mine/client.p12'),
    );
    assert.deepEqual(place?.certificates, { certificate: '/mine/client.p12' });
    assert.equal(seen[4]?.placeholder, seen[5]?.placeholder);
  });

  it('calls what is live LIVE', async () => {
    const { seen } = await dialogue(
      [{ type: 'Live' }, { type: 'X26' }, ...secrets, 'enter', 'escape'],
      files('/a.p12'),
    );
    assert.ok(seen[0]?.labels.some((label) => label.includes('$(warning) Live')));
    const { place } = await dialogue([
      { type: 'Live' },
      { type: 'X26' },
      ...secrets,
      { type: 'none' },
      { type: 'machine trusts' },
      'enter',
    ]);
    assert.deepEqual([place?.name, place?.environment], ['X26 at LIVE', 'LIVE']);
  });

  it('goes back, and knows what was answered', async () => {
    const { seen, place } = await dialogue([
      { type: 'Sandbox on' },
      'enter',
      { type: 'X26A' },
      'back',
      'back',
      'enter',
      'enter',
      ...secrets,
      'back',
      'enter',
      'enter',
    ]);
    assert.deepEqual(
      seen.map(({ step }) => step.split('/')[0]),
      ['1', '2', '3', '4', '3', '2', '3', '4', '5', '6', '5', '6'],
    );
    assert.equal(place?.mailbox, 'X26A');
  });

  it('begins with the very question whose answer was wrong, with the others as they were', async () => {
    const known: Answers = {
      endpoint: new URL('https://mesh.example/'),
      other: true,
      mailbox: 'X26',
      password: 'wrong',
      sharedKey: 'key',
      name: 'Ours',
      target: 'user',
    };
    const { answers, seen } = await dialogue(
      [{ type: 'right' }, 'enter', 'enter', 'enter', 'enter'],
      {},
      known,
      'password',
    );
    assert.deepEqual(answers, { ...known, password: 'right', certificate: undefined, authorities: undefined });
    assert.deepEqual([seen[0]?.step, seen[0]?.offered], ['4/8', 'wrong']);
    const { seen: back } = await dialogue(['back', 'escape'], {}, known, 'password');
    assert.equal(back[1]?.step, '3/8');
  });

  it('asks for which windows only where there is a workspace', async () => {
    const moves: Move[] = [
      { type: 'Sandbox on' },
      'enter',
      { type: 'X26' },
      ...secrets,
      'enter',
      { type: 'workspace' },
    ];
    const { answers, seen } = await dialogue(moves, { hasWorkspace: true });
    assert.deepEqual([seen.at(-1)?.offered, answers?.target], ['For all of them', 'workspace']);
  });

  it('offers the environments of the team first, with the authorities that it names', async () => {
    const environments = [{ name: 'Gateway', endpoint: new URL('https://mesh.example'), authorities: '/team/ca.pem' }];
    const { seen, place } = await dialogue(
      [{ type: 'Gateway' }, { type: 'X26' }, ...secrets, 'enter', 'enter', 'enter'],
      { environments },
    );
    assert.equal(seen[0]?.labels[0], 'Gateway');
    assert.equal(seen[5]?.offered, 'Those of the team’s file');
    assert.deepEqual([place?.name, place?.certificates], ['X26 at Gateway', undefined]);
  });

  it('adds nothing when the person gives up', async () => {
    for (const moves of [['escape'], [{ type: 'Integration' }, { type: 'X26' }, 'escape']] as Move[][])
      assert.equal((await dialogue(moves)).answers, undefined);
  });

  it('says what is wrong as it is typed', async () => {
    await assert.rejects(
      dialogue([{ type: 'Another address' }, { type: 'http://mesh.example' }]),
      /Plain http is only/,
    );
    await assert.rejects(dialogue([{ type: 'Integration' }, { type: 'X 26' }]), /letters, digits/);
    await assert.rejects(dialogue([{ type: 'Integration' }, { type: 'X26' }, { type: '' }]), /cannot be empty/);
  });

  it('has the answers of a mailbox that is configured', () => {
    const place = {
      name: 'Ours',
      endpoint: new URL('https://msg.intspineservices.nhs.uk/'),
      mailbox: 'X26',
      environment: 'Integration',
      certificates: { certificate: '/c.p12' },
    };
    const answers = answersOf(place, 'user', { password: 'right', sharedKey: 'key' });
    assert.equal(answers.other, false);
    assert.deepEqual(placeOf(answers), place);
    assert.equal(
      placeOf(answersOf({ ...place, format: 'json' }, 'user'))?.format,
      'json',
      'kept, though not asked for',
    );
    assert.equal(answersOf({ ...place, endpoint: new URL('https://mesh.example') }, 'user').other, true);
    assert.equal(answersOf({ ...place, endpoint: new URL('http://localhost:8700/') }, 'user').other, true);
    assert.equal(placeOf(NO_ANSWERS), undefined);
  });
});
