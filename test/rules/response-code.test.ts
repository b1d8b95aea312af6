import { expectOf, response, type Change } from './whole';
import { knowledge } from '../knowledge';
import { unmark } from '../marked';

describe('rule response-code', () => {
  const was = (code: string, ...changes: Change[]): string => response(code, ...changes);

  it('right, whatever the code', () => {
    for (const { code } of knowledge().responseCodes) expectOf('response-code', response(code));
    expectOf('response-code', was('20009', ['"code":"invalid"', '"code":"structure"']));
  });

  it('one that does not go with it', () => {
    expectOf('response-code', was('20013', ['"code":"ok"', '"code":⟦"fatal-error"⟧']), [['error', 'response.code ok']]);
    expectOf('response-code', was('30002', ['"code":"fatal-error"', '"code":⟦"transient-error"⟧']), [
      ['error', 'fatal-error'],
    ]);
    expectOf('response-code', was('30002', ['"fatal",', '⟦"error"⟧,']), [['error', 'severity fatal']]);
    expectOf('response-code', was('30002', ['"not-found"', '⟦"processing"⟧']), [['error', 'code not-found']]);
    expectOf('response-code', was('20009', ['"code":"invalid"', '"code":⟦"duplicate"⟧']), [['error', 'structure']]);
  });

  it('several, of which the response code is the likely one', () =>
    expectOf('response-code', was('20013', ['"code":"20013"', '"code":⟦"30002"⟧']), [
      ['error', 'response.code fatal-error, severity fatal, code not-found, not ok, information, informational'],
    ]));

  it('where sources contradict each other', () => {
    for (const code of ['20014', '20015'])
      expectOf('response-code', was(code, ['"code":"fatal-error"', '"code":⟦"ok"⟧']), [
        ['warning', 'The sources differ'],
      ]);
    const { text } = unmark(was('30003', ['"code":"30003"', '"code":"30004"']));
    expectOf('response-code', text.replace('"30004"', '⟦"30004"⟧'), [['warning', 'test tool']]);
  });

  it('leaves codes that are none to the value sets', () => {
    expectOf('response-code', was('30003', ['"code":"business-rule"', '"code":"fatal"']));
    expectOf('response-code', was('30003', ['"code":"30003"', '"code":"10006"']));
    expectOf('response-code', was('30003', ['"code":"business-rule"', '"code":7'], ['"fatal",', 'null,']));
  });
});
