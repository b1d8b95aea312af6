// SNOMED CT codes that cannot be: those that the guides or the message itself know, and that are a slip away.
import { join, parentOf, segmentsOf, valueAt } from '../document/pointer';
import type { Change, Fix } from '../finding';
import { isObject } from '../json';
import type { Knowledge } from '../knowledge';
import { nearest } from '../nearest';
import { SNOMED_CT, whyNoConcept } from '../nhs/snomed-id';
import type { FixMaker } from './fixing';

/** Never sure: as small a slip leads from one medicine to another. */
export const nearConcept: FixMaker = ({ pointer }, { message, knowledge }) => {
  const owner = segmentsOf(pointer).at(-1) === 'code' ? parentOf(pointer) : pointer;
  const coding = valueAt(message.root.resource, owner);
  if (!isObject(coding) || typeof coding.code !== 'string') return [];
  const known = new Map(ofGuides(knowledge));
  gather(message.root.resource, known);
  const named = [...known].find(([, display]) => display === coding.display)?.[0];
  const code = named ?? nearest(coding.code, known.keys());
  if (code === undefined) return [];
  const display = known.get(code)!;
  const changes: Change[] = [{ kind: 'set', pointer: join(owner, 'code'), value: code }];
  if (coding.display !== undefined && coding.display !== display)
    changes.push({ kind: 'set', pointer: join(owner, 'display'), value: display });
  const fix: Fix = { kind: 'all', title: `Change to ${code}, ${display}`, changes, sure: false };
  return [fix];
};

const OF_GUIDES = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

function ofGuides(knowledge: Knowledge): ReadonlyMap<string, string> {
  let known = OF_GUIDES.get(knowledge);
  if (!known) {
    const found = new Map<string, string>();
    gather(knowledge.useCases, found);
    OF_GUIDES.set(knowledge, (known = found));
  }
  return known;
}

function gather(value: unknown, into: Map<string, string>): void {
  if (Array.isArray(value)) for (const inner of value) gather(inner, into);
  if (!isObject(value)) return;
  const { system, code, display } = value;
  if (system === SNOMED_CT && typeof code === 'string' && typeof display === 'string')
    if (!into.has(code) && whyNoConcept(code) === undefined) into.set(code, display);
  for (const inner of Object.values(value)) gather(inner, into);
}
