import { expectOf, request, response } from './whole';

/** Attendance Details, up to version 1.2.7 of the guide. */
const OLDER = '1077881000000105';

describe('rule sender-reference', () => {
  const value = /"SenderReference","valueString":("[^"]*")/;
  const own = value.exec(request())![1]!;

  it('right', () => {
    expectOf('sender-reference', request());
    for (const right of ['"7"', '"é"', '"a/b"']) expectOf('sender-reference', request([own, right]));
    expectOf('sender-reference', response('20013', [own, '"None"']));
    // That a text says nothing at all is told by its shape.
    expectOf('sender-reference', request([own, '"  "']));
  });

  it('that says nothing', () => {
    expectOf('sender-reference', request([own, '⟦"-"⟧']), [['error', 'letter or a digit']]);
    expectOf('sender-reference', response('20013', [own, '⟦"…"⟧']), [['error', 'letter or a digit']]);
  });

  it('None, where the guide wants more than ITK3 does', () => {
    expectOf('sender-reference', request([own, '⟦"None"⟧']), [['information', '1.2.9']]);
    expectOf('sender-reference', request([own, '⟦"none"⟧']), [['information', '1.2.9']]);
    expectOf('sender-reference', request([own, '⟦" None "⟧']), [['information', '1.2.9']]);
    // By a guide that had no more, which a section of its time shows.
    expectOf('sender-reference', request([own, '"None"'], ['"code":"717121000000105"', `"code":"${OLDER}"`]));
  });
});
