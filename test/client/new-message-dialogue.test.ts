import assert from 'node:assert/strict';
import { type Given, orderMessage, readOrder } from '../../client/drafting/new-message-dialogue';
import { chooseCast } from '../../core/draft/choose-cast';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import { knowing, knowledge } from '../knowledge';
import { type Move, scripted } from './scripted';

const given: Given = { knowledge: knowledge(), now: new Date('2026-11-20T09:30:00Z'), random: () => 0.5 };
const drawn = chooseCast(given.knowledge.invented, given.random);

async function dialogue(moves: readonly Move[], change: Partial<Given> = {}) {
  const person = scripted(moves);
  const order = await orderMessage(person, { ...given, ...change });
  assert.equal(person.left(), 0, 'the dialogue ended before the person did');
  return { order, seen: person.seen };
}

async function ordered(moves: readonly Move[], change: Partial<Given> = {}) {
  const { order } = await dialogue(moves, change);
  assert.ok(typeof order === 'object');
  return order;
}

describe('New message…, asked', () => {
  it('makes one at once when Enter is pressed once', async () => {
    const { order, seen } = await dialogue(['enter']);
    assert.ok(typeof order === 'object');
    assert.deepEqual(order.cast, drawn);
    assert.deepEqual([order.kind.kind, order.version], ['emergency-supply', '1.3.0']);
    assert.deepEqual([seen[0]?.step, seen[0]?.offered], ['1/5', 'Make one at once']);
  });

  it('asks for version, pharmacy, sender, patient and medicines, and nothing else', async () => {
    const { order, seen } = await dialogue([
      { type: '1.2.7' },
      { type: 'Pretend & Daughters' },
      { type: ' x26 ' },
      { type: 'Beatrix' },
      { tick: ['Paracetamol', 'Flucloxacillin'] },
    ]);
    assert.ok(typeof order === 'object');
    assert.deepEqual(
      seen.map(({ step }) => step),
      ['1/5', '2/5', '3/5', '4/5', '5/5'],
    );
    assert.deepEqual(seen[0]?.labels, ['Make one at once', '1.3.0', '1.2.7', '1.2.0', '1.1.3']);
    const { cast, version, sender } = order;
    assert.deepEqual([version, sender], ['1.2.7', 'X26']);
    assert.deepEqual([cast.pharmacy.name, cast.pharmacy.odsCode], ['Pretend & Daughters Chemist', 'X26']);
    assert.equal(cast.patient.family, 'Sample');
    assert.deepEqual(
      cast.medicines.map(({ display }) => display.split(' ')[0]),
      ['Paracetamol', 'Flucloxacillin'],
    );
  });

  it('takes what was drawn, Enter by Enter', async () => {
    const { order, seen } = await dialogue([{ type: '1.3.0' }, 'enter', 'enter', 'enter', 'enter']);
    assert.ok(typeof order === 'object');
    assert.deepEqual(order.cast, drawn);
    assert.equal(seen[2]?.offered, drawn.pharmacy.odsCode);
    assert.match(seen[3]?.offered ?? '', new RegExp(drawn.patient.given[0]!));
  });

  it('fills in the code of the pharmacy that was chosen', async () => {
    const order = await ordered([{ type: '1.3.0' }, { type: "O'Sample" }, 'enter', 'enter', 'enter']);
    assert.deepEqual([order.cast.pharmacy.odsCode, order.sender], ['FZZ96', undefined]);
  });

  it('offers the code of one’s own that was used last', async () => {
    const sender = 'FA999';
    assert.equal((await ordered(['enter'], { sender })).cast.pharmacy.odsCode, sender);
    const { order, seen } = await dialogue([{ type: '1.3.0' }, 'enter', 'enter', 'enter', 'enter'], { sender });
    assert.ok(typeof order === 'object');
    assert.deepEqual([seen[2]?.offered, order.sender, order.cast.pharmacy.odsCode], [sender, sender, sender]);
  });

  it('forgets it when the code of the invented pharmacy is typed', async () => {
    const order = await ordered([{ type: '1.3.0' }, { type: 'Imaginary' }, { type: 'FZZ99' }, 'enter', 'enter'], {
      sender: 'FA999',
    });
    assert.equal(order.sender, undefined);
  });

  it('goes back, and knows what was chosen', async () => {
    const { order, seen } = await dialogue([
      { type: '1.1.3' },
      { type: 'Imaginary' },
      'back',
      'back',
      'enter',
      'enter',
      'enter',
      'enter',
      'enter',
    ]);
    assert.ok(typeof order === 'object');
    assert.deepEqual(
      seen.map(({ step }) => step),
      ['1/5', '2/5', '3/5', '2/5', '1/5', '2/5', '3/5', '4/5', '5/5'],
    );
    assert.deepEqual([seen[3]?.offered, seen[4]?.offered], ['Imaginary Pharmacy', '1.1.3']);
    assert.deepEqual([order.version, order.cast.pharmacy.odsCode], ['1.1.3', 'FZZ99']);
  });

  it('makes nothing when the person gives up', async () => {
    for (const moves of [['escape'], [{ type: '1.3.0' }, 'enter', 'enter', 'escape']] as Move[][])
      assert.equal((await dialogue(moves)).order, undefined);
  });

  it('says what is wrong with a code as it is typed', async () => {
    await assert.rejects(dialogue([{ type: '1.3.0' }, 'enter', { type: 'F' }]), /"F" is no ODS code/);
  });

  it('asks which kind when there are several, and for it what it is about and no more', async () => {
    const foreign = {
      resourceType: 'MessageDefinition',
      url: 'https://example.org/MessageDefinition/Greeting',
      title: 'A greeting',
      event: { system: 'https://example.org/events', code: 'GREETING' },
      focus: [{ code: 'Bundle' }],
    };
    const { order, seen } = await dialogue([{ type: 'A greeting' }, { type: 'x26' }], {
      knowledge: knowing([foreign]),
    });
    assert.ok(typeof order === 'object');
    assert.deepEqual([order.kind.kind, order.version, order.sender], ['Greeting', undefined, 'X26']);
    assert.deepEqual(seen[0]?.labels, ['Make one at once', 'Emergency supply of medicines', 'A greeting']);
    assert.equal(seen.at(-1)?.step, '2/2');
  });

  it('offers to acknowledge the message in front', async () => {
    assert.equal((await dialogue([{ type: 'Acknowledgement' }], { inFront: 'a.json' })).order, 'acknowledgement');
  });

  it('makes what is valid, by every version', async () => {
    for (const version of ['1.3.0', '1.2.7', '1.2.0', '1.1.3']) {
      const order = await ordered([{ type: version }, 'enter', 'enter', { type: 'Zoë' }, { tick: ['BD', 'Humulin'] }]);
      assert.deepEqual(problemsOf(order), []);
    }
  });
});

