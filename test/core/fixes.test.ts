// Every fix that is offered for a seeded fault, carried out: does it mend the fault, and nothing but the fault?
import assert from 'node:assert/strict';
import type { Finding } from '../../core/finding';
import { FAULTS, RESPONSE_FAULTS } from '../faults';
import type { Fault } from '../faults/fault';
import {
  check,
  fresher,
  judged,
  judgedValue,
  type Offer,
  offers,
  OURS,
  PUBLISHED,
  response,
  seeded,
} from '../faults/proving';
import { knowing, knowledge } from '../knowledge';

interface Tried {
  name: string;
  rule: string;
  says: string;
  /** Titles of the offers that leave nothing behind, and those that do with what. */
  mending: string[];
  failing: string[];
  /** What should not have happened. */
  wrong: string[];
}

interface Seeded {
  title: string;
  stage: string;
  /** Made once, when first asked for. */
  tried: () => Tried[];
}

/** Faults that hide another thing, which the right fix brings to light: the rules that then tell of it. */
const BROUGHT_TO_LIGHT: Readonly<Partial<Record<string, readonly string[]>>> = {
  // The name differs from the one in the text, in which the fault is not.
  'a text where a list of texts belongs': ['patient-in-text'],
  'plain text instead of a div': ['named-in-text'],
  // A null has been no date all the time.
  'null as a value': ['patient-identity'],
  // The texts of the published example tell of a patient born on another day.
  'a date as people write it': ['patient-in-text'],
  'a date with a time where there is none': ['patient-in-text'],
  // These are other times than those that the rest of the message goes by.
  'a dateTime without its zone': ['contact-in-text', 'time-order'],
  'a dateTime without its seconds': ['invariant', 'time-order', 'supply-in-text'],
  'an instant without its zone': ['time-order'],
  'a code with two spaces inside': ['binding'],
  // A parameter has a value, and this one had none that counts.
  'blank markdown': ['invariant'],
  // The right extension is complex, and a text stands in it.
  'a slip in the url of an extension': ['required', 'not-allowed'],
};

const SEEDED: Seeded[] = [
  ...seed('our own example', OURS, FAULTS),
  ...(PUBLISHED === undefined ? [] : seed('the published example', PUBLISHED, FAULTS)),
  ...['20013', '30002'].flatMap((code) => seed(`a response with ${code}`, response(code), RESPONSE_FAULTS)),
];

describe('fixes of seeded faults', function () {
  this.timeout(120_000);

  for (const { title, stage, tried } of SEEDED)
    it(`${title}, ${stage}: what is surely right mends the fault and nothing else`, () => {
      assert.deepEqual(
        tried().flatMap((one) => one.wrong),
        [],
      );
    });

  it('at least four of five are mended by a fix that is offered', () => {
    const all = SEEDED.flatMap(({ tried }) => tried());
    tell(all);
    assert.ok(mendedOf(all) >= all.length * 0.8, share(all));
  });
});

function seed(title: string, message: unknown, lists: Record<string, Fault[]>): Seeded[] {
  const text = JSON.stringify(message, null, 2);
  let before: Finding[] | undefined;
  return Object.entries(lists).map(([stage, faults]) => {
    let made: Tried[] | undefined;
    const tried = (): Tried[] =>
      (made ??= faults.map((fault) => tryAll(fault, text, (before ??= judged(text, knowledge())))));
    return { title, stage, tried };
  });
}

function tryAll(fault: Fault, text: string, before: readonly Finding[]): Tried {
  const broken = seeded(text, fault);
  const known = fault.profiles ? knowing(fault.profiles) : knowledge();
  const checked = check(broken, known);
  const [finding] = fresher(
    checked.findings.filter((f) => f.severity !== 'hint'),
    before,
  );
  const { name, rule } = fault;
  const tried: Tried = { name, rule, says: finding!.message, mending: [], failing: [], wrong: [] };
  for (const offer of offers(finding!, broken, known, checked)) {
    tried.wrong.push(...checkEdits(broken, offer).map((why) => `${name}: ${offer.title}: ${why}`));
    // One that mends is enough, but those that are done without asking must all do.
    if (tried.mending.length > 0 && !offer.isSure && process.env.MISSES !== 'all') continue;
    const judge = offer.isOfText ? judged : judgedValue;
    const left = fresher(judge(offer.after, known), before);
    const title = `${offer.isSure ? '! ' : ''}${offer.title}`;
    if (left.length === 0) tried.mending.push(title);
    else tried.failing.push(`${title} -> ${left.map((f) => `${f.rule}: ${f.message}`).join(' & ')}`);
    const unforeseen = left.filter((f) => !BROUGHT_TO_LIGHT[name]?.includes(f.rule));
    if (offer.isSure && unforeseen.length > 0)
      tried.wrong.push(`${name}: ${offer.title} -> ${unforeseen.map((f) => f.message).join(' & ')}`);
  }
  return tried;
}

/** Outside the edits the text stays as it is; that they change something is the least. */
function checkEdits(before: string, { edits, after }: Offer): string[] {
  let at = 0;
  let rest = '';
  for (const edit of edits) {
    if (edit.offset < at) return ['edits overlap'];
    rest += before.slice(at, edit.offset) + edit.text;
    at = edit.offset + edit.length;
  }
  if (rest + before.slice(at) !== after) return ['the edits are not all'];
  return before === after ? ['nothing changes'] : [];
}

/** The share of each stage; MISSES=1 lists what no fix mends, MISSES=all what each does. */
function tell(all: readonly Tried[]): void {
  const stages = [...new Set(SEEDED.map(({ stage }) => stage))];
  const lines = stages.map(
    (stage) => [stage, SEEDED.filter((s) => s.stage === stage).flatMap((s) => s.tried())] as const,
  );
  console.log(
    [...lines, ['in all', all] as const].map(([stage, tried]) => `      ${stage.padEnd(24)}${share(tried)}`).join('\n'),
  );
  if (process.env.MISSES === undefined) return;
  for (const { title, stage, tried } of SEEDED)
    for (const { name, rule, says, mending, failing } of tried())
      if (mending.length === 0 || process.env.MISSES === 'all')
        console.log(
          [
            `${stage} | ${title} | ${name} | ${rule}: ${says}`,
            ...mending.map((m) => `+ ${m}`),
            ...failing.map((f) => `- ${f}`),
          ].join('\n      '),
        );
}

function mendedOf(tried: readonly Tried[]): number {
  return tried.filter(({ mending }) => mending.length > 0).length;
}

function share(tried: readonly Tried[]): string {
  const mended = mendedOf(tried);
  return `${mended} of ${tried.length} faults mended by an offered fix, ${Math.round((mended * 100) / tried.length)} %`;
}
