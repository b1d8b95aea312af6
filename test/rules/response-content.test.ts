import { expectOf, fixedBy, request, response, type Change } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

describe('rule response-content', () => {
  const ORGANISATION = '{"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000003"';
  const held = (type: string): Change => [
    ORGANISATION,
    `{"fullUrl":"urn:uuid:00000000-0000-4000-8000-00000000000a",⟦"resource"⟧:{"resourceType":"${type}"}},${ORGANISATION}`,
  ];
  const response13 = (...changes: Change[]): string => response('20013', ...changes);

  it('right', () => {
    expectOf('response-content', request());
    expectOf('response-content', response13());
    expectOf('response-content', unmark(response13(held('Practitioner'))).text);
  });

  it('more than an acknowledgement is made of', () => {
    for (const type of ['Patient', 'Bundle', 'MedicationDispense'])
      expectOf('response-content', response13(held(type)), [['error', type]]);
  });

  it('a focus', () => {
    const outcome = '"urn:uuid:00000000-0000-4000-8000-000000000004"';
    const focused = response13(['"source":', `⟦"focus"⟧:[{"reference":${outcome}}],"source":`]);
    expectOf('response-content', focused, [['warning', 'focus']]);
    assert.equal(fixedBy('response-content', unmark(focused).text), response13());
  });

  it('the focus on what does not belong there is told with that', () => {
    const focus: Change = [
      '"source":',
      '"focus":[{"reference":"urn:uuid:00000000-0000-4000-8000-00000000000a"}],"source":',
    ];
    expectOf('response-content', response13(held('Bundle'), focus), [['error', 'Bundle']]);
  });
});
