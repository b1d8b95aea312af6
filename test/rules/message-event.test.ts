import { expectOf, fixedBy, request, response } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

describe('rule message-event', () => {
  const code = '"code":"ITK010D"';

  it('right', () => {
    expectOf('message-event', request());
    expectOf('message-event', response('20013'));
  });

  it('another kind than MessageDefinition and document say', () => {
    expectOf('message-event', request([code, '"code":⟦"ITK009D"⟧']), [['warning', 'a page of the guide 1.3.0']]);
    expectOf('message-event', request([code, '"code":⟦"ITK014M"⟧']), [['error', 'ITK010D']]);
    expectOf('message-event', response('20013', ['"code":"ITK008M"', '"code":⟦"ITK010D"⟧']), [['error', 'ITK008M']]);
  });

  it('offers the whole event', () => {
    const { text } = unmark(request([code, '"code":"ITK009D"']));
    assert.equal(fixedBy('message-event', text), request());
  });

  it('is left to others where nothing outvotes the event', () => {
    expectOf('message-event', request([code, '"code":"ITK999X"']));
    expectOf(
      'message-event',
      request([code, '"code":"ITK003D"'], ['ITK-DM-EmergencySupply-MessageDefinition-1', 'Other-1']),
    );
  });
});
