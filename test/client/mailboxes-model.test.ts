import assert from 'node:assert/strict';
import type { InboxState } from '../../client/following/inboxes';
import { childrenOf, type Element, itemOf, parentOf, type Shown } from '../../client/views/mailboxes-model';
import { LOCAL_SANDBOX, type Place } from '../../exchange/place';
import { readReceived, type Received } from '../../exchange/received';
import { knowledge } from '../knowledge';

const NOW = new Date(2026, 10, 21, 12, 0);
const team: Place = {
  name: 'Team tests',
  endpoint: new URL('https://msg.intspineservices.nhs.uk/'),
  mailbox: 'X26TEAM',
  environment: 'Integration',
};
const live: Place = {
  name: 'Night pharmacy',
  endpoint: new URL('https://mesh-sync.spineservices.nhs.uk/'),
  mailbox: 'X26LIVE',
  environment: 'LIVE',
};

const state = (more: Partial<InboxState> = {}): InboxState => ({
  place: team,
  messages: [],
  pending: 0,
  older: 0,
  looking: false,
  ...more,
});

const shownWith = (more: Partial<Shown> = {}): Shown => ({
  places: [team],
  sandbox: undefined,
  state: () => state(),
  lookedBefore: () => undefined,
  answered: () => undefined,
  nameOf: () => undefined,
  now: NOW,
  ...more,
});

const labels = (elements: readonly Element[], shown: Shown): string[] =>
  elements.map((element) => {
    const { label, description } = itemOf(element, shown);
    return [label, description].filter((part) => part !== undefined).join(' | ');
  });

const below = (more: Partial<InboxState>): string[] => {
  const shown = shownWith({ state: () => state(more) });
  return labels(childrenOf({ place: team }, shown), shown);
};

const received = (more: Partial<Received>): Received => ({
  meshId: 'M1',
  bytes: 2,
  kind: 'Emergency Supply',
  at: new Date(2026, 10, 21, 10, 42),
  ...more,
});

const line = (one: Received, more: Partial<Shown> = {}) =>
  itemOf({ place: team, received: one }, shownWith({ answered: () => undefined, ...more }));

describe('the view Mailboxes', () => {
  it('leaves it to the welcome where there is no mailbox', () => {
    assert.deepEqual(childrenOf(undefined, shownWith({ places: [] })), []);
  });

  it('has the sandbox first, though it does not run, and what is live last, marked', () => {
    const shown = shownWith({ places: [live, team] });
    const roots = childrenOf(undefined, shown);
    assert.deepEqual(labels(roots, shown), [`${LOCAL_SANDBOX} | not running`, 'Integration', 'LIVE | real people']);
    const [, integration, alarming] = roots.map((root) => itemOf(root, shown));
    assert.equal(integration?.alarming, undefined);
    assert.equal(alarming?.alarming, true);
    assert.match(alarming.spoken, /live.*real people/);
  });

  it('marks a team’s environment that is live by another address', () => {
    const shown = shownWith({ places: [{ ...team, environment: 'Night', live: true }] });
    assert.equal(itemOf({ environment: 'Night' }, shown).description, 'LIVE: real people');
  });

  it('says of the sandbox where it listens and what plays', () => {
    const shown = shownWith({ sandbox: { port: 8700, strict: true, scenario: 'silence' } });
    const item = itemOf({ environment: LOCAL_SANDBOX }, shown);
    assert.equal(item.description, 'port 8700 · strict · silence');
    assert.equal(item.context, 'itk3.environment.sandbox.running');
  });

  it('says when a mailbox was last looked into, by another window or in this one', () => {
    const mailbox = (more: Partial<Shown>) => itemOf({ place: team }, shownWith(more)).description;
    assert.equal(mailbox({}), 'not looked into yet · X26TEAM');
    const before = new Date(2026, 10, 20, 17, 2);
    assert.equal(mailbox({ lookedBefore: () => before }), 'last looked into 20 Nov 17:02 · X26TEAM');
    const now = state({ lookedAt: NOW, messages: [received({})], older: 950 });
    assert.equal(mailbox({ state: () => now }), '951 messages · X26TEAM');
    assert.equal(mailbox({ state: () => ({ ...now, looking: true }) }), 'looking… · X26TEAM');
  });

  it('offers a look, and tells how far one has come', () => {
    assert.deepEqual(below({}), ['Look into this mailbox']);
    assert.deepEqual(below({ looking: true }), ['Looking…']);
    assert.deepEqual(below({ looking: true, lookedAt: NOW, pending: 12, older: 3 }), [
      'Reading 12 more…',
      'Show 3 older (3 left)',
    ]);
    assert.deepEqual(below({ lookedAt: NOW }), ['No messages']);
  });

  it('tells of a failure in its place, and still shows what it knows', () => {
    assert.deepEqual(below({ failure: 'Could not list it.', lookedAt: NOW, messages: [received({})] }).length, 2);
    assert.equal(below({ failure: 'Could not list it.' })[0], 'Could not list it.');
  });

  it('offers fifty older ones at a time', () => {
    assert.deepEqual(below({ lookedAt: NOW, older: 950 }), ['Show 50 older (950 left)']);
  });

  it('knows what stands above what', () => {
    const message: Element = { place: team, received: received({}) };
    assert.deepEqual(parentOf(message), { place: team });
    assert.deepEqual(parentOf({ place: team }), { environment: 'Integration' });
    assert.equal(parentOf({ environment: 'Integration' }), undefined);
  });
});

