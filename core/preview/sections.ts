// The sections of a document: what they say in words, and what the resources behind them say.
import { join, type Pointer } from '../document/pointer';
import type { Finding } from '../finding';
import type { Located, Message } from '../itk3/message';
import { wholeOf } from '../itk3/references';
import { isObject, type Json, list, object, text } from '../json';
import { type Block, blocksOf, ledTo } from './blocks';
import { disagrees, type Mark, markOf, type Marks } from './marks';
import { type Budget, type Narrative, readNarrative } from './narrative';
import { conceptSaid } from './said';

export interface PreviewSection {
  title: string;
  at: Pointer;
  /** What of the message it shows besides: the entries behind it. */
  covers: Pointer[];
  /** Undefined where it has no text. */
  narrative?: Narrative & { at: Pointer };
  /** Where text and resources disagree, and no stretch of the text can be named. */
  marks: Mark[];
  blocks: Block[];
  sections: PreviewSection[];
}

export interface SectionSource {
  message: Message;
  findings: readonly Finding[];
  marks: Marks;
  budget: Budget;
  /** Takes what is shown in a section. */
  used: Set<Located>;
}

export function sectionsOf(owner: Json, pointer: Pointer, from: Located, source: SectionSource): PreviewSection[] {
  return list(owner.section).flatMap((section, i) =>
    isObject(section) ? [sectionOf(section, join(pointer, 'section', i), from, source)] : [],
  );
}

function sectionOf(section: Json, at: Pointer, from: Located, source: SectionSource): PreviewSection {
  const { message, findings, marks, budget, used } = source;
  const led = ledTo(section.entry, join(at, 'entry'), from, message);
  for (const one of led.all) used.add(one);
  const div = text(object(section.text).div);
  const divAt = join(at, 'text', 'div');
  const about = findings.filter((finding) => finding.pointer === divAt && disagrees(finding));
  const picture = (id: string): string | undefined => pictureIn(message, from, id);
  return {
    title: text(section.title)?.trim() || conceptSaid(section.code, at)?.text || 'Section without a title',
    at,
    covers: led.all.map(wholeOf),
    ...(div?.trim() && { narrative: { ...readNarrative(div, budget, about, picture), at: divAt } }),
    marks: about.filter(({ within }) => !within).map(markOf),
    blocks: blocksOf(led, message, marks),
    sections: sectionsOf(section, at, from, source),
  };
}

/** A picture that a narrative names stands in a Binary beside or in its resource. */
function pictureIn(message: Message, from: Located, id: string): string | undefined {
  const contained = message.contained.get(from)?.get(id);
  if (contained?.type !== 'Binary') return undefined;
  const { contentType, content } = contained.resource;
  return `data:${text(contentType)?.toLowerCase()};base64,${text(content)}`;
}
