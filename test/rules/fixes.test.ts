// Each fix that is offered for a fault of a rule, carried out: the finding is gone and nothing new is found.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readJson } from '../../core/document/json-document';
import { applyTextEdits, editsFor } from '../../core/document/json-edits';

import { fixesOf, sureFix } from '../../core/fixes/fixes-of';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { RULES } from '../../core/rules';
import type { Fresh } from '../../core/skeleton';
import { type CheckedDocument, checkDocument } from '../../core/validate/check-document';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import { knowledge } from '../knowledge';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const OURS = JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8')) as unknown;
const PUBLISHED = '../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json';
const RULE_IDS: ReadonlySet<string> = new Set([...RULES.map(({ id }) => id), 'narrative-link', 'invariant']);

seed('our own example', OURS, FAULTS);
if (fs.existsSync(PUBLISHED))
  seed('the published example', JSON.parse(fs.readFileSync(PUBLISHED, 'utf8')) as unknown, FAULTS);
for (const code of ['20013', '30002']) seed(`a response with ${code}`, response(code), RESPONSE_FAULTS);

function fresh(): Fresh {
  let count = 0;
  const randomUUID = (): string => `00000000-0000-4000-9100-${String(++count).padStart(12, '0')}`;
  return { now: new Date(NOW), randomUUID, random: () => 0.5 };
}

function response(code: string): unknown {
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  return writeReply(readMessage(OURS), { code }, responder, knowledge(), fresh());
}

function check(text: string): CheckedDocument {
  return checkDocument(readJson(text), knowledge(), { now: NOW });
}

type Findings = CheckedDocument['findings'];

/** What the second has and the first has not, but for hints. */
function added(before: Findings, after: Findings): Findings {
  const known = new Set(before.map((f) => `${f.rule} ${f.message}`));
  return after.filter((f) => f.severity !== 'hint' && !known.has(`${f.rule} ${f.message}`));
}

function seed(title: string, message: unknown, lists: Record<string, Fault[]>): void {
  describe(`fixes of the faults of rules in ${title}`, () => {
    const text = JSON.stringify(message, null, 2);
    const before = check(text).findings;
    const tally = { faults: 0, fixed: 0, missed: [] as string[] };

    for (const fault of Object.values(lists).flat()) {
      // A text of several megabytes has no fix and takes long.
      if (!RULE_IDS.has(fault.rule) || fault.rule === 'message-size') continue;
      it(`${fault.rule}: ${fault.name}`, () => {
        const broken = seeded(text, fault);
        const { findings, message, applicable } = check(broken);
        const [finding] = added(before, findings);
        assert.equal(finding!.rule, fault.rule);
        const fixes = fixesOf(finding!, {
          message: message!,
          applicable: applicable!,
          knowledge: knowledge(),
          fresh: fresh(),
        });
        const outcomes = fixes.map((fix) => {
          const after = applyTextEdits(broken, editsFor(broken, fix));
          assert.deepEqual(JSON.parse(after), JSON.parse(JSON.stringify(JSON.parse(after))));
          const found = check(after).findings;
          const others = findings.filter((f) => f !== finding);
          return { fix, left: added([...before, ...others], found) };
        });
        const works = outcomes.filter(({ left }) => left.length === 0);
        tally.faults++;
        const sure = sureFix(fixes);
        if (works.length > 0) tally.fixed++;
        else tally.missed.push(`${fault.rule}: ${fault.name}`);
        for (const { fix, left } of process.env.VERBOSE ? outcomes : [])
          console.log(
            '     ',
            left.length === 0 ? '+' : '-',
            fix === sure ? '*' : ' ',
            fix.title,
            '|',
            left.map((f) => `${f.rule}: ${f.message}`).join(' | '),
          );
        if (sure)
          assert.deepEqual(
            outcomes.find(({ fix }) => fix === sure)!.left.map((f) => f.message),
            [],
          );
      });
    }

    after(() => {
      const share = ((100 * tally.fixed) / tally.faults).toFixed(1);
      console.log(
        `      ${tally.fixed} of ${tally.faults} faults of rules have a fix (${share} %); without: ${tally.missed.join('; ')}`,
      );
    });
  });
}

function seeded(text: string, fault: Fault): string {
  const message: unknown = JSON.parse(text);
  fault.change?.(message);
  const changed = JSON.stringify(message, null, 2);
  return fault.edit?.(changed) ?? changed;
}
