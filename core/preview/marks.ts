// Which findings are shown at which place: where text and resources disagree, and what is wrong with a value.
import { parentOf, type Pointer } from '../document/pointer';
import type { Finding, Severity } from '../finding';

/** One finding, as it is shown beside what it is about. */
export interface Mark {
  severity: Severity;
  /** Text and resources say different things; otherwise the value itself is wrong. */
  disagrees: boolean;
  message: string;
  /** Of the finding. */
  at: Pointer;
}

/** The rules that hold the text of a section against its resources. */
const DISAGREEMENTS: ReadonlySet<string> = new Set([
  'contact-in-text',
  'named-in-text',
  'patient-in-text',
  'practice-in-text',
  'supply-in-text',
]);

/** Whoever has mended these looks again. */
const MOST = 3;

export function disagrees({ rule }: Finding): boolean {
  return DISAGREEMENTS.has(rule);
}

export function markOf(finding: Finding): Mark {
  const { severity, message, pointer: at } = finding;
  return { severity, disagrees: disagrees(finding), message, at };
}

/**
 * What is to be shown at a value: findings about it or anything in it, and disagreements of a text with it. Each is given
 * out once, to whoever asks first.
 * @param only `values` leaves the disagreements for whoever asks next
 */
export type Marks = (at: Pointer, only?: 'values') => Mark[];

export function marksIn(findings: readonly Finding[]): Marks {
  const within = new Map<Pointer, Set<Finding>>();
  const note = (from: Pointer, finding: Finding): void => {
    for (let at = from; ; at = parentOf(at)) {
      const known = within.get(at);
      if (known) known.add(finding);
      else within.set(at, new Set([finding]));
      if (at === '') return;
    }
  };
  for (const finding of findings) {
    if (finding.severity !== 'error' && finding.severity !== 'warning') continue;
    if (disagrees(finding)) for (const { pointer } of finding.related ?? []) note(pointer, finding);
    else note(finding.pointer, finding);
  }
  const told = new Set<Finding>();
  return (at, only) => {
    const all = [...(within.get(at) ?? [])].filter((one) => !told.has(one) && !(only && disagrees(one)));
    const now = all.slice(0, MOST);
    for (const one of now) told.add(one);
    return now.map(markOf);
  };
}
