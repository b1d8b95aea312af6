import { expectOf, request, response } from './whole';

describe('rule response-event', () => {
  const HEADER = '"resource":{"resourceType":"MessageHeader"';
  const own = /,"response":\{.*?\}\}/.exec(response('20013'))![0];

  it('right', () => {
    expectOf('response-event', request());
    expectOf('response-event', response('20013'));
  });

  it('an acknowledgement without response', () =>
    expectOf('response-event', response('20013', [own, ''], [HEADER, HEADER.replace('"resource"', '⟦"resource"⟧')]), [
      ['error', 'response is missing'],
    ]));

  it('another message with one', () =>
    expectOf('response-event', request(['"focus":', '⟦"response"⟧:{"identifier":"a","code":"ok"},"focus":']), [
      ['error', 'ITK010D'],
    ]));

  it('is silent where the event itself is the mistake', () => {
    expectOf('response-event', request(['"code":"ITK010D"', '"code":"ITK008M"']));
    expectOf('response-event', response('20013', ['"code":"ITK008M"', '"code":"ITK010D"']));
  });
});
