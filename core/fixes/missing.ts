// Whole entries and sections that a message lacks: drafted as its guide has them, wired to what is there.
import { join, parentOf, segmentsOf, valueAt } from '../document/pointer';
import { filledPlainly } from '../draft/draft';
import { entryOffers, type EntryOffer } from '../draft/entry';
import { sectionOffers } from '../draft/section';
import { insideOf, type Spot } from '../draft/spot';
import type { Fix } from '../finding';
import { isObject, list } from '../json';
import type { Located } from '../itk3/message';
import { resourceAround } from '../validate/locate';
import { targetTypes } from '../validate/references';
import { sliceOf } from '../validate/slicing';
import { FIRST } from './entries';
import type { Fixing, FixMaker } from './fixing';
import { draftingAt, placeOf } from './place';
import { placeInOrder } from './required';

/** More are a list to look through, which completion is for. */
const MOST = 4;

/** The header of a message, the composition of a document, where there is none at all. */
export const addFirst: FixMaker = ({ pointer }, fixing) => {
  const { message } = fixing;
  const bundle = message.resources.findLast(
    (r) => r.type === 'Bundle' && (pointer === r.pointer || pointer.startsWith(`${r.pointer}/entry/`)),
  );
  const kind = bundle && typeof bundle.resource.type === 'string' ? FIRST[bundle.resource.type] : undefined;
  if (!bundle || kind === undefined || message.entries.get(bundle)?.byType.has(kind)) return [];
  const isThere = Array.isArray(bundle.resource.entry);
  return offersIn(bundle, fixing)
    .filter(({ type }) => type === kind)
    .map(({ type, draft }): Fix => {
      const entry = filledPlainly(draft);
      const at = join(bundle.pointer, 'entry');
      const title = `Add a ${type}`;
      return isThere
        ? { kind: 'insert', title, pointer: join(at, 0), value: entry, sure: false }
        : { kind: 'set', title, pointer: at, value: [entry], sure: false };
    });
};

/** What a reference means, where the message lacks it: the entry, and the reference to it. */
export const addReferred: FixMaker = ({ pointer, fixes = [] }, fixing) => {
  const reference = placeOf(parentOf(pointer), fixing);
  const bundle = reference?.at.bundle;
  if (!reference || !bundle || segmentsOf(pointer).at(-1) !== 'reference' || fixes.length > 0) return [];
  const types = reference.spot.flatMap((element) => targetTypes({ element, knowledge: fixing.knowledge }));
  const end = list(bundle.resource.entry).length;
  return offersIn(bundle, fixing)
    .filter(({ type, isNeeded }) => isNeeded && types.includes(type))
    .slice(0, MOST)
    .flatMap(({ title, draft }): Fix[] => {
      const entry = filledPlainly(draft);
      if (!isObject(entry) || typeof entry.fullUrl !== 'string') return [];
      return [
        {
          kind: 'all',
          title: `Add what it points at: ${title}`,
          changes: [
            { kind: 'insert', pointer: join(bundle.pointer, 'entry', end), value: entry },
            { kind: 'set', pointer, value: entry.fullUrl },
          ],
          sure: false,
        },
      ];
    });
};

/** The sections that must be there, with the text that the resources give. */
export const addSections: FixMaker = ({ pointer, missing, slice }, fixing) => {
  const at = resourceAround(pointer, fixing.message);
  if (missing !== 'section' || at?.type !== 'Composition') return [];
  const owner = join(at.pointer, 'section');
  const sections = list(valueAt(at.resource, '/section'));
  const sliced = childrenAt(at, fixing).find((e) => e.slices !== undefined);
  if (!sliced || (slice === undefined && sections.length > 0)) return [];
  const drafts = sectionOffers(at, draftingAt(at, at.pointer, fixing)).map(({ title, draft }) => {
    const value = filledPlainly(draft);
    return { title, value, slice: sliceOf(value, sliced, { ...fixing, at }) };
  });
  if (slice !== undefined)
    return drafts
      .filter((draft) => draft.slice?.sliceName === slice)
      .map(({ title, value }) => ({
        kind: 'insert',
        title: `Add the section ${title}`,
        pointer: join(owner, placeInOrder(slice, sections, { at, spot: [sliced] }, fixing)),
        value,
        sure: false,
      }));
  const needed = drafts.filter((draft) => (draft.slice?.min ?? 0) > 0);
  const all = (title: string, of: typeof drafts): Fix[] =>
    of.length === 0 ? [] : [{ kind: 'set', title, pointer: owner, value: of.map(({ value }) => value), sure: false }];
  return [...all('Add the sections that must be there', needed), ...all('Add all sections of the guide', drafts)];
};

function childrenAt(at: Located, fixing: Fixing): Spot {
  const spot = placeOf(at.pointer, fixing)?.spot ?? [];
  return insideOf(spot, fixing.knowledge.registry).get('section') ?? [];
}

function offersIn(bundle: Located, fixing: Fixing): EntryOffer[] {
  return entryOffers(bundle, draftingAt(bundle, bundle.pointer, fixing));
}
