// Everything that may be mended without asking, mended: round after round, for what one fix brings to light another may mend.
import { composed } from '../document/compose-edits';
import { changed } from '../document/changes';
import type { Registry } from '../definitions/registry';
import { editsOf } from '../document/edits';
import { formatOf } from '../document/read-document';
import { applyTextEdits, type TextEdit } from '../document/text-edits';
import type { Fix } from '../finding';
import type { Message } from '../itk3/message';
import type { PlacedFinding } from '../validate/check-document';
import type { Applicable } from '../validate/stage';
import { compatible } from './compatible';
import { fixesOf, sureFix } from './fixes-of';
import type { Fixing } from './fixing';
import { isOfText, textFixesOf, textFixesOfAll } from './text';

/** A text as it is judged: without what settings and exceptions let stand. */
export interface Judged {
  findings: readonly PlacedFinding[];
  /** Undefined when the text is no resource. */
  message?: Message | undefined;
  applicable?: Applicable | undefined;
}

export interface AllFixed {
  /** Of the text that was given. */
  edits: TextEdit[];
  text: string;
  /** How many fixes it took. */
  count: number;
}

/** Slips of JSON text are mended one a round. */
const MOST_ROUNDS = 40;

/** In UTF-16 code units, of all rounds together: each reads the whole. A large message is mended in several goes. */
const MOST_READ = 20_000_000;
const LEAST_ROUNDS = 4;

/** After so many rounds that mended nothing more, the next would not either. */
const MOST_IDLE = 5;

/** So that no message, however broken, takes long. */
const MOST_AT_ONCE = 500;

/** @param wanted which findings to mend */
export function fixAll(
  text: string,
  judge: (text: string) => Judged,
  { knowledge, fresh }: Pick<Fixing, 'knowledge' | 'fresh'>,
  wanted: (finding: PlacedFinding) => boolean = () => true,
): AllFixed {
  const rounds: TextEdit[][] = [];
  let count = 0;
  let now = text;
  let fewest = Infinity;
  let idle = 0;
  const most = Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, Math.floor(MOST_READ / Math.max(1, text.length))));
  while (rounds.length < most && idle < MOST_IDLE) {
    const { findings, message, applicable } = judge(now);
    const open = findings.filter(wanted);
    const repairs = repairsOf(open, now, knowledge.registry);
    let edits = repairs.flat().sort((a, b) => a.offset - b.offset || a.length - b.length);
    if (edits.length > 0) {
      count += repairs.length;
      // Now that more of the text can be read, there may be more to say of it.
      fewest = Infinity;
    } else if (message && applicable) {
      const fixes = surely(open, { message, applicable, knowledge, fresh });
      edits = editsOf(
        now,
        (value) => fixes.reduce((before, [, fix]) => changed(before, fix), value),
        knowledge.registry,
      );
      count += fixes.length;
      idle = open.length < fewest ? 0 : idle + 1;
      fewest = Math.min(fewest, open.length);
    }
    if (edits.length === 0) break;
    rounds.push(edits);
    now = applyTextEdits(now, edits);
  }
  return { edits: composed(text.length, rounds), text: now, count };
}

/**
 * A text that cannot be read must be mended before anybody knows what it says: in JSON one slip after another, for each may
 * be what the next one comes from. In XML those of the text itself go first, then all that lie apart go together.
 */
function repairsOf(findings: readonly PlacedFinding[], text: string, registry: Registry): TextEdit[][] {
  const open = findings.filter(isOfText);
  if (formatOf(text) === 'json') {
    for (const finding of open) {
      const sure = sureFix(textFixesOf(finding, text, registry));
      if (sure) return [sure.edits];
    }
    return [];
  }
  const broken = open.filter(({ rule }) => rule === 'xml-syntax');
  for (const some of [broken, open]) {
    const sure = textFixesOfAll(some, text, registry).flatMap((fixes) => sureFix(fixes) ?? []);
    if (sure.length > 0) return apart(sure.map(({ edits }) => edits));
  }
  return [];
}

/** Those that touch none before them. */
function apart(all: readonly TextEdit[][]): TextEdit[][] {
  const taken: TextEdit[] = [];
  const isFree = (edit: TextEdit): boolean =>
    taken.every((one) => edit.offset + edit.length < one.offset || one.offset + one.length < edit.offset);
  const chosen = all.filter((edits) => {
    if (!edits.every(isFree)) return false;
    taken.push(...edits);
    return true;
  });
  return chosen;
}

/** What can be done in one round. */
function surely(findings: readonly PlacedFinding[], fixing: Fixing): (readonly [PlacedFinding, Fix])[] {
  const sure: [PlacedFinding, Fix][] = [];
  for (const finding of findings) {
    if (sure.length === MOST_AT_ONCE) break;
    const fix = sureFix(fixesOf(finding, fixing));
    if (fix) sure.push([finding, fix]);
  }
  return compatible(sure);
}
