import { expectOf, request } from './whole';

describe('rule header-timestamp', () => {
  const own = '"timestamp":"2026-11-20T09:30:00+00:00"';
  const at = (now: string) => ({ now: Date.parse(now) });

  it('right, also when clocks differ by minutes or nobody says what time it is', () => {
    expectOf('header-timestamp', request(), [], at('2026-11-20T09:30:00Z'));
    expectOf('header-timestamp', request(), [], at('2026-11-20T09:25:00Z'));
    expectOf('header-timestamp', request([own, '"timestamp":"2999-01-01T00:00:00Z"']));
  });

  it('in the future', () => {
    const marked = request([own, own.replace(/"2.*"/, '⟦$&⟧')]);
    expectOf('header-timestamp', marked, [['warning', 'future']], at('2026-11-20T09:24:59Z'));
    expectOf('header-timestamp', marked, [['warning', 'future']], at('2025-01-01T00:00:00Z'));
  });

  it('leaves what is no time to others', () => {
    for (const odd of ['"tomorrow"', '"2099"', '"2099-01-01"', '20991231', 'null', '""'])
      expectOf('header-timestamp', request([own, `"timestamp":${odd}`]), [], at('2026-11-20T09:30:00Z'));
  });
});
