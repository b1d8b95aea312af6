import assert from 'node:assert/strict';
import { badgeOf, childrenOfSent, itemOfSent, parentOfSent } from '../../client/views/sent-model';
import { accepted, after, answered, departing, exchange, lost, refused } from '../exchange/journalled';

const now = new Date(after(10));
const good = exchange([departing(), accepted(), answered('20013'), answered('30001')]);
const bad = exchange([departing(), accepted(), answered('20006')]);
const waiting = exchange([departing(), accepted()]);
const unclear = exchange([departing(), lost()]);
const overdue = exchange([departing(), accepted()], 100);

describe('the view of what was sent', () => {
  it('has a line a message, and its steps below it', () => {
    const [line, ...others] = childrenOfSent(undefined, [good]);
    assert.ok(line);
    assert.deepEqual(others, []);
    const item = itemOfSent(line, now);
    assert.deepEqual(
      [item.label, item.icon, item.colour, item.context, item.below],
      ['draft.json', 'pass', 'testing.iconPassed', 'itk3.sent.accepted.mesh', 'closed'],
    );
    assert.match(item.description ?? '', /^Accepted: 30001 Patient known here · to X26SURGERY · \d\d:\d\d$/);
    assert.match(item.spoken, /^draft\.json, Accepted: 30001 Patient known here, to X26SURGERY, sent \d\d:\d\d$/);
    const steps = childrenOfSent(line, []);
    assert.deepEqual(
      steps.map((step) => itemOfSent(step, now).icon),
      ['check', 'check', 'check', 'check', 'check'],
    );
    assert.deepEqual(parentOfSent(steps[0]!), line);
    assert.equal(parentOfSent(line), undefined);
  });

  it('opens an answer on a click, and nothing where there is none', () => {
    const commands = childrenOfSent({ exchange: good }, []).map((step) => itemOfSent(step, now).command?.id);
    assert.deepEqual(commands, [undefined, undefined, undefined, 'itk3.openAnswer', 'itk3.openAnswer']);
  });

  it('says what there is to do, and shows it at once', () => {
    for (const one of [unclear, overdue]) {
      const line = { exchange: one };
      assert.equal(itemOfSent(line, now).below, 'open');
      const todo = childrenOfSent(line, []).at(-1);
      assert.ok(todo && 'next' in todo);
      assert.deepEqual([itemOfSent(todo, now).icon, itemOfSent(todo, now).label], ['lightbulb', one.next]);
    }
    assert.match(itemOfSent(childrenOfSent({ exchange: waiting }, [])[3]!, now).description ?? '', /^overdue from /);
  });

  it('has another icon and another context for each state, and an id for each line', () => {
    const all = [good, bad, waiting, unclear, overdue, exchange([departing()]), exchange([departing(), refused()])];
    const items = all.map((one) => itemOfSent({ exchange: one }, now));
    assert.equal(new Set(items.map(({ icon }) => icon)).size, all.length);
    assert.equal(new Set(items.map(({ context }) => context)).size, all.length);
    const lines = childrenOfSent({ exchange: overdue }, []).map((line) => itemOfSent(line, now).id);
    assert.equal(new Set(lines).size, lines.length);
  });

  it('keeps a name from outside on its line', () => {
    const odd = exchange([departing({ document: { name: 'a\n\u202eb.json' } })]);
    assert.equal(itemOfSent({ exchange: odd }, now).label, 'a b.json');
  });

  it('counts what must be looked at', () => {
    assert.equal(badgeOf([good, bad, waiting]), undefined);
    assert.deepEqual(badgeOf([good, unclear, overdue]), { value: 2, tooltip: '1 to be checked, 1 overdue' });
  });
});
