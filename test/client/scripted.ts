// A person who answers the steps of a dialogue as written down beforehand.
import assert from 'node:assert/strict';
import { type Answer, type Ask, BACK, type Item } from '../../client/dialogue';

/** Enter takes what is offered; a text is typed, or chooses the item or items with it in their label. */
export type Move = 'enter' | 'back' | 'escape' | { type: string } | { tick: string[] };

export interface Seen {
  placeholder: string;
  step: string;
  /** What Enter takes. */
  offered: string;
  labels: string[];
}

/** @param moves one a step; the dialogue must not ask for more, and all must be used (`left` tells how many are not) */
export function scripted(moves: readonly Move[]): Ask & { seen: Seen[]; left: () => number } {
  const seen: Seen[] = [];
  const left = [...moves];
  const next = (): Move => {
    const move = left.shift();
    assert.ok(move !== undefined, `one question too many: ${seen.at(-1)?.placeholder}`);
    return move;
  };
  const leaving = (move: Move): Answer<never> | 'stays' =>
    move === 'back' ? BACK : move === 'escape' ? undefined : 'stays';
  const look = (question: { placeholder: string; step: number; steps: number }, offered: string, labels: string[]) =>
    seen.push({ placeholder: question.placeholder, step: `${question.step}/${question.steps}`, offered, labels });
  const find = <T>(items: readonly Item<T>[], label: string): T => {
    const item = items.find((one) => one.label.includes(label));
    assert.ok(item, `nothing is called ${label}`);
    return item.value;
  };
  return {
    seen,
    left: () => left.length,
    one(question, items, chosen) {
      const offered = items.find(({ value }) => value === chosen);
      assert.ok(offered, 'what Enter takes is not in the list');
      look(
        question,
        offered.label,
        items.map(({ label }) => label),
      );
      const move = next();
      const leave = leaving(move);
      if (leave !== 'stays') return Promise.resolve(leave);
      if (move === 'enter') return Promise.resolve(chosen);
      assert.ok(typeof move === 'object' && 'type' in move);
      return Promise.resolve(find(items, move.type));
    },
    several(question, items, chosen) {
      const ticked = items.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
      look(
        question,
        ticked.join(' + '),
        items.map(({ label }) => label),
      );
      const move = next();
      const leave = leaving(move);
      if (leave !== 'stays') return Promise.resolve(leave);
      if (move === 'enter') return Promise.resolve([...chosen]);
      assert.ok(typeof move === 'object' && 'tick' in move);
      return Promise.resolve(move.tick.map((label) => find(items, label)));
    },
    text(question, value, problem) {
      look(question, value, []);
      const move = next();
      const leave = leaving(move);
      if (leave !== 'stays') return Promise.resolve(leave);
      const typed = typeof move === 'object' && 'type' in move ? move.type : value;
      assert.equal(problem(typed), undefined);
      return Promise.resolve(typed);
    },
  };
}
