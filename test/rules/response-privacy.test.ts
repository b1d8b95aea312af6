import { expectOf, response } from './whole';
import assert from 'node:assert/strict';
import { readJson } from '../../core/document/json-document';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { unmark } from '../marked';

describe('rule response-privacy', () => {
  const own = /"diagnostics":"[^"]*"/.exec(response('30002'))![0];
  const said = (words: string): string => response('30002', [own, `"diagnostics":"${words}"`]);

  it('right', () => {
    for (const { code } of knowledge().responseCodes) expectOf('response-privacy', response(code));
    for (const words of [
      'Patient/00000000-0000-4000-8000-999000001812 is not known.',
      'Message 9990000019 was sent twice.',
      'Line 99900000180 of the log, 0044 999 000 0018-2.',
      'The date of birth is missing.',
      'MedicationDispense.whenHandedOver 2026-11-20 lies before 20261119.',
      'GPPROVIDER routing found nobody.',
      'Bundle.entry[2].resource.entry[4].resource.birthDate: 1 error.',
    ])
      expectOf('response-privacy', said(words));
  });

  for (const [words, what] of [
    ['No patient ⟦9990000018⟧ here.', 'NHS number'],
    ['No patient ⟦999 000 0018⟧ here.', 'NHS number'],
    ['No patient ⟦999-000-0018⟧', 'NHS number'],
    ['Same name, \\u2026 ⟦D.O.B. 31.01.1956⟧', 'date of birth'],
    ['⟦Date of birth: 31 Jan 1956⟧ differs', 'date of birth'],
    ['⟦born on 1956-01-31⟧', 'date of birth'],
    ['Sent to ⟦GPPROVIDER_9990000018_19560131_Testwell⟧.', 'MESH address'],
  ] as const)
    it(`not: ${words}`, () => expectOf('response-privacy', said(words), [['error', what]]));

  it('nor in the text of the details or of the outcome', () => {
    expectOf(
      'response-privacy',
      response('30002', ['"details":{"coding"', '"details":{"text":"It is ⟦9990000018⟧","coding"']),
      [['error', 'NHS number']],
    );
    const div = '<div xmlns=\\"http://www.w3.org/1999/xhtml\\">⟦9990000018⟧</div>';
    expectOf(
      'response-privacy',
      response('30002', ['"issue":', `"text":{"status":"generated","div":"${div}"},"issue":`]),
      [['error', 'NHS number']],
    );
  });

  it('does not repeat it', () => {
    const { text } = unmark(said('No patient 9990000018, born 31/01/1956.'));
    const { findings } = checkDocument(readJson(text), knowledge());
    assert.equal(findings.filter((f) => f.rule === 'response-privacy').length, 1);
    assert.doesNotMatch(JSON.stringify(findings), /9990000018|1956/);
  });

  it('reads a long text', () => {
    for (const piece of ['999 ', 'born ', '9', 'date of birth ', 'GPPROVIDER_999'])
      expectOf('response-privacy', said(piece.repeat(200_000)));
  });
});
