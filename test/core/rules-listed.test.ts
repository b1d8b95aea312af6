// What may be found is listed, for people, settings and exceptions; and what is listed can be found.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { EXCEPTION_RULES } from '../../core/exceptions/rules';
import { ALL_RULES } from '../../core/rules';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import { EXCEPTIONS } from '../faults/exceptions';
import { XML } from '../faults/xml';
import type { Loose } from '../loose';

/** How many faults there are at least, where there cannot be three. */
const FEWER: Readonly<Record<string, { least: number; why: string }>> = {
  'header-id': { least: 1, why: 'it can only be missing' },
  'code-inactive': { least: 0, why: 'only a terminology server can tell (test/core/terminology-answers.test.ts)' },
  'terminology-server': { least: 0, why: 'it tells of the server, not of the message' },
  'invariant-not-run': { least: 0, why: 'every expression at hand runs (test/core/invariants.test.ts has others)' },
  'not-checked': { least: 0, why: 'it tells what was not looked at, not what is wrong' },
};

describe('the list of rules', () => {
  const ids = ALL_RULES.map(({ id }) => id);
  const faults = [...Object.values({ ...FAULTS, ...RESPONSE_FAULTS }).flat(), ...EXCEPTIONS, ...XML];

  it('names each rule once, in kebab-case', () => {
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const id of ids) assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('holds every rule that a seeded fault breaks', () => {
    assert.deepEqual(
      faults.map(({ rule }) => rule).filter((rule) => !ids.includes(rule)),
      [],
    );
  });

  it('is what VS Code completes in the setting and in exceptions', () => {
    const json = (file: string): Loose => JSON.parse(fs.readFileSync(file, 'utf8'));
    const setting = json('package.json').contributes.configuration.properties['itk3.rules'];
    assert.deepEqual(Object.keys(setting.properties as object), ids);
    assert.equal(setting.additionalProperties, false);
    const { rule } = json('dist/exceptions.schema.json').properties.exceptions.items.properties;
    const known = ALL_RULES.filter((one) => !EXCEPTION_RULES.includes(one)).map(({ id }) => id);
    assert.deepEqual(rule.anyOf[0].enum, known);
    assert.deepEqual(
      json('dist/exceptions.schema.json').properties.expected.items.properties.rule.anyOf[0].enum,
      known,
    );
  });

  it('stands on its page, rule by rule', () => {
    const page = fs.readFileSync('RULES.md', 'utf8');
    assert.deepEqual(
      [...page.matchAll(/<a id="([^"]+)">/g)].map((anchor) => anchor[1]),
      ids,
    );
  });

  for (const { id, asks, source } of ALL_RULES)
    describe(id, () => {
      it('says in one sentence what it asks, and who says so', () => {
        assert.match(asks, /^[A-Z].*[^.]\.$/);
        assert.notEqual(source.title, '');
        if (source.url !== undefined) assert.match(source.url, /^https?:\/\//);
      });

      const { least, why } = FEWER[id] ?? { least: 3, why: 'as every rule' };
      it(`is broken by ${least} seeded faults or more, ${why}`, () => {
        const names = faults.filter(({ rule }) => rule === id).map(({ name }) => name);
        assert.ok(new Set(names).size >= least, `only ${names.length}: ${names.join(', ')}`);
      });
    });

  it('gives every fault of a stage a name of its own', () => {
    for (const list of Object.values(FAULTS)) {
      const names = list.map(({ rule, name }) => `${rule}: ${name}`);
      assert.deepEqual(names, [...new Set(names)]);
    }
  });
});
