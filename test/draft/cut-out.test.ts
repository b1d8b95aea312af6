// Each property of our example, cut out and drafted anew where it stood: nothing is wrong with it, and nearly all is as it was.
import assert from 'node:assert/strict';
import { join, type Pointer, valueAt } from '../../core/document/pointer';
import { filled } from '../../core/draft/draft';
import { draftProperty } from '../../core/draft/element';
import { isObject } from '../../core/json';
import { locate } from '../../core/validate/locate';
import { validate } from '../../core/validate/validate';
import type { Loose } from '../loose';
import { knowledge } from '../knowledge';
import { drafting, example, faults, messageOf } from './drafting';

/** What is drafted by itself: entries as offers. */
const LEFT_OUT = new Set(['resourceType', 'resource', 'entry']);

describe('what is cut out of a message', () => {
  it('is drafted anew without a finding', () => {
    const changed: string[] = [];
    const wrong: string[] = [];
    const all = propertiesIn(example());
    for (const [parent, name] of all) {
      const value = example();
      const owner: Loose = valueAt(value, parent);
      const was: unknown = owner[name];
      Reflect.deleteProperty(owner as object, name);
      const message = messageOf(value);
      const { applicable } = validate(value, knowledge(), { message });
      const pointer = join(parent, name);
      const spotted = locate(pointer, message, applicable!, knowledge());
      assert.ok(spotted && spotted.elements.length > 0, pointer);
      const at = pointer.slice(spotted.at.pointer.length);
      const draft = filled(draftProperty(spotted.elements, drafting({ message, from: spotted.at, at })));
      owner[name] = draft;
      if (JSON.stringify(draft) === JSON.stringify(was)) continue;
      changed.push(pointer);
      wrong.push(...faults(value, 'information').map((fault) => `${pointer} ${fault}`));
    }
    assert.deepEqual(wrong, []);
    assert.ok(all.length > 350, `${all.length} properties`);
    assert.ok(changed.length < all.length * 0.05, changed.join('\n'));
  }).timeout(20_000);
});

function propertiesIn(value: unknown, pointer: Pointer = ''): [Pointer, string][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => propertiesIn(item, join(pointer, i)));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]): [Pointer, string][] => [
    // The entries of a section or a list are references.
    ...(LEFT_OUT.has(name) && !(name === 'entry' && !('type' in value)) ? [] : [[pointer, name] as [Pointer, string]]),
    ...propertiesIn(inner, join(pointer, name)),
  ]);
}
