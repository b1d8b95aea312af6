// Which part of a preview shows a spot of the message.
import { isWithin, type Pointer } from '../document/pointer';
import type { Block } from './blocks';
import type { Preview } from './preview';
import type { PreviewSection } from './sections';

/** The `at` of whatever shows the spot most closely; undefined when nothing does. */
export function shownAt(spot: Pointer, preview: Preview): Pointer | undefined {
  let best: { at: Pointer; depth: number } | undefined;
  const offer = (at: Pointer, covers: readonly Pointer[] = []): void => {
    for (const place of [at, ...covers]) {
      if (!isWithin(spot, place) || (best && best.depth >= place.length)) continue;
      best = { at, depth: place.length };
    }
  };
  const { patient, sections, beyond, envelope, about, attachments } = preview;
  offer(preview.at);
  if (patient) {
    offer(patient.at, patient.covers);
    for (const { at } of [patient.name, ...patient.facts]) offer(at);
  }
  for (const section of sections) offerSection(section, offer);
  for (const { at } of [...about, ...envelope]) offer(at);
  for (const block of beyond) offerBlock(block, offer);
  for (const { at, covers } of attachments) offer(at, covers);
  return best?.at;
}

type Offer = (at: Pointer, covers?: readonly Pointer[]) => void;

function offerSection(section: PreviewSection, offer: Offer): void {
  offer(section.at, section.covers);
  for (const block of section.blocks) offerBlock(block, offer);
  for (const inner of section.sections) offerSection(inner, offer);
}

function offerBlock(block: Block, offer: Offer): void {
  if (block.form === 'table') for (const { at, covers } of block.lines) offer(at, covers);
  else if (block.form === 'facts') {
    offer(block.at, block.covers);
    for (const { at } of block.facts) offer(at);
  }
}
