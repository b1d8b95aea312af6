// Every fix that is offered does what it says to the text as to the value, and doing all that are sure comes to an end.
import assert from 'node:assert/strict';
import { changed } from '../../../core/document/changes';
import { editsFor } from '../../../core/document/edits';
import { readValue } from '../../../core/document/read-document';
import { applyTextEdits } from '../../../core/document/text-edits';
import { writeXml } from '../../../core/document/write-xml';
import { fixAll } from '../../../core/fixes/fix-all';
import { fixesOf } from '../../../core/fixes/fixes-of';
import { textFixesOf } from '../../../core/fixes/text';
import { fresh } from '../../faults/proving';
import { knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { judge, type Judged, orderly, plain, sentence, sorted } from '../oracles';
import { type Target, textCase } from '../target';

/** Many findings of one kind have fixes of one kind. */
const MOST_OF_A_RULE = 4;
const MOST = 40;

function check(text: string): void {
  const judged = judge(text);
  const { findings } = judged;
  const { registry } = knowledge();
  const seen = new Map<string, number>();
  const some = findings.filter(({ rule }) => {
    seen.set(rule, (seen.get(rule) ?? 0) + 1);
    return seen.get(rule)! <= MOST_OF_A_RULE;
  });
  for (const finding of some.slice(0, MOST)) {
    for (const { title, edits } of textFixesOf(finding, text, registry)) {
      sentence(title);
      orderly(edits, text);
      assert.notEqual(applyTextEdits(text, edits), text, `A fix that changes nothing: ${title}`);
    }
    for (const fix of fixesIn(judged, finding)) {
      sentence(fix.title);
      const edits = editsFor(text, fix, registry);
      orderly(edits, text);
      asSaid(judged, fix, applyTextEdits(text, edits));
    }
  }
  const all = fixAll(text, judge, { knowledge: knowledge(), fresh: fresh() });
  orderly(all.edits, text);
  assert.equal(applyTextEdits(text, all.edits), all.text, 'The edits of all fixes are not the text they lead to');
}

function fixesIn({ message, applicable }: Judged, finding: Judged['findings'][number]): ReturnType<typeof fixesOf> {
  if (!message || !applicable) return finding.fixes ?? [];
  return fixesOf(finding, { message, applicable, knowledge: knowledge(), fresh: fresh() });
}

/** Where the text was read whole, and the other form can say what comes of it. */
function asSaid({ source }: Judged, fix: Parameters<typeof changed>[1] & { title: string }, after: string): void {
  const { registry } = knowledge();
  if (source.problems.length > 0) return;
  const wanted = changed(source.value, fix);
  if (source.format === 'json') {
    assert.deepEqual(plain(readValue(after, registry)), plain(wanted), `Not as the fix says: ${fix.title}`);
    return;
  }
  const written = writeXml(wanted, registry);
  if (written.text === '' || written.left.length > 0) return;
  assert.deepEqual(
    sorted(readValue(after, registry)),
    sorted(readValue(written.text, registry)),
    `Not as the fix says: ${fix.title}`,
  );
}

export const fixes: Target = {
  name: 'fixes',
  cases: 12,
  make: (random) => textCase(anyMessage(random), check),
};
