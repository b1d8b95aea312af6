import assert from 'node:assert/strict';
import { childNamed, type Element } from '../../core/definitions/element';
import { RULES } from '../../core/rules';
import { PLACES, rulesAt } from '../../core/rules/places';
import { knowledge } from '../knowledge';

/** Extensions that a profile names are reached through their slices. */
function exists(path: string): boolean {
  const { registry } = knowledge();
  const [type, ...names] = path.replace(/^\w+ /, '').split('.') as [string, ...string[]];
  const trees = [...registry.profileUrls().flatMap((url) => registry.tree(url) ?? []), registry.type(type)];
  return trees.some((tree) => tree?.path === type && names.reduce<Element | undefined>(step, tree) !== undefined);

  function step(element: Element | undefined, part: string): Element | undefined {
    const [name, slice] = part.split(':') as [string, string?];
    const child = element && childNamed(registry.childrenOf(element), name);
    return slice === undefined ? child : child?.slices?.find((one) => one.sliceName === slice);
  }
}

describe('places of rules', () => {
  it('are known of every rule, and of no other', () => {
    assert.deepEqual(Object.keys(PLACES).sort(), RULES.map(({ id }) => id).sort());
    for (const [rule, paths] of Object.entries(PLACES)) assert.ok(paths.length > 0, rule);
  });

  it('are places that profiles know', () => {
    const unknown = Object.values(PLACES)
      .flat()
      .filter((path) => !exists(path));
    assert.deepEqual(unknown, []);
  });

  it('are found with slices and without, in the bundles that are meant', () => {
    assert.deepEqual(rulesAt('Patient.identifier:nhsNumber.value'), ['nhs-number']);
    assert.deepEqual(rulesAt('Patient.identifier.value'), []);
    assert.deepEqual(rulesAt('Composition.section:gpPractice.title'), ['section-title']);
    assert.deepEqual(rulesAt('Bundle.entry', 'document'), ['document-entries']);
    assert.deepEqual(rulesAt('Bundle.entry', 'message'), ['message-size']);
    assert.deepEqual(rulesAt('Bundle.entry'), []);
  });
});
