import { expectOf, fixedBy, request, response, type Change } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

describe('rule focus', () => {
  const own = /,"focus":\[\{"reference":"[^"]*"\}\]/.exec(request())![0];
  const sender = /"sender":\{"reference":("[^"]*")\}/.exec(request())![1]!;
  const HEADER = '"resource":{"resourceType":"MessageHeader"';
  const marked: Change = [HEADER, HEADER.replace('"resource"', '⟦"resource"⟧')];

  it('right', () => {
    expectOf('focus', request());
    expectOf('focus', response('20013'));
  });

  it('missing', () => {
    const without = request([own, ''], marked);
    expectOf('focus', without, [['error', 'document bundle']]);
    assert.deepEqual(JSON.parse(fixedBy('focus', unmark(without).text)), JSON.parse(request()));
  });

  it('missing in a kind of message whose guide is not known here', () => {
    const other: Change[] = [
      ['"ITK010D"', '"ITK003D"'],
      ['ITK-DM-EmergencySupply-MessageDefinition-1', 'ITK-eDischarge-MessageDefinition-4'],
    ];
    expectOf('focus', request(...other, [own, ''], marked), [['information', 'release notes']]);
    expectOf('focus', request(...other, [own, `,"focus":[{"reference":${sender}}]`]));
  });

  it('on no document', () =>
    expectOf('focus', request([own, `,"focus":[{"reference":⟦${sender}⟧}]`]), [['error', 'Organization']]));

  it('leaves a focus that leads nowhere, or is none, to others', () => {
    expectOf('focus', request([own, ',"focus":[{"reference":"urn:uuid:00000000-0000-4000-8000-000000000000"}]']));
    expectOf('focus', request([own, ',"focus":"x"']));
    expectOf('focus', request([own, ',"focus":[]']));
  });
});
