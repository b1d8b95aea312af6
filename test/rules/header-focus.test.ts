import { expectOf, fixedBy, request, response, type Change } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

describe('rule header-focus', () => {
  const own = /,"focus":\[\{"reference":"[^"]*"\}\]/.exec(request())![0];
  const sender = /"sender":\{"reference":("[^"]*")\}/.exec(request())![1]!;
  const HEADER = '"resource":{"resourceType":"MessageHeader"';
  const marked: Change = [HEADER, HEADER.replace('"resource"', '⟦"resource"⟧')];

  it('right', () => {
    expectOf('header-focus', request());
    expectOf('header-focus', response('20013'));
  });

  it('missing', () => {
    const without = request([own, ''], marked);
    expectOf('header-focus', without, [['error', 'document bundle']]);
    assert.deepEqual(JSON.parse(fixedBy('header-focus', unmark(without).text)), JSON.parse(request()));
  });

  it('missing in a kind of message whose guide is not known here', () => {
    const other: Change[] = [
      ['"ITK010D"', '"ITK003D"'],
      ['ITK-DM-EmergencySupply-MessageDefinition-1', 'ITK-eDischarge-MessageDefinition-4'],
    ];
    expectOf('header-focus', request(...other, [own, ''], marked), [['information', 'release notes']]);
    expectOf('header-focus', request(...other, [own, `,"focus":[{"reference":${sender}}]`]));
  });

  it('on no document', () =>
    expectOf('header-focus', request([own, `,"focus":[{"reference":⟦${sender}⟧}]`]), [['error', 'Organization']]));

  it('leaves a focus that leads nowhere, or is none, to others', () => {
    expectOf(
      'header-focus',
      request([own, ',"focus":[{"reference":"urn:uuid:00000000-0000-4000-8000-000000000000"}]']),
    );
    expectOf('header-focus', request([own, ',"focus":"x"']));
    expectOf('header-focus', request([own, ',"focus":[]']));
  });
});
