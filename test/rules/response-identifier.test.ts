import { expectOf, fixedBy, response } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

describe('rule response-identifier', () => {
  const own = /"identifier":("[^"]*"),"code"/.exec(response('20013'))![1]!;
  const UNREADABLE = '"UNREADABLE-IN-ORIGINAL-MESSAGE"';
  const named = (code: string, identifier: string): string => response(code, [own, identifier]);

  it('right', () => {
    expectOf('response-identifier', response('20013'));
    expectOf('response-identifier', response('30002'));
    expectOf('response-identifier', named('10009', UNREADABLE));
    expectOf('response-identifier', named('10009', '"a-1.b"'));
  });

  it('with a prefix that an id cannot have', () => {
    const prefixed = named('20013', `⟦${own.replace('"', '"urn:uuid:')}⟧`);
    expectOf('response-identifier', prefixed, [['error', 'without urn:uuid:']]);
    assert.equal(fixedBy('response-identifier', unmark(prefixed).text), response('20013'));
    expectOf('primitive-form', unmark(prefixed).text);
  });

  it('of this header itself', () =>
    expectOf('response-identifier', named('20013', '⟦"00000000-0000-4000-8000-000000000002"⟧'), [['error', 'itself']]));

  it('that could not be read, beside a code that says otherwise', () => {
    expectOf('response-identifier', named('20013', `⟦${UNREADABLE}⟧`), [['error', '10009']]);
    expectOf('response-identifier', named('30002', `⟦${UNREADABLE}⟧`), [['error', '10009']]);
    expectOf('response-identifier', named('20006', `⟦${UNREADABLE}⟧`), [['information', '10009']]);
    expectOf('response-identifier', named('10009', `⟦${UNREADABLE.toLowerCase()}⟧`), [['error', 'UNREADABLE']]);
  });
});
