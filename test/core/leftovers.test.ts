import assert from 'node:assert/strict';
import { draftMessage } from '../../core/draft/message';
import { readMessage } from '../../core/itk3/message';
import { leftoversOf } from '../../core/refactor/leftovers';
import { synthesise } from '../../core/refactor/synthesise';
import { knowledge } from '../knowledge';

let count = 0;
const moment = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  random: () => 0.5,
};
const { invented } = knowledge();
const [first] = invented.patients;

/** A message about somebody who is in no set: invented here. */
const strange = (text: string): string =>
  text
    .replaceAll(/"family":\s*"[^"]*"/g, '"family": "Quibblethorpe"')
    .replaceAll(/"given":\s*\[[^\]]*\]/g, '"given": ["Zephaniah"]');

const asked = JSON.stringify(draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment }));
const real = readMessage(JSON.parse(strange(asked)))!;

describe('what is left of real people', () => {
  it('is nothing where all of it was replaced', () => {
    assert.ok(first);
    assert.deepEqual(
      leftoversOf(
        real,
        synthesise(real, invented, () => 0.1),
        invented,
      ),
      [],
    );
  });

  it('is told where a text still says it, by its place', () => {
    const after = JSON.parse(JSON.stringify(synthesise(real, invented, () => 0.1))) as Record<string, object>;
    after.note = { text: 'Spoke to Mr QUIBBLETHORPE about it' };
    after.born = { text: 'quibblethorpes are no person' };
    assert.deepEqual(leftoversOf(real, after, invented), [{ pointer: '/note/text', why: 'said' }]);
  });

  it('is everything where nothing was replaced', () => {
    const left = leftoversOf(real, real.root.resource, invented);
    assert.ok(left.length > 2, String(left.length));
  });

  for (const words of ['31/12/1949', '31-Dec-1949', '1949-12-31', '9999 999 999', '99999-99999', 'zephaniah'])
    it(`is found as ${words}`, () => {
      const person = readMessage({
        resourceType: 'Patient',
        name: [{ given: ['Zephaniah'] }],
        identifier: [{ value: '9999999999' }],
        birthDate: '1949-12-31',
      })!;
      assert.equal(leftoversOf(person, { note: `so: ${words}.` }, invented).length, 1);
      assert.equal(leftoversOf(person, { note: `so: 1${words}1` }, invented).length, 0);
    });

  it('is not looked for in what is attached, which is told', () => {
    const found = leftoversOf(real, { attachment: { data: 'JVBERi0xLjQ=' } }, invented);
    assert.deepEqual(found, [{ pointer: '/attachment/data', why: 'attached' }]);
  });

  it('is none of what our own people are called', () => {
    const ours = readMessage(JSON.parse(asked))!;
    assert.deepEqual(leftoversOf(ours, ours.root.resource, invented), []);
  });
});