describe('a received message in the view', () => {
  it('shows the hint of a patient, from whom it is and what it wants', () => {
    const item = line(
      received({ patient: 'M. T. …017', from: 'X26SURGERY', asks: { infrastructure: true, business: true } }),
      { nameOf: () => 'Our practice' },
    );
    assert.equal(item.label, 'Emergency Supply');
    assert.equal(item.description, 'M. T. …017 · 10:42 · from Our practice · wants both acknowledgements');
    assert.equal(item.context, 'itk3.received.message');
  });

  for (const [kind, label] of [
    ['ITK Digital Medicine Emergency Supply Document', 'Emergency Supply'],
    ['ITK GP Connect Send Document', 'GP Connect Send'],
    ['ITK National Pathology', 'National Pathology'],
    ['DIGMED_EMG_MED', 'DIGMED_EMG_MED'],
    ['Document', 'Document'],
  ] as const)
    it(`calls it ${label}, and all of it in the tooltip, when the event is ${kind}`, () => {
      const item = line(received({ kind }));
      assert.equal(item.label, label);
      assert.equal(item.tooltip?.[0], kind);
    });

  it('shows no patient that an address or a kind names', () => {
    const item = line(received({ from: 'GPPROVIDER_9990142017_19700101_Testwell', text: '{ "family": "Testwell" }' }));
    assert.doesNotMatch(JSON.stringify(item), /Testwell|9990142017/);
  });

  const answer = (accepted: boolean | undefined): Received =>
    received({
      acknowledgement: {
        answers: 'fcbe8af3-7653-4000-aa0a-525f98348e57',
        senderReference: undefined,
        responder: undefined,
        timestamp: undefined,
        code: '30001',
        display: 'Patient known here. (explained)',
        meaning: 'It is.',
        layer: 'business',
        accepted,
        diagnostics: undefined,
        conflict: undefined,
        contradiction: undefined,
      },
    });

  it('says of an acknowledgement what it answers, and by its colour whether all is well', () => {
    const item = line(answer(true), { answered: () => 'supply.json' });
    assert.equal(item.label, '30001 Patient known here');
    assert.equal(item.description, 'to supply.json · business · 10:42');
    assert.deepEqual([item.icon, item.colour], ['pass', 'testing.iconPassed']);
    assert.match(item.spoken, /^accepted, 30001/);
    assert.deepEqual([line(answer(false)).icon, line(answer(undefined)).icon], ['error', 'question']);
    assert.match(line(answer(true)).description ?? '', /^to fcbe8af3…, not sent from here/);
  });

  it('says why nothing can be made of it', () => {
    const read = readReceived(
      {
        kind: 'data',
        messageType: 'DATA',
        messageId: 'M2',
        chunk: { part: 1, of: 1 },
        body: Buffer.from('{ "family": "Testwell", '),
      },
      knowledge(),
      NOW,
    );
    const item = line(read);
    assert.equal(item.icon, 'warning');
    assert.match(item.description ?? '', /broken JSON/);
    assert.doesNotMatch(JSON.stringify(item), /Testwell/);
  });

  it('says of a report that it was not delivered', () => {
    const report = { code: '14', linkedMessageId: 'SENT', meaning: 'It was not collected.' };
    const item = line(received({ report, kind: 'Not delivered' }), { answered: () => 'supply.json' });
    assert.equal(item.label, '14 Not delivered');
    assert.equal(item.description, 'supply.json · 10:42');
    assert.equal(item.context, 'itk3.received.report');
  });
});