describe('New message…, told beforehand', () => {
  const told = (said: unknown) => readOrder(said, given);

  it('takes a kind alone, as keybindings may give it', () => {
    const order = told('emergency-supply');
    assert.ok(typeof order === 'object');
    assert.deepEqual(order.cast, drawn);
    assert.deepEqual(problemsOf(order), []);
  });

  it('takes wishes', () => {
    const order = told({
      kind: 'emergency-supply',
      patient: 'barnaby',
      sender: 'x26',
      medicine: ['needles', 'humulin'],
    });
    assert.ok(typeof order === 'object');
    assert.deepEqual([order.cast.patient.family, order.cast.pharmacy.odsCode], ['Testlet', 'X26']);
    assert.equal(order.cast.medicines.length, 2);
  });

  for (const [said, sentence] of [
    ['love-letter', /no kind of message "love-letter"/],
    [{ kind: 'emergency-supply', patient: 'smith' }, /patient: nothing in the synthetic set fits "smith"/],
    [{ kind: 'emergency-supply', sender: '?' }, /sender: "\?" is no ODS code/],
  ] as const)
    it(`says in a sentence what is wrong with ${JSON.stringify(said)}`, () => {
      const problem = told(said);
      assert.ok(typeof problem === 'string' && /\.$/.test(problem));
      assert.match(problem, sentence);
    });

  for (const said of [undefined, null, 1, {}, { kind: 1 }, [], { path: '/a.json', scheme: 'file' }])
    it(`asks when ${JSON.stringify(said)} is all that is said`, () => assert.equal(told(said), undefined));
});

/** Above hints. */
function problemsOf(order: Awaited<ReturnType<typeof ordered>>): string[] {
  let uuids = 0;
  const randomUUID = (): string => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`;
  const fresh = { now: given.now, random: given.random, randomUUID, mailbox: 'X26PHARMACY' };
  const { kind, version, cast } = order;
  const message = draftMessage(kind.kind, { knowledge: given.knowledge, fresh, cast, version });
  const { findings } = validate(message, given.knowledge);
  return findings.flatMap(({ severity, pointer, message: says }) =>
    severity === 'hint' ? [] : [`${pointer} ${says}`],
  );
}
