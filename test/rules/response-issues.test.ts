import { expectOf, response } from './whole';

describe('rule response-issues', () => {
  const more = (text: string): string =>
    text.replace(
      /("issue":\[)(\{.*\})(\]\}\})/,
      (_, a: string, issue: string, z: string) => `${a}${issue},⟦{⟧${issue.slice(1)}${z}`,
    );

  it('right', () => expectOf('response-issues', response('30002')));

  it('several faults under one code', () => {
    const two = (text: string): string =>
      text.replace(/("issue":\[)(\{.*\})(\]\}\})/, (_, a: string, issue: string, z: string) => {
        const other = JSON.stringify({ ...(JSON.parse(issue) as object), diagnostics: 'Another fault' });
        return `${a}${issue},${other}${z}`;
      });
    expectOf('response-issues', two(response('20009')));
  });

  it('a second one', () => {
    expectOf('response-issues', more(response('30002')), [['warning', 'a second issue']]);
    expectOf('response-issues', more(response('20013')), [['warning', 'one code']]);
    const third = more(response('30002')).replace(
      /⟦\{⟧([^]*?\})(?=\]\}\})/,
      (whole, rest: string) => `${whole},{${rest}`,
    );
    expectOf('response-issues', third, [['warning', '2 issues more']]);
  });
});
