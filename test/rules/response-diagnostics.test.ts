import { expectOf, response } from './whole';
import { knowledge } from '../knowledge';
import { unmark } from '../marked';

describe('rule response-diagnostics', () => {
  const without = (code: string): string =>
    response(code)
      .replace(/,"diagnostics":"[^"]*"/, '')
      .replace('"issue":[{', '"issue":[⟦{⟧');

  it('right', () => {
    for (const { code } of knowledge().responseCodes) expectOf('response-diagnostics', response(code));
    expectOf('response-diagnostics', unmark(without('20013')).text);
    expectOf('response-diagnostics', unmark(without('30001')).text);
  });

  it('missing from a refusal', () => {
    for (const code of ['10001', '20015', '30002', '30014'])
      expectOf('response-diagnostics', without(code), [['warning', 'GP Connect']]);
  });
});
