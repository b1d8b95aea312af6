import { expectFindings } from '../marked';
import { composition, section } from '../faults/fault';
import { copy } from '../faults/of-rule';
import { example, wrong } from './example';
import { CONTACTS, LEGAL } from './rows';

describe('rule section-repeated', () => {
  it('each once', () => expectFindings(example(() => undefined)));
  for (const code of [LEGAL, CONTACTS])
    it(`${code} twice`, () =>
      expectFindings(
        example((m) => {
          const again = copy(section(m, code));
          again.code.coding[0].code = wrong(code);
          composition(m).section.push(again);
        }),
        'section-repeated: already there',
      ));
  it('of slices the profile says it', () =>
    expectFindings(
      example((m) => composition(m).section.push(copy(section(m, '717121000000105')))).replace(
        '"section": [',
        '⟦"section"⟧: [',
      ),
      'max: history',
    ));
});
